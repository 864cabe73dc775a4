"""Comments go, and nothing else: what is served does what was written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from ooievaar.platform.statisch import stijl_zonder_uitleg, zonder_uitleg
from tests.bezoeken.telefoon.node import APP

MODULES = sorted(p.relative_to(APP).as_posix() for p in APP.rglob("*.js"))
# These are published without a comment.
KAAL = {"vendor/htm.js", "vendor/preact.js"}


def _woorden(module: bytes) -> list[bytes]:
    """Every token but comments; strings and templates whole, with each space in them."""

    def loop(knoop: Node) -> Iterator[bytes]:
        if knoop.type == "comment":
            return
        if not knoop.children or knoop.type in ("string", "regex", "template_string"):
            yield module[knoop.start_byte : knoop.end_byte] if knoop.type != "template_string" else b"`"
        yield from (woord for kind in knoop.children for woord in loop(kind))

    boom = Parser(Language(tree_sitter_javascript.language())).parse(module)
    assert not boom.root_node.has_error
    return list(loop(boom.root_node))


@pytest.mark.parametrize("naam", MODULES)
def test_modules_of_the_phone_keep_every_token(naam):
    bron = (APP / naam).read_bytes()
    licht = zonder_uitleg(bron)
    assert _woorden(licht) == _woorden(bron)
    assert (licht == bron) if naam in KAAL else len(licht) < len(bron)
    assert b"@param" not in licht
    assert b"/**" not in licht


@pytest.mark.parametrize(
    ("bron", "licht"),
    [
        # In a string, a template in a template, or a regular expression nothing is a comment.
        ('const a = "http://x"; // weg\n', 'const a = "http://x"; \n'),
        ("h`<p>//${b && h`/* blijft */ ${c /* weg */}`}</p>`;\n", "h`<p>//${b && h`/* blijft */ ${c }`}</p>`;\n"),
        ("const r = /[/*]/.test(x); // weg\n", "const r = /[/*]/.test(x); \n"),
        # What a comment kept apart stays apart.
        ("let/* */a = 1 +/**/+b;\n", "let a = 1 + +b;\n"),
        ("a = b; /* een\n twee */ c();\n", "a = b; \nc();\n"),
        # A line with nothing else on it goes.
        ("// een\n  /* twee */\nf();\n/* drie */ /* vier */\n", "f();\n"),
        # Spaces at the begin of a line of code go; those of a template or a text stay.
        ("if (a) {\n  f(`\n  b\n`);\n\n}\n", "if (a) {\nf(`\n  b\n`);\n}\n"),
        # What the grammar does not read is served as it is.
        ("const = ; // kapot\n", "const = ; // kapot\n"),
    ],
)
def test_what_is_a_comment_and_what_is_not(bron, licht):
    assert zonder_uitleg(bron.encode()).decode() == licht


@pytest.mark.parametrize(
    ("blad", "licht"),
    [
        ("/* weg */\n\na {\n  color: red; /* weg */\n}\n", "a {\ncolor: red; \n}\n"),
        ('a::after { content: "/* blijft */\\""; }\n', 'a::after { content: "/* blijft */\\""; }\n'),
        ("a { background: url('a/*.png'); } /* weg */", "a { background: url('a/*.png'); } "),
    ],
)
def test_style_sheets_too(blad, licht):
    assert stijl_zonder_uitleg(blad.encode()).decode() == licht
