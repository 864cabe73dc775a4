"""PostgreSQL and Valkey from their wheels, for `make run` and the tests (docs/adr/0001).

`urls()` and `secret_key()` are for the settings; `Claim` and `start()` for who supervises (config/start.py,
tests/servers.py).
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from config.datadir import Claim, Say, explained, read_json, secret_key, supervised, write_private
from config.processes import Child, StartError
from config.servers import database_url, redis_url, start_postgres, start_valkey

__all__ = ["Claim", "Servers", "StartError", "Urls", "not_running", "secret_key", "start", "urls"]

# Nothing listens on port 1: a command that needs no database works, and one that does is refused at once.
_NOWHERE = 1


@dataclass(frozen=True)
class Urls:
    """Where the servers are; both hold a password."""

    database: str
    redis: str


def urls(data_dir: Path) -> Urls:
    """Where the database and the broker are: DATABASE_URL and REDIS_URL win, else the servers that run on this folder.

    When nothing runs, these are addresses that refuse a connection; `not_running` has the words for it.
    """
    noted = read_json(data_dir / "servers.json") if supervised(data_dir) else {}
    return Urls(
        database=os.environ.get("DATABASE_URL") or noted.get("database") or database_url(_NOWHERE, "none"),
        redis=os.environ.get("REDIS_URL") or noted.get("redis") or redis_url(_NOWHERE, "none"),
    )


def not_running(data_dir: Path, variable: str) -> str | None:
    """One line for a person whose command found no server; None when the trouble must be another.

    `variable`: what would have named that server, DATABASE_URL or REDIS_URL.
    """
    if os.environ.get(variable) or supervised(data_dir):
        return None
    return (
        f"Nothing runs on {data_dir}: start `make run` in another terminal (with the same DATA_DIR), or set {variable}."
    )


@dataclass
class Servers:
    """What `start` started. Call `stop` in any case."""

    urls: Urls
    children: list[Child] = field(default_factory=list)

    def ended(self) -> Child | None:
        """A server that is no longer there though nobody stopped it."""
        return next((child for child in self.children if child.ended()), None)

    def stop(self) -> None:
        """Stop both: Valkey writes its file; PostgreSQL ends its connections and writes a checkpoint ("fast")."""
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.stop(patience=120)


def start(claim: Claim, *, fast: bool = False, say: Say = print) -> Servers:
    """Start what DATABASE_URL and REDIS_URL do not name, and return when it answers, however long that takes.

    `fast`, for tests, trades all durability for speed. Raises StartError with a remedy; nothing is left running then.
    """
    folder = claim.data_dir
    before = read_json(folder / "servers.json")  # the ports of last time, to use again if they are free
    servers = Servers(Urls(os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")))
    try:
        with explained(folder):
            if not servers.urls.database:
                child, url = start_postgres(claim, before.get("database", ""), fast, say)
                servers.children.append(child)
                servers.urls = Urls(url, servers.urls.redis)
            if not servers.urls.redis:
                child, url = start_valkey(claim, before.get("redis", ""), fast)
                servers.children.append(child)
                servers.urls = Urls(servers.urls.database, url)
            noted = {"database": servers.urls.database, "redis": servers.urls.redis}
            write_private(folder / "servers.json", json.dumps(noted))
    except BaseException:
        servers.stop()
        raise
    return servers
