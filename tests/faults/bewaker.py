"""`bewaak_veiligheid` or a drain in a process of its own: `python -m tests.faults.bewaker bewaak|drain`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    connection.settings_dict["NAME"] = os.environ["BEWAKER_DATABASE"]
    settings.SMS_URL = os.environ["BEWAKER_SMS"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(os.environ["BEWAKER_MAIL"])
    if sys.argv[1] == "bewaak":
        call_command("bewaak_veiligheid")
    from datetime import datetime

    from notifications.services import verzend
    from tests.notifications.stub import StubKanaal

    # An hour at which messages may go, whatever time it is.
    verzend(nu=datetime.fromisoformat("2026-11-24T12:00:00+01:00").replace(year=2027), kanalen=[StubKanaal(partij=200)])


if __name__ == "__main__":
    main()
