"""docs/toestand.md is what the transition table says."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from bezoeken.toestand import Actie

BLAD = Path(__file__).resolve().parents[2] / "docs" / "toestand.md"


def _getekend() -> str:
    uit = StringIO()
    call_command("teken_toestand", stdout=uit)
    return uit.getvalue()


def test_the_page_equals_the_table() -> None:
    assert BLAD.read_text(encoding="utf-8") == _getekend(), "run: manage.py teken_toestand > docs/toestand.md"


def test_every_action_is_drawn() -> None:
    getekend = _getekend()
    assert [a for a in Actie if f"| {a} |" not in getekend] == []
