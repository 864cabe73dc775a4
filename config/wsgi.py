"""What granian serves. Celery is loaded with it: without our application `delay` would ring at another door."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
application = get_wsgi_application()

from config.celery import app as celery  # noqa: E402 - it asks for settings that are ready

__all__ = ["application", "celery"]
