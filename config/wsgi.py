"""What granian serves. Celery is loaded with it: without our application `delay` would ring at another door."""

import os

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
# Somebody waits for the answer: a statement that takes longer than this is given up (503), and its locks are free.
os.environ.setdefault("DATABASE_TIJDSLIMIET_MS", "30000")
application = get_wsgi_application()
# Guesses are counted per address. Behind a proxy all the world has the proxy's, and one guesser would shut the door on
# everybody; but X-Forwarded-For is anybody's word, so it is believed only of the addresses named here, and of what
# those wrote only the last one that is not one of them.
if proxies := [adres.strip() for adres in os.environ.get("PROXY_ADRESSEN", "").split(",") if adres.strip()]:
    application = wrap_wsgi_with_proxy_headers(application, trusted_hosts=proxies)

from config.celery import app as celery  # noqa: E402 - it asks for settings that are ready

__all__ = ["application", "celery"]
