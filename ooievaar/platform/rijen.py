"""What every table with people's data shares: a UUID, a version number and a history."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


class Rij(models.Model):
    """A row with a UUID, the only kind of id that ever leaves the house."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


def versietrigger(*, alleen: pgtrigger.Condition | None = None) -> pgtrigger.Trigger:
    """What keeps a row's version. `alleen` says which updates are a new version; without it every change is.

    An update that changes nothing is then no new version: a replayed request must not stale an ETag.
    """
    return pgtrigger.Trigger(
        name="versie",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=alleen or pgtrigger.AnyChange(exclude=["versie", "gewijzigd_op", "gewijzigd_door"]),
        func="""
                    NEW.versie := OLD.versie + 1;
                    NEW.gewijzigd_op := now();
                    NEW.gewijzigd_door :=
                        (NULLIF(current_setting('pghistory.context_metadata', true), '')::jsonb ->> 'user')::uuid;
                    RETURN NEW;
                """,
    )


class VersieRij(Rij):
    """A row that people edit: it knows its version (the ETag), and who changed it last and when.

    The three columns are kept by a database trigger, so that a bulk update, an admin action or plain SQL counts too.
    The user comes from the context that `HistoryMiddleware` (or a command) has set for the transaction.
    """

    versie = models.PositiveIntegerField(_("versie"), default=1, editable=False)
    gewijzigd_op = models.DateTimeField(_("gewijzigd op"), db_default=models.functions.Now(), editable=False)
    gewijzigd_door = models.UUIDField(_("gewijzigd door"), null=True, editable=False)

    class Meta:
        abstract = True
        triggers = [versietrigger()]


def geschiedenis(
    *, exclude: tuple[str, ...] = (), alleen: pgtrigger.Condition | None = None, per_opdracht: bool = False
):
    """Keep every version of a model's rows in an event table, written by database triggers (docs/adr/0003).

    Triggers see what no signal sees: bulk updates, `queryset.update()` and plain SQL. `alleen` says which updates are
    news to anybody; without it every change is kept. `per_opdracht`: one trigger for a whole statement instead of one
    for each row, for tables that are written by hundreds of rows at a time; the history is the same.
    """
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent() if alleen is None else pghistory.UpdateEvent(condition=alleen),
        pghistory.DeleteEvent(),
        exclude=["versie", "gewijzigd_op", "gewijzigd_door", *exclude],
        level=pghistory.Statement if per_opdracht else pghistory.Row,
    )
