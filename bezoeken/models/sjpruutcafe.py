"""The Sjpruutcafés: where, when and about what (domain.md, rule 15; docs/adr/0014). Who comes: `cafegasten.py`.

A session is a day and a time on the clock in Amsterdam. The moment follows from them, in the database, so a café of
10:00 is at 10:00 whatever the season.
"""

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ooievaar.platform.rijen import VersieRij, geschiedenis


class Thema(models.TextChoices):
    """What a café is about; the last two are workshops (the programme's own list, domain.md)."""

    BORSTVOEDING = "borstvoeding", _("borstvoeding")
    GEZONDE_VOEDING = "gezondeVoeding", _("gezonde voeding")
    OPVOEDING = "opvoeding", _("opvoeding")
    VOORLEZEN = "voorlezen", _("workshop voorlezen")
    KINDER_EHBO = "kinderEhbo", _("workshop kinder-EHBO")


WORKSHOPS = frozenset({Thema.VOORLEZEN, Thema.KINDER_EHBO})


@geschiedenis()
class Cafeplaats(VersieRij):
    """Where cafés are held; it may lie outside the Gebied (Heerlerbaan).

    How near a family lives is measured from the place itself or, without coordinates, from the middle of its wijk.
    Without either nobody is invited by rule: nobody knows who lives near.
    """

    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    naam = models.CharField(_("naam"), max_length=100)
    adres = models.CharField(_("adres"), max_length=150, blank=True, help_text=_("Straat, huisnummer en plaats."))
    wijk = models.ForeignKey("ooievaar.Wijk", models.PROTECT, null=True, blank=True, related_name="+")
    lengtegraad = models.FloatField(
        _("lengtegraad"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    breedtegraad = models.FloatField(
        _("breedtegraad"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    actief = models.BooleanField(_("in gebruik"), default=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("plek van een café")
        verbose_name_plural = _("plekken van cafés")
        ordering = ["naam", "id"]
        constraints = [
            models.UniqueConstraint(fields=["gebied", "naam"], name="cafeplaats_naam_uniek"),
            models.CheckConstraint(
                condition=Q(lengtegraad__isnull=True, breedtegraad__isnull=True)
                | Q(lengtegraad__isnull=False, breedtegraad__isnull=False)
                & Q(lengtegraad__range=(-180, 180), breedtegraad__range=(-90, 90)),
                name="cafeplaats_ligging_heel",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


@geschiedenis()
class Cafereeks(VersieRij):
    """A series: every so many weeks at the same time, up to and including a day. Its sessions are rows of their own,

    made when the series is planned: what happens to one of them (moved, cancelled) happens to that row.
    """

    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    eerste_dag = models.DateField(_("eerste dag"))
    laatste_dag = models.DateField(_("tot en met"))
    weken = models.PositiveSmallIntegerField(_("om de hoeveel weken"), default=1)
    tijd = models.TimeField(_("tijd"))

    class Meta(VersieRij.Meta):
        verbose_name = _("reeks cafés")
        verbose_name_plural = _("reeksen cafés")
        constraints = [
            models.CheckConstraint(condition=Q(laatste_dag__gte=F("eerste_dag")), name="cafereeks_op_volgorde"),
            models.CheckConstraint(condition=Q(weken__range=(1, 12)), name="cafereeks_weken"),
        ]

    def __str__(self) -> str:
        return f"reeks vanaf {self.eerste_dag}"


@geschiedenis()
class Sjpruutcafe(VersieRij):
    """One session. A cancelled one stays, with who had signed up."""

    class Status(models.TextChoices):
        GEPLAND = "gepland", _("gepland")
        AFGELAST = "afgelast", _("afgelast")

    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    plaats = models.ForeignKey(Cafeplaats, models.PROTECT, related_name="cafes")
    reeks = models.ForeignKey(Cafereeks, models.PROTECT, null=True, blank=True, related_name="cafes")
    # The day the series has for it, also after it was moved: so a series is never planned twice on a day.
    reeks_dag = models.DateField(null=True, blank=True)
    thema = models.CharField(_("thema"), max_length=20, choices=Thema)
    dag = models.DateField(_("dag"))
    tijd = models.TimeField(_("tijd"))
    # Follows from `dag` and `tijd`: a trigger writes it, whatever a writer says.
    begin = models.DateTimeField(_("begin"), editable=False)
    duur_minuten = models.PositiveSmallIntegerField(
        _("duur in minuten"), default=120, validators=[MinValueValidator(15), MaxValueValidator(480)]
    )
    capaciteit_volwassenen = models.PositiveSmallIntegerField(_("plaatsen voor volwassenen"))
    capaciteit_kinderen = models.PositiveSmallIntegerField(_("plaatsen voor kinderen"))
    gastvrouwen = models.ManyToManyField(
        "ooievaar.Gebruiker", blank=True, related_name="+", verbose_name=_("gastvrouwen")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.GEPLAND)
    afgelast_op = models.DateTimeField(_("afgelast op"), null=True, blank=True)
    # How often it was moved: each time everybody on the list is told once.
    keer_verplaatst = models.PositiveSmallIntegerField(default=0)
    aanwezigheid_op = models.DateTimeField(_("aanwezigheid ingevuld op"), null=True, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("Sjpruutcafé")
        verbose_name_plural = _("Sjpruutcafés")
        ordering = ["begin", "id"]
        indexes = [
            models.Index(fields=["gebied", "begin", "id"], name="sjpruutcafe_agenda"),
            models.Index(fields=["begin"], condition=Q(status="gepland"), name="sjpruutcafe_komend"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reeks", "reeks_dag"], name="sjpruutcafe_een_per_reeksdag"),
            models.CheckConstraint(
                condition=Q(reeks__isnull=True, reeks_dag__isnull=True)
                | Q(reeks__isnull=False, reeks_dag__isnull=False),
                name="sjpruutcafe_reeks_met_dag",
            ),
            models.CheckConstraint(condition=Q(duur_minuten__range=(15, 480)), name="sjpruutcafe_duur"),
            models.CheckConstraint(condition=Q(capaciteit_volwassenen__gte=1), name="sjpruutcafe_capaciteit"),
            models.CheckConstraint(
                condition=Q(status="afgelast", afgelast_op__isnull=False)
                | Q(status="gepland", afgelast_op__isnull=True),
                name="sjpruutcafe_afgelast_heeft_moment",
            ),
        ]
        triggers = [
            *VersieRij.Meta.triggers,
            pgtrigger.Trigger(
                name="begin",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    NEW.begin := (NEW.dag + NEW.tijd) AT TIME ZONE 'Europe/Amsterdam';
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"Sjpruutcafé {self.dag}"


@geschiedenis()
class Caferegels(VersieRij):
    """What an organisation decides about inviting; a Gebied without a row has these defaults (domain.md, rule 15)."""

    gebied = models.OneToOneField("ooievaar.Gebied", models.CASCADE, related_name="+")
    dagen_tussen = models.PositiveSmallIntegerField(_("hooguit één uitnodiging per (dagen)"), default=7)
    dagen_vooraf_van = models.PositiveSmallIntegerField(_("uitnodigen minstens (dagen vooraf)"), default=2)
    dagen_vooraf_tot = models.PositiveSmallIntegerField(_("uitnodigen hooguit (dagen vooraf)"), default=14)
    dagen_vooraf_eerste = models.PositiveSmallIntegerField(_("de eerste keer hooguit (dagen vooraf)"), default=28)
    dagen_vooraf_brief = models.PositiveSmallIntegerField(_("met een brief minstens (dagen vooraf)"), default=6)
    afstand_km = models.FloatField(_("dichtbij is hooguit (km)"), default=3.0)
    aanbod_uren = models.PositiveSmallIntegerField(_("plek vasthouden (uren)"), default=24)
    leeftijd_jaren = models.PositiveSmallIntegerField(_("tot de verjaardag (jaren)"), default=4)

    class Meta(VersieRij.Meta):
        verbose_name = _("caféregels")
        verbose_name_plural = _("caféregels")
        constraints = [
            # "At most one invitation a week" is a promise to the families: an organisation may ask less, never more.
            models.CheckConstraint(condition=Q(dagen_tussen__gte=7), name="caferegels_hooguit_een_per_week"),
            models.CheckConstraint(
                condition=Q(dagen_vooraf_tot__gte=F("dagen_vooraf_van"))
                & Q(dagen_vooraf_eerste__gte=F("dagen_vooraf_tot")),
                name="caferegels_dagen_op_volgorde",
            ),
            models.CheckConstraint(
                condition=Q(aanbod_uren__gte=1, afstand_km__gt=0, leeftijd_jaren__range=(1, 4)),
                name="caferegels_waarden",
            ),
        ]

    def __str__(self) -> str:
        return f"caféregels van {self.gebied_id}"


@geschiedenis(exclude=("hash",))
class Agendafeed(VersieRij):
    """A calendar of the coming cafés for who has the link. Only the hash of its token is kept; it can be revoked."""

    gebied = models.ForeignKey("ooievaar.Gebied", models.CASCADE, related_name="+")
    naam = models.CharField(_("voor wie"), max_length=100)
    hash = models.CharField(max_length=64, unique=True)
    gemaakt_op = models.DateTimeField(_("gemaakt op"))
    gemaakt_door = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")
    ingetrokken_op = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("agendalink")
        verbose_name_plural = _("agendalinks")
        ordering = ["-gemaakt_op", "id"]

    def __str__(self) -> str:
        return self.naam
