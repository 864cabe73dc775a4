"""The Celery application and everything that runs by the clock.

The schedule is static and small. Each entry asks the database what is due (architecture.md, habit 10), so a missed
or doubled run loses and doubles nothing. Nothing is scheduled between 02:00 and 03:00 (quality.md: DST nights).
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

app = Celery("ooievaar")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["bezoeken.intake"])
app.conf.beat_schedule = {
    "herinneringen plannen": {
        "task": "bezoeken.herinneringen",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 800},
    },
    "berichten verzenden": {"task": "notifications.verzend", "schedule": 60.0, "options": {"expires": 55}},
    # Beside `manage.py bewaak_veiligheid`, which does the same without a broker: either one is enough.
    "veiligheid bewaken": {"task": "bezoeken.veiligheid", "schedule": 20.0, "options": {"expires": 18}},
    "cafés bewaken": {"task": "bezoeken.cafes_bewaken", "schedule": 60.0, "options": {"expires": 55}},
    "cafés: uitnodigen": {
        "task": "bezoeken.cafe_uitnodigingen",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 800},
    },
    "imports oppakken": {"task": "bezoeken.imports_oppakken", "schedule": 60.0, "options": {"expires": 55}},
    "antwoorden opruimen": {
        "task": "ooievaar.antwoorden_opruimen",
        "schedule": crontab(hour=4, minute=40),
        "options": {"expires": 3600},
    },
    "voorraad bewaken": {
        "task": "bezoeken.voorraad_bewaken",
        "schedule": crontab(hour=7, minute=20),
        "options": {"expires": 3600},
    },
    "sjop bijhouden": {
        "task": "bezoeken.sjop_bijhouden",
        "schedule": crontab(minute="7-59/15"),
        "options": {"expires": 800},
    },
    "berichten opruimen": {
        "task": "notifications.opruimen",
        "schedule": crontab(hour=4, minute=50),
        "options": {"expires": 3600},
    },
    "maanden bevriezen": {
        "task": "bezoeken.bevries_maanden",
        "schedule": crontab(hour=4, minute=10),
        "options": {"expires": 3600},
    },
}
