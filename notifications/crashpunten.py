"""Named points at which the fault tests kill the sender: off unless OOIEVAAR_CRASHPUNT names one.

`na_claim`, `voor_verzenden`, `na_verzenden` (the provider has it, we have not written that down) and `na_markeren`.
"""

from __future__ import annotations

import os
import signal

_GEKOZEN = os.environ.get("OOIEVAAR_CRASHPUNT", "")


def punt(naam: str) -> None:
    """Die here, as by kill -9, when this point was chosen."""
    if naam == _GEKOZEN:
        os.kill(os.getpid(), signal.SIGKILL)
