"""The tour of the README, copied line by line into a shell, against a running site."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from tests.e2e.conftest import ROOT, Site, environment

UUID = r"[0-9a-f-]{36}"


def tour() -> str:
    """The lines of the README under "From a notice to a figure"."""
    readme = (Path(ROOT) / "README.md").read_text(encoding="utf-8")
    return re.search(r"^## From a notice.*?^```sh\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)[1]


def test_the_tour_goes_from_a_notice_to_a_figure(spare_site: Site) -> None:
    here = environment(spare_site.database.rpartition("/")[2]) | {"PORT": str(urlsplit(spare_site.url).port)}
    lines = tour()
    assert lines.count("\n") == 10
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", lines], cwd=ROOT, env=here, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert re.fullmatch(f"bezoek {UUID}", said[0])
    assert "redenen" in said[1]
    assert said[2] == "toegewezen"
    assert re.fullmatch(f"kind {UUID}", said[3])
    assert "gesproken" in said[4]
    assert said[5] == "bezocht"
    assert "inVenster" in said[6]
