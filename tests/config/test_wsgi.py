"""What granian loads rings the right doorbell."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.config.hulp import ROOT

_VRAAG = """
from config.wsgi import application
from bezoeken.intake.tasks import importeer
print(importeer.app.conf.broker_url)
"""


def test_a_task_that_the_web_starts_goes_to_our_broker():
    """In a process of its own: in this one the tests may have loaded the Celery application already."""
    here = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.local"}
    done = subprocess.run(
        [sys.executable, "-c", _VRAAG], cwd=ROOT, env=here, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == os.environ["REDIS_URL"]
