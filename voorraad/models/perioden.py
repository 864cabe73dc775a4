"""Closed periods: up to and including a day, nothing more is booked (docs/adr/0012)."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from ooievaar.platform.rijen import Rij


class Periodesluiting(Rij):
    """A coordinator's decision that the books up to and including a day are final. It stays; a later one adds to it."""

    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    tot_en_met = models.DateField(_("tot en met"))
    gesloten_op = models.DateTimeField(_("gesloten op"))
    door = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")

    # A decision never changes, so neither does its ETag.
    versie = 1
    gewijzigd_op = None
    gewijzigd_door = None

    class Meta:
        verbose_name = _("periodesluiting")
        verbose_name_plural = _("periodesluitingen")
        ordering = ["-tot_en_met"]
        constraints = [models.UniqueConstraint(fields=["gebied", "tot_en_met"], name="sluiting_een_per_dag")]
        triggers = [pgtrigger.Protect(name="alleen_toevoegen", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.tot_en_met}"
