"""What import-linter cannot see: foreign keys by string cross the apps downward only, and leave no name behind."""

from __future__ import annotations

from django.apps import apps

# From the top of the house to the ground (docs: config -> bezoeken -> voorraad -> notifications -> ooievaar).
VERDIEPINGEN = ["ooievaar", "notifications", "voorraad", "bezoeken"]


def verwijzingen():
    """Every foreign key, one-to-one and many-to-many between our own apps."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in VERDIEPINGEN:
            continue
        for veld in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            if veld.is_relation and veld.related_model._meta.app_label in VERDIEPINGEN:
                yield veld, model._meta.app_label, veld.related_model._meta.app_label


def test_there_are_foreign_keys_to_look_at():
    assert len({(van, naar) for _veld, van, naar in verwijzingen() if van != naar}) >= 3


def test_foreign_keys_point_downward_only():
    omhoog = [str(v) for v, van, naar in verwijzingen() if VERDIEPINGEN.index(van) < VERDIEPINGEN.index(naar)]
    assert omhoog == []


def test_across_apps_no_reverse_accessor_gets_a_name():
    # `gezin.bezoeken` in the ground floor would be the upper floor looking in.
    met_naam = [str(v) for v, van, naar in verwijzingen() if van != naar and not v.remote_field.hidden]
    assert met_naam == []
