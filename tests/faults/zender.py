"""A sender in a process of its own, to be killed at a named point: `python -m tests.faults.zender FILE [keys|none]`."""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = os.environ["ZENDER_DATABASE"]
    from notifications.services import verzend
    from tests.notifications.stub import StubKanaal

    venster = timedelta(hours=24) if sys.argv[2] == "keys" else None
    stub = StubKanaal(bestand=Path(sys.argv[1]), venster=venster, partij=5 if venster else 1)
    verzend(nu=datetime.fromisoformat(os.environ["ZENDER_NU"]), kanalen=[stub], batch=10)


if __name__ == "__main__":
    main()
