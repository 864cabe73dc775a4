"""The stand-in project under the product's own test settings."""

from config.settings.test import *  # noqa: F403
from tests.config.standin.settings import (  # noqa: F401
    AUTH_USER_MODEL,
    AUTHENTICATION_BACKENDS,
    INSTALLED_APPS,
    LOGGING,
    MIDDLEWARE,
    ROOT_URLCONF,
    STATIC_ROOT,
)
