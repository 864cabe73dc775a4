"""The days of a series: pure. Days and clock times only, so no season can move them."""

from __future__ import annotations

from datetime import date, timedelta

# A series is planned at once: longer than this nobody looks ahead, and a typing error makes no thousand rows.
LANGSTE = timedelta(days=366)


def dagen(eerste: date, laatste: date, weken: int) -> list[date]:
    """Every so many weeks from the first day up to and including the last."""
    stap = timedelta(weeks=weken)
    gevonden = []
    dag = eerste
    while dag <= laatste:
        gevonden.append(dag)
        dag += stap
    return gevonden
