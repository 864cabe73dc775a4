"""How each constraint of the database is broken on purpose, a module per app or room; read by test_beperkingen.py.

A module has `BREUKEN`: per constraint one or more functions that make what they need and then do what the database
must refuse. The key is the constraint's name, or `table.columns` where Django makes the name (a unique column).
"""

import importlib
import pkgutil
from collections.abc import Callable

Breuken = dict[str, list[Callable[[], object]]]


def alle() -> Breuken:
    """The ways to break of every module here."""
    modules = [importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)]
    return {sleutel: breuken for m in modules for sleutel, breuken in getattr(m, "BREUKEN", {}).items()}
