"""What every test may use: a client per role and counted queries."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from rest_framework.test import APIClient

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


# No deadline per example: this machine is shared, and what is timed belongs in `make bench`.
settings.register_profile("ooievaar", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ooievaar")
