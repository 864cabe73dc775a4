"""Letters as one PDF, ready to print: A4, one page each, the address where a window envelope shows it.

The address stands 25 mm from the left and 52 to 72 mm from the top, with the return address small above it. That is
inside the windows of the usual DL (C6/5) and C5 envelopes with their window on the left (15 to 20 mm from the left, 39
to 45 mm from the top, 35 mm high or more). Try one of your own envelopes before printing a batch (docs/kanalen.md).

Arabic and Tigrinya are shaped by HarfBuzz with the fonts in `letters/`; a Dutch name in an Arabic sentence is set from
left to right by fpdf2's bidirectional algorithm.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos

from notifications.sjablonen import VAN_RECHTS

_LETTERS = Path(__file__).parent / "letters"
_FONTS = {
    "latijn": "NotoSans-Regular.ttf",
    "arabisch": "NotoSansArabic-Regular.ttf",
    "ethiopisch": "NotoSansEthiopic-Regular.ttf",
}
_FONT_VAN_TAAL = {"ar": "arabisch", "ti": "ethiopisch"}
_LINKS, _BREED = 25.0, 160.0
_ADRES_BOVEN, _REGEL = 52.0, 5.0
_TEKST_BOVEN = 100.0
_VOUWEN = (99.0, 198.0)
_GROOTTE, _KLEINST = 11.5, 8.0
# fontTools tells of every table it leaves out when it embeds a font.
logging.getLogger("fontTools").setLevel(logging.WARNING)


@dataclass(frozen=True)
class Briefdeel:
    """A piece of a letter in one language."""

    taal: str
    tekst: str


@dataclass(frozen=True)
class Drukbrief:
    """What one page shows. `nummer` is its place in the batch, printed small below."""

    nummer: int
    retouradres: str
    adres: tuple[str, ...]
    onderwerp: str
    delen: tuple[Briefdeel, ...]
    datum: str


class _Pdf(FPDF):
    def __init__(self) -> None:
        super().__init__(format="A4")
        self.set_auto_page_break(False)
        self.set_margins(_LINKS, 20, 210 - _LINKS - _BREED)
        for naam, bestand in _FONTS.items():
            self.add_font(naam, fname=_LETTERS / bestand)
        self.set_creator("Ooievaar")
        self.set_title("Brieven")

    def kies(self, taal: str, grootte: float) -> None:
        """The font of a language, and its direction."""
        font = _FONT_VAN_TAAL.get(taal, "latijn")
        self.set_font(font, size=grootte)
        self.set_fallback_fonts([f for f in _FONTS if f != font], exact_match=False)
        self.set_text_shaping(True, direction="rtl" if taal in VAN_RECHTS else "ltr")


def brieven_pdf(brieven: Sequence[Drukbrief]) -> bytes:
    """All these letters as one PDF, a page each."""
    pdf = _Pdf()
    for brief in brieven:
        pdf.add_page()
        _adres(pdf, brief)
        _vouwlijnen(pdf)
        _inhoud(pdf, brief)
        pdf.kies("nl", 6.5)
        pdf.set_xy(_LINKS, 287)
        pdf.cell(_BREED, 4, str(brief.nummer), align=Align.R)
    return bytes(pdf.output())


def _adres(pdf: _Pdf, brief: Drukbrief) -> None:
    if brief.retouradres:
        pdf.kies("nl", 6.5)
        pdf.set_xy(_LINKS, _ADRES_BOVEN - 5)
        pdf.cell(85, 3, brief.retouradres)
    pdf.kies("nl", 11)
    for nummer, regel in enumerate(brief.adres):
        pdf.set_xy(_LINKS, _ADRES_BOVEN + nummer * _REGEL)
        pdf.cell(85, _REGEL, regel)
    pdf.set_xy(_LINKS, 86)
    pdf.cell(_BREED, _REGEL, brief.datum)


def _vouwlijnen(pdf: _Pdf) -> None:
    """Where to fold for DL: a short line at the edge."""
    pdf.set_draw_color(150)
    pdf.set_line_width(0.1)
    for hoogte in _VOUWEN:
        pdf.line(4, hoogte, 8, hoogte)


def _inhoud(pdf: _Pdf, brief: Drukbrief) -> None:
    """The text in the largest size that fits on the page."""
    grootte = _GROOTTE
    while grootte > _KLEINST and _zet(pdf, brief, grootte, proef=True) > 282:
        grootte -= 0.5
    _zet(pdf, brief, grootte, proef=False)


def _zet(pdf: _Pdf, brief: Drukbrief, grootte: float, *, proef: bool) -> float:
    """Write the letter, or only find out where it would end (mm from the top)."""
    hoogte = grootte * 0.52
    y = _TEKST_BOVEN
    for nummer, deel in enumerate(brief.delen):
        pdf.kies(deel.taal, grootte)
        if nummer:
            y += hoogte
        for alinea in deel.tekst.split("\n"):
            pdf.set_xy(_LINKS, y)
            if not alinea.strip():
                y += hoogte * 0.7
                continue
            align = Align.R if deel.taal in VAN_RECHTS else Align.L
            gezet = pdf.multi_cell(
                _BREED,
                hoogte,
                alinea,
                align=align,
                dry_run=proef,
                output=MethodReturnValue.HEIGHT,
                new_x=XPos.LMARGIN,
                new_y=YPos.NEXT,
            )
            assert isinstance(gezet, float)  # the height, as asked
            y += gezet
    return y
