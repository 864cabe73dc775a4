"""What goes through the Sjop: donations, families' passes and requests, hand-outs and loans (docs/adr/0015)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ooievaar.platform.rijen import Rij, VersieRij, geschiedenis
from voorraad.models.grootboek import Mutatie, Partij
from voorraad.models.sjop import Sjopcategorie
from voorraad.models.sjopwachters import geblokkeerd_sql


class Staat(models.TextChoices):
    """The condition in which something comes in."""

    A = "A", _("A: als nieuw")
    B = "B", _("B: goed")
    C = "C", _("C: gebruikt, maar heel")
    AFGEKEURD = "afgekeurd", _("afgekeurd")


class Seizoen(models.TextChoices):
    ZOMER = "zomer", _("zomer")
    WINTER = "winter", _("winter")
    HEEL_JAAR = "heelJaar", _("heel het jaar")


class Afkeurreden(models.TextChoices):
    """Why something becomes waste; the ledger keeps the code as the reason of its line."""

    KAPOT = "kapot", _("kapot")
    VUIL = "vuil", _("vuil of vlekken")
    ONVEILIG = "onveilig", _("niet veilig")
    TERUGGEROEPEN = "teruggeroepen", _("teruggeroepen")
    OVER_DATUM = "overDatum", _("over de datum")
    GEEN_VRAAG = "geenVraag", _("niemand vraagt erom")
    ANDERS = "anders", _("anders")


@geschiedenis(exclude=("donor",))
class Inbreng(VersieRij):
    """One item that was given, or a bundle of alike ones. The ledger moves its lot, whose code is on the label."""

    class Status(models.TextChoices):
        QUARANTAINE = "quarantaine", _("wacht op controle")
        VRIJ = "vrij", _("mag mee")
        # Recalled, or put on the block-list since it came in.
        GEBLOKKEERD = "geblokkeerd", _("mag niet mee")
        AFGEKEURD = "afgekeurd", _("afgekeurd")

    categorie = models.ForeignKey(Sjopcategorie, models.PROTECT, related_name="inbrengen")
    partij = models.OneToOneField(Partij, models.PROTECT, related_name="inbreng")
    aantal = models.PositiveIntegerField(_("aantal"), default=1)
    maat = models.CharField(_("maat"), max_length=20, blank=True)
    seizoen = models.CharField(_("seizoen"), max_length=8, choices=Seizoen, blank=True)
    staat = models.CharField(_("staat"), max_length=9, choices=Staat)
    nieuw = models.BooleanField(_("nieuw in de verpakking"), default=False)
    ongeopend = models.BooleanField(_("dicht"), default=False)
    # As on the lot; here too, because the guard of the block-list looks at this row.
    houdbaar_tot = models.DateField(_("houdbaar tot en met"), null=True, blank=True)
    merk = models.CharField(_("merk"), max_length=60, blank=True)
    model = models.CharField(_("model"), max_length=60, blank=True)
    merk_sleutel = models.CharField(max_length=60, blank=True, editable=False)
    model_sleutel = models.CharField(max_length=60, blank=True, editable=False)
    omschrijving = models.CharField(_("omschrijving"), max_length=80, blank=True)
    # Anonymous unless somebody wants to be thanked; erased by itself after a month.
    donor = models.CharField(_("gever"), max_length=80, blank=True)
    status = models.CharField(_("status"), max_length=13, choices=Status)
    afkeurreden = models.CharField(_("waarom afgekeurd"), max_length=14, choices=Afkeurreden, blank=True)
    ingebracht_op = models.DateTimeField(_("ingebracht op"))
    gecontroleerd_op = models.DateTimeField(_("nagekeken op"), null=True, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("inbreng")
        verbose_name_plural = _("inbrengen")
        ordering = ["-ingebracht_op", "id"]
        indexes = [
            models.Index(fields=["categorie", "status", "maat"], name="inbreng_te_vinden"),
            models.Index(fields=["merk_sleutel", "model_sleutel"], condition=~Q(merk_sleutel=""), name="inbreng_merk"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(aantal__gte=1), name="inbreng_aantal_positief"),
            models.CheckConstraint(
                condition=~Q(status="afgekeurd") | ~Q(afkeurreden=""), name="inbreng_afgekeurd_heeft_reden"
            ),
            models.CheckConstraint(
                condition=~Q(staat="afgekeurd") | Q(status="afgekeurd"), name="inbreng_afgekeurd_gaat_nergens_heen"
            ),
        ]
        triggers = [
            *VersieRij.Meta.triggers,
            # The services say it in words first; this holds for every other way in.
            pgtrigger.Trigger(
                name="blokkeerlijst",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.status IN ('quarantaine', 'vrij')"),
                func=f"""
                    IF {geblokkeerd_sql("NEW", "(NEW.ingebracht_op AT TIME ZONE 'Europe/Amsterdam')::date")} THEN
                        RAISE EXCEPTION 'op de blokkeerlijst'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'inbreng_op_blokkeerlijst';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.partij.code


