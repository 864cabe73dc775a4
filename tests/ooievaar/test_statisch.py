"""Comments go, and nothing else: what is served does what was written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from ooievaar.platform.statisch import zonder_uitleg
from tests.bezoeken.telefoon.node import APP

MODULES = sorted(p.relative_to(APP).as_posix() for p in APP.rglob("*.js") if p.parent.name != "vendor")


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
    assert len(licht) < len(bron)
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
