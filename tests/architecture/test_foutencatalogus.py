"""Every error type has its code, with its status, in docs/fouten.md."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import bezoeken
import notifications
import ooievaar
import voorraad
from ooievaar.platform.errors import Fout

CATALOGUS = Path(__file__).resolve().parents[2] / "docs" / "fouten.md"
# Addresses that only exist when signing in with the organisation's own accounts is set up.
ALLEEN_MET_OIDC = "ooievaar.web.organisatiepaden"
RIJ = re.compile(r"^\| `(\w+)` \| (\d{3}) \|", re.MULTILINE)


def _alle(soort: type[Fout]) -> Iterator[type[Fout]]:
    yield soort
    for onder in soort.__subclasses__():
        yield from _alle(onder)


def _bekend() -> dict[str, int]:
    """Code and status of every error type, wherever it is defined in our apps."""
    for app in (ooievaar, notifications, voorraad, bezoeken):
        for module in pkgutil.walk_packages(app.__path__, f"{app.__name__}."):
            if ".migrations" not in module.name and module.name != ALLEEN_MET_OIDC:
                importlib.import_module(module.name)
    # Types that tests make up do not count.
    return {s.code: s.status for s in _alle(Fout) if not s.__module__.startswith("tests")}


def test_the_catalogue_holds_every_code_with_its_status() -> None:
    catalogus = {code: int(status) for code, status in RIJ.findall(CATALOGUS.read_text(encoding="utf-8"))}
    bekend = _bekend()
    assert len(bekend) > 20
    assert bekend.items() <= catalogus.items(), sorted(bekend.items() - catalogus.items())


def test_the_catalogue_names_each_code_once_and_none_that_is_gone() -> None:
    codes = [code for code, _status in RIJ.findall(CATALOGUS.read_text(encoding="utf-8"))]
    assert len(codes) == len(set(codes))
    bron = (Path(ooievaar.__path__[0]) / "platform" / "problems.py").read_text(encoding="utf-8")
    van_het_raamwerk = {code for code in codes if f'"{code}"' in bron}
    assert set(codes) - van_het_raamwerk <= _bekend().keys()
