"""Safety of the volunteer (domain.md, rule 11): flags, who is on duty, check-ins and alarms."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bezoeken.models.bezoek import Bezoek
from ooievaar.platform.rijen import VersieRij, geschiedenis


@geschiedenis()
class Veiligheidsvlag(VersieRij):
    """A coded warning about a family, or about one visit to it. The volunteer sees the measure, never the cause.

    `tot` is the last day on which it holds: a flag that nobody renews goes out by itself.
    """

    class Soort(models.TextChoices):
        HOND = "hond", _("hond")
        GEWELDSRISICO = "geweldsrisico", _("risico op geweld")
        ADRES = "adres", _("adres")
        ANDERS = "anders", _("anders")

    class Maatregel(models.TextChoices):
        DUO_BEZOEK = "duoBezoek", _("met zijn tweeën")
        ANDERE_PLEK = "anderePlek", _("op een andere plek")
        BEL_EERST = "belEerst", _("eerst bellen")
        GEEN_BEZOEK = "geenBezoek", _("geen bezoek")

    gezin = models.ForeignKey("ooievaar.Gezin", models.CASCADE, related_name="+")
    bezoek = models.ForeignKey(Bezoek, models.CASCADE, null=True, blank=True, related_name="+")
    soort = models.CharField(_("soort"), max_length=15, choices=Soort)
    maatregel = models.CharField(_("maatregel"), max_length=12, choices=Maatregel)
    gemeld_door = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")
    sinds = models.DateField(_("sinds"))
    tot = models.DateField(_("tot en met"))
    ingetrokken_op = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("veiligheidsvlag")
        verbose_name_plural = _("veiligheidsvlaggen")
        indexes = [
            models.Index(fields=["gezin"], condition=Q(ingetrokken_op__isnull=True), name="veiligheidsvlag_geldig")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(tot__gte=F("sinds")), name="veiligheidsvlag_op_volgorde"),
        ]

    def __str__(self) -> str:
        return f"veiligheidsvlag {self.pk}"


class _Tijdvak(models.Func):
    """From `begin` up to, not including, `eind`."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


@geschiedenis()
class Achterwachtdienst(VersieRij):
    """A part of a day on which somebody is on duty for a Gebied: a named person, and who is called after her."""

    gebied = models.ForeignKey("ooievaar.Gebied", models.CASCADE, related_name="+")
    begin = models.DateTimeField(_("begin"))
    eind = models.DateTimeField(_("eind"))
    eerste = models.ForeignKey("ooievaar.Gebruiker", models.PROTECT, related_name="+")
    tweede = models.ForeignKey("ooievaar.Gebruiker", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(VersieRij.Meta):
        verbose_name = _("achterwachtdienst")
        verbose_name_plural = _("achterwachtdiensten")
        ordering = ["begin", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(eind__gt=F("begin")), name="achterwachtdienst_op_volgorde"),
            models.CheckConstraint(
                condition=Q(tweede__isnull=True) | ~Q(tweede=F("eerste")), name="achterwachtdienst_twee_mensen"
            ),
            ExclusionConstraint(
                name="achterwachtdienst_een_tegelijk",
                expressions=[
                    ("gebied", RangeOperators.EQUAL),
                    (_Tijdvak("begin", "eind", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"achterwacht vanaf {self.begin}"


@geschiedenis()
class Incheck(VersieRij):
    """She is with a family, and when she expects to be done. The server counts, not her phone; no place is kept."""

    bezoek = models.ForeignKey(Bezoek, models.CASCADE, related_name="inchecks")
    ooievaarsmoeder = models.ForeignKey("ooievaar.Ooievaarsmoeder", models.PROTECT, related_name="+")
    # Who was on duty when she checked in: to whom an alarm goes when later nobody is.
    dienst = models.ForeignKey(Achterwachtdienst, models.SET_NULL, null=True, related_name="+")
    ingecheckt_op = models.DateTimeField(_("ingecheckt op"))
    verwachte_minuten = models.PositiveSmallIntegerField(
        _("verwachte duur in minuten"), validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    verwacht_eind = models.DateTimeField(_("verwacht einde"))
    gewaarschuwd_op = models.DateTimeField(_("gewaarschuwd op"), null=True, blank=True)
    uitgecheckt_op = models.DateTimeField(_("uitgecheckt op"), null=True, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("incheck")
        verbose_name_plural = _("inchecks")
        indexes = [
            models.Index(fields=["verwacht_eind"], condition=Q(uitgecheckt_op__isnull=True), name="incheck_open"),
            models.Index(fields=["bezoek", "ooievaarsmoeder"], name="incheck_van_bezoek"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ooievaarsmoeder"], condition=Q(uitgecheckt_op__isnull=True), name="incheck_een_tegelijk"
            ),
            models.CheckConstraint(condition=Q(verwachte_minuten__range=(5, 480)), name="incheck_duur"),
        ]

    def __str__(self) -> str:
        return f"incheck {self.pk}"


@geschiedenis()
class Alarm(VersieRij):
    """She did not check out in time: for the achterwacht, until one person has claimed it and it is closed."""

    class Uitkomst(models.TextChoices):
        GESPROKEN = "gesproken", _("gesproken, alles goed")
        UITGECHECKT = "uitgecheckt", _("zelf uitgecheckt")
        VERLENGD = "verlengd", _("zelf verlengd")
        HULPDIENSTEN = "hulpdiensten", _("hulpdiensten gebeld")

    incheck = models.ForeignKey(Incheck, models.CASCADE, related_name="alarmen")
    gestart_op = models.DateTimeField(_("gestart op"))
    eerste = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")
    tweede = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")
    tweede_op = models.DateTimeField(_("tweede gewaarschuwd op"), null=True, blank=True)
    geclaimd_op = models.DateTimeField(_("opgepakt op"), null=True, blank=True)
    geclaimd_door = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")
    gesloten_op = models.DateTimeField(_("gesloten op"), null=True, blank=True)
    uitkomst = models.CharField(_("uitkomst"), max_length=15, choices=Uitkomst, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("alarm")
        verbose_name_plural = _("alarmen")
        ordering = ["-gestart_op", "id"]
        indexes = [models.Index(fields=["gestart_op"], condition=Q(gesloten_op__isnull=True), name="alarm_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["incheck"], condition=Q(gesloten_op__isnull=True), name="alarm_een_open_per_incheck"
            ),
            models.CheckConstraint(
                condition=Q(gesloten_op__isnull=True, uitkomst="") | Q(gesloten_op__isnull=False) & ~Q(uitkomst=""),
                name="alarm_gesloten_heeft_uitkomst",
            ),
        ]

    def __str__(self) -> str:
        return f"alarm {self.pk}"
