"""Who is invited to a Sjpruutcafé, who signed up and who came (domain.md, rule 15; docs/adr/0014)."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bezoeken.gastenlijst import Aanmeldstatus
from bezoeken.models.sjpruutcafe import Sjpruutcafe
from ooievaar.platform.rijen import VersieRij, geschiedenis


class _Week(models.Func):
    """A day and the six after it."""

    template = "daterange(%(expressions)s, (%(expressions)s) + 7)"
    output_field = DateRangeField()


@geschiedenis()
class Cafeuitnodiging(VersieRij):
    """An invitation of a family to a café, sent on `dag`; its id is what the link in the message names.

    The database refuses a second one to the same family within seven days. An invitation that never left (its message
    was cancelled before it was sent) is deleted: nobody was invited.
    """

    class Reden(models.TextChoices):
        NA_BEZOEK = "naBezoek", _("de eerste na het bezoek")
        REGEL = "regel", _("dichtbij")
        HAND = "hand", _("door de coördinator")

    cafe = models.ForeignKey(Sjpruutcafe, models.CASCADE, related_name="uitnodigingen")
    gezin = models.ForeignKey("ooievaar.Gezin", models.CASCADE, related_name="+")
    reden = models.CharField(_("waarom"), max_length=10, choices=Reden)
    dag = models.DateField(_("dag waarop het bericht gaat"))
    uitgenodigd_op = models.DateTimeField(_("uitgenodigd op"))
    ingetrokken_op = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        constraints = [
            models.UniqueConstraint(fields=["cafe", "gezin"], name="cafeuitnodiging_een_per_cafe"),
            ExclusionConstraint(
                name="cafeuitnodiging_een_per_week",
                expressions=[("gezin", RangeOperators.EQUAL), (_Week("dag"), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"uitnodiging {self.pk}"


@geschiedenis()
class Cafeaanmelding(VersieRij):
    """A family on the list of a café. `status` changes only along `bezoeken.gastenlijst`.

    `volgnummer` is its place in the order of coming: who left and comes back stands at the end.
    """

    class Via(models.TextChoices):
        LINK = "link", _("zelf, met de link")
        TELEFOON = "telefoon", _("door de Ooievaarsmoeder")
        GASTVROUW = "gastvrouw", _("door de gastvrouw")
        COORDINATOR = "coordinator", _("door de coördinator")

    cafe = models.ForeignKey(Sjpruutcafe, models.CASCADE, related_name="aanmeldingen")
    gezin = models.ForeignKey("ooievaar.Gezin", models.CASCADE, related_name="+")
    volwassenen = models.PositiveSmallIntegerField(_("volwassenen"), default=1)
    kinderen = models.PositiveSmallIntegerField(_("kinderen"), default=1)
    status = models.CharField(_("status"), max_length=12, choices=[(s.value, s.value) for s in Aanmeldstatus])
    volgnummer = models.PositiveIntegerField(_("volgorde"))
    via = models.CharField(_("hoe"), max_length=12, choices=Via)
    aangemeld_op = models.DateTimeField(_("aangemeld op"))
    aangeboden_tot = models.DateTimeField(_("plek vastgehouden tot"), null=True, blank=True)
    afgemeld_op = models.DateTimeField(_("afgemeld op"), null=True, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("aanmelding")
        verbose_name_plural = _("aanmeldingen")
        ordering = ["volgnummer", "id"]
        indexes = [
            models.Index(
                fields=["aangeboden_tot"], condition=Q(status="aangeboden"), name="cafeaanmelding_aanbiedingen"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["cafe", "gezin"], name="cafeaanmelding_een_per_cafe"),
            models.UniqueConstraint(fields=["cafe", "volgnummer"], name="cafeaanmelding_volgorde"),
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in Aanmeldstatus]), name="cafeaanmelding_status_bekend"
            ),
            models.CheckConstraint(
                condition=Q(volwassenen__range=(1, 20), kinderen__lte=20), name="cafeaanmelding_aantallen"
            ),
            models.CheckConstraint(
                condition=Q(status="aangeboden", aangeboden_tot__isnull=False)
                | ~Q(status="aangeboden") & Q(aangeboden_tot__isnull=True),
                name="cafeaanmelding_aanbod_heeft_einde",
            ),
        ]
        triggers = [
            *VersieRij.Meta.triggers,
            pgtrigger.Trigger(
                name="past",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__status__in=["aangemeld", "aangeboden"]),
                # No writer can seat more people than there are chairs: the café is locked, and the others are counted.
                declare=[("plek", "record"), ("bezet", "record")],
                func="""
                    SELECT capaciteit_volwassenen AS v, capaciteit_kinderen AS k INTO plek
                        FROM bezoeken_sjpruutcafe WHERE id = NEW.cafe_id FOR NO KEY UPDATE;
                    SELECT coalesce(sum(volwassenen), 0) AS v, coalesce(sum(kinderen), 0) AS k INTO bezet
                        FROM bezoeken_cafeaanmelding
                        WHERE cafe_id = NEW.cafe_id AND id <> NEW.id AND status IN ('aangemeld', 'aangeboden');
                    IF bezet.v + NEW.volwassenen > plek.v OR bezet.k + NEW.kinderen > plek.k THEN
                        RAISE EXCEPTION 'the café is full'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'cafeaanmelding_past';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"aanmelding {self.pk}"


