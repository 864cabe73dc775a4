"""The outbox: every message is a row, written in the transaction of what caused it (docs/adr/0002)."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ooievaar.platform.rijen import Rij, VersieRij, geschiedenis, versietrigger


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


class Bezorging(models.TextChoices):
    """What a provider says after it took a message."""

    BEZORGD = "bezorgd", _("bezorgd")
    MISLUKT = "mislukt", _("niet bezorgd")


# Claims, leases and start marks are the sender's own bookkeeping: no history of them, and no new version. `over_gezin`
# is never changed.
_MEER_DAN_EEN_CLAIM = ~pgtrigger.Q(new__status="bezig")


@geschiedenis(
    exclude=("lease_tot", "begonnen_op", "bundel", "over_gezin"), alleen=_MEER_DAN_EEN_CLAIM, per_opdracht=True
)
class Bericht(VersieRij):
    """One message to one recipient. Exactly one of gezin, ooievaarsmoeder and gebruiker is set.

    `sleutel` is (recipient, kind, subject, due date): the same message can not be planned twice. Address and text
    are looked up when it is sent, so that a corrected address counts and no personal data waits in the outbox.
    """

    soort = models.CharField(_("soort"), max_length=40)
    kanaal = models.CharField(_("kanaal"), max_length=10, choices=Kanaal)
    taal = models.CharField(_("taal"), max_length=8, default="nl")
    # Without an index of its own: one that begins with it is below, and each is written three times for every message.
    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+", db_index=False)
    gezin = models.ForeignKey("ooievaar.Gezin", models.CASCADE, null=True, blank=True, related_name="+")
    ooievaarsmoeder = models.ForeignKey(
        "ooievaar.Ooievaarsmoeder", models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    gebruiker = models.ForeignKey("ooievaar.Gebruiker", models.CASCADE, null=True, blank=True, related_name="+")
    # To one of us about a family: it sends her there, so it goes only while the family itself may be contacted.
    over_gezin = models.ForeignKey(
        "ooievaar.Gezin", models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    # What it is about, in the words of the caller ("bezoek:<uuid>"); used to cancel, never shown.
    aanleiding = models.CharField(max_length=80, blank=True)
    # Values for the text that are not personal data: dates, names of places, numbers.
    context = models.JSONField(default=dict, blank=True)
    sleutel = models.CharField(max_length=200)
    # Where it goes when this channel certainly fails: the same row, the same key, so still once.
    terugval = ArrayField(models.CharField(max_length=10, choices=Kanaal), default=list, blank=True)
    # What one person gets together with this, when it was merged; decided once, so that a retry is the same message.
    bundel = models.UUIDField(null=True, blank=True, editable=False)
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
    # The parts of an SMS (they are paid for), and what the provider reported about its arrival.
    delen = models.PositiveSmallIntegerField(_("delen"), default=0)
    bezorging = models.CharField(_("bezorging"), max_length=10, choices=Bezorging, blank=True)
    bezorging_op = models.DateTimeField(_("bezorging gemeld op"), null=True, blank=True)
    aangemaakt_op = models.DateTimeField(_("aangemaakt op"))

    class Meta(VersieRij.Meta):
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")
        ordering = ["-gepland_op", "id"]
        triggers = [versietrigger(alleen=_MEER_DAN_EEN_CLAIM)]
        indexes = [
            models.Index(fields=["gepland_op"], condition=Q(status__in=["gepland", "bezig"]), name="bericht_te_doen"),
            models.Index(
                fields=["gepland_op"], condition=Q(spoed=True, status__in=["gepland", "bezig"]), name="bericht_spoed"
            ),
            models.Index(fields=["gebied", "gepland_op", "id"], name="bericht_op_datum"),
            models.Index(fields=["aanleiding"], name="bericht_aanleiding"),
            models.Index(
                fields=["gebied", "verzonden_op"],
                condition=Q(kanaal="sms", status="verzonden"),
                name="bericht_smsbudget",
            ),
            models.Index(fields=["bundel"], condition=Q(bundel__isnull=False), name="bericht_bundel"),
            models.Index(fields=["ooievaarsmoeder", "gepland_op"], name="bericht_ooievaarsmoeder"),
        ]
        constraints = [
            # As a constraint: `unique=True` makes a second index, for LIKE.
            models.UniqueConstraint(fields=["sleutel"], name="bericht_sleutel_een_keer"),
            models.CheckConstraint(
                condition=Q(gezin__isnull=False, ooievaarsmoeder__isnull=True, gebruiker__isnull=True)
                | Q(gezin__isnull=True, ooievaarsmoeder__isnull=False, gebruiker__isnull=True)
                | Q(gezin__isnull=True, ooievaarsmoeder__isnull=True, gebruiker__isnull=False),
                name="bericht_een_ontvanger",
            ),
            models.CheckConstraint(
                condition=Q(over_gezin__isnull=True) | Q(gezin__isnull=True), name="bericht_over_gezin_aan_een_ander"
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


@geschiedenis()
class Briefpartij(VersieRij):
    """Letters printed together. The PDF is made when it is asked for, with the addresses of then, and never kept."""

    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    gemaakt_op = models.DateTimeField(_("gemaakt op"))
    gemaakt_door = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")
    gedrukt_op = models.DateTimeField(_("gedrukt op"), null=True, blank=True)
    gedrukt_door = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")
    geannuleerd_op = models.DateTimeField(_("geannuleerd op"), null=True, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("briefpartij")
        verbose_name_plural = _("briefpartijen")
        ordering = ["-gemaakt_op", "id"]
        indexes = [models.Index(fields=["gebied", "gemaakt_op"], name="briefpartij_gemaakt")]

    def __str__(self) -> str:
        return f"brieven van {self.gemaakt_op:%d-%m-%Y}"


class Briefregel(models.Model):
    """A letter on the letter list of a day: what the sender of letters leaves for a person to print and post.

    `partij`: with which it is (to be) printed, as number `volgnummer`; empty: it waits for the next one.
    """

    bericht = models.OneToOneField(Bericht, models.CASCADE, related_name="briefregel")
    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    dag = models.DateField(_("dag"))
    partij = models.ForeignKey(Briefpartij, models.SET_NULL, null=True, blank=True, related_name="regels")
    volgnummer = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("briefregel")
        verbose_name_plural = _("briefregels")
        indexes = [models.Index(fields=["gebied", "dag"], name="briefregel_dag")]
        constraints = [
            models.UniqueConstraint(fields=["partij", "volgnummer"], name="briefregel_een_plek"),
            models.CheckConstraint(
                condition=Q(partij__isnull=True, volgnummer__isnull=True)
                | Q(partij__isnull=False, volgnummer__isnull=False),
                name="briefregel_partij_met_plek",
            ),
        ]

    def __str__(self) -> str:
        return f"brief van {self.dag}"


@geschiedenis()
class Tekstversie(VersieRij):
    """An organisation's own text for a kind of message on a channel in a language. The highest number counts.

    A text that was sent is never changed: changing it makes a new version.
    """

    gebied = models.ForeignKey("ooievaar.Gebied", models.CASCADE, related_name="+")
    soort = models.CharField(_("soort"), max_length=40)
    kanaal = models.CharField(_("kanaal"), max_length=10, choices=Kanaal)
    taal = models.CharField(_("taal"), max_length=8)
    nummer = models.PositiveIntegerField(_("versie"))
    onderwerp = models.CharField(_("onderwerp"), max_length=150, blank=True)
    tekst = models.TextField(_("tekst"), max_length=4000)
    gemaakt_op = models.DateTimeField(_("gemaakt op"))
    gemaakt_door = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")
    # When somebody who speaks the language had read it, and which user says so.
    nagekeken_op = models.DateTimeField(_("nagekeken op"), null=True, blank=True)
    nagekeken_door = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")

    class Meta(VersieRij.Meta):
        verbose_name = _("tekst")
        verbose_name_plural = _("teksten")
        constraints = [
            models.UniqueConstraint(fields=["gebied", "soort", "kanaal", "taal", "nummer"], name="tekstversie_nummer")
        ]

    def __str__(self) -> str:
        return f"{self.soort} ({self.kanaal}, {self.taal}) {self.nummer}"


@geschiedenis()
class Kanaalstop(VersieRij):
    """A family wants nothing more on this channel for this purpose; what else it gets is not touched by it."""

    gezin = models.ForeignKey("ooievaar.Gezin", models.CASCADE, related_name="+")
    kanaal = models.CharField(_("kanaal"), max_length=10, choices=Kanaal)
    doel = models.CharField(_("doel"), max_length=20, default="contact")
    sinds = models.DateTimeField(_("sinds"))

    class Meta(VersieRij.Meta):
        verbose_name = _("kanaalstop")
        verbose_name_plural = _("kanaalstops")
        constraints = [models.UniqueConstraint(fields=["gezin", "kanaal", "doel"], name="kanaalstop_een_keer")]

    def __str__(self) -> str:
        return f"{self.kanaal} van {self.gezin_id}"


@geschiedenis()
class Onbereikbaar(VersieRij):
    """An address or number of a family that does not work: a task for a coordinator until it is settled."""

    gezin = models.ForeignKey("ooievaar.Gezin", models.CASCADE, related_name="+")
    kanaal = models.CharField(_("kanaal"), max_length=10, choices=Kanaal)
    fout = models.CharField(_("fout"), max_length=60)
    sinds = models.DateTimeField(_("sinds"))
    opgelost_op = models.DateTimeField(_("opgelost op"), null=True, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("onbereikbaar")
        verbose_name_plural = _("onbereikbaar")
        constraints = [
            models.UniqueConstraint(
                fields=["gezin", "kanaal"], condition=Q(opgelost_op__isnull=True), name="onbereikbaar_een_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kanaal} van {self.gezin_id}"


class Pushabonnementen(models.QuerySet["Pushabonnement"]):
    def levend(self) -> "Pushabonnementen":
        """Who may be told something: not a phone that was revoked meanwhile, nor who can not sign in any more."""
        telefoon = Q(apparaat=None) | Q(apparaat__ingetrokken_op=None)
        return self.filter(telefoon, gebruiker__is_active=True)


class Pushabonnement(Rij):
    """A browser that takes push messages for a user. The endpoint is a secret address, so it is never shown.

    `apparaat` is the phone that asked for them: what is revoked or left the programme hears nothing any more. None: a
    desk that signed in.
    """

    gebruiker = models.ForeignKey("ooievaar.Gebruiker", models.CASCADE, related_name="+")
    apparaat = models.ForeignKey("ooievaar.Apparaat", models.CASCADE, null=True, blank=True, related_name="+")
    endpoint = models.URLField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=200)
    auth = models.CharField(max_length=100)
    aangemaakt_op = models.DateTimeField(_("aangemaakt op"))

    objects = Pushabonnementen.as_manager()

    class Meta:
        verbose_name = _("pushabonnement")
        verbose_name_plural = _("pushabonnementen")
        indexes = [models.Index(fields=["gebruiker"], name="pushabonnement_van")]

    def __str__(self) -> str:
        return f"pushabonnement {self.pk}"


class Tempo(models.Model):
    """From when a provider takes the next message: shared by all senders, so that together they keep its limit."""

    kanaal = models.CharField(max_length=10, primary_key=True)
    vrij_op = models.DateTimeField()
    # Until then nothing is tried: what it was given last may or may not have arrived, and it cannot be asked again.
    rust_tot = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("tempo")
        verbose_name_plural = _("tempo")

    def __str__(self) -> str:
        return self.kanaal
