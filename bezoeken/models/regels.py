"""Rules and figures kept per Gebied: the reminder days, and the months that are closed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ooievaar.platform.rijen import Rij, VersieRij, geschiedenis


@geschiedenis()
class Herinneringsregel(VersieRij):
    """What is sent to whom on which day after the birth: the table of domain.md ("what happens") as data."""

    class Ontvanger(models.TextChoices):
        GEZIN = "gezin", _("gezin")
        OOIEVAARSMOEDER = "ooievaarsmoeder", _("Ooievaarsmoeder")
        COORDINATOR = "coordinator", _("coördinator")

    gebied = models.ForeignKey("ooievaar.Gebied", models.CASCADE, related_name="+")
    soort = models.CharField(_("soort"), max_length=30)
    ontvanger = models.CharField(_("ontvanger"), max_length=20, choices=Ontvanger)
    # Days after the birth; for 'bezoekherinnering' days before (negative) the appointment.
    dag = models.SmallIntegerField(_("dag"))
    # From which local time; empty: from the first hour in which messages go.
    tijd = models.TimeField(_("vanaf"), null=True, blank=True)
    actief = models.BooleanField(_("actief"), default=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("herinneringsregel")
        verbose_name_plural = _("herinneringsregels")
        constraints = [models.UniqueConstraint(fields=["gebied", "soort", "ontvanger"], name="herinneringsregel_uniek")]

    def __str__(self) -> str:
        return f"{self.soort} D{self.dag:+d}"


class BevrorenMaand(Rij):
    """The figures of a closed month as they were first published; a later recount restates them visibly."""

    gebied = models.ForeignKey("ooievaar.Gebied", models.CASCADE, related_name="+")
    maand = models.DateField(_("eerste dag van de maand"))
    cijfers = models.JSONField()
    bevroren_op = models.DateTimeField()

    class Meta:
        verbose_name = _("bevroren maand")
        verbose_name_plural = _("bevroren maanden")
        constraints = [models.UniqueConstraint(fields=["gebied", "maand"], name="bevroren_maand_uniek")]

    def __str__(self) -> str:
        return f"{self.maand:%Y-%m}"
