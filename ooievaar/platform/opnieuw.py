"""Doing a write again when PostgreSQL asks for it, because it stood in another one's way.

A deadlock (40P01) or a serialization failure (40001) ends one of the two transactions, and what it did is gone as if
it never began; nobody made a mistake and nothing has to be asked of anybody. So it is done once more, here for the API
and the pages alike. What is done again is always the whole of one transaction: never a part of it, and never together
with something that was already committed or sent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import DatabaseError, OperationalError, connection, transaction

T = TypeVar("T")

_BOTSING = {"40001", "40P01"}
_POGINGEN = 3


def is_botsing(fout: DatabaseError) -> bool:
    """Whether PostgreSQL rolled this transaction back only because another one was in its way."""
    return getattr(fout.__cause__, "sqlstate", None) in _BOTSING


def opnieuw_bij_botsing(doe: Callable[[], T]) -> T:
    """Do it, at most three times; `doe` is exactly one transaction, or several of which each may be done twice."""
    for _poging in range(_POGINGEN - 1):
        try:
            return doe()
        except OperationalError as fout:
            if not is_botsing(fout):
                raise
    return doe()


def in_transactie(doe: Callable[[], T]) -> T:
    """Do it in one transaction, and the whole of it again after a collision.

    So `doe` may only write to the database: what it sends goes through the outbox or `on_commit`, and what it keeps
    elsewhere (a list, the session, a file that it reads) must come out the same when it runs twice. Inside a
    transaction of somebody else it runs once: that one is lost as a whole, and whoever began it decides.
    """

    def eenmaal() -> T:
        with transaction.atomic():
            return doe()

    return eenmaal() if connection.in_atomic_block else opnieuw_bij_botsing(eenmaal)
