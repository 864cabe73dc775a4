"""Orders that are under way, and alarms about stock that runs short."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ooievaar.platform.rijen import Rij, VersieRij, geschiedenis
from voorraad.models.grootboek import Artikel, Mutatie


@geschiedenis()
class Bestelling(VersieRij):
    """So many of an article, expected on a day. It counts in the forecast until it is received or cancelled."""

    class Status(models.TextChoices):
        OPEN = "open", _("onderweg")
        ONTVANGEN = "ontvangen", _("ontvangen")
        GEANNULEERD = "geannuleerd", _("geannuleerd")

    artikel = models.ForeignKey(Artikel, models.PROTECT, related_name="bestellingen")
    aantal = models.PositiveIntegerField(_("aantal"))
    verwacht_op = models.DateField(_("verwacht op"))
    kenmerk = models.CharField(_("kenmerk"), max_length=60, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.OPEN)
    besteld_op = models.DateTimeField(_("besteld op"))
    # The line with which it came in; a reversal of that line does not open the order again.
    ontvangst = models.OneToOneField(Mutatie, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(VersieRij.Meta):
        verbose_name = _("bestelling")
        verbose_name_plural = _("bestellingen")
        ordering = ["verwacht_op", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(aantal__gte=1), name="bestelling_aantal_positief"),
            models.CheckConstraint(
                condition=Q(status="ontvangen", ontvangst__isnull=False)
                | ~Q(status="ontvangen") & Q(ontvangst__isnull=True),
                name="bestelling_ontvangen_heeft_regel",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.aantal} op {self.verwacht_op}"


class Voorraadalarm(Rij):
    """An article will run short. One alarm for as long as that holds, so that people hear it once."""

    artikel = models.ForeignKey(Artikel, models.PROTECT, related_name="alarmen")
    tekort_vanaf = models.DateField(_("tekort vanaf"))
    begonnen_op = models.DateTimeField(_("begonnen op"))
    voorbij_op = models.DateTimeField(_("voorbij op"), null=True, blank=True)

    class Meta:
        verbose_name = _("voorraadalarm")
        verbose_name_plural = _("voorraadalarmen")
        constraints = [
            models.UniqueConstraint(
                fields=["artikel"], condition=Q(voorbij_op__isnull=True), name="voorraadalarm_een_tegelijk"
            )
        ]

    def __str__(self) -> str:
        return f"{self.artikel_id} vanaf {self.tekort_vanaf}"
