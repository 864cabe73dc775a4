"""For which purpose a kind of message is sent, and which purposes need a yes first (domain.md, rule 17). Pure.

Contact needs no yes: a family's visit is announced, and it can stop that (rule 4). An invitation does. A message about
what a family signed up for itself is contact: its kind must not begin with `cafe`.
"""

from __future__ import annotations

CONTACT = "contact"
CAFE = "cafe"
DOELEN = (CONTACT, CAFE)
# Nothing is sent for these without consent that still holds.
MET_TOESTEMMING = frozenset({CAFE})


def doel_van(soort: str) -> str:
    """The purpose of a kind of message: kinds that begin with `cafe` invite to a Sjpruutcafé."""
    return CAFE if soort.startswith(CAFE) else CONTACT
