"""Heerlen-Noord: CBS 2024 codes, names and centroids of its wijken, the days on which the programme started there,

and which wijken lie side by side (share a border, or lie within 1.5 km of each other's centre).
"""

from datetime import date

CODE = "heerlen-noord"
NAAM = "Heerlen-Noord"
GEMEENTECODES = ["GM0917"]
WOONPLAATSEN = ["Heerlen", "Hoensbroek"]

_PILOT = date(2025, 2, 1)
_ALLE = date(2025, 7, 1)

# code, name, longitude, latitude, programme from
WIJKEN = [
    ("WK091710", "Maria Gewanden en Terschuren", 5.911, 50.922, _PILOT),
    ("WK091711", "Mariarade", 5.927, 50.931, _ALLE),
    ("WK091712", "Hoensbroek-De Dem", 5.934, 50.923, _ALLE),
    ("WK091713", "Nieuw Lotbroek", 5.922, 50.914, _ALLE),
    ("WK091714", "De Koumen", 5.938, 50.910, _ALLE),
    ("WK091720", "Vrieheide-De Stack", 5.963, 50.926, _PILOT),
    ("WK091721", "Heerlerheide-Passart", 5.952, 50.921, _PILOT),
    ("WK091722", "Heksenberg", 5.970, 50.916, _ALLE),
    ("WK091723", "De Hei", 5.990, 50.919, _ALLE),
    ("WK091724", "Rennemig-Beersdal", 5.960, 50.909, _ALLE),
    ("WK091730", "Zeswegen-Nieuw Husken", 5.961, 50.897, _ALLE),
    ("WK091731", "Schandelen-Grasbroek", 5.973, 50.896, _PILOT),
    ("WK091732", "Meezenbroek-Schaesbergerveld", 5.987, 50.898, _ALLE),
    ("WK091734", "Eikenderveld", 5.967, 50.891, _ALLE),
]

# Each pair once; neighbours are mutual.
BUREN = [
    ("WK091710", "WK091711"),
    ("WK091710", "WK091713"),
    ("WK091711", "WK091712"),
    ("WK091711", "WK091713"),
    ("WK091712", "WK091713"),
    ("WK091712", "WK091714"),
    ("WK091712", "WK091721"),
    ("WK091713", "WK091714"),
    ("WK091714", "WK091724"),
    ("WK091714", "WK091721"),
    ("WK091720", "WK091721"),
    ("WK091720", "WK091722"),
    ("WK091721", "WK091724"),
    ("WK091721", "WK091722"),
    ("WK091722", "WK091723"),
    ("WK091722", "WK091724"),
    ("WK091724", "WK091730"),
    ("WK091730", "WK091731"),
    ("WK091730", "WK091734"),
    ("WK091731", "WK091732"),
    ("WK091731", "WK091734"),
]

# Not CBS units: name and the wijken they lie in.
FOCUSWIJKEN = [
    ("Kasteelbuurt/Hoofdstraat Hoensbroek", ["WK091712", "WK091713"]),
    ("GMS", ["WK091731"]),
    ("Vrieheide e.o.", ["WK091720"]),
]
