"""Who signs in, which roles somebody holds where, and the tokens of phones and machines."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from ooievaar.bevoegdheid import Bevoegdheid, bevoegdheid_van
from ooievaar.models.gebied import Gebied, Wijk
from ooievaar.platform.rijen import Rij, geschiedenis


class Rol(models.TextChoices):
    """The roles of domain.md; somebody may hold several at once."""

    OOIEVAARSMOEDER = "ooievaarsmoeder", _("Ooievaarsmoeder")
    COORDINATOR = "coordinator", _("coördinator")
    SJOP = "sjop", _("Sjop")
    GASTVROUW = "gastvrouw", _("gastvrouw")
    AANDACHTSFUNCTIONARIS = "aandachtsfunctionaris", _("aandachtsfunctionaris")
    JENS = "jens", _("JENS")
    ONDERZOEKER = "onderzoeker", _("onderzoeker")
    FG = "fg", _("functionaris gegevensbescherming")
    BEHEERDER = "beheerder", _("beheerder")
    BRON = "bron", _("bron")


class Gebruiker(AbstractUser):
    """A person or a machine that signs in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    # Where she is called and texted as achterwacht. Never used to sign in: coordinators may set it for each other.
    diensttelefoon = PhoneNumberField(_("telefoonnummer bij dienst"), blank=True)

    class Meta:
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")

    @cached_property
    def bevoegdheid(self) -> Bevoegdheid:
        """Roles, areas and wijken; one query, then kept for as long as this object lives (one request)."""
        return bevoegdheid_van(self)


@geschiedenis()
class RolToekenning(Rij):
    """A role of a user in a Gebied; without wijken it holds for the whole Gebied."""

    gebruiker = models.ForeignKey(Gebruiker, models.CASCADE, related_name="toekenningen")
    rol = models.CharField(_("rol"), max_length=30, choices=Rol)
    gebied = models.ForeignKey(Gebied, models.CASCADE, related_name="toekenningen")
    wijken = models.ManyToManyField(Wijk, blank=True, related_name="toekenningen")

    class Meta:
        verbose_name = _("roltoekenning")
        verbose_name_plural = _("roltoekenningen")
        constraints = [models.UniqueConstraint(fields=["gebruiker", "rol", "gebied"], name="rol_een_keer_per_gebied")]

    def __str__(self) -> str:
        return f"{self.get_rol_display()} ({self.gebied})"


class Apparaat(Rij):
    """A phone that was paired with a code; revoking it ends its token at once."""

    gebruiker = models.ForeignKey(Gebruiker, models.CASCADE, related_name="apparaten")
    naam = models.CharField(_("naam"), max_length=100)
    gekoppeld_op = models.DateTimeField(_("gekoppeld op"))
    ingetrokken_op = models.DateTimeField(_("ingetrokken op"), null=True)

    class Meta:
        verbose_name = _("apparaat")
        verbose_name_plural = _("apparaten")

    def __str__(self) -> str:
        return self.naam


class Toegangstoken(Rij):
    """A bearer token; only its SHA-256 is stored, because the token itself has 256 random bits."""

    gebruiker = models.ForeignKey(Gebruiker, models.CASCADE, related_name="tokens")
    apparaat = models.ForeignKey(Apparaat, models.CASCADE, null=True, blank=True, related_name="tokens")
    hash = models.CharField(max_length=64, unique=True)
    aangemaakt_op = models.DateTimeField(_("aangemaakt op"))
    ingetrokken_op = models.DateTimeField(_("ingetrokken op"), null=True)

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")

    def __str__(self) -> str:
        return f"token van {self.gebruiker_id}"


class Koppelcode(Rij):
    """A code that pairs one phone with an Ooievaarsmoeder: single use, minutes only, stored as an HMAC.

    It is short, because people type it; so it lives briefly and wrong guesses are counted (services/apparaten.py).
    """

    gebruiker = models.ForeignKey(Gebruiker, models.CASCADE, related_name="koppelcodes")
    hash = models.CharField(max_length=64, unique=True)
    gemaakt_door = models.ForeignKey(Gebruiker, models.SET_NULL, null=True, related_name="+")
    verloopt_op = models.DateTimeField(_("verloopt op"))
    gebruikt_op = models.DateTimeField(_("gebruikt op"), null=True)

    class Meta:
        verbose_name = _("koppelcode")
        verbose_name_plural = _("koppelcodes")

    def __str__(self) -> str:
        return f"koppelcode {self.pk}"
