"""A family: its address, the adults who can be contacted, and its newborns."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from ooievaar.models.gebied import Gebied, Wijk
from ooievaar.models.gebruiker import Gebruiker
from ooievaar.platform.rijen import VersieRij, geschiedenis


class Contactstopreden(models.TextChoices):
    GEWEIGERD = "geweigerd", _("geweigerd")
    INGETROKKEN = "ingetrokken", _("toestemming ingetrokken")
    ANDERS = "anders", _("anders")


@geschiedenis()
class Gezin(VersieRij):
    """A household with a newborn.

    `dubbelsleutel` is PC6 + house number and addition, normalised: with the surname of a child it finds doubles
    (domain.md, rule 1). A contactstop means that nobody contacts this family again, unless it asks (rule 4).
    """

    gebied = models.ForeignKey(Gebied, models.PROTECT, related_name="gezinnen")
    wijk = models.ForeignKey(Wijk, models.PROTECT, null=True, blank=True, related_name="gezinnen")
    straat = models.CharField(_("straat"), max_length=100, blank=True)
    huisnummer = models.PositiveIntegerField(_("huisnummer"), null=True, blank=True)
    huisletter = models.CharField(_("huisletter"), max_length=10, blank=True)
    toevoeging = models.CharField(_("toevoeging"), max_length=10, blank=True)
    postcode = models.CharField(_("postcode"), max_length=6, blank=True, help_text=_("Zonder spatie, hoofdletters."))
    woonplaats = models.CharField(_("woonplaats"), max_length=100, blank=True)
    dubbelsleutel = models.CharField(max_length=60, blank=True, db_index=True, editable=False)

    geheim = models.BooleanField(_("geheim adres"), default=False)
    geheim_voor = models.ForeignKey(
        Gebruiker,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("De ene coördinator die het geheime adres mag zien."),
    )

    contactstop_reden = models.CharField(_("contactstop"), max_length=20, choices=Contactstopreden, blank=True)
    contactstop_op = models.DateTimeField(_("contactstop sinds"), null=True, blank=True)
    # A death or stillbirth in the family: nothing is sent by itself until a person restarts it (rule 3).
    stil_sinds = models.DateTimeField(_("stil sinds"), null=True, blank=True)

    # When a stop was last put back: what fell due before that is not sent by itself (rules 3 and 4).
    hersteld_op = models.DateTimeField(_("hersteld op"), null=True, blank=True)

    wil_iemand_van_buiten = models.BooleanField(_("wil iemand van buiten de straat"), default=False)

    class Meta(VersieRij.Meta):
        verbose_name = _("gezin")
        verbose_name_plural = _("gezinnen")
        # Where a new notice looks for its household, also for one that is only nearly alike.
        indexes = [models.Index(fields=["postcode", "huisnummer"], name="gezin_plek")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(contactstop_reden="", contactstop_op__isnull=True)
                | (~models.Q(contactstop_reden="") & models.Q(contactstop_op__isnull=False)),
                name="gezin_contactstop_heeft_reden_en_moment",
            )
        ]

    def __str__(self) -> str:
        return f"gezin {self.pk}"


@geschiedenis()
class Contactpersoon(VersieRij):
    """An adult in a Gezin who can be contacted. Never assume a mother."""

    class Rol(models.TextChoices):
        MOEDER = "moeder", _("moeder")
        VADER = "vader", _("vader")
        ANDERE_OUDER = "andereOuder", _("andere ouder")
        PLEEGOUDER = "pleegouder", _("pleegouder")
        GROOTOUDER = "grootouder", _("grootouder")
        ANDERS = "anders", _("anders")

    class Kanaal(models.TextChoices):
        BRIEF = "brief", _("brief")
        SMS = "sms", _("sms")
        EMAIL = "email", _("e-mail")

    gezin = models.ForeignKey(Gezin, models.CASCADE, related_name="contactpersonen")
    naam = models.CharField(_("naam"), max_length=100)
    rol = models.CharField(_("rol"), max_length=20, choices=Rol, default=Rol.ANDERS)
    telefoonnummer = PhoneNumberField(_("telefoonnummer"), blank=True)
    emailadres = models.EmailField(_("e-mailadres"), blank=True)
    taal = models.CharField(_("taal"), max_length=8, default="nl", help_text=_("ISO 639-1, zoals nl of pl."))
    tolk_nodig = models.BooleanField(_("tolk nodig"), default=False)
    voorkeurskanaal = models.CharField(_("liefst bereikt met"), max_length=10, choices=Kanaal, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("contactpersoon")
        verbose_name_plural = _("contactpersonen")
        indexes = [
            models.Index(fields=["telefoonnummer"], name="contactpersoon_telefoon"),
            models.Index(Lower("emailadres"), name="contactpersoon_email"),
        ]

    def __str__(self) -> str:
        return f"contactpersoon {self.pk}"


@geschiedenis()
class Pasgeborene(VersieRij):
    """The child of a Gezin. `vervallen` says no reason; the reason has its own, narrower readers."""

    class Status(models.TextChoices):
        ACTIEF = "actief", _("actief")
        VERVALLEN = "vervallen", _("vervallen")
        VERHUISD = "verhuisd", _("verhuisd")

    gezin = models.ForeignKey(Gezin, models.CASCADE, related_name="pasgeborenen")
    voornaam = models.CharField(_("voornaam"), max_length=100, blank=True)
    achternaam = models.CharField(_("achternaam"), max_length=100)
    naamsleutel = models.CharField(max_length=100, db_index=True, editable=False)
    geboortedatum = models.DateField(_("geboortedatum"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ACTIEF)
    overleden_gemeld_op = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(VersieRij.Meta):
        verbose_name = _("pasgeborene")
        verbose_name_plural = _("pasgeborenen")
        indexes = [models.Index(fields=["naamsleutel", "geboortedatum"], name="pasgeborene_dubbel")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(overleden_gemeld_op__isnull=True) | models.Q(status="vervallen"),
                name="pasgeborene_overleden_is_vervallen",
            )
        ]

    def __str__(self) -> str:
        return f"pasgeborene {self.pk}"


class Toestemming(VersieRij):
    """Consent of a Gezin for one purpose; it holds from `sinds` until `tot` (domain.md, rule 17)."""

    class Doel(models.TextChoices):
        CONTACT = "contact", _("contact")
        BEZOEKVERSLAG = "bezoekverslag", _("bezoekverslag")
        CAFE = "cafe", _("Sjpruutcafé")
        DOORVERWIJZING = "doorverwijzing", _("doorverwijzing")
        ONDERZOEK = "onderzoek", _("onderzoek")

    gezin = models.ForeignKey(Gezin, models.CASCADE, related_name="toestemmingen")
    doel = models.CharField(_("doel"), max_length=20, choices=Doel)
    sinds = models.DateTimeField(_("sinds"))
    tot = models.DateTimeField(_("tot"), null=True, blank=True)

    class Meta(VersieRij.Meta):
        verbose_name = _("toestemming")
        verbose_name_plural = _("toestemmingen")
        constraints = [
            models.UniqueConstraint(
                fields=["gezin", "doel"], condition=models.Q(tot__isnull=True), name="toestemming_een_per_doel"
            )
        ]

    def __str__(self) -> str:
        return f"{self.doel} van {self.gezin_id}"
