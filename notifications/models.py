"""The outbox: every message is a row, written in the transaction of what caused it (docs/adr/0002)."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ooievaar.platform.rijen import VersieRij, geschiedenis


class Kanaal(models.TextChoices):
    BRIEF = "brief", _("brief")
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("sms")
    PUSH = "push", _("pushbericht")
    APP = "app", _("in de app")


class Berichtstatus(models.TextChoices):
    GEPLAND = "gepland", _("gepland")
    BEZIG = "bezig", _("bezig")
    VERZONDEN = "verzonden", _("verzonden")
    MISLUKT = "mislukt", _("mislukt")
    GEANNULEERD = "geannuleerd", _("geannuleerd")
    ONZEKER = "onzeker", _("onzeker")


# Claims, leases and start marks are the sender's own bookkeeping: no history of them.
@geschiedenis(exclude=("lease_tot", "begonnen_op"), alleen=~pgtrigger.Q(new__status="bezig"))
class Bericht(VersieRij):
    """One message to one recipient. Exactly one of gezin, ooievaarsmoeder and gebruiker is set.

    `sleutel` is (recipient, kind, subject, due date): the same message can not be planned twice. Address and text
    are looked up when it is sent, so that a corrected address counts and no personal data waits in the outbox.
    """

    soort = models.CharField(_("soort"), max_length=40)
    kanaal = models.CharField(_("kanaal"), max_length=10, choices=Kanaal)
    taal = models.CharField(_("taal"), max_length=8, default="nl")
    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    gezin = models.ForeignKey("ooievaar.Gezin", models.CASCADE, null=True, blank=True, related_name="+")
    ooievaarsmoeder = models.ForeignKey(
        "ooievaar.Ooievaarsmoeder", models.CASCADE, null=True, blank=True, related_name="+"
    )
    gebruiker = models.ForeignKey("ooievaar.Gebruiker", models.CASCADE, null=True, blank=True, related_name="+")
    # What it is about, in the words of the caller ("bezoek:<uuid>"); used to cancel, never shown.
    aanleiding = models.CharField(max_length=80, blank=True)
    # Values for the text that are not personal data: dates, names of places, numbers.
    context = models.JSONField(default=dict, blank=True)
    sleutel = models.CharField(max_length=200, unique=True)
    # Somebody's safety: goes at any hour of any day, before everything else (domain.md, rule 11).
    spoed = models.BooleanField(_("spoed"), default=False)

    gepland_op = models.DateTimeField(_("gepland op"))
    verloopt_op = models.DateTimeField(_("verloopt op"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Berichtstatus, default=Berichtstatus.GEPLAND)
    pogingen = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    lease_tot = models.DateTimeField(null=True, blank=True)
    # Since when the provider may have been called without our knowing the answer; empty: certainly not delivered.
    begonnen_op = models.DateTimeField(null=True, blank=True)
    verzonden_op = models.DateTimeField(_("verzonden op"), null=True, blank=True)
    fout = models.CharField(_("fout"), max_length=60, blank=True)
    aangemaakt_op = models.DateTimeField(_("aangemaakt op"))

    class Meta(VersieRij.Meta):
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")
        ordering = ["-gepland_op", "id"]
        indexes = [
            models.Index(fields=["gepland_op"], condition=Q(status__in=["gepland", "bezig"]), name="bericht_te_doen"),
            models.Index(
                fields=["gepland_op"], condition=Q(spoed=True, status__in=["gepland", "bezig"]), name="bericht_spoed"
            ),
            models.Index(fields=["gebied", "gepland_op", "id"], name="bericht_op_datum"),
            models.Index(fields=["aanleiding"], name="bericht_aanleiding"),
            models.Index(fields=["gezin"], name="bericht_gezin"),
            models.Index(fields=["ooievaarsmoeder", "gepland_op"], name="bericht_ooievaarsmoeder"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(gezin__isnull=False, ooievaarsmoeder__isnull=True, gebruiker__isnull=True)
                | Q(gezin__isnull=True, ooievaarsmoeder__isnull=False, gebruiker__isnull=True)
                | Q(gezin__isnull=True, ooievaarsmoeder__isnull=True, gebruiker__isnull=False),
                name="bericht_een_ontvanger",
            ),
            models.CheckConstraint(
                condition=Q(status="verzonden", verzonden_op__isnull=False)
                | ~Q(status="verzonden") & Q(verzonden_op__isnull=True),
                name="bericht_verzonden_heeft_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="bezig") | Q(lease_tot__isnull=False), name="bericht_bezig_heeft_lease"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.soort} ({self.kanaal})"


class Briefregel(models.Model):
    """A letter on the letter list of a day: what the sender of letters leaves for a person to print and post."""

    bericht = models.OneToOneField(Bericht, models.CASCADE, related_name="briefregel")
    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    dag = models.DateField(_("dag"))

    class Meta:
        verbose_name = _("briefregel")
        verbose_name_plural = _("briefregels")
        indexes = [models.Index(fields=["gebied", "dag"], name="briefregel_dag")]

    def __str__(self) -> str:
        return f"brief van {self.dag}"
