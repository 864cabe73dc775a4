"""`manage.py api_token`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from ooievaar.models import Toegangstoken
from tests.factories import GebruikerFactory

pytestmark = pytest.mark.django_db


def nieuw_token(naam) -> str:
    uit = StringIO()
    call_command("api_token", naam, stdout=uit)
    return uit.getvalue().split()[-1]


def test_prints_a_token_as_its_last_word_and_leaves_older_ones_valid():
    gebruiker = GebruikerFactory(username="simone")
    tokens = [nieuw_token("simone"), nieuw_token("simone")]
    assert len(set(tokens)) == 2
    for token in tokens:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        assert client.get("/api/v1/mij").json()["gebruikersnaam"] == "simone"
    assert not Toegangstoken.objects.filter(hash__in=tokens).exists()
    assert Toegangstoken.objects.filter(gebruiker=gebruiker).count() == 2


@pytest.mark.parametrize("naam", ["niemand", "slaapt"])
def test_an_unknown_or_sleeping_user_gets_none(naam):
    GebruikerFactory(username="slaapt", is_active=False)
    with pytest.raises(CommandError, match=naam):
        nieuw_token(naam)
    assert not Toegangstoken.objects.exists()
