"""The volunteer: what she may do, where, in which languages, when not, and for whom not."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from ooievaar.models.gebied import Gebied, Wijk
from ooievaar.models.gebruiker import Gebruiker
from ooievaar.models.gezin import Gezin
from ooievaar.platform.rijen import VersieRij, geschiedenis


@geschiedenis()
class Ooievaarsmoeder(VersieRij):
    """An experienced, trained mother from the neighbourhood, a volunteer."""

    gebied = models.ForeignKey(Gebied, models.PROTECT, related_name="ooievaarsmoeders")
    gebruiker = models.OneToOneField(Gebruiker, models.SET_NULL, null=True, blank=True, related_name="ooievaarsmoeder")
    naam = models.CharField(_("naam"), max_length=100)
    telefoonnummer = PhoneNumberField(_("telefoonnummer"), blank=True)
    emailadres = models.EmailField(_("e-mailadres"), blank=True)
    wijken = models.ManyToManyField(Wijk, blank=True, related_name="ooievaarsmoeders")
    talen = ArrayField(models.CharField(max_length=8), verbose_name=_("talen"), default=list)
    maximum_per_week = models.PositiveSmallIntegerField(_("bezoeken per week"), default=2)
    actief = models.BooleanField(_("actief"), default=True)
    vog_datum = models.DateField(_("datum van de VOG"), null=True, blank=True)
    verklaring_getekend = models.BooleanField(_("geheimhouding getekend"), default=False)
    training_afgerond = models.BooleanField(_("training afgerond"), default=False)

    class Meta(VersieRij.Meta):
        verbose_name = _("Ooievaarsmoeder")
        verbose_name_plural = _("Ooievaarsmoeders")
        ordering = ["naam", "id"]

    def __str__(self) -> str:
        return self.naam


@geschiedenis()
class Afwezigheid(VersieRij):
    """Days on which an Ooievaarsmoeder does not visit, both ends included; without end: until further notice."""

    ooievaarsmoeder = models.ForeignKey(Ooievaarsmoeder, models.CASCADE, related_name="afwezigheden")
    begin = models.DateField(_("eerste dag"))
    eind = models.DateField(_("laatste dag"), null=True, blank=True)
    reden = models.CharField(
        _("reden"),
        max_length=20,
        choices=[("vakantie", _("vakantie")), ("ziek", _("ziek")), ("anders", _("anders"))],
        default="anders",
    )

    class Meta(VersieRij.Meta):
        verbose_name = _("afwezigheid")
        verbose_name_plural = _("afwezigheden")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(eind__isnull=True) | models.Q(eind__gte=models.F("begin")),
                name="afwezigheid_op_volgorde",
            )
        ]

    def __str__(self) -> str:
        return f"{self.begin}"


@geschiedenis()
class Relatie(VersieRij):
    """A declared relation between a volunteer and a family, from either side: she does not visit them (rule 7)."""

    ooievaarsmoeder = models.ForeignKey(Ooievaarsmoeder, models.CASCADE, related_name="relaties")
    gezin = models.ForeignKey(Gezin, models.CASCADE, related_name="relaties")
    gemeld_door = models.CharField(
        _("gemeld door"),
        max_length=20,
        choices=[("ooievaarsmoeder", _("Ooievaarsmoeder")), ("gezin", _("gezin")), ("coordinator", _("coördinator"))],
        default="ooievaarsmoeder",
    )

    class Meta(VersieRij.Meta):
        verbose_name = _("relatie")
        verbose_name_plural = _("relaties")
        constraints = [models.UniqueConstraint(fields=["ooievaarsmoeder", "gezin"], name="relatie_een_keer")]

    def __str__(self) -> str:
        return f"relatie {self.pk}"
