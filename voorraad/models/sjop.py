"""The Sjop as an organisation keeps it: kinds of goods, block-list, recalls, hours and limits (docs/adr/0015)."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ooievaar.platform.rijen import VersieRij, geschiedenis
from voorraad.models.grootboek import Artikel


class Maatsoort(models.TextChoices):
    """Which sizes a kind of goods comes in."""

    GEEN = "geen", _("geen maat")
    KLEDING = "kleding", _("kledingmaat")
    SCHOEN = "schoen", _("schoenmaat")
    LUIER = "luier", _("luiermaat")


@geschiedenis()
class Sjopcategorie(VersieRij):
    """A kind of goods of the Sjop. Its article is what the ledger counts; code and name are the article's."""

    artikel = models.OneToOneField(Artikel, models.PROTECT, related_name="sjopcategorie")
    maatsoort = models.CharField(_("maat"), max_length=8, choices=Maatsoort, default=Maatsoort.GEEN)
    vraagt_seizoen = models.BooleanField(_("seizoen vragen"), default=False)
    # What can be recalled: without brand and model nobody would find it back.
    vraagt_merk = models.BooleanField(_("merk en model vragen"), default=False)
    # Bought or packed goods with a date: closed, and not expired.
    houdbaar = models.BooleanField(_("heeft een houdbaarheidsdatum"), default=False)
    # Each of these must be ticked before it leaves quarantine; with none, it goes straight to the shelf.
    checklist = ArrayField(
        models.CharField(max_length=120), verbose_name=_("veiligheidscontrole"), default=list, blank=True
    )
    uitleen = models.BooleanField(_("wordt uitgeleend"), default=False)
    uitleen_dagen = models.PositiveSmallIntegerField(_("uitleentijd in dagen"), default=90)
    # None: only the limit for everything together.
    limiet = models.PositiveSmallIntegerField(_("hooguit per gezin en periode"), null=True, blank=True)
    volgorde = models.PositiveSmallIntegerField(_("volgorde"), default=100)
    actief = models.BooleanField(_("in gebruik"), default=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("soort spullen")
        verbose_name_plural = _("soorten spullen")
        ordering = ["volgorde", "artikel__naam"]
        constraints = [models.CheckConstraint(condition=Q(uitleen_dagen__gte=1), name="sjopcategorie_uitleen_dagen")]

    def __str__(self) -> str:
        return self.artikel.naam


@geschiedenis()
class Sjopinstelling(VersieRij):
    """What an organisation may decide differently about its Sjop: settings of the Gebied that only the Sjop reads."""

    gebied = models.OneToOneField("ooievaar.Gebied", models.PROTECT, related_name="+")
    periode_dagen = models.PositiveSmallIntegerField(_("periode in dagen"), default=30)
    stuks_per_periode = models.PositiveSmallIntegerField(_("stuks per gezin en periode"), default=12)
    stuks_per_dag = models.PositiveSmallIntegerField(_("stuks per gezin en bezoek"), default=10)
    leningen = models.PositiveSmallIntegerField(_("leningen tegelijk per gezin"), default=3)
    verleng_dagen = models.PositiveSmallIntegerField(_("verlengen met dagen"), default=30)
    herinner_dagen = models.PositiveSmallIntegerField(_("herinneren, dagen vooraf"), default=3)
    pas_dagen = models.PositiveSmallIntegerField(_("Sjoppas geldig, dagen"), default=365)
    # A promised item waits so long for the family; then the next one on the list gets it.
    bewaar_dagen = models.PositiveSmallIntegerField(_("toegezegd bewaren, dagen"), default=14)
    gesloten = ArrayField(models.DateField(), verbose_name=_("dagen dicht"), default=list, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("instelling van de Sjop")
        verbose_name_plural = _("instellingen van de Sjop")
        constraints = [models.CheckConstraint(condition=Q(periode_dagen__gte=1), name="sjopinstelling_periode")]

    def __str__(self) -> str:
        return f"Sjop {self.gebied_id}"


@geschiedenis()
class Openingstijd(VersieRij):
    """Weekly opening hours in local time; divided in slots, each for so many families."""

    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    weekdag = models.PositiveSmallIntegerField(
        _("dag"), validators=[MinValueValidator(1), MaxValueValidator(7)], help_text=_("1 is maandag.")
    )
    van = models.TimeField(_("van"))
    tot = models.TimeField(_("tot"))
    slot_minuten = models.PositiveSmallIntegerField(_("minuten per afspraak"), default=30)
    capaciteit = models.PositiveSmallIntegerField(_("gezinnen per afspraak"), default=2)

    class Meta(VersieRij.Meta):
        verbose_name = _("openingstijd")
        verbose_name_plural = _("openingstijden")
        ordering = ["weekdag", "van"]
        constraints = [
            models.UniqueConstraint(fields=["gebied", "weekdag", "van"], name="openingstijd_een_per_begin"),
            models.CheckConstraint(condition=Q(van__lt=F("tot")), name="openingstijd_op_volgorde"),
            models.CheckConstraint(condition=Q(weekdag__range=(1, 7)), name="openingstijd_weekdag"),
            models.CheckConstraint(
                condition=Q(slot_minuten__range=(5, 240), capaciteit__range=(1, 50)), name="openingstijd_slot"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekdag} {self.van:%H:%M}-{self.tot:%H:%M}"


class Voorwaarde(models.TextChoices):
    """When something on the block-list is refused."""

    ALTIJD = "altijd", _("altijd")
    GEBRUIKT = "gebruikt", _("als het gebruikt is")
    GEOPEND = "geopend", _("als het open is, of over de datum")
    TERUGGEROEPEN = "teruggeroepen", _("als het merk of model niet bekend is")


@geschiedenis()
class Blokkade(VersieRij):
    """One line of the block-list: what is not taken in and not handed out, and when (domain.md, rule 14).

    It holds for a kind of goods, and for anything in whose name, brand or description one of the words stands.
    """

    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    naam = models.CharField(_("wat"), max_length=60)
    uitleg = models.CharField(_("uitleg"), max_length=200, help_text=_("Dit leest wie het wil innemen."))
    voorwaarde = models.CharField(_("wanneer"), max_length=14, choices=Voorwaarde, default=Voorwaarde.ALTIJD)
    categorie = models.ForeignKey(Sjopcategorie, models.PROTECT, null=True, blank=True, related_name="blokkades")
    woorden = ArrayField(models.CharField(max_length=40), verbose_name=_("woorden"), default=list, blank=True)
    actief = models.BooleanField(_("geldt"), default=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("blokkade")
        verbose_name_plural = _("blokkeerlijst")
        ordering = ["naam"]
        constraints = [
            models.UniqueConstraint(fields=["gebied", "naam"], name="blokkade_naam_uniek"),
            models.CheckConstraint(
                condition=Q(categorie__isnull=False) | ~Q(woorden=[]), name="blokkade_gaat_ergens_over"
            ),
            # An empty word would stand in everything.
            models.CheckConstraint(condition=~Q(woorden__contains=[""]), name="blokkade_geen_leeg_woord"),
        ]

    def __str__(self) -> str:
        return self.naam


@geschiedenis()
class Terugroepactie(VersieRij):
    """A recall by brand and, where given, model: nothing of it comes in or goes out, and what went out is looked up."""

    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    merk = models.CharField(_("merk"), max_length=60)
    model = models.CharField(_("model"), max_length=60, blank=True)
    merk_sleutel = models.CharField(max_length=60, editable=False)
    model_sleutel = models.CharField(max_length=60, blank=True, editable=False)
    uitleg = models.CharField(_("waarom"), max_length=200)
    teruggeroepen_op = models.DateTimeField(_("teruggeroepen op"))
    ingetrokken_op = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("terugroepactie")
        verbose_name_plural = _("terugroepacties")
        ordering = ["-teruggeroepen_op", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gebied", "merk_sleutel", "model_sleutel"],
                condition=Q(ingetrokken_op__isnull=True),
                name="terugroepactie_een_keer",
            ),
            models.CheckConstraint(condition=~Q(merk_sleutel=""), name="terugroepactie_heeft_merk"),
        ]

    def __str__(self) -> str:
        return f"{self.merk} {self.model}".strip()
