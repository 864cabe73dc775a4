"""What was logged on phones: each Handeling once, with what became of it (docs/adr/0008)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bezoeken.models.bezoek import Bezoek
from ooievaar.platform.rijen import VersieRij


class Handeling(VersieRij):
    """One action logged on a phone, under the id that the phone gave it (`handeling`).

    The row is the proof that it arrived: the same id again is not done again, even after months. It holds no content,
    only a keyed hash to tell the same from another; of one that waits for a coordinator the content is kept until she
    decides, without voucher codes (those are money). A refused Handeling leaves no row: the phone keeps it, and may
    send it again. Who logged it and when never change; who decided is written beside it.
    """

    class Soort(models.TextChoices):
        AANVAARDING = "aanvaarding", _("aanvaarding")
        AFWIJZING = "afwijzing", _("afwijzing")
        POGING = "poging", _("poging")
        AFSPRAAK = "afspraak", _("afspraak")
        AFRONDING = "afronding", _("afronding")
        WEIGERING = "weigering", _("weigering")
        OVERLIJDEN = "overlijden", _("melding van overlijden")
        INCHECK = "incheck", _("naar binnen")
        UITCHECK = "uitcheck", _("weer buiten")
        SJOPAANVRAAG = "sjopaanvraag", _("aanvraag bij de Sjop")
        DOORVERWIJZING = "doorverwijzing", _("doorverwijzing")
        CAFE_AANMELDING = "cafeAanmelding", _("aanmelding voor een Sjpruutcafé")

    class Status(models.TextChoices):
        TOEGEPAST = "toegepast", _("verwerkt")
        GEPARKEERD = "geparkeerd", _("wacht op de coördinator")
        VERWORPEN = "verworpen", _("niet verwerkt")

    class Besluit(models.TextChoices):
        TOEPASSEN = "toepassen", _("toepassen")
        VERWERPEN = "verwerpen", _("verwerpen")

    handeling = models.UUIDField(_("id op de telefoon"), editable=False)
    gebruiker = models.ForeignKey("ooievaar.Gebruiker", models.CASCADE, related_name="+")
    ooievaarsmoeder = models.ForeignKey("ooievaar.Ooievaarsmoeder", models.PROTECT, null=True, related_name="+")
    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    bezoek = models.ForeignKey(Bezoek, models.CASCADE, null=True, related_name="handelingen")
    soort = models.CharField(_("soort"), max_length=20, choices=Soort)
    moment = models.DateTimeField(_("gebeurd op"), help_text=_("Volgens de klok van de telefoon."))
    ontvangen_op = models.DateTimeField(_("ontvangen op"))
    inhoud_hash = models.CharField(max_length=64)
    status = models.CharField(_("status"), max_length=12, choices=Status)
    reden = models.CharField(_("waarom het wacht"), max_length=40, blank=True)
    gegevens = models.JSONField(null=True)
    besluit = models.CharField(_("besluit"), max_length=12, choices=Besluit, blank=True)
    besluit_reden = models.CharField(_("reden van het besluit"), max_length=200, blank=True)
    besloten_door = models.ForeignKey("ooievaar.Gebruiker", models.SET_NULL, null=True, related_name="+")
    besloten_op = models.DateTimeField(_("besloten op"), null=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("handeling")
        verbose_name_plural = _("handelingen")
        ordering = ["ontvangen_op", "id"]
        constraints = [
            # Two copies of one batch at once: the second finds this.
            models.UniqueConstraint(fields=["gebruiker", "handeling"], name="handeling_een_keer"),
            models.CheckConstraint(
                condition=~Q(status="geparkeerd")
                | Q(besluit="", besloten_op__isnull=True, gegevens__isnull=False) & ~Q(reden=""),
                name="handeling_geparkeerd_heeft_reden_en_inhoud",
            ),
            models.CheckConstraint(
                condition=Q(besluit="", besloten_op__isnull=True) | ~Q(besluit="") & Q(besloten_op__isnull=False),
                name="handeling_besluit_heeft_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="verworpen") | Q(besluit="verwerpen"), name="handeling_verworpen_door_iemand"
            ),
        ]
        indexes = [
            models.Index(
                fields=["gebied", "ontvangen_op", "id"], condition=Q(status="geparkeerd"), name="handeling_geparkeerd"
            ),
            models.Index(fields=["bezoek"], name="handeling_van_bezoek"),
        ]

    def __str__(self) -> str:
        return f"handeling {self.pk}"
