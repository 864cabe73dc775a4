"""The first answer to each request that carried an Idempotency-Key, kept for 7 days (api.md, Conventions)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ooievaar.models.gebruiker import Gebruiker


class BeantwoordVerzoek(models.Model):
    """One key of one user on one path, with what was asked (hashed) and what was answered."""

    gebruiker = models.ForeignKey(Gebruiker, models.CASCADE, related_name="+")
    pad = models.CharField(max_length=200)
    sleutel = models.CharField(max_length=80)
    inhoud_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    antwoord = models.JSONField(null=True)
    koppen = models.JSONField(default=dict)
    op = models.DateTimeField()

    class Meta:
        verbose_name = _("beantwoord verzoek")
        verbose_name_plural = _("beantwoorde verzoeken")
        constraints = [models.UniqueConstraint(fields=["gebruiker", "pad", "sleutel"], name="verzoek_sleutel_uniek")]
        indexes = [models.Index(fields=["op"], name="verzoek_op")]

    def __str__(self) -> str:
        return self.sleutel
