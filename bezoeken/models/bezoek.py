"""The visit, its children, its assignments, appointment and attempts, with the invariants in the database."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bezoeken.toestand import Afsluitreden, Status
from ooievaar.platform.rijen import Rij, VersieRij, geschiedenis


class Vorm(models.TextChoices):
    """How the visit took place; all three count as reached, `aanDeDeur` is also counted apart."""

    HUISBEZOEK = "huisbezoek", _("huisbezoek")
    AAN_DE_DEUR = "aanDeDeur", _("aan de deur")
    ELDERS = "elders", _("elders")


class Contactstap(models.IntegerChoices):
    """How near anybody ever came to the family of a visit: each step includes the one before."""

    GEEN = 0, _("niemand had het bezoek")
    TOEGEWEZEN = 1, _("toegewezen")
    GESPROKEN = 2, _("gesproken")


@geschiedenis()
class Bezoek(VersieRij):
    """The kraambezoek for one birth event of a Gezin: twins share one Bezoek, with a box for each child.

    `status` changes only along `bezoeken.toestand`; the phase is computed from the window (`bezoeken.venster`).
    """

    class Soort(models.TextChoices):
        GEBOORTE = "geboorte", _("na de geboorte")
        INHAAL = "inhaal", _("inhaalbezoek")

    class Vensterreden(models.TextChoices):
        NOG_IN_ZIEKENHUIS = "nogInZiekenhuis", _("nog in het ziekenhuis")
        OP_VERZOEK = "opVerzoek", _("op verzoek")

    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    gezin = models.ForeignKey("ooievaar.Gezin", models.CASCADE, related_name="+")
    # The wijk follows the family until the visit, and is fixed from then on (domain.md, rule 6).
    wijk = models.ForeignKey("ooievaar.Wijk", models.PROTECT, null=True, related_name="+")
    soort = models.CharField(_("soort"), max_length=10, choices=Soort, default=Soort.GEBOORTE)
    geboortedatum = models.DateField(_("eerste geboortedatum"))
    venster_begin = models.DateField(_("venster begint"))
    venster_eind = models.DateField(_("venster eindigt"))
    venster_reden = models.CharField(_("venster verplaatst"), max_length=20, choices=Vensterreden, blank=True)
    late_melding = models.BooleanField(_("late melding"), default=False)
    gemeld_op = models.DateTimeField(_("gemeld op"))

    status = models.CharField(
        _("status"), max_length=12, choices=[(s.value, s.value) for s in Status], default=Status.OPEN.value
    )
    afsluitreden = models.CharField(
        _("afsluitreden"), max_length=20, choices=[(r.value, r.value) for r in Afsluitreden], blank=True
    )
    afgesloten_op = models.DateTimeField(_("afgesloten op"), null=True, blank=True)

    ooievaarsmoeder = models.ForeignKey("ooievaar.Ooievaarsmoeder", models.PROTECT, null=True, related_name="+")
    aanvaard_op = models.DateTimeField(_("aanvaard op"), null=True, blank=True)

    aantal_pogingen = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    # How near anybody came to the family, for the funnel of the figures; it only goes up.
    contact_stap = models.PositiveSmallIntegerField(
        _("contact"), choices=Contactstap, default=Contactstap.GEEN, db_default=Contactstap.GEEN
    )

    bezocht_op = models.DateTimeField(_("bezocht op"), null=True, blank=True)
    afgerond_op = models.DateTimeField(_("vastgelegd op"), null=True, blank=True)
    vorm = models.CharField(_("vorm"), max_length=12, choices=Vorm, blank=True)
    onderwerpen = ArrayField(models.CharField(max_length=40), verbose_name=_("onderwerpen"), default=list, blank=True)
    uitnodigen = models.BooleanField(_("wil uitnodigingen"), null=True, blank=True)
    zorg_gedeeld = models.BooleanField(_("zorg gedeeld met contactpersoon"), null=True, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("bezoek")
        verbose_name_plural = _("bezoeken")
        indexes = [
            models.Index(
                fields=["gebied", "venster_eind", "id"],
                condition=Q(status__in=["open", "toegewezen", "gepland"]),
                name="bezoek_lopend",
            ),
            models.Index(fields=["gebied", "venster_eind", "id"], name="bezoek_op_vensterEind"),
            models.Index(fields=["ooievaarsmoeder", "status"], name="bezoek_van_ooievaarsmoeder"),
            models.Index(fields=["gezin"], name="bezoek_van_gezin"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(venster_eind__gte=F("venster_begin")), name="bezoek_venster_op_volgorde"
            ),
            models.CheckConstraint(condition=Q(status__in=[s.value for s in Status]), name="bezoek_status_bekend"),
            models.CheckConstraint(
                condition=Q(status="afgesloten", afgesloten_op__isnull=False) & ~Q(afsluitreden="")
                | ~Q(status="afgesloten") & Q(afsluitreden="", afgesloten_op__isnull=True),
                name="bezoek_afgesloten_heeft_reden",
            ),
            models.CheckConstraint(
                condition=Q(status="bezocht", bezocht_op__isnull=False, afgerond_op__isnull=False) & ~Q(vorm="")
                | ~Q(status="bezocht") & Q(bezocht_op__isnull=True, afgerond_op__isnull=True, vorm=""),
                name="bezoek_bezocht_heeft_moment_en_vorm",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["toegewezen", "gepland"]) | Q(ooievaarsmoeder__isnull=False),
                name="bezoek_toegewezen_heeft_ooievaarsmoeder",
            ),
            models.CheckConstraint(
                condition=~Q(status="open") | Q(ooievaarsmoeder__isnull=True, aanvaard_op__isnull=True),
                name="bezoek_open_heeft_niemand",
            ),
            models.CheckConstraint(
                condition=Q(aanvaard_op__isnull=True) | Q(ooievaarsmoeder__isnull=False),
                name="bezoek_aanvaard_door_iemand",
            ),
        ]
        triggers = [
            *VersieRij.Meta.triggers,
            pgtrigger.Trigger(
                name="kinderen_volgen",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                # Coverage counts children, from one narrow table (docs/adr/0005): what it needs of the visit is
                # copied here, by the database, so that no writer can forget it.
                condition=pgtrigger.AnyChange(
                    "wijk",
                    "status",
                    "afsluitreden",
                    "bezocht_op",
                    "venster_eind",
                    "late_melding",
                    "vorm",
                    "aantal_pogingen",
                    "contact_stap",
                ),
                func="""
                    UPDATE bezoeken_bezoekkind SET
                        wijk_id = NEW.wijk_id,
                        bezoek_status = NEW.status,
                        afsluitreden = NEW.afsluitreden,
                        bezocht_datum = (NEW.bezocht_op AT TIME ZONE 'Europe/Amsterdam')::date,
                        venster_eind = NEW.venster_eind,
                        late_melding = NEW.late_melding,
                        vorm = NEW.vorm,
                        pogingen = NEW.aantal_pogingen,
                        contact_stap = NEW.contact_stap
                    WHERE bezoek_id = NEW.id;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"bezoek {self.pk}"


