"""Django's admin: for the beheerder only, users and settings only; an account comes with an invitation."""

from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.test import Client

from ooievaar.models import Gebruiker, Rol
from tests.factories import GebiedFactory, gebruiker_met_rol

pytestmark = pytest.mark.django_db


def _als(*rollen, **velden):
    client = Client()
    client.force_login(gebruiker_met_rol(*rollen, **velden))
    return client


@pytest.mark.parametrize("rol", sorted(set(Rol.values) - {"beheerder"}))
def test_other_roles_do_not_get_in_even_as_staff(rol):
    assert _als(rol, is_staff=True).get("/beheer/ooievaar/gebruiker/").status_code == 302


def test_without_signing_in_it_is_the_sites_own_sign_in_page():
    antwoord = Client().get("/beheer/", follow=True)
    assert antwoord.redirect_chain[-1][0].startswith("/inloggen")


def test_nothing_about_families_is_in_it():
    soorten = {model._meta.label for model in admin.site._registry}
    van_ons = {
        label for label in soorten if label.split(".")[0] in ("ooievaar", "bezoeken", "notifications", "voorraad")
    }
    assert van_ons == {
        "ooievaar.Gebruiker",
        "ooievaar.Gebied",
        "ooievaar.Wijk",
        "ooievaar.Focuswijk",
        "ooievaar.VrijePeriode",
    }


def test_every_page_of_it_opens():
    client = _als("beheerder")
    assert client.get("/beheer/").status_code == 200
    for model in admin.site._registry:
        if model._meta.app_label == "ooievaar":
            pad = f"/beheer/ooievaar/{model._meta.model_name}/"
            assert client.get(pad).status_code == 200
            assert client.get(f"{pad}add/").status_code == 200


def test_it_leads_to_no_page_of_the_site():
    """Django's "view on site" is not there: an id that it can not read was a fault of the server."""
    client = _als("beheerder")
    for pad in ("/beheer/r/1/1/", "/beheer/r/onzin/onzin/"):
        assert client.get(pad).status_code == 404, pad
    assert "view on site" not in client.get("/beheer/ooievaar/gebruiker/").content.decode().lower()


def test_a_new_account_gets_a_link_to_choose_a_password(mailoutbox, django_capture_on_commit_callbacks):
    gebied = GebiedFactory()
    client = _als("beheerder")
    rollen = {"toekenningen-TOTAL_FORMS": "1", "toekenningen-INITIAL_FORMS": "0"}
    rollen |= {"toekenningen-0-rol": "coordinator", "toekenningen-0-gebied": str(gebied.pk)}
    gegevens = {"username": "fatma", "first_name": "Fatma", "last_name": "Voorbeeld", "email": "fatma@example.org"}
    with django_capture_on_commit_callbacks(execute=True):
        antwoord = client.post("/beheer/ooievaar/gebruiker/add/", {**gegevens, **rollen})
    assert antwoord.status_code == 302
    fatma = Gebruiker.objects.get(username="fatma")
    assert fatma.bevoegdheid.rollen == {"coordinator"}
    assert not fatma.has_usable_password()
    (brief,) = mailoutbox
    assert brief.to == ["fatma@example.org"]
    pad = re.search(r"http://[^/]+(/wachtwoord/nieuw/\S+)", brief.body)[1]
    zij = Client()
    formulier = zij.get(pad, follow=True)
    assert "_auth_user_id" not in zij.session
    nieuw = {"password1": "een-eigen-wachtwoord", "password2": "een-eigen-wachtwoord"}
    zij.post(formulier.redirect_chain[-1][0], nieuw)
    fatma.refresh_from_db()
    assert fatma.check_password("een-eigen-wachtwoord")


def test_an_account_is_switched_off_and_not_deleted():
    client = _als("beheerder")
    gebruiker = gebruiker_met_rol("coordinator")
    assert client.get(f"/beheer/ooievaar/gebruiker/{gebruiker.pk}/delete/").status_code == 403
