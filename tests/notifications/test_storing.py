"""A channel that does not work: what is not tried costs nothing, and what nobody knows of stays one message."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from notifications.kanalen import EmailKanaal, Oordeel, Uitkomst
from notifications.models import Bericht, Tempo
from notifications.services import verzend
from notifications.services.claimen import RUST
from tests.factories import ContactpersoonFactory, GebiedFactory, OoievaarsmoederFactory
from tests.notifications.stub import StubKanaal
from tests.notifications.test_smtp import Server, server  # noqa: F401 - a fixture
from tests.notifications.test_verzenden import NU, bericht

pytestmark = pytest.mark.django_db(transaction=True)
AANTAL = 8


def rijen(aantal=AANTAL):
    gevonden = [bericht(gepland_op=NU - timedelta(hours=2) + timedelta(minutes=n)) for n in range(aantal)]
    for n, rij in enumerate(gevonden):
        ContactpersoonFactory(gezin=rij.gezin, emailadres=f"gezin{n}@example.org")
    return gevonden


def standen():
    return list(Bericht.objects.order_by("pk").values_list("status", "fout", "pogingen"))


class _Wisselend(Server):
    """Says something else to some addresses."""

    def __init__(self, antwoorden):
        super().__init__()
        self.antwoorden = antwoorden

    async def handle_RCPT(self, smtp, session, envelope, address, rcpt_options):
        self.ontvanger = self.antwoorden.get(address, "250 OK")
        return await super().handle_RCPT(smtp, session, envelope, address, rcpt_options)


class _Hangt(Server):
    """Takes the message and says nothing more."""

    async def handle_DATA(self, smtp, session, envelope):
        self.berichten.append(envelope)
        await asyncio.sleep(3)
        return "250 OK"


@pytest.fixture
def met(server, monkeypatch):  # noqa: F811
    """The running server, with the behaviour of another one."""

    def doe(ander):
        for naam in ("handle_RCPT", "handle_DATA"):
            monkeypatch.setattr(server, naam, getattr(ander, naam))
        return ander

    return doe


def test_refusals_in_the_middle_of_a_batch_are_each_their_own(met):
    post = met(_Wisselend({"gezin2@example.org": "550 no such user", "gezin5@example.org": "451 try again later"}))
    alle = rijen()
    verzend(nu=NU, kanalen=[EmailKanaal()])
    telling = Counter(Bericht.objects.values_list("status", "fout"))
    assert telling == {("verzonden", ""): 6, ("mislukt", "geweigerd"): 1, ("gepland", "tijdelijkGeweigerd"): 1}
    verzend(nu=NU + timedelta(minutes=1), kanalen=[EmailKanaal()])
    assert {e.rcpt_tos[0] for e in post.berichten} == {
        f"gezin{n}@example.org" for n in range(AANTAL) if n not in (2, 5)
    }
    assert len(post.berichten) == len(alle) - 2, "nothing twice"


def test_a_mail_server_that_hangs_leaves_one_message_in_doubt_and_is_left_alone(met, settings, server):  # noqa: F811
    settings.EMAIL_TIMEOUT = 0.5
    hangt = met(_Hangt())
    alle = rijen()
    assert verzend(nu=NU, kanalen=[EmailKanaal()]).aantallen == {"onzeker": 1, "later": AANTAL - 1}
    assert len(hangt.berichten) == 1
    nog = Bericht.objects.exclude(status="onzeker")
    assert set(nog.values_list("status", "pogingen", "lease_tot", "begonnen_op")) == {("gepland", 0, None, None)}
    verzend(nu=NU + timedelta(minutes=5), kanalen=[EmailKanaal()])
    assert len(hangt.berichten) == 1, "nobody tries it meanwhile"
    beter = met(Server())
    assert verzend(nu=NU + RUST + timedelta(minutes=1), kanalen=[EmailKanaal()]).verzonden == AANTAL - 1
    assert len(beter.berichten) == AANTAL - 1
    assert Bericht.objects.get(status="onzeker").pk == alle[0].pk, "for a person"


def test_a_mail_server_that_is_down_costs_three_messages_an_attempt_and_comes_back_by_itself(settings, server):  # noqa: F811
    goed, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    rijen()
    verzend(nu=NU, kanalen=[EmailKanaal()])
    assert Counter(standen()) == {("gepland", "geenVerbinding", 1): 3, ("gepland", "", 0): AANTAL - 3}
    settings.EMAIL_PORT = goed
    verzend(nu=NU + timedelta(minutes=1), kanalen=[EmailKanaal()])
    assert Counter(s for s, _f, _p in standen()) == {"verzonden": AANTAL}


def test_what_an_earlier_attempt_left_open_stays_open_when_it_is_given_back():
    """With keys a claim marks the start for all of its messages at once; given back, only older marks remain."""
    alle = rijen(5)
    eerder = NU - timedelta(hours=3)
    Bericht.objects.filter(pk=alle[4].pk).update(begonnen_op=eerder, pogingen=1)
    stub = StubKanaal(partij=1, bij=lambda z: Uitkomst(Oordeel.LATER, "geenVerbinding"))
    verzend(nu=NU, kanalen=[stub])
    assert len(stub.aangeboden) == 3
    for rij in alle[3:]:
        rij.refresh_from_db()
    assert [(r.status, r.pogingen, r.begonnen_op) for r in alle[3:]] == [("gepland", 0, None), ("gepland", 1, eerder)]


def test_one_success_in_between_and_it_goes_on():
    rijen()
    beurt = iter([1, 1, 0, 1, 1, 0, 1, 1])
    mis = Uitkomst(Oordeel.LATER, "geenVerbinding")
    stub = StubKanaal(partij=1, bij=lambda z: mis if next(beurt) else Uitkomst(Oordeel.GELUKT))
    verzend(nu=NU, kanalen=[stub])
    assert len(stub.aangeboden) == AANTAL


def test_what_is_urgent_is_tried_all_the_same():
    Tempo.objects.create(kanaal="email", vrij_op=NU, rust_tot=NU + RUST)
    velden = {"gezin": None, "gebied": GebiedFactory(), "soort": "veiligheidAlarm", "context": {}, "spoed": True}
    for _nummer in range(5):
        bericht(ooievaarsmoeder=OoievaarsmoederFactory(), **velden)
    stub = StubKanaal(venster=None, partij=1, bij=lambda z: Uitkomst(Oordeel.LATER, "geenVerbinding"))
    verzend(nu=NU, kanalen=[stub], spoed=True)
    assert len(stub.aangeboden) == 5
