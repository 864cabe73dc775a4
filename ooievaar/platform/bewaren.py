"""Writing many rows, each with its own values, in one statement."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import connection
from django.db.models import Field, Model

_MAAT = re.compile(r"\(\d+(, *\d+)?\)")


def bewaar(rijen: Sequence[Model], velden: Sequence[str]) -> None:
    """Write these fields of these rows of one model: one UPDATE, whatever their number; none writes nothing.

    As `bulk_update`, which makes a CASE of every field and a WHEN of every row: for one visit that costs three times
    as much in Python, for fifty more than the rest of the request. Lock the rows before, in the documented order.
    """
    if not rijen:
        return
    opties = type(rijen[0])._meta
    kolommen = [veld for veld in map(opties.get_field, (opties.pk.name, *velden)) if isinstance(veld, Field)]
    een_rij = "(" + ", ".join(f"%s::{_type(veld)}" for veld in kolommen) + ")"
    sleutel, *namen = (f'"{veld.column}"' for veld in kolommen)
    sql = (  # names of our own columns; every value is a parameter
        f'UPDATE "{opties.db_table}" AS doel SET {", ".join(f"{naam} = bron.{naam}" for naam in namen)} '  # noqa: S608
        f"FROM (VALUES {', '.join([een_rij] * len(rijen))}) AS bron ({', '.join((sleutel, *namen))}) "
        f"WHERE doel.{sleutel} = bron.{sleutel}"
    )
    waarden = [veld.get_db_prep_save(getattr(rij, veld.attname), connection) for rij in rijen for veld in kolommen]
    with connection.cursor() as cursor:
        cursor.execute(sql, waarden)


def _type(veld: Field) -> str:
    """The column's type without its length: a cast to varchar(20) would cut off in silence what does not fit."""
    return _MAAT.sub("", veld.db_type(connection) or "")
