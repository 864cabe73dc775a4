"""Tests: the same servers, another database, no network and fast password hashes."""

import os

from config.settings.local import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DATABASES["default"]["CONN_MAX_AGE"] = 0
# collectstatic is not run for the tests, so there are no hashes to look up; the folder of `make run` may be rewritten
# by a test that starts it, so no other test looks there.
STATIC_ROOT = DATA_DIR / "static"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# A migrated database to copy instead of migrating again (tests/servers.py).
if os.environ.get("TEST_DATABASE_TEMPLATE"):
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ["TEST_DATABASE_TEMPLATE"]}
# The channels of a test are the ones it names; nothing is called that it did not start.
SMS_URL = ""
VAPID_PRIVATE_KEY = ""
METRICS_SLEUTEL = ""