@geschiedenis()
class Cafeaanwezigheid(VersieRij):
    """Who came: a family that is on record (`gezin`), or who walked in and is not. Counts only, never a name."""

    cafe = models.ForeignKey(Sjpruutcafe, models.CASCADE, related_name="aanwezigen")
    gezin = models.ForeignKey("ooievaar.Gezin", models.CASCADE, null=True, blank=True, related_name="+")
    gekomen = models.BooleanField(_("gekomen"))
    volwassenen = models.PositiveSmallIntegerField(_("volwassenen"), default=0)
    kinderen = models.PositiveSmallIntegerField(_("kinderen"), default=0)
    vastgelegd_op = models.DateTimeField(_("vastgelegd op"))

    class Meta(VersieRij.Meta):
        verbose_name = _("aanwezigheid")
        verbose_name_plural = _("aanwezigheid")
        indexes = [models.Index(fields=["gezin"], name="cafeaanwezigheid_gezin")]
        constraints = [
            models.UniqueConstraint(fields=["cafe", "gezin"], name="cafeaanwezigheid_gezin_een_keer"),
            models.CheckConstraint(
                condition=Q(gekomen=False, volwassenen=0, kinderen=0, gezin__isnull=False)
                | Q(gekomen=True, volwassenen__range=(1, 20), kinderen__lte=20),
                name="cafeaanwezigheid_aantallen",
            ),
        ]
        triggers = [
            *VersieRij.Meta.triggers,
            pgtrigger.Trigger(
                name="kinderen_volgen",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                # Coverage counts children from one narrow table (docs/adr/0005): what it needs is copied here, by the
                # database, so that no writer can forget it.
                func="""
                    UPDATE bezoeken_bezoekkind AS kind SET eerste_cafe_dag = (
                        SELECT min(cafe.dag)
                        FROM bezoeken_cafeaanwezigheid AS gast
                        JOIN bezoeken_sjpruutcafe AS cafe ON cafe.id = gast.cafe_id
                        WHERE gast.gezin_id = bezoek.gezin_id AND gast.gekomen AND cafe.dag >= kind.geboortedatum
                    )
                    FROM bezoeken_bezoek AS bezoek
                    WHERE bezoek.id = kind.bezoek_id
                      AND bezoek.gezin_id IN (
                          CASE WHEN TG_OP <> 'DELETE' THEN NEW.gezin_id END,
                          CASE WHEN TG_OP <> 'INSERT' THEN OLD.gezin_id END
                      );
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"aanwezigheid {self.pk}"
