"""Everything a coordinator does from a family's page, in tables: the pages (`web.py`) are one view for all of it."""

from __future__ import annotations

from bezoeken.kraambezoek.handelingen.basis import Handeling, Onderwerp
from bezoeken.kraambezoek.handelingen.gezin import GEZIN, VAN_CONTACT
from bezoeken.kraambezoek.handelingen.stops import STOPS_VAN_BEZOEK, STOPS_VAN_GEZIN, STOPS_VAN_KIND
from bezoeken.kraambezoek.handelingen.voortgang import VOORTGANG

VAN_BEZOEK: dict[str, Handeling] = STOPS_VAN_BEZOEK | VOORTGANG
VAN_GEZIN: dict[str, Handeling] = STOPS_VAN_GEZIN | GEZIN
VAN_KIND: dict[str, Handeling] = STOPS_VAN_KIND

__all__ = ["VAN_BEZOEK", "VAN_CONTACT", "VAN_GEZIN", "VAN_KIND", "Handeling", "Onderwerp"]
