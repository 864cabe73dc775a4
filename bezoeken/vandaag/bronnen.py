"""Everything that can wait for a person, in one list. A room that leaves work adds its source here, and only here."""

from __future__ import annotations

from bezoeken.berichten.werk import BERICHTEN
from bezoeken.herinneren.werk import BEZOEKEN
from bezoeken.intake.werk import MELDINGEN
from bezoeken.koppelen.werk import KOPPELINGEN
from bezoeken.kraambezoek.werk import DOZEN
from bezoeken.sjpruutcafe.werk import CAFES
from bezoeken.telefoon.werk import HANDELINGEN
from bezoeken.toewijzing.werk import OVERDRACHTEN
from bezoeken.veiligheid.werk import ALARMEN
from bezoeken.werk import Soort, Werkbron

BRONNEN: tuple[Werkbron, ...] = (
    ALARMEN,
    MELDINGEN,
    KOPPELINGEN,
    HANDELINGEN,
    OVERDRACHTEN,
    BEZOEKEN,
    DOZEN,
    BERICHTEN,
    CAFES,
)
SOORTEN: dict[str, Soort] = {soort.code: soort for bron in BRONNEN for soort in bron.soorten}
