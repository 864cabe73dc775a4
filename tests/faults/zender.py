"""A sender in a process of its own, to be killed at a named point: `python -m tests.faults.zender FILE HOW`.

HOW: `keys` or `none`, the stub of an e-mail provider with or without keys; `sms` or `push`, the real channel to the
service of `ZENDER_SMS` or of the subscriptions in the database.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    connection.settings_dict["NAME"] = os.environ["ZENDER_DATABASE"]
    settings.SMS_URL, settings.VAPID_PRIVATE_KEY = os.environ["ZENDER_SMS"], os.environ["ZENDER_VAPID"]
    from notifications.services import verzend

    verzend(nu=datetime.fromisoformat(os.environ["ZENDER_NU"]), kanalen=[_kanaal(sys.argv[2])], batch=10)


def _kanaal(hoe: str) -> Any:
    from notifications.kanalen import PushKanaal, SmsKanaal
    from tests.notifications.stub import StubKanaal

    if hoe == "sms":
        return SmsKanaal()
    if hoe == "push":
        return PushKanaal()
    venster = timedelta(hours=24) if hoe == "keys" else None
    return StubKanaal(bestand=Path(sys.argv[1]), venster=venster, partij=5 if venster else 1)


if __name__ == "__main__":
    main()
