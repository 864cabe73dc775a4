"""Small cells: of every hidden one, what somebody can infer from everything published still spans at least k."""

from datetime import date
from uuid import UUID

import numpy as np
import pytest

from bezoeken.dekking import perioden
from tests.bezoeken.dekking.aanval import BASIS, Aanval, maak_tabel

WIJKEN = [UUID(int=n) for n in range(1, 4)]


@pytest.mark.parametrize(
    ("zaad", "per_maand", "vandaag", "onbekend"),
    [
        (1, 3, date(2026, 11, 24), 0),
        (2, 8, date(2026, 11, 24), 0.1),
        (3, 15, date(2026, 7, 2), 0),
        (4, 1, date(2026, 4, 28), 0),
        (5, 30, date(2026, 2, 15), 0.2),
        (6, 0.4, date(2026, 9, 3), 0.05),
    ],
)
def test_every_hidden_cell_spans_at_least_k(zaad, per_maand, vandaag, onbekend):
    rng = np.random.default_rng(zaad)
    tabel = maak_tabel(rng, WIJKEN, [2025, 2026], vandaag, per_maand=per_maand, onbekend=onbekend)
    aanval = Aanval(tabel, WIJKEN, [2025, 2026])
    assert aanval.verborgen
    # A sample keeps the suite quick; other seeds and sizes give other samples.
    gekozen = rng.choice(len(aanval.verborgen), size=min(40, len(aanval.verborgen)), replace=False)
    aanval.verborgen = [aanval.verborgen[n] for n in gekozen]
    te_smal = [(naam, laag, hoog) for naam, laag, hoog in aanval.ruimtes() if hoog - laag < 5 - 1e-6]
    assert te_smal == []


def test_the_attack_finds_a_leak():
    """Publish one month too many: the attacker then knows the other of its quarter."""
    tabel = maak_tabel(np.random.default_rng(1), WIJKEN, [2025, 2026], date(2026, 11, 24), per_maand=3)
    aanval = Aanval(tabel, WIJKEN, [2025, 2026])
    aanval.verborgen = [(naam, cel) for naam, cel in aanval.verborgen if naam == "2026-05 verhuisd"]
    assert aanval.verborgen
    aanval.gelijk.append((aanval.cel("verhuisd", [date(2026, 5, 1)]), 1))
    assert [(laag, hoog) for _, laag, hoog in aanval.ruimtes()] == [(1, 1)]


def test_no_count_under_k_is_shown_unless_the_calendar_says_it():
    tabel = maak_tabel(np.random.default_rng(7), WIJKEN, [2025, 2026], date(2026, 11, 24), per_maand=6)
    zichten = tabel.zicht_van_jaar(2026)
    for periode in map(perioden.maand, perioden.jaar(2026).maanden[:11]):
        cijfers = tabel.cijfers(tabel.som(periode.maanden), zichten[periode.code], periode)
        kolommen = set(BASIS) - {tabel.lopend_apart(periode)}
        assert all(cijfers[k] is None or cijfers[k] >= 5 for k in kolommen)


def test_large_counts_are_all_shown():
    tabel = maak_tabel(np.random.default_rng(8), WIJKEN, [2025, 2026], date(2026, 11, 24), per_maand=400)
    periode = perioden.jaar(2026)
    cijfers = tabel.cijfers(tabel.som(periode.maanden), tabel.zicht_van_jaar(2026)["2026"], periode)
    assert None not in cijfers.values()
    for zicht in tabel.zicht_per_wijk(perioden.rollend(tabel.vandaag, tabel.uitloop), WIJKEN).values():
        assert zicht.treden == 3
