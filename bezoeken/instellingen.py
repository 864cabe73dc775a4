"""The settings of a Gebied in the form in which the pure rules take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bezoeken.venster import Vensterregels

if TYPE_CHECKING:
    from ooievaar.models import Gebied


def vensterregels(gebied: Gebied) -> Vensterregels:
    """The day numbers of this Gebied's window."""
    return Vensterregels(
        begin=gebied.venster_begin_dag,
        eind=gebied.venster_eind_dag,
        voorbereiden=gebied.voorbereiden_dag,
        verlopen=gebied.verlopen_dag,
        late_melding=gebied.late_melding_dag,
    )