class Bezoekkind(Rij):
    """A child of a visit: its box, and the one row that coverage counts.

    The columns under "copied" follow the visit by trigger; `uitkomst` and `dagen` are generated by PostgreSQL from
    them, so that a figure can not disagree with the visit it came from.
    """

    bezoek = models.ForeignKey(Bezoek, models.CASCADE, related_name="kinderen")
    pasgeborene = models.ForeignKey("ooievaar.Pasgeborene", models.CASCADE, related_name="+")
    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    geboortedatum = models.DateField()
    # The first day after this child's own window (D+57): the period it is counted in.
    peildatum = models.DateField()
    # False: not in any figure (an inhaalbezoek, a child that died, a merged double).
    telt_mee = models.BooleanField(default=True)
    doos_gegeven = models.BooleanField(_("doos gegeven"), default=False)
    voucher_gegeven = models.BooleanField(_("voucher gegeven"), default=False)
    # The code itself is never kept: a keyed hash to recognise it, and its last four to show (domain.md, rule 13).
    voucher_hash = models.CharField(max_length=64, blank=True, editable=False)
    voucher_einde = models.CharField(max_length=4, blank=True, editable=False)

    # Copied from the visit by trigger.
    wijk = models.ForeignKey("ooievaar.Wijk", models.PROTECT, null=True, related_name="+")
    bezoek_status = models.CharField(max_length=12)
    afsluitreden = models.CharField(max_length=20, blank=True)
    bezocht_datum = models.DateField(null=True)
    venster_eind = models.DateField()
    late_melding = models.BooleanField(default=False)
    vorm = models.CharField(max_length=12, blank=True)
    pogingen = models.PositiveSmallIntegerField(default=0)
    contact_stap = models.PositiveSmallIntegerField(default=Contactstap.GEEN, db_default=Contactstap.GEEN)

    # What the child counts as (domain.md, "Coverage"); empty: in no figure. `lopend` is nogBezig or ontbrekend, which
    # depends on today and is decided by the query. In time is by D+56 of the child's own birth, whatever was done to
    # the window of the visit; late, but within a window that was moved, is told apart ("reports show both").
    uitkomst = models.GeneratedField(
        expression=models.Case(
            models.When(
                Q(telt_mee=False) | Q(afsluitreden__in=["vervallen", "dubbel", "buitenGebied"]), then=models.Value("")
            ),
            models.When(afsluitreden="verhuisd", then=models.Value("verhuisd")),
            models.When(late_melding=True, then=models.Value("lateMelding")),
            models.When(bezoek_status="bezocht", bezocht_datum__lt=F("peildatum"), then=models.Value("inVenster")),
            models.When(
                bezoek_status="bezocht", bezocht_datum__lte=F("venster_eind"), then=models.Value("inVerplaatstVenster")
            ),
            models.When(bezoek_status="bezocht", then=models.Value("teLaat")),
            # A collected box is not a visit: nobody was reached (domain.md).
            models.When(afsluitreden="afgehaald", then=models.Value("nietBereikt")),
            models.When(bezoek_status="afgesloten", then=F("afsluitreden")),
            default=models.Value("lopend"),
        ),
        output_field=models.CharField(max_length=20),
        db_persist=True,
    )
    # The first day of the month of `peildatum`: coverage is counted by month, and adds months up.
    peilmaand = models.GeneratedField(
        expression=models.Func(
            F("peildatum"),
            # date_trunc goes through a moment with a zone, so PostgreSQL does not accept it here.
            template="(%(expressions)s - (extract(day from %(expressions)s)::integer - 1))",
            output_field=models.DateField(),
        ),
        output_field=models.DateField(),
        db_persist=True,
    )
    dagen = models.GeneratedField(
        # In PostgreSQL a date minus a date is a number of days; Django's own subtraction would make it an interval.
        expression=models.Func(
            F("bezocht_datum"),
            F("geboortedatum"),
            template="(%(expressions)s)",
            arg_joiner=" - ",
            output_field=models.IntegerField(),
        ),
        output_field=models.IntegerField(),
        db_persist=True,
    )

    # The first café to which the family came since this birth: written when the child is (a notice may be late), and
    # by the trigger on who came (`cafegasten`).
    eerste_cafe_dag = models.DateField(null=True, blank=True)
    # Whether that was within 90 days after the visit (domain.md, "Coverage").
    naar_cafe = models.GeneratedField(
        expression=models.Func(
            F("eerste_cafe_dag"),
            F("bezocht_datum"),
            template="coalesce((%(expressions)s) BETWEEN 0 AND 90, false)",
            arg_joiner=" - ",
            output_field=models.BooleanField(),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("kind bij een bezoek")
        verbose_name_plural = _("kinderen bij een bezoek")
        constraints = [models.UniqueConstraint(fields=["bezoek", "pasgeborene"], name="bezoekkind_een_keer")]
        triggers = [
            pgtrigger.Trigger(
                name="eerste_cafe",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    NEW.eerste_cafe_dag := (
                        SELECT min(cafe.dag)
                        FROM bezoeken_bezoek AS bezoek
                        JOIN bezoeken_cafeaanwezigheid AS gast ON gast.gezin_id = bezoek.gezin_id
                        JOIN bezoeken_sjpruutcafe AS cafe ON cafe.id = gast.cafe_id
                        WHERE bezoek.id = NEW.bezoek_id AND gast.gekomen AND cafe.dag >= NEW.geboortedatum
                    );
                    RETURN NEW;
                """,
            ),
        ]
        indexes = [
            models.Index(fields=["pasgeborene"], name="bezoekkind_pasgeborene"),
            # Everything coverage counts, in the order in which it groups: an index-only scan (docs/adr/0005).
            models.Index(
                fields=["gebied", "peilmaand", "wijk", "uitkomst"],
                include=[
                    "peildatum",
                    "dagen",
                    "vorm",
                    "doos_gegeven",
                    "voucher_gegeven",
                    "naar_cafe",
                    "pogingen",
                    "contact_stap",
                ],
                name="bezoekkind_dekking",
            ),
        ]

    def __str__(self) -> str:
        return f"kind {self.pasgeborene_id} bij bezoek {self.bezoek_id}"


@geschiedenis()
class Toewijzing(VersieRij):
    """Who had the visit from when until when: the way to know a former assignee (her late logs are never lost)."""

    bezoek = models.ForeignKey(Bezoek, models.CASCADE, related_name="toewijzingen")
    ooievaarsmoeder = models.ForeignKey("ooievaar.Ooievaarsmoeder", models.PROTECT, related_name="+")
    toegewezen_op = models.DateTimeField()
    toegewezen_door = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")
    aanvaard_op = models.DateTimeField(null=True, blank=True)
    beeindigd_op = models.DateTimeField(null=True, blank=True)
    eindreden = models.CharField(max_length=30, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("toewijzing")
        verbose_name_plural = _("toewijzingen")
        constraints = [
            models.UniqueConstraint(
                fields=["bezoek"], condition=Q(beeindigd_op__isnull=True), name="toewijzing_een_tegelijk"
            )
        ]
        indexes = [models.Index(fields=["ooievaarsmoeder", "bezoek"], name="toewijzing_wie_wat")]

    def __str__(self) -> str:
        return f"toewijzing {self.pk}"


@geschiedenis()
class Afspraak(VersieRij):
    """A day and time agreed with the family: optional, one per visit, never two at once for one volunteer."""

    bezoek = models.ForeignKey(Bezoek, models.CASCADE, related_name="afspraken")
    ooievaarsmoeder = models.ForeignKey("ooievaar.Ooievaarsmoeder", models.PROTECT, related_name="+")
    begin = models.DateTimeField(_("begin"))
    duur_minuten = models.PositiveSmallIntegerField(
        _("duur in minuten"), validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    periode = DateTimeRangeField()
    vervallen_op = models.DateTimeField(_("vervallen op"), null=True, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("afspraak")
        verbose_name_plural = _("afspraken")
        constraints = [
            models.UniqueConstraint(
                fields=["bezoek"], condition=Q(vervallen_op__isnull=True), name="afspraak_een_per_bezoek"
            ),
            ExclusionConstraint(
                name="afspraak_niet_dubbel",
                expressions=[("ooievaarsmoeder", RangeOperators.EQUAL), ("periode", RangeOperators.OVERLAPS)],
                condition=Q(vervallen_op__isnull=True),
            ),
            models.CheckConstraint(condition=Q(duur_minuten__range=(5, 480)), name="afspraak_duur"),
        ]

    def __str__(self) -> str:
        return f"afspraak {self.pk}"


@geschiedenis()
class Poging(VersieRij):
    """A contact attempt. Rescheduling by the family (`verplaatst`) is logged but does not count (domain.md, rule 9)."""

    class Soort(models.TextChoices):
        TELEFOON = "telefoon", _("telefoon")
        BERICHT = "bericht", _("bericht")
        BRIEF = "brief", _("brief")
        KAARTJE = "kaartje", _("kaartje")
        AAN_DE_DEUR = "aanDeDeur", _("aan de deur")

    class Uitkomst(models.TextChoices):
        GESPROKEN = "gesproken", _("gesproken")
        GEEN_GEHOOR = "geenGehoor", _("geen gehoor")
        NIET_THUIS = "nietThuis", _("niet thuis")
        VERPLAATST = "verplaatst", _("verplaatst")

    bezoek = models.ForeignKey(Bezoek, models.CASCADE, related_name="pogingen")
    moment = models.DateTimeField(_("moment"))
    soort = models.CharField(_("soort"), max_length=12, choices=Soort)
    uitkomst = models.CharField(_("uitkomst"), max_length=12, choices=Uitkomst)
    waarschuwingen = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    door = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")
    gelogd_op = models.DateTimeField(_("vastgelegd op"))

    class Meta(VersieRij.Meta):
        verbose_name = _("poging")
        verbose_name_plural = _("pogingen")
        ordering = ["moment", "id"]

    def __str__(self) -> str:
        return f"poging {self.pk}"
