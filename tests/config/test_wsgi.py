"""What granian loads rings the right doorbell."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

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


@pytest.mark.parametrize(
    ("proxies", "van", "doorgegeven", "gezien"),
    [
        ("", "127.0.0.1", "203.0.113.9", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        # What the caller wrote himself stands before what the proxy added: only the proxy's word counts.
        ("127.0.0.1", "127.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1, 10.0.0.0/24", "10.0.0.4", "198.51.100.7, 203.0.113.9, 127.0.0.1", "203.0.113.9"),
        ("127.0.0.1", "203.0.113.9", "198.51.100.7", "203.0.113.9"),
    ],
)
def test_only_a_named_proxy_says_who_calls(proxies, van, doorgegeven, gezien):
    code = (
        "from config.wsgi import application as a\n"
        "import django.core.handlers.wsgi as w\n"
        "def nep(self, environ, start):\n"
        "    print('gezien', environ['REMOTE_ADDR'])\n"
        "w.WSGIHandler.__call__ = nep\n"
        f"a({{'REMOTE_ADDR': {van!r}, 'HTTP_X_FORWARDED_FOR': {doorgegeven!r}}}, None)"
    )
    uit = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", "PROXY_ADRESSEN": proxies},
    )
    assert uit.stdout.split() == ["gezien", gezien]
