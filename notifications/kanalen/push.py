"""Web push (RFC 8030, 8291, 8292). It says that there is something, never what or about whom.

A push service knows no keys, but a message with the same Topic replaces one that waits there, and the app shows one
with the same tag in the place of the other: so the same message twice is seen once, for as long as it lives.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

import requests
from django.conf import settings

from notifications.kanalen.basis import GELUKT, Oordeel, Uitkomst, Zending
from notifications.models import Pushabonnement
from ooievaar.selectors.gebruikers import gebruikers_van_moeders

LEEFTIJD = timedelta(hours=12)
_WEG = (404, 410)
# The service says that it did not take it; any other fault of its own leaves that open.
_DRUK = (429, 503)
# A stop, or somebody who takes an alarm, waits as long.
_TIJD = 10


class PushKanaal:
    naam = "push"
    extern = True
    sleutelvenster: timedelta | None = LEEFTIJD
    partij = 1
    per_seconde: float | None = None

    def adressen(
        self, *, gezin_ids: Iterable[UUID], ooievaarsmoeder_ids: Iterable[UUID], gebruiker_ids: Iterable[UUID]
    ) -> Mapping[UUID, str]:
        """For each, the ids of the browsers that take her messages."""
        van_moeder = gebruikers_van_moeders(ooievaarsmoeder_ids)
        gebruikers = {*van_moeder.values(), *gebruiker_ids}
        per_gebruiker: dict[UUID, list[str]] = {}
        rijen = Pushabonnement.objects.levend().filter(gebruiker_id__in=gebruikers).order_by("pk")
        for pk, gebruiker_id in rijen.values_list("pk", "gebruiker_id"):
            per_gebruiker.setdefault(gebruiker_id, []).append(str(pk))
        wie = {pk: pk for pk in gebruiker_ids} | van_moeder
        return {pk: ",".join(per_gebruiker[wie[pk]]) for pk in wie if wie[pk] in per_gebruiker}

    def verzend(self, zendingen: Sequence[Zending]) -> Mapping[UUID, Uitkomst]:
        return {zending.id: self._een(zending) for zending in zendingen}

    def _een(self, zending: Zending) -> Uitkomst:
        """To all her browsers; one that took it is enough."""
        abonnementen = Pushabonnement.objects.levend().filter(pk__in=zending.adres.split(","))
        uitkomsten = [self._naar(abonnement, zending) for abonnement in abonnementen]
        if not uitkomsten:
            return Uitkomst(Oordeel.NOOIT, "geenAbonnement")
        for oordeel in (Oordeel.GELUKT, Oordeel.ONZEKER, Oordeel.LATER):
            for uitkomst in uitkomsten:
                if uitkomst.oordeel is oordeel:
                    return uitkomst
        return uitkomsten[0]

    def _naar(self, abonnement: Pushabonnement, zending: Zending) -> Uitkomst:
        from pywebpush import WebPushException, webpush  # half a second to load, and only the sender needs it

        inhoud = {"id": str(zending.id), "titel": zending.onderwerp, "tekst": zending.tekst}
        try:
            webpush(
                {"endpoint": abonnement.endpoint, "keys": {"p256dh": abonnement.p256dh, "auth": abonnement.auth}},
                data=json.dumps(inhoud),
                vapid_private_key=settings.VAPID_PRIVATE_KEY,
                vapid_claims={"sub": settings.VAPID_SUBJECT},
                ttl=int(LEEFTIJD.total_seconds()),
                timeout=_TIJD,
                headers={"Topic": zending.id.hex, "Urgency": "high"},
            )
        except WebPushException as fout:
            status = fout.response.status_code if fout.response is not None else 0
            if status in _WEG:
                abonnement.delete()
                return Uitkomst(Oordeel.NOOIT, "geenAbonnement")
            if status in _DRUK:
                return Uitkomst(Oordeel.LATER, "tijdelijkGeweigerd")
            if status >= 500:
                return Uitkomst(Oordeel.ONZEKER, "foutBijDienst")
            return Uitkomst(Oordeel.NOOIT, "afgewezen")
        except (requests.ConnectTimeout, requests.exceptions.SSLError):
            return Uitkomst(Oordeel.LATER, "geenVerbinding")
        except requests.ConnectionError as fout:
            # Refused is certain; broken off half-way is not.
            if "NewConnectionError" in repr(fout):
                return Uitkomst(Oordeel.LATER, "geenVerbinding")
            return Uitkomst(Oordeel.ONZEKER, "afgebroken")
        except requests.RequestException:
            return Uitkomst(Oordeel.ONZEKER, "geenAntwoord")
        except ValueError:  # keys that are none
            abonnement.delete()
            return Uitkomst(Oordeel.NOOIT, "geenAbonnement")
        return GELUKT
