"""Counts: what people counted in a place, each line with the balance of that very moment (docs/adr/0012)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ooievaar.platform.rijen import VersieRij, geschiedenis
from voorraad.models.grootboek import Artikel, Locatie, Partij


class Verschilreden(models.TextChoices):
    """Why there is more or less than the books say."""

    BESCHADIGD = "beschadigd", _("beschadigd")
    ZOEK = "zoek", _("niet gevonden")
    GEVONDEN = "gevonden", _("teruggevonden")
    VERKEERD_GEBOEKT = "verkeerdGeboekt", _("verkeerd geboekt")
    NIET_GEBOEKT = "nietGeboekt", _("vergeten te boeken")
    ANDERS = "anders", _("anders")


@geschiedenis()
class Telling(VersieRij):
    """A count of a place: of everything that lies there, or (`artikelen`) of some articles.

    Blind: who counts does not see what the books say until the count is established.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("bezig")
        VASTGESTELD = "vastgesteld", _("vastgesteld")
        GEANNULEERD = "geannuleerd", _("geannuleerd")

    locatie = models.ForeignKey(Locatie, models.PROTECT, related_name="tellingen")
    # Empty: everything.
    artikelen = models.ManyToManyField(Artikel, blank=True, related_name="+")
    volledig = models.BooleanField(_("alles"), default=True)
    blind = models.BooleanField(_("blind"), default=False)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.OPEN)
    begonnen_op = models.DateTimeField(_("begonnen op"))
    begonnen_door = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")
    afgesloten_op = models.DateTimeField(_("afgesloten op"), null=True, blank=True)
    afgesloten_door = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")

    class Meta(VersieRij.Meta):
        verbose_name = _("telling")
        verbose_name_plural = _("tellingen")
        ordering = ["-begonnen_op", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", afgesloten_op__isnull=True)
                | ~Q(status="open") & Q(afgesloten_op__isnull=False),
                name="telling_afgesloten_heeft_moment",
            )
        ]

    def __str__(self) -> str:
        return f"telling {self.pk}"


@geschiedenis()
class Telregel(VersieRij):
    """What one person counted of one article (and lot). Who counts again replaces her own line, nobody else's.

    What has no line was not counted, which is not the same as nothing there.
    """

    telling = models.ForeignKey(Telling, models.CASCADE, related_name="regels")
    artikel = models.ForeignKey(Artikel, models.PROTECT, related_name="+")
    partij = models.ForeignKey(Partij, models.PROTECT, null=True, blank=True, related_name="+")
    teller = models.ForeignKey("ooievaar.Gebruiker", models.PROTECT, related_name="+")
    geteld = models.PositiveIntegerField(_("geteld"))
    geteld_op = models.DateTimeField(_("geteld op"))
    # The balance at that moment, read under its lock: what is booked later does not change what was counted.
    stand_toen = models.PositiveIntegerField()
    reden = models.CharField(_("reden van het verschil"), max_length=16, choices=Verschilreden, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("telregel")
        verbose_name_plural = _("telregels")
        constraints = [
            models.UniqueConstraint(
                fields=["telling", "artikel", "partij", "teller"], nulls_distinct=False, name="telregel_een_per_teller"
            )
        ]

    def __str__(self) -> str:
        return f"{self.geteld}"
