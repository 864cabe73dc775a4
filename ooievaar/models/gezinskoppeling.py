"""Two families that are, or may be, the same people: a later child at a new address or under another surname."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ooievaar.models.gebruiker import Gebruiker
from ooievaar.models.gezin import Gezin
from ooievaar.platform.rijen import VersieRij, geschiedenis


@geschiedenis()
class Gezinskoppeling(VersieRij):
    """A link between two families (domain.md, rule 2; docs/adr/0009).

    Proposed by a match, decided by a person. A stop follows every confirmed link; while a link to a stopped family
    is only proposed, contact waits. A refused link stays, so that the same match is not proposed again. The pair is
    stored once: `een` is the family with the lower id.
    """

    class Status(models.TextChoices):
        VOORGESTELD = "voorgesteld", _("voorgesteld")
        BEVESTIGD = "bevestigd", _("bevestigd")
        AFGEWEZEN = "afgewezen", _("afgewezen")

    class Grond(models.TextChoices):
        TELEFOONNUMMER = "telefoonnummer", _("hetzelfde telefoonnummer")
        EMAILADRES = "emailadres", _("hetzelfde e-mailadres")
        NAAM_EN_ADRES = "naamEnAdres", _("dezelfde naam op hetzelfde adres")
        MELDING = "melding", _("gezien bij het beoordelen van een melding")
        HAND = "hand", _("door een coördinator")

    een = models.ForeignKey(Gezin, models.CASCADE, related_name="+")
    ander = models.ForeignKey(Gezin, models.CASCADE, related_name="+")
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.VOORGESTELD)
    gronden = ArrayField(models.CharField(max_length=20, choices=Grond), verbose_name=_("waarom"), default=list)
    voorgesteld_op = models.DateTimeField(_("voorgesteld op"))
    beoordeeld_op = models.DateTimeField(_("beoordeeld op"), null=True, blank=True)
    beoordeeld_door = models.ForeignKey(Gebruiker, models.SET_NULL, null=True, blank=True, related_name="+")
    reden = models.CharField(_("reden"), max_length=200, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("gezinskoppeling")
        verbose_name_plural = _("gezinskoppelingen")
        constraints = [
            models.UniqueConstraint(fields=["een", "ander"], name="gezinskoppeling_een_per_paar"),
            models.CheckConstraint(condition=Q(een__lt=F("ander")), name="gezinskoppeling_laagste_eerst"),
            models.CheckConstraint(
                condition=Q(status="voorgesteld", beoordeeld_op__isnull=True)
                | ~Q(status="voorgesteld") & Q(beoordeeld_op__isnull=False),
                name="gezinskoppeling_beoordeeld_heeft_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"gezinskoppeling {self.pk}"
