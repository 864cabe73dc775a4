"""The stock: an append-only double-entry ledger, and balances that the database keeps from going below zero.

Every Mutatie moves an amount from one Locatie to another; places outside our walls (leverancier, gezin, afval) are
locations too. A balance is kept for the places inside only: what went outside is counted in the ledger. So no balance
may ever be negative, and a thousand hand-overs at once do not queue for one row "given to families".
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ooievaar.platform.rijen import Rij, VersieRij, geschiedenis
from voorraad.models.sjopwachters import ARTIKEL_OP_BLOKKEERLIJST, MUTATIE_VAN_DE_SJOP

# The gift box: one article in every Gebied.
DOOS_CODE = "in-de-box"


class Artikelsoort(models.TextChoices):
    DOOS = "doos", _("doos")
    ONDERDEEL = "onderdeel", _("onderdeel")
    SJOP = "sjop", _("Sjop")


@geschiedenis()
class Artikel(VersieRij):
    """A stock item. The gift box has the code `in-de-box`."""

    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    code = models.SlugField(_("code"), max_length=60)
    naam = models.CharField(_("naam"), max_length=100)
    soort = models.CharField(_("soort"), max_length=12, choices=Artikelsoort)
    eenheid = models.CharField(_("eenheid"), max_length=20, default="stuk")
    geblokkeerd = models.BooleanField(_("geblokkeerd"), default=False)
    # An alarm comes when a shortage lies no further away than this.
    levertijd_dagen = models.PositiveSmallIntegerField(_("levertijd in dagen"), default=28)

    class Meta(VersieRij.Meta):
        verbose_name = _("artikel")
        verbose_name_plural = _("artikelen")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["gebied", "code"], name="artikel_code_uniek")]
        triggers = [*VersieRij.Meta.triggers, ARTIKEL_OP_BLOKKEERLIJST]

    def __str__(self) -> str:
        return self.naam


class Locatiesoort(models.TextChoices):
    MAGAZIJN = "magazijn", _("magazijn")
    OOIEVAARSMOEDER = "ooievaarsmoeder", _("bij een Ooievaarsmoeder")
    SJOP = "sjop", _("Sjop")
    LEVERANCIER = "leverancier", _("leverancier")
    GEZIN = "gezin", _("gezinnen")
    AFVAL = "afval", _("afval")
    CORRECTIE = "correctie", _("verschillen")
    # Where parts go in and boxes come out.
    SAMENSTELLING = "samenstelling", _("inpaktafel")


BINNEN = frozenset({Locatiesoort.MAGAZIJN, Locatiesoort.OOIEVAARSMOEDER, Locatiesoort.SJOP})


@geschiedenis()
class Locatie(VersieRij):
    """A place where stock is."""

    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    code = models.SlugField(_("code"), max_length=60)
    naam = models.CharField(_("naam"), max_length=100)
    soort = models.CharField(_("soort"), max_length=20, choices=Locatiesoort)
    houder = models.OneToOneField("ooievaar.Ooievaarsmoeder", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(VersieRij.Meta):
        verbose_name = _("locatie")
        verbose_name_plural = _("locaties")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["gebied", "code"], name="locatie_code_uniek"),
            models.CheckConstraint(
                condition=~Q(soort="ooievaarsmoeder") | Q(houder__isnull=False), name="locatie_thuis_heeft_houder"
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def binnen(self) -> bool:
        """Inside our walls: what lies here is counted and can run out."""
        return self.soort in BINNEN


@geschiedenis()
class Partij(VersieRij):
    """A lot of an article, with its best-before date."""

    artikel = models.ForeignKey(Artikel, models.PROTECT, related_name="partijen")
    code = models.CharField(_("code"), max_length=60)
    houdbaar_tot = models.DateField(_("houdbaar tot en met"), null=True, blank=True)
    # A lot of boxes that we packed: by which recipe. What went in is in the ledger, in the bundle of its line.
    samenstelling = models.ForeignKey(
        "voorraad.Samenstelling", models.PROTECT, null=True, blank=True, related_name="partijen"
    )
    teruggeroepen_op = models.DateTimeField(_("teruggeroepen op"), null=True, blank=True)
    terugroepreden = models.CharField(_("reden van terugroepen"), max_length=200, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("partij")
        verbose_name_plural = _("partijen")
        constraints = [models.UniqueConstraint(fields=["artikel", "code"], name="partij_code_uniek")]

    def __str__(self) -> str:
        return self.code


class Mutatiesoort(models.TextChoices):
    ONTVANGST = "ontvangst", _("ontvangst")
    VERPLAATSING = "verplaatsing", _("verplaatsing")
    SAMENSTELLING = "samenstelling", _("samenstelling")
    UITGIFTE = "uitgifte", _("uitgifte")
    RETOUR = "retour", _("retour")
    AFKEUR = "afkeur", _("afkeur")
    CORRECTIE = "correctie", _("correctie")


class Mutatie(Rij):
    """One line of the ledger. Never edited and never deleted: a mistake is reversed by a linked line."""

    soort = models.CharField(_("soort"), max_length=16, choices=Mutatiesoort)
    artikel = models.ForeignKey(Artikel, models.PROTECT, related_name="mutaties")
    partij = models.ForeignKey(Partij, models.PROTECT, null=True, blank=True, related_name="mutaties")
    van = models.ForeignKey(Locatie, models.PROTECT, related_name="uitgaand")
    naar = models.ForeignKey(Locatie, models.PROTECT, related_name="inkomend")
    aantal = models.PositiveIntegerField(_("aantal"))
    reden = models.CharField(_("reden"), max_length=200, blank=True)
    # What it was done for, in the words of the caller ("bezoek:<uuid>"); this app does not know what a visit is.
    aanleiding = models.CharField(max_length=80, blank=True, db_index=True)
    # A caller's own key: the same key is booked at most once.
    sleutel = models.CharField(max_length=180, null=True, blank=True, unique=True)
    gebeurd_op = models.DateTimeField(_("gebeurd op"))
    geboekt_op = models.DateTimeField(_("geboekt op"))
    door = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")
    # Lines of one act (a box and what went into it); they are reversed together or not at all.
    bundel = models.UUIDField(null=True, blank=True, db_index=True)
    draait_terug = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="teruggedraaid_door"
    )

    # A line never changes, so neither does its ETag.
    versie = 1
    gewijzigd_op = None
    gewijzigd_door = None

    class Meta:
        verbose_name = _("mutatie")
        verbose_name_plural = _("mutaties")
        ordering = ["-geboekt_op", "id"]
        indexes = [models.Index(fields=["geboekt_op", "id"], name="mutatie_op_boeking")]
        constraints = [
            models.CheckConstraint(condition=Q(aantal__gte=1), name="mutatie_aantal_positief"),
            models.CheckConstraint(condition=~Q(van=F("naar")), name="mutatie_van_naar_verschillen"),
        ]
        triggers = [
            pgtrigger.Protect(name="alleen_toevoegen", operation=pgtrigger.Update | pgtrigger.Delete),
            # The services say it in words first; this holds when a period closes at the same moment. 40001 asks the
            # caller to try again, and then the services see the closing (docs/adr/0012).
            pgtrigger.Trigger(
                name="periode_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM voorraad_periodesluiting s
                        JOIN voorraad_artikel a ON a.gebied_id = s.gebied_id
                        WHERE a.id = NEW.artikel_id
                            AND s.tot_en_met >= (NEW.gebeurd_op AT TIME ZONE 'Europe/Amsterdam')::date
                    ) THEN
                        RAISE EXCEPTION 'periode gesloten' USING ERRCODE = 'serialization_failure';
                    END IF;
                    RETURN NEW;
                """,
            ),
            MUTATIE_VAN_DE_SJOP,
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.aantal}"


