"""The same volunteer with a phone as the protocol's own tests have."""

from tests.bezoeken.telefoon.conftest import veld

__all__ = ["veld"]
