"""Who opened which family, and when: kept by the database as it was written (quality.md, "audit of reads")."""

import uuid

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


class Inzage(models.Model):
    """One reading of one family by one person. Append-only, also for us: a trigger refuses every change.

    Ids and not foreign keys: when a family is erased or a user leaves, the line stays and says no more than it did.
    What opens one family is a line each time, and so is a letter: it takes an address out of the house. A list or a
    search shows many: of those a family has one line a day for each reader (`dag`).
    """

    class Waar(models.TextChoices):
        GEZIN = "gezin", _("het gezin")
        BEZOEK = "bezoek", _("het bezoek")
        PASGEBORENE = "pasgeborene", _("het kind")
        MELDING = "melding", _("de geboortemelding")
        TELEFOON = "telefoon", _("op de telefoon")
        BLADZIJDE = "bladzijde", _("op een bladzijde")
        VERHAAL = "verhaal", _("het hele verhaal")
        LIJST = "lijst", _("in een lijst")
        ZOEKEN = "zoeken", _("bij het zoeken")
        BRIEF = "brief", _("op een brief om te drukken")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gezin_id = models.UUIDField(_("gezin"))
    gebruiker_id = models.UUIDField(_("gebruiker"))
    waar = models.CharField(_("waar"), max_length=12, choices=Waar)
    op = models.DateTimeField(_("op"))
    # Filled for what fetches the same again and again (a phone, a list): one line a day, however often it comes.
    dag = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("inzage")
        verbose_name_plural = _("inzagen")
        indexes = [models.Index(fields=["gezin_id", "op"], name="inzage_van_gezin")]
        constraints = [
            models.UniqueConstraint(fields=["gezin_id", "gebruiker_id", "waar", "dag"], name="inzage_een_keer_per_dag")
        ]
        triggers = [pgtrigger.Protect(name="alleen_toevoegen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"inzage {self.pk}"
