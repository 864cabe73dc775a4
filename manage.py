#!/usr/bin/env python
"""Django's command line for Ooievaar."""

import os
import sys


def main() -> None:
    """Run one management command with the local settings unless others are named.

    A server that is not there, or a folder that may not be read, is one line with the remedy and exit code 1.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from django.conf import settings
    from django.core.management import execute_from_command_line
    from django.db import OperationalError
    from redis import ConnectionError as RedisConnectionError

    from config import embedded

    try:
        execute_from_command_line(sys.argv)
    except embedded.StartError as error:
        sys.exit(f"{sys.argv[0]}: {error}")
    except (OperationalError, RedisConnectionError) as error:
        variable = "DATABASE_URL" if isinstance(error, OperationalError) else "REDIS_URL"
        data_dir = getattr(settings, "DATA_DIR", None)
        line = embedded.not_running(data_dir, variable) if data_dir else None
        if line is None:
            raise
        sys.exit(line)


if __name__ == "__main__":
    main()