@geschiedenis()
class Sjoppas(VersieRij):
    """A family at the Sjop: a code, a first name, and what it may get. Who it is, only the caller's key says.

    `aanleiding` is the caller's key ("gezin:<uuid>"); who works in the Sjop never sees it, nor the wijk.
    """

    class Bron(models.TextChoices):
        BEZOEK = "bezoek", _("kraambezoek")
        VERWIJZING = "verwijzing", _("verwijzing")
        BALIE = "balie", _("balie")

    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    aanleiding = models.CharField(max_length=80)
    code = models.CharField(_("code"), max_length=12)
    voornaam = models.CharField(_("voornaam"), max_length=40, blank=True)
    bron = models.CharField(_("via"), max_length=10, choices=Bron)
    # For the yearly figures only (suppressed): a CBS code, passed in.
    wijk = models.CharField(max_length=8, blank=True)
    geldig_tot = models.DateField(_("geldig tot en met"))
    gemaakt_op = models.DateTimeField(_("gemaakt op"))
    # Everything was stopped for this family; the reason is not the Sjop's.
    gestopt_op = models.DateTimeField(_("gestopt op"), null=True, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("Sjoppas")
        verbose_name_plural = _("Sjoppassen")
        constraints = [
            models.UniqueConstraint(fields=["aanleiding"], name="sjoppas_een_per_gezin"),
            models.UniqueConstraint(fields=["gebied", "code"], name="sjoppas_code_uniek"),
            models.CheckConstraint(
                condition=Q(gestopt_op__isnull=True) | Q(voornaam=""), name="sjoppas_gestopt_is_leeg"
            ),
        ]

    def __str__(self) -> str:
        return self.code


@geschiedenis()
class Sjopaanvraag(VersieRij):
    """A family asks for something: it waits, is promised a piece that lies there, and gets it."""

    class Status(models.TextChoices):
        WACHT = "wacht", _("op de wachtlijst")
        TOEGEZEGD = "toegezegd", _("ligt klaar")
        GEGEVEN = "gegeven", _("gegeven")
        GEANNULEERD = "geannuleerd", _("gaat niet door")

    pas = models.ForeignKey(Sjoppas, models.PROTECT, related_name="aanvragen")
    categorie = models.ForeignKey(Sjopcategorie, models.PROTECT, related_name="aanvragen")
    maat = models.CharField(_("maat"), max_length=20, blank=True)
    seizoen = models.CharField(_("seizoen"), max_length=8, choices=Seizoen, blank=True)
    aantal = models.PositiveSmallIntegerField(_("aantal"), default=1)
    status = models.CharField(_("status"), max_length=11, choices=Status, default=Status.WACHT)
    inbreng = models.ForeignKey(Inbreng, models.PROTECT, null=True, blank=True, related_name="aanvragen")
    aangevraagd_op = models.DateTimeField(_("aangevraagd op"))
    toegezegd_op = models.DateTimeField(_("toegezegd op"), null=True, blank=True)
    beeindigd_op = models.DateTimeField(_("klaar op"), null=True, blank=True)
    # The caller's own key: the same request sent twice is one.
    sleutel = models.CharField(max_length=120, null=True, blank=True, unique=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("aanvraag")
        verbose_name_plural = _("aanvragen")
        ordering = ["aangevraagd_op", "id"]
        indexes = [
            models.Index(
                fields=["categorie", "aangevraagd_op", "id"], condition=Q(status="wacht"), name="sjopaanvraag_wacht"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(aantal__range=(1, 20)), name="sjopaanvraag_aantal"),
            models.CheckConstraint(
                condition=Q(status="wacht", inbreng__isnull=True, beeindigd_op__isnull=True)
                | Q(status="toegezegd", inbreng__isnull=False, toegezegd_op__isnull=False, beeindigd_op__isnull=True)
                | Q(status__in=["gegeven", "geannuleerd"], beeindigd_op__isnull=False),
                name="sjopaanvraag_status_heeft_gegevens",
            ),
        ]

    def __str__(self) -> str:
        return f"aanvraag {self.pk}"

    @property
    def aanleiding(self) -> str:
        """How the stock refers to what is promised to this request."""
        return f"sjopaanvraag:{self.pk}"


@geschiedenis()
class Sjopafspraak(VersieRij):
    """A family comes at this time; `plaats` is its seat in the slot, so that a slot is never overfull."""

    pas = models.ForeignKey(Sjoppas, models.PROTECT, related_name="afspraken")
    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    begin = models.DateTimeField(_("begin"))
    eind = models.DateTimeField(_("eind"))
    plaats = models.PositiveSmallIntegerField()
    vervallen_op = models.DateTimeField(_("vervallen op"), null=True, blank=True)
    gemaakt_op = models.DateTimeField(_("gemaakt op"))

    class Meta(VersieRij.Meta):
        verbose_name = _("afspraak in de Sjop")
        verbose_name_plural = _("afspraken in de Sjop")
        ordering = ["begin", "plaats"]
        constraints = [
            models.UniqueConstraint(
                fields=["gebied", "begin", "plaats"],
                condition=Q(vervallen_op__isnull=True),
                name="sjopafspraak_plaats_een_keer",
            ),
            models.UniqueConstraint(
                fields=["pas", "begin"], condition=Q(vervallen_op__isnull=True), name="sjopafspraak_gezin_een_keer"
            ),
            models.CheckConstraint(condition=Q(begin__lt=F("eind")), name="sjopafspraak_op_volgorde"),
        ]

    def __str__(self) -> str:
        return f"{self.begin:%Y-%m-%d %H:%M}"


class Sjopuitgifte(Rij):
    """A piece that a family got, for good or on loan; the line of the ledger says when and how many."""

    pas = models.ForeignKey(Sjoppas, models.PROTECT, related_name="uitgiften")
    inbreng = models.ForeignKey(Inbreng, models.PROTECT, related_name="uitgiften")
    aanvraag = models.OneToOneField(Sjopaanvraag, models.PROTECT, null=True, blank=True, related_name="uitgifte")
    mutatie = models.OneToOneField(Mutatie, models.PROTECT, related_name="+")
    aantal = models.PositiveIntegerField(_("aantal"))
    op = models.DateTimeField(_("gegeven op"))
    # As it was on that day: a family that moves does not move what it got before.
    wijk = models.CharField(max_length=8, blank=True)

    # A hand-out never changes, so neither does its ETag; a mistake is reversed in the ledger.
    versie = 1
    gewijzigd_op = None
    gewijzigd_door = None

    class Meta:
        verbose_name = _("uitgifte")
        verbose_name_plural = _("uitgiften")
        ordering = ["-op", "id"]
        indexes = [models.Index(fields=["pas", "op"], name="sjopuitgifte_van_gezin")]
        constraints = [models.CheckConstraint(condition=Q(aantal__gte=1), name="sjopuitgifte_aantal_positief")]
        triggers = [pgtrigger.Protect(name="alleen_toevoegen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"uitgifte {self.pk}"


@geschiedenis()
class Bruikleen(VersieRij):
    """A piece that must come back. Lost is written down and costs nothing (domain.md, rule 14)."""

    class Status(models.TextChoices):
        UITGELEEND = "uitgeleend", _("uitgeleend")
        TERUG = "terug", _("terug")
        VERLOREN = "verloren", _("verloren")

    uitgifte = models.OneToOneField(Sjopuitgifte, models.PROTECT, related_name="bruikleen")
    # Also in the hand-out; here for the rule that a piece is lent to one family at a time.
    inbreng = models.ForeignKey(Inbreng, models.PROTECT, related_name="bruiklenen")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.UITGELEEND)
    terug_op = models.DateField(_("terug uiterlijk"))
    verlengingen = models.PositiveSmallIntegerField(_("verlengd"), default=0)
    afgesloten_op = models.DateTimeField(_("klaar op"), null=True, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("bruikleen")
        verbose_name_plural = _("bruiklenen")
        ordering = ["terug_op", "id"]
        indexes = [models.Index(fields=["terug_op"], condition=Q(status="uitgeleend"), name="bruikleen_loopt")]
        constraints = [
            models.UniqueConstraint(
                fields=["inbreng"], condition=Q(status="uitgeleend"), name="bruikleen_een_tegelijk"
            ),
            models.CheckConstraint(condition=Q(verlengingen__lte=2), name="bruikleen_twee_verlengingen"),
            models.CheckConstraint(
                condition=Q(status="uitgeleend", afgesloten_op__isnull=True)
                | ~Q(status="uitgeleend") & Q(afgesloten_op__isnull=False),
                name="bruikleen_status_heeft_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"bruikleen {self.pk}"
