"""What granian serves. Celery is loaded with it: without our application `delay` would ring at another door."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
# Somebody waits for the answer: a statement that takes longer than this is given up (503), and its locks are free.
os.environ.setdefault("DATABASE_TIJDSLIMIET_MS", "30000")
application = get_wsgi_application()

from config.celery import app as celery  # noqa: E402 - it asks for settings that are ready

__all__ = ["application", "celery"]
