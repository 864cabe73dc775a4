"""Everything a user reads goes through gettext, so that a second language is a file and not a release.

Templates: no bare words between tags or in the attributes that are read out. Python: no sentence in quotes where the
screens and the API give their answers (docs/adr/0004: the Dutch sentence is the message id).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

ROOT = Path(__file__).resolve().parents[2]
APPS = ("ooievaar", "notifications", "voorraad", "bezoeken")
TEMPLATES = sorted(p for app in APPS for p in (ROOT / app).rglob("templates/**/*.html"))
# The product's own name, marks, and the example of a code.
GEEN_TEKST = re.compile(r"\bOoievaar\b|\bJENS\b")
WOORD = re.compile(r"[^\W\d_]{2,}")
VOORGELEZEN = {"title", "alt", "placeholder", "aria-label", "aria-description", "label", "summary"}


class _Lezer(HTMLParser):
    """The words a reader sees or hears."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.gelezen: list[str] = []
        self._stil = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._stil += tag in ("script", "style")
        self.gelezen += [waarde for naam, waarde in attrs if naam in VOORGELEZEN and waarde]

    def handle_endtag(self, tag: str) -> None:
        self._stil -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._stil:
            self.gelezen.append(data)


def kale_woorden(template: str) -> list[str]:
    """What is left when variables, tags and translated blocks are taken out."""
    delen = []
    vertaald = False
    for token in Lexer(template).tokenize():
        if token.token_type is TokenType.BLOCK:
            naam = token.contents.split()[0]
            vertaald = naam in ("blocktranslate", "blocktrans", "comment") or (
                vertaald and naam not in ("endblocktranslate", "endblocktrans", "endcomment")
            )
        elif token.token_type is TokenType.TEXT and not vertaald:
            delen.append(token.contents)
    lezer = _Lezer()
    # A variable inside an attribute leaves an empty place, which is what it should.
    lezer.feed("".join(delen))
    return [w for tekst in lezer.gelezen for w in WOORD.findall(GEEN_TEKST.sub("", tekst))]


def test_the_check_sees_bare_words_and_no_others():
    goed = '<p class="rij" title="{% translate "Sluit" %}">{% blocktranslate %}Dag {{ x }}{% endblocktranslate %}</p>'
    assert kale_woorden(goed + "<script>let naam = 1</script>{# een opmerking #}") == []
    assert kale_woorden('<p title="Sluit dit">Dag {{ naam }}</p>') == ["Sluit", "dit", "Dag"]


@pytest.mark.parametrize("pad", TEMPLATES, ids=lambda pad: str(pad.relative_to(ROOT)))
def test_a_template_has_no_bare_words(pad):
    assert kale_woorden(pad.read_text(encoding="utf-8")) == []


# Python --------------------------------------------------------------------------------------
ZIN = re.compile(r"^[A-ZÀ-Þ]\S* \S+ [^\n]*[.?!]$")
_VERTALERS = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
# Read by people who build on the API or keep the server, in the document and on the command line; not on a screen.
_NIET_OP_HET_SCHERM = {"help_text", "help", "description", "verbose_name"}
_DOCUMENT = {
    Path("ooievaar/platform/openapi.py"),
    Path("ooievaar/platform/authentication.py"),
    Path("bezoeken/sjpruutcafe/woorden.py"),
    Path("bezoeken/stoppen/woorden.py"),  # to families, per language, beside each other
}


def _python() -> list[Path]:
    return sorted(
        p
        for app in APPS
        for p in (ROOT / app).rglob("*.py")
        if not {"migrations", "management", "demo"} & set(p.relative_to(ROOT).parts)
        and p.relative_to(ROOT) not in _DOCUMENT
    )


def kale_zinnen(bron: str) -> Iterator[str]:
    """Sentences in quotes that do not pass through gettext, are no docstring and explain no API field."""
    boom = ast.parse(bron)
    goed: set[int] = set()
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.Expr) and isinstance(knoop.value, ast.Constant):
            goed.add(id(knoop.value))  # a docstring
        elif isinstance(knoop, ast.Call):
            functie = knoop.func
            naam = getattr(functie, "id", getattr(functie, "attr", ""))
            if naam in _VERTALERS:
                goed |= {id(deel) for arg in knoop.args for deel in ast.walk(arg)}
            goed |= {id(d) for k in knoop.keywords if k.arg in _NIET_OP_HET_SCHERM for d in ast.walk(k.value)}
        elif isinstance(knoop, ast.Assert):
            goed |= {id(deel) for deel in ast.walk(knoop)}
    for knoop in ast.walk(boom):
        is_tekst = isinstance(knoop, ast.Constant) and isinstance(knoop.value, str) and id(knoop) not in goed
        if is_tekst and ZIN.match(knoop.value):
            yield knoop.value


def test_the_check_sees_bare_sentences_and_no_others():
    goed = '"""Dit is geen tekst."""\nx = _("Dit is goed zo.")\nf(help_text="Dit hoort bij het document.")'
    assert list(kale_zinnen(goed)) == []
    assert list(kale_zinnen('x = "Dit is niet vertaald."')) == ["Dit is niet vertaald."]


@pytest.mark.parametrize("pad", _python(), ids=lambda pad: str(pad.relative_to(ROOT)))
def test_python_has_no_bare_sentences(pad):
    assert list(kale_zinnen(pad.read_text(encoding="utf-8"))) == []
