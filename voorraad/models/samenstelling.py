"""Recipes: what goes into a box. A recipe is never changed; a change is the next version (docs/adr/0012)."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ooievaar.platform.rijen import Rij
from voorraad.models.grootboek import Artikel

_ALLEEN_TOEVOEGEN = pgtrigger.Protect(name="alleen_toevoegen", operation=pgtrigger.Update | pgtrigger.Delete)


class Samenstelling(Rij):
    """One version of the recipe of a box. The highest number is the one that is used for new boxes."""

    artikel = models.ForeignKey(Artikel, models.PROTECT, related_name="samenstellingen")
    nummer = models.PositiveIntegerField(_("nummer"))
    vastgesteld_op = models.DateTimeField(_("vastgesteld op"))
    # No foreign key: a version is never touched again, not even when its author leaves.
    door = models.UUIDField(null=True)

    versie = 1
    gewijzigd_op = None
    gewijzigd_door = None

    class Meta:
        verbose_name = _("samenstelling")
        verbose_name_plural = _("samenstellingen")
        ordering = ["artikel", "-nummer"]
        constraints = [models.UniqueConstraint(fields=["artikel", "nummer"], name="samenstelling_nummer_uniek")]
        triggers = [_ALLEEN_TOEVOEGEN]

    def __str__(self) -> str:
        return f"versie {self.nummer}"


class Samenstellingregel(Rij):
    """So many of one article in a box."""

    samenstelling = models.ForeignKey(Samenstelling, models.PROTECT, related_name="regels")
    artikel = models.ForeignKey(Artikel, models.PROTECT, related_name="+")
    aantal = models.PositiveSmallIntegerField(_("aantal"))

    class Meta:
        verbose_name = _("regel van een samenstelling")
        verbose_name_plural = _("regels van een samenstelling")
        constraints = [
            models.UniqueConstraint(fields=["samenstelling", "artikel"], name="samenstellingregel_artikel_een_keer"),
            models.CheckConstraint(condition=Q(aantal__gte=1), name="samenstellingregel_aantal_positief"),
        ]
        triggers = [_ALLEEN_TOEVOEGEN]

    def __str__(self) -> str:
        return f"{self.aantal} x {self.artikel_id}"