class Stand(Rij):
    """The balance of an article (and lot) in a place inside our walls, written in the transaction of its Mutatie.

    Lock order, for everything that touches several balances: by (artikel, partij or nothing, locatie), ascending.
    """

    artikel = models.ForeignKey(Artikel, models.PROTECT, related_name="standen")
    partij = models.ForeignKey(Partij, models.PROTECT, null=True, blank=True, related_name="standen")
    locatie = models.ForeignKey(Locatie, models.PROTECT, related_name="standen")
    aantal = models.IntegerField(_("aantal"), default=0)
    gereserveerd = models.PositiveIntegerField(_("gereserveerd"), default=0)

    class Meta:
        verbose_name = _("stand")
        verbose_name_plural = _("standen")
        constraints = [
            models.UniqueConstraint(
                fields=["artikel", "partij", "locatie"], nulls_distinct=False, name="stand_een_per_plek"
            ),
            # `gereserveerd` has its own check (>= 0), so this one also keeps the balance from going below zero.
            models.CheckConstraint(condition=Q(aantal__gte=F("gereserveerd")), name="stand_nooit_onder_nul"),
        ]

    def __str__(self) -> str:
        return f"{self.aantal}"


@geschiedenis()
class Reservering(VersieRij):
    """Stock that is promised: it stays where it is, counts as not available, and is later used or released."""

    class Status(models.TextChoices):
        ACTIEF = "actief", _("actief")
        VERBRUIKT = "verbruikt", _("verbruikt")
        VRIJGEGEVEN = "vrijgegeven", _("vrijgegeven")

    stand = models.ForeignKey(Stand, models.PROTECT, related_name="reserveringen")
    aanleiding = models.CharField(max_length=80)
    # What within the occasion (a child of the visit): one active reservation for each.
    onderdeel = models.CharField(max_length=80, blank=True)
    aantal = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=12, choices=Status, default=Status.ACTIEF)
    gereserveerd_op = models.DateTimeField()
    beeindigd_op = models.DateTimeField(null=True, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("reservering")
        verbose_name_plural = _("reserveringen")
        indexes = [models.Index(fields=["aanleiding"], name="reservering_aanleiding")]
        constraints = [
            models.UniqueConstraint(
                fields=["aanleiding", "onderdeel"], condition=Q(status="actief"), name="reservering_een_actief"
            ),
            models.CheckConstraint(condition=Q(aantal__gte=1), name="reservering_aantal_positief"),
        ]

    def __str__(self) -> str:
        return f"{self.aantal} ({self.status})"
