"""Static files with the hash of their content in their names, compressed once when they are collected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

_INSPRINGEN = re.compile(rb"\n[ \t\n]+")
# A string before anything else, so that nothing inside one is a comment; then a comment, or the start of a line.
_STIJLUITLEG = re.compile(rb"""(?P<tekst>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|/\*.*?\*/|(?<=\n)\s+""", re.DOTALL)
# Of the hash in a name: enough to tell versions of one file apart. Hundreds of them travel along with the phone app.
_HASHLENGTE = 8
_MET_HASH = re.compile(rf"\.[0-9a-f]{{{_HASHLENGTE}}}\.\w+$")


class Bestanden(CompressedManifestStaticFilesStorage):
    """Also the names inside `import … from "./x.js";` of ES modules get their hash, so that no build step is needed.

    Relative imports must end in a semicolon to be seen. What phones fetch over poor networks (settings.STATIC_LICHT)
    is served in brotli too, and its modules and style sheets without their comments: types and reasons are for who
    reads the source, and weigh as much as the code.
    """

    support_js_module_import_aggregation = True
    # A name changes with the names of what it imports, so there are as many rounds as the longest chain of imports.
    max_post_process_passes = 12

    def file_hash(self, name: str, content: Any = None) -> str | None:
        hash_: str | None = super().file_hash(name, content)
        return hash_ and hash_[:_HASHLENGTE]

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        bron = {
            naam: (_ZonderUitleg(opslag, lichter), pad) if (lichter := _lichter(naam)) else (opslag, pad)
            for naam, (opslag, pad) in paths.items()
        }
        yield from super().post_process(bron, dry_run=dry_run, **options)

    def create_compressor(self, **keuzes: Any) -> Compressor:
        return _Perser(**keuzes, licht=tuple(self.path(map_) for map_ in settings.STATIC_LICHT))


class _Perser(Compressor):
    """gzip for all; brotli, which takes ten times as long, where it is worth the wait at each start."""

    def __init__(self, *, licht: tuple[str, ...], **keuzes: Any) -> None:
        super().__init__(use_brotli=False, **keuzes)
        self.licht, self.met_brotli = licht, Compressor(use_gzip=False, **keuzes)

    def compress(self, path: str) -> list[str]:
        weegt = path.startswith(self.licht) and _MET_HASH.search(path)
        return [*(self.met_brotli.compress(path) if weegt else ()), *super().compress(path)]


def _lichter(naam: str) -> Callable[[bytes], bytes] | None:
    """What takes the comments off this file; None for a file that is served as it is."""
    if not naam.startswith(settings.STATIC_LICHT):
        return None
    return {".js": zonder_uitleg, ".css": stijl_zonder_uitleg}.get(PurePosixPath(naam).suffix)


class _ZonderUitleg:
    """The storage that a file is collected from, read without comments."""

    def __init__(self, opslag: Any, lichter: Callable[[bytes], bytes]) -> None:
        self.opslag, self.lichter = opslag, lichter

    def open(self, pad: str) -> File[bytes]:
        with self.opslag.open(pad) as bestand:
            return ContentFile(self.lichter(bestand.read()))


def stijl_zonder_uitleg(blad: bytes) -> bytes:
    """A style sheet without its comments and the spaces that lines begin with; strings stay as they are."""
    return _STIJLUITLEG.sub(lambda m: m["tekst"] or b"", blad).lstrip()


def zonder_uitleg(module: bytes) -> bytes:
    """An ES module without its comments, empty lines and the spaces that lines begin with.

    tree-sitter tells what is a comment: inside strings and nested templates nothing is touched. A module that its
    grammar does not read is returned as it is: larger, and right.
    """
    # Only where static files are collected; the web does not load a parser.
    import tree_sitter_javascript
    from tree_sitter import Language, Parser, Query, QueryCursor

    taal = Language(tree_sitter_javascript.language())
    boom = Parser(taal).parse(module)
    if boom.root_node.has_error:
        return module
    gevonden = QueryCursor(Query(taal, "(comment) @uitleg")).captures(boom.root_node).get("uitleg", [])
    uit, tot = bytearray(), 0
    for begin, eind in sorted((knoop.start_byte, knoop.end_byte) for knoop in gevonden):
        regel = module.rfind(b"\n", 0, begin) + 1
        einde_regel = module.find(b"\n", eind)
        alleen = einde_regel >= 0 and not module[regel:begin].strip() and not module[eind:einde_regel].strip()
        if alleen and regel >= tot:
            begin, eind, plaats = regel, einde_regel + 1, b""
        else:
            # What stood on both sides stays apart, and on lines of its own if it was.
            plaats = b"\n" if b"\n" in module[begin:eind] else b"" if module[begin - 1 : begin] in b" (" else b" "
        uit += module[tot:begin] + plaats
        tot = eind
    return _zonder_inspringen(
        bytes(uit + module[tot:]), Parser(taal), Query(taal, "[(template_string) (string)] @tekst")
    )


def _zonder_inspringen(module: bytes, lezer: Any, vraag: Any) -> bytes:
    """Without empty lines and the spaces that lines of code begin with; texts and templates stay as they are."""
    from tree_sitter import QueryCursor

    teksten = QueryCursor(vraag).captures(lezer.parse(module).root_node).get("tekst", [])
    uit, tot = bytearray(), 0
    for begin, eind in sorted((knoop.start_byte, knoop.end_byte) for knoop in teksten):
        if begin >= tot:  # a text inside a template goes along with it
            uit += _INSPRINGEN.sub(b"\n", module[tot:begin]) + module[begin:eind]
            tot = eind
    return bytes(uit + _INSPRINGEN.sub(b"\n", module[tot:]))
