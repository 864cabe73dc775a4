"""Keeps what looks like a person's data out of the logs, whoever wrote the line."""

from __future__ import annotations

import logging
import re

_PATRONEN = [
    # A link that its holder may use: mail programs put a space or a full stop behind one, and the 404 is a log line.
    (re.compile(r"(/stop/|/cafe/|/cafes/agenda/|/wachtwoord/nieuw/)\s*\S+"), r"\1<sleutel>"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "<e-mail>"),
    (re.compile(r"(?<![\w-])(?:\+|00)?\d[\d \-]{7,14}\d(?![\w-])"), "<nummer>"),
    (re.compile(r"\b\d{4} ?[A-Z]{2}\b"), "<postcode>"),
]


def mask(text: str) -> str:
    """The text with links that give a right, e-mail addresses, phone numbers and Dutch postcodes replaced."""
    for patroon, vervanging in _PATRONEN:
        text = patroon.sub(vervanging, text)
    return text


class MaskFilter(logging.Filter):
    """Masks the finished message and drops tracebacks' values: only the exception's type and place stay."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = mask(record.getMessage())
        record.args = None
        if record.exc_info and record.exc_info[0] is not None:
            record.msg += " | " + _place(record)
            record.exc_info = None
        record.exc_text = None
        return True


def _place(record: logging.LogRecord) -> str:
    """`IntegrityError at services.py:41 < api.py:20`: enough to find the fault, without a single value."""
    assert record.exc_info is not None
    kind, _exc, trace = record.exc_info
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{'/'.join(code.co_filename.split('/')[-2:])}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{kind.__name__ if kind else '?'} at " + " < ".join(reversed(places[-6:]))
