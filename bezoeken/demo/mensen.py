"""The invented people of the demonstration. They look invented: nobody's real name, street or number."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bezoeken.intake.normaliseren import Melding

GEBRUIKERS = [
    ("coordinator", "Coördinator Voorbeeld", "coordinator"),
    ("jens", "JENS Voorbeeld", "jens"),
    ("sjop", "Sjop Voorbeeld", "sjop"),
    ("gastvrouw", "Gastvrouw Voorbeeld", "gastvrouw"),
    ("beheerder", "Beheerder Voorbeeld", "beheerder"),
    ("bron", "Gemeente Voorbeeld", "bron"),
    ("simone", "Simone", "ooievaarsmoeder"),
]

# name, wijken, languages, visits a week
MOEDERS = [
    ("Aicha Voorbeeld", ["WK091720", "WK091722"], ["nl", "ar"], 4),
    ("Bea Voorbeeld", ["WK091710", "WK091713"], ["nl"], 4),
    ("Carmen Voorbeeld", ["WK091721"], ["nl", "en"], 4),
    ("Danuta Voorbeeld", ["WK091712", "WK091711"], ["nl", "pl"], 4),
    ("Els Voorbeeld", ["WK091724", "WK091714"], ["nl"], 3),
    ("Fatma Voorbeeld", ["WK091731", "WK091732"], ["nl", "tr"], 4),
    ("Gerda Voorbeeld", ["WK091732"], ["nl"], 3),
    ("Hanneke Voorbeeld", ["WK091730", "WK091734"], ["nl", "en"], 4),
    ("Iryna Voorbeeld", ["WK091721", "WK091720"], ["nl", "uk"], 3),
    ("Jolanda Voorbeeld", ["WK091713", "WK091712"], ["nl"], 3),
    ("Kadri Voorbeeld", ["WK091722", "WK091723"], ["nl", "ti"], 3),
    ("Lies Voorbeeld", ["WK091731", "WK091730"], ["nl"], 3),
]
# With a round of her own there is room for more, so that what the README assigns to her fits.
SIMONE = ("Simone Voorbeeld", ["WK091720", "WK091721"], ["nl", "en"], 20)

# Births a year in each wijk (CBS 2018-19, rounded to 5).
_GEBOORTEN = {
    "WK091710": 28, "WK091711": 25, "WK091712": 40, "WK091713": 40, "WK091720": 48, "WK091721": 47, "WK091722": 35,
    "WK091724": 40, "WK091730": 37, "WK091731": 35, "WK091732": 58,
}  # fmt: skip
_HOENSBROEK = {"WK091710", "WK091711", "WK091712", "WK091713", "WK091714"}
_STRATEN = ["Sjpruutstraat", "Wiegpad", "Rammelaarhof", "Ooievaarslaan", "Luierhof", "Speenstraat", "Kruippakdreef"]
_ACHTERNAMEN = [
    "Aap",
    "Noot",
    "Mies",
    "Wim",
    "Zus",
    "Jet",
    "Teun",
    "Vuur",
    "Gijs",
    "Lam",
    "Kees",
    "Bok",
    "Duif",
    "Schapen",
]
_VOORNAMEN = ["Noor", "Sem", "Mila", "Omar", "Zofia", "Jan", "Aya", "Lotte", "Daan", "Yara", "Finn", "Elif", ""]
_TALEN = ["nl"] * 14 + ["pl", "pl", "ar", "tr", "uk", "ti", "en"]


def meldingen(*, van: date, tot: date, kans: random.Random) -> Iterator[Melding]:
    """Invented notices of births on the days from `van` up to `tot`, spread over the wijken as CBS counted births."""
    codes, gewichten = list(_GEBOORTEN), list(_GEBOORTEN.values())
    per_dag = sum(gewichten) / 365
    nummer = 0
    dag = van
    while dag < tot:
        for _geboorte in range(int(per_dag + kans.random())):
            nummer += 1
            melding = _melding(dag, nummer, kans.choices(codes, gewichten)[0], kans)
            yield melding
            if nummer % 60 == 0:
                nummer += 1
                yield _tweeling(melding, nummer)
        dag += timedelta(days=1)


def _melding(dag: date, nummer: int, wijk: str, kans: random.Random) -> Melding:
    zelf = kans.random() < 0.1
    voorletter = kans.choice("ABDFGHJKLMNPRST")
    return Melding(
        bron="zelfaanmelding" if zelf else "gemeente",
        kenmerk=f"demo-{nummer:05d}",
        geboortedatum=dag,
        voornaam=kans.choice(_VOORNAMEN),
        achternaam=f"{kans.choice(_ACHTERNAMEN)}-Voorbeeld",
        contactpersoon=f"{voorletter}. Voorbeeld",
        rol=kans.choice(["moeder", "moeder", "moeder", "vader", "andereOuder"]),
        # +31 6 00... is not handed out to anybody.
        telefoonnummer=f"+316000{nummer:05d}" if zelf else "",
        emailadres=f"gezin{nummer}@voorbeeld.example" if zelf else "",
        taal=kans.choice(_TALEN),
        straat=kans.choice(_STRATEN),
        huisnummer=nummer,
        postcode=f"64{codecijfers(wijk)}XX",
        woonplaats="Hoensbroek" if wijk in _HOENSBROEK else "Heerlen",
        wijk=wijk,
    )


def codecijfers(wijk: str) -> str:
    """The last two digits of a wijk's code, for an invented postcode."""
    return wijk[-2:]


def _tweeling(eerste: Melding, nummer: int) -> Melding:
    return replace(eerste, kenmerk=f"demo-{nummer:05d}", voornaam="Robin" if eerste.voornaam != "Robin" else "Jip")
