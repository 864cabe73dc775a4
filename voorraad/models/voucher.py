"""Swimming vouchers: a code that is money, so only a keyed hash and its last four are kept (domain.md, rule 13)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ooievaar.platform.rijen import VersieRij, geschiedenis


class Voucherstatus(models.TextChoices):
    VRIJ = "vrij", _("vrij")
    UITGEGEVEN = "uitgegeven", _("uitgegeven")
    INGETROKKEN = "ingetrokken", _("ingetrokken")


class Intrekreden(models.TextChoices):
    VERLOREN = "verloren", _("verloren")
    BESCHADIGD = "beschadigd", _("beschadigd")
    FOUT = "fout", _("verkeerd gegeven")
    ANDERS = "anders", _("anders")


@geschiedenis()
class Voucher(VersieRij):
    """One voucher. It is given once: to one child, and after that it is only void or replaced by another."""

    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    hash = models.CharField(max_length=64, editable=False)
    einde = models.CharField(_("laatste vier tekens"), max_length=4, editable=False)
    serie = models.CharField(_("serie"), max_length=60, blank=True)
    geldig_tot = models.DateField(_("geldig tot en met"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Voucherstatus, default=Voucherstatus.VRIJ)
    # For whom, in the caller's words: the occasion ("bezoek:<uuid>") and the part of it (the child).
    aanleiding = models.CharField(max_length=80, blank=True)
    onderdeel = models.CharField(max_length=80, blank=True)
    uitgegeven_op = models.DateTimeField(_("uitgegeven op"), null=True, blank=True)
    ingetrokken_op = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)
    intrekreden = models.CharField(_("reden van intrekken"), max_length=12, choices=Intrekreden, blank=True)
    vervangt = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="vervangen_door")
    toegevoegd_op = models.DateTimeField(_("toegevoegd op"))

    class Meta(VersieRij.Meta):
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        indexes = [
            models.Index(fields=["aanleiding"], name="voucher_aanleiding", condition=~Q(aanleiding="")),
            models.Index(fields=["gebied", "toegevoegd_op", "id"], name="voucher_op_datum"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["gebied", "hash"], name="voucher_code_uniek"),
            # Never a second one for a child before the first is void.
            models.UniqueConstraint(
                fields=["aanleiding", "onderdeel"], condition=Q(status="uitgegeven"), name="voucher_een_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(status="vrij", aanleiding="", uitgegeven_op__isnull=True, ingetrokken_op__isnull=True)
                | Q(status="uitgegeven", uitgegeven_op__isnull=False, ingetrokken_op__isnull=True) & ~Q(aanleiding="")
                | Q(status="ingetrokken", ingetrokken_op__isnull=False),
                name="voucher_status_heeft_gegevens",
            ),
            models.CheckConstraint(condition=~Q(vervangt=F("id")), name="voucher_vervangt_ander"),
        ]

    def __str__(self) -> str:
        return f"…{self.einde}"


class Oordeel(models.TextChoices):
    """What was wrong with a code that somebody wrote down."""

    ONBEKEND = "onbekend", _("deze code kennen we niet")
    INGETROKKEN = "ingetrokken", _("deze voucher was ingetrokken")
    AL_UITGEGEVEN = "alUitgegeven", _("deze voucher was al voor een ander kind")
    VERLOPEN = "verlopen", _("deze voucher was niet meer geldig")
    HEEFT_AL = "heeftAl", _("dit kind heeft al een voucher")


@geschiedenis()
class Vouchermelding(VersieRij):
    """A code that was handed out and does not fit: work for a person. The visit itself was logged all the same."""

    gebied = models.ForeignKey("ooievaar.Gebied", models.PROTECT, related_name="+")
    aanleiding = models.CharField(max_length=80)
    onderdeel = models.CharField(max_length=80)
    hash = models.CharField(max_length=64, editable=False)
    einde = models.CharField(max_length=4, editable=False)
    oordeel = models.CharField(_("wat er mis is"), max_length=14, choices=Oordeel)
    gemeld_op = models.DateTimeField(_("gemeld op"))
    afgehandeld_op = models.DateTimeField(_("afgehandeld op"), null=True, blank=True)
    opmerking = models.CharField(_("wat er is gedaan"), max_length=200, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("vouchermelding")
        verbose_name_plural = _("vouchermeldingen")
        indexes = [
            models.Index(
                fields=["gebied", "gemeld_op", "id"],
                condition=Q(afgehandeld_op__isnull=True),
                name="vouchermelding_open",
            ),
            models.Index(fields=["hash"], condition=Q(afgehandeld_op__isnull=True), name="vouchermelding_hash"),
        ]
        constraints = [
            # The same log sent again is no new work.
            models.UniqueConstraint(fields=["aanleiding", "onderdeel", "hash"], name="vouchermelding_een_keer")
        ]

    def __str__(self) -> str:
        return f"…{self.einde}: {self.oordeel}"
