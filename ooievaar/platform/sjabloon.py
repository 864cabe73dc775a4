"""Queries of which only the conditions differ are put together once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

Q = TypeVar("Q")


def sjabloon(maak: Callable[[], Q]) -> Callable[[], Q]:
    """Decorates a function that makes a queryset: it runs once, and whoever calls it adds conditions with `filter`.

    Putting a query with subqueries together takes longer in Python than it takes PostgreSQL to answer it. Each thread
    has its own, because Django works on the inner queries while it compiles them. Nothing of the moment (`nu`, the
    asker, a language) may be in it.
    """
    eigen = threading.local()

    def van_deze_draad() -> Q:
        try:
            klaar: Q = eigen.queryset
        except AttributeError:
            klaar = eigen.queryset = maak()
        return klaar

    van_deze_draad.__doc__ = maak.__doc__
    return van_deze_draad
