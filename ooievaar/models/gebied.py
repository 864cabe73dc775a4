"""A Gebied (the root of scope, with its settings) and its wijken.

Another area in the country is a row here, not a release: everything that an organisation may decide differently is a
column, with the default of the programme in Heerlen-Noord (domain.md).
"""

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ooievaar.platform.rijen import Rij, VersieRij, geschiedenis


@geschiedenis()
class Gebied(VersieRij):
    """An area where one programme runs, with its rules as data."""

    code = models.SlugField(_("code"), unique=True)
    naam = models.CharField(_("naam"), max_length=100)
    gemeente_codes = ArrayField(
        models.CharField(max_length=6),
        verbose_name=_("gemeentecodes"),
        default=list,
        help_text=_("CBS-codes van de gemeenten waarin het gebied ligt, zoals 0917 voor Heerlen."),
    )
    gemeente_namen = ArrayField(
        models.CharField(max_length=100),
        verbose_name=_("woonplaatsen"),
        default=list,
        help_text=_("Woonplaatsen in die gemeenten: daar kan een onbekende postcode nog binnen het gebied liggen."),
    )
    telefoonnummer = models.CharField(_("telefoonnummer van het programma"), max_length=20, blank=True)

    # The window, in days after the birth date, which is day 0 (domain.md, "The window").
    contact_vanaf_dag = models.PositiveSmallIntegerField(_("contact vanaf dag"), default=21)
    venster_begin_dag = models.PositiveSmallIntegerField(_("venster begint op dag"), default=42)
    venster_eind_dag = models.PositiveSmallIntegerField(_("venster eindigt op dag"), default=56)
    voorbereiden_dag = models.PositiveSmallIntegerField(_("voorbereiden vanaf dag"), default=28)
    late_melding_dag = models.PositiveSmallIntegerField(_("late melding vanaf dag"), default=36)
    verlopen_dag = models.PositiveSmallIntegerField(_("te laat tot en met dag"), default=84)

    # Attempts, assignment and doubles (domain.md, rules 1, 7, 8 and 9).
    maximum_pogingen = models.PositiveSmallIntegerField(_("pogingen"), default=3)
    pogingen_dagen = models.PositiveSmallIntegerField(_("pogingen op minstens zoveel dagen"), default=2)
    pogingen_dagdelen = models.PositiveSmallIntegerField(_("pogingen op minstens zoveel dagdelen"), default=2)
    antwoord_dagen = models.PositiveSmallIntegerField(_("dagen om te antwoorden op een toewijzing"), default=3)
    adres_dagen = models.PositiveSmallIntegerField(_("dagen dat het adres na sluiting zichtbaar blijft"), default=7)
    vog_jaren = models.PositiveSmallIntegerField(_("VOG geldig (jaren)"), default=3)
    meerling_dagen = models.PositiveSmallIntegerField(_("meerling binnen zoveel dagen"), default=2)

    # Hours, in local time (domain.md, "Contact hours").
    bezoek_van = models.TimeField(_("bezoek ma-vr vanaf"), default=time(9, 30))
    bezoek_tot = models.TimeField(_("bezoek ma-vr tot"), default=time(18, 30))
    bezoek_zaterdag_van = models.TimeField(_("bezoek za vanaf"), default=time(10, 0))
    bezoek_zaterdag_tot = models.TimeField(_("bezoek za tot"), default=time(16, 0))
    bericht_van = models.TimeField(_("berichten vanaf"), default=time(9, 0))
    bericht_tot = models.TimeField(_("berichten tot"), default=time(20, 0))

    # Messages: who sends the letters, what SMS may cost, and how long it is kept what was sent to whom.
    retouradres = models.CharField(
        _("retouradres"), max_length=120, blank=True, help_text=_("Eén regel, klein boven het adres op een brief.")
    )
    sms_per_maand = models.PositiveIntegerField(_("sms-delen per maand"), default=2000)
    berichten_bewaren_dagen = models.PositiveSmallIntegerField(_("berichten bewaren (dagen)"), default=365)

    # Safety (domain.md, rule 11): minutes after the expected end, and after an alarm that nobody took.
    waarschuwing_minuten = models.PositiveSmallIntegerField(_("bericht aan haar na (minuten)"), default=15)
    alarm_minuten = models.PositiveSmallIntegerField(_("alarm na (minuten)"), default=30)
    tweede_minuten = models.PositiveSmallIntegerField(_("tweede achterwacht na (minuten)"), default=10)
    vlag_maanden = models.PositiveSmallIntegerField(_("veiligheidsvlag geldt hooguit (maanden)"), default=6)

    # Publication (domain.md, "Coverage") and stock (rule 13).
    kleinste_cel = models.PositiveSmallIntegerField(_("kleinste getoonde aantal"), default=5)
    kleinste_noemer = models.PositiveSmallIntegerField(_("percentage vanaf zoveel kinderen"), default=10)
    houdbaar_dagen = models.PositiveSmallIntegerField(_("doos minstens zoveel dagen houdbaar"), default=90)

    class Meta(VersieRij.Meta):
        verbose_name = _("gebied")
        verbose_name_plural = _("gebieden")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(voorbereiden_dag__lt=models.F("venster_begin_dag"))
                & models.Q(venster_begin_dag__lt=models.F("venster_eind_dag"))
                & models.Q(venster_eind_dag__lt=models.F("verlopen_dag")),
                name="gebied_dagen_op_volgorde",
            ),
            models.CheckConstraint(
                condition=models.Q(bezoek_van__lt=models.F("bezoek_tot"))
                & models.Q(bezoek_zaterdag_van__lt=models.F("bezoek_zaterdag_tot"))
                & models.Q(bericht_van__lt=models.F("bericht_tot")),
                name="gebied_uren_op_volgorde",
            ),
            models.CheckConstraint(condition=models.Q(kleinste_cel__gte=1), name="gebied_kleinste_cel"),
            models.CheckConstraint(
                condition=models.Q(waarschuwing_minuten__lt=models.F("alarm_minuten")),
                name="gebied_alarm_na_waarschuwing",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


@geschiedenis()
class Wijk(VersieRij):
    """A CBS wijk of a Gebied, with the day on which the programme started there."""

    gebied = models.ForeignKey(Gebied, models.PROTECT, related_name="wijken")
    code = models.CharField(_("CBS-code"), max_length=8, unique=True)
    naam = models.CharField(_("naam"), max_length=100)
    start_op = models.DateField(_("programma vanaf"))
    lengtegraad = models.FloatField(_("lengtegraad"), validators=[MinValueValidator(-180), MaxValueValidator(180)])
    breedtegraad = models.FloatField(_("breedtegraad"), validators=[MinValueValidator(-90), MaxValueValidator(90)])
    # The outline, for the map: rings of [longitude, latitude]; without it the map shows a tile (docs/adr/0013).
    grens = models.JSONField(_("grens"), null=True, blank=True)
    buren = models.ManyToManyField("self", verbose_name=_("buurwijken"), blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("wijk")
        verbose_name_plural = _("wijken")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.naam


class Focuswijk(Rij):
    """A neighbourhood the programme looks at first. Not a CBS unit: it lies in one wijk or across several."""

    gebied = models.ForeignKey(Gebied, models.PROTECT, related_name="focuswijken")
    naam = models.CharField(_("naam"), max_length=100)
    wijken = models.ManyToManyField(Wijk, related_name="focuswijken")

    class Meta:
        verbose_name = _("focuswijk")
        verbose_name_plural = _("focuswijken")
        constraints = [models.UniqueConstraint(fields=["gebied", "naam"], name="focuswijk_naam_uniek")]

    def __str__(self) -> str:
        return self.naam


class Postcode(models.Model):
    """One line of CBS's table: which wijk a postcode and house number lie in, inside the Gebied or not.

    Millions of rows, brought in by `importeer_postcodes`; no foreign key to Wijk, because most lie elsewhere.
    """

    pc6 = models.CharField(_("postcode"), max_length=6)
    huisnummer = models.PositiveIntegerField(_("huisnummer"))
    wijk_code = models.CharField(_("wijk"), max_length=8)
    gemeente_code = models.CharField(_("gemeente"), max_length=6)

    class Meta:
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        constraints = [models.UniqueConstraint(fields=["pc6", "huisnummer"], name="postcode_huisnummer_uniek")]

    def __str__(self) -> str:
        return f"{self.pc6} {self.huisnummer}"


class VrijePeriode(Rij):
    """Days on which a visit is less welcome, kept by people: school holidays, soft days, local days off.

    Public holidays and Carnaval are computed (`ooievaar/kalender.py`). These periods warn and never move a window;
    with `stil` set, no message leaves on them either.
    """

    class Soort(models.TextChoices):
        SCHOOLVAKANTIE = "schoolvakantie", _("schoolvakantie")
        ZACHTE_DAG = "zachteDag", _("zachte dag")
        VRIJE_DAG = "vrijeDag", _("vrije dag")

    gebied = models.ForeignKey(Gebied, models.CASCADE, related_name="vrije_perioden")
    soort = models.CharField(_("soort"), max_length=20, choices=Soort)
    naam = models.CharField(_("naam"), max_length=100)
    begin = models.DateField(_("eerste dag"))
    eind = models.DateField(_("laatste dag"))
    stil = models.BooleanField(_("geen berichten"), default=False)

    class Meta:
        verbose_name = _("vrije periode")
        verbose_name_plural = _("vrije perioden")
        constraints = [
            models.CheckConstraint(condition=models.Q(eind__gte=models.F("begin")), name="vrijeperiode_op_volgorde")
        ]

    def __str__(self) -> str:
        return self.naam
