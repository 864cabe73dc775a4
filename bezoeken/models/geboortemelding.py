"""A notice of a birth as it came in, what became of it, and the file it came with."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bezoeken.models.bezoek import Bezoek
from ooievaar.platform.rijen import Rij, VersieRij, geschiedenis


class Bron(models.TextChoices):
    """Who may report a birth (api.md, Settled details)."""

    GEMEENTE = "gemeente", _("gemeente")
    JGZ = "jgz", _("JGZ")
    VERLOSKUNDIGE = "verloskundige", _("verloskundige of kraamzorg")
    ZELFAANMELDING = "zelfaanmelding", _("zelfaanmelding")
    VERWIJZER = "verwijzer", _("verwijzer")
    OOIEVAARSMOEDER = "ooievaarsmoeder", _("Ooievaarsmoeder")


class Geboorteimport(VersieRij):
    """A file of notices and what became of its rows. `fouten` holds row, field and reason, never a value."""

    class Status(models.TextChoices):
        BEZIG = "bezig", _("bezig")
        KLAAR = "klaar", _("klaar")
        MISLUKT = "mislukt", _("mislukt")

    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    door = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")
    bestandsnaam = models.CharField(max_length=200, blank=True)
    proef = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.BEZIG)
    reden = models.CharField(max_length=40, blank=True)
    regels = models.PositiveIntegerField(default=0)
    verwerkt = models.PositiveIntegerField(default=0)
    bekend = models.PositiveIntegerField(default=0)
    te_beoordelen = models.PositiveIntegerField(default=0)
    afgewezen = models.PositiveIntegerField(default=0)
    regels_met_fout = models.PositiveIntegerField(default=0)
    fouten = models.JSONField(default=list)
    begonnen_op = models.DateTimeField()
    klaar_op = models.DateTimeField(null=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("geboorteimport")
        verbose_name_plural = _("geboorteimporten")

    def __str__(self) -> str:
        return f"import {self.pk}"


class Bestandsdeel(Rij):
    """A piece of an import's file, kept until it has been read: worker and web need not share a disk.

    In pieces, because 100 MB as one value would be several times in memory on its way to the database and back.
    """

    geboorteimport = models.ForeignKey(Geboorteimport, models.CASCADE, related_name="delen")
    nummer = models.PositiveIntegerField()
    inhoud = models.BinaryField(editable=False)

    class Meta:
        verbose_name = _("bestandsdeel")
        verbose_name_plural = _("bestandsdelen")
        ordering = ["nummer"]
        constraints = [models.UniqueConstraint(fields=["geboorteimport", "nummer"], name="bestandsdeel_een_keer")]

    def __str__(self) -> str:
        return f"deel {self.nummer} van {self.geboorteimport_id}"


@geschiedenis()
class Geboortemelding(VersieRij):
    """One notice from one source. The same (bron, kenmerk) with the same content is the same notice."""

    class Status(models.TextChoices):
        VERWERKT = "verwerkt", _("verwerkt")
        TE_BEOORDELEN = "teBeoordelen", _("te beoordelen")
        AFGEWEZEN = "afgewezen", _("afgewezen")

    class Uitkomst(models.TextChoices):
        NIEUW = "nieuw", _("nieuw")
        MEERLING = "meerling", _("meerling")
        SAMENGEVOEGD = "samengevoegd", _("samengevoegd")

    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    bron = models.CharField(_("bron"), max_length=20, choices=Bron)
    kenmerk = models.CharField(_("kenmerk"), max_length=64)
    # SHA-256 over the normalised content: the same notice as JSON and as a CSV row has the same one.
    inhoud_hash = models.CharField(max_length=64)
    # True for other content under a known kenmerk: it waits for a person, beside the first.
    is_herziening = models.BooleanField(default=False)
    gegevens = models.JSONField(help_text=_("De genormaliseerde melding."))
    # Empty when the notice was refused: of a secret address or an address elsewhere nothing personal is kept.
    geboortedatum = models.DateField(_("geboortedatum"), null=True)
    wijk = models.ForeignKey("ooievaar.Wijk", models.PROTECT, null=True, related_name="+")
    status = models.CharField(_("status"), max_length=12, choices=Status)
    uitkomst = models.CharField(_("uitkomst"), max_length=12, choices=Uitkomst, blank=True)
    redenen = ArrayField(models.CharField(max_length=40), default=list)
    pasgeborene = models.ForeignKey("ooievaar.Pasgeborene", models.SET_NULL, null=True, related_name="+")
    bezoek = models.ForeignKey(Bezoek, models.SET_NULL, null=True, related_name="+")
    # What it looks like (a double to judge); the person may choose another.
    lijkt_op = models.ForeignKey("ooievaar.Pasgeborene", models.SET_NULL, null=True, related_name="+")
    geboorteimport = models.ForeignKey(Geboorteimport, models.SET_NULL, null=True, related_name="meldingen")
    gemeld_door = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")
    gemeld_op = models.DateTimeField(_("gemeld op"))
    besluit = models.CharField(_("besluit"), max_length=12, blank=True)
    beoordeeld_door = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")
    beoordeeld_op = models.DateTimeField(null=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("geboortemelding")
        verbose_name_plural = _("geboortemeldingen")
        ordering = ["-gemeld_op", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gebied", "bron", "kenmerk"], condition=Q(is_herziening=False), name="melding_kenmerk_uniek"
            ),
            models.UniqueConstraint(fields=["gebied", "bron", "kenmerk", "inhoud_hash"], name="melding_inhoud_uniek"),
            models.CheckConstraint(
                condition=~Q(status="verwerkt") | Q(pasgeborene__isnull=False) | Q(beoordeeld_op__isnull=False),
                name="melding_verwerkt_heeft_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["gebied", "status", "gemeld_op"], name="melding_te_beoordelen"),
            models.Index(fields=["pasgeborene"], name="melding_van_kind"),
        ]

    def __str__(self) -> str:
        return f"melding {self.pk}"
