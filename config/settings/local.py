"""A developer's machine and `make run`: PostgreSQL and Valkey from their wheels unless URLs are given."""

import base64
import hashlib
import os
from pathlib import Path

from config import embedded
from config.settings.base import *  # noqa: F403
from config.settings.base import ROOT, env, met_tijdslimiet

DATA_DIR = Path(os.environ.get("DATA_DIR") or ROOT / "var").absolute()
DEBUG = False
SECRET_KEY = embedded.secret_key(DATA_DIR)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]

_urls = embedded.urls(DATA_DIR)
DATABASES = {"default": met_tijdslimiet(env.db_url_config(_urls.database))}
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _urls.redis}}
CELERY_BROKER_URL = _urls.redis

# The demo users have a password only; with MFA_VERPLICHT=1 they set up a second step at their first sign-in.
MFA_VERPLICHT = env.bool("MFA_VERPLICHT", default=False)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"

# Every channel works here, and nothing leaves this machine: /postvak shows it.
SITE_URL = env("SITE_URL", default=f"http://127.0.0.1:{os.environ.get('PORT') or 8000}")
POSTVAK = True
POSTVAK_DIR = DATA_DIR / "postvak"
SMS_URL = f"{SITE_URL}/postvak/sms"
SMS_SLEUTEL = SMS_HAAKSLEUTEL = hashlib.sha256(f"sms {SECRET_KEY}".encode()).hexdigest()
METRICS_SLEUTEL = hashlib.sha256(f"metrics {SECRET_KEY}".encode()).hexdigest()
_vapid = hashlib.sha256(f"vapid {SECRET_KEY}".encode()).digest()
VAPID_PRIVATE_KEY = base64.urlsafe_b64encode(_vapid).decode().rstrip("=")
