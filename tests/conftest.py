"""What every test may use: a client per role and a database. The servers come from tests/servers.py, a plugin."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings
from rest_framework.test import APIClient

from tests import servers
from tests.factories import gebruiker_met_rol, token_voor


@pytest.fixture
def als():
    """`als("coordinator", gebied=g)` gives an API client with that user's bearer token; `.gebruiker` is the user."""

    def _als(*rollen: str, gebruiker=None, **velden) -> APIClient:
        gebruiker = gebruiker or gebruiker_met_rol(*rollen, **velden)
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token_voor(gebruiker)}")
        client.gebruiker = gebruiker
        return client

    return _als


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    """Before a worker makes its test database: have the migrated database that it copies."""
    with django_db_blocker.unblock():
        servers.make_template()


# No deadline per example: this machine is shared, and what is timed belongs in `make bench`.
settings.register_profile("ooievaar", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# On CI always the same examples, so that a red run means the change; by hand new ones each time, to find more.
settings.register_profile("ci", settings.get_profile("ooievaar"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "ooievaar")
