"""Errors are types with a stable code; `problems.py` turns them into problem+json (architecture.md, habit 11).

Services raise these; they know nothing of HTTP but the one number that fits their meaning.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


class Fout(Exception):
    """Something the caller must hear. `detail` is Dutch at level B1 and holds no personal data."""

    code: ClassVar[str] = "fout"
    status: ClassVar[int] = 409
    titel: ClassVar[Any] = _("Dit kan nu niet")
    uitleg: ClassVar[Any] = _("Dit kan nu niet.")

    def __init__(self, detail: Any = None, **extra: Any) -> None:
        super().__init__(self.code)
        self.detail = detail or self.uitleg
        self.extra = extra


class Geweigerd(Fout):
    """A rule of the programme refuses: 409, with the rule's code."""


class Ongeldig(Fout):
    """The input does not fit: 400, with every fault at once as (dotted name, code, reason)."""

    code = "ongeldig"
    status = 400
    titel = _("De gegevens kloppen niet")
    uitleg = _("Kijk de genoemde velden na en probeer het opnieuw.")

    def __init__(self, fouten: list[tuple[str, str, Any]], detail: Any = None) -> None:
        super().__init__(detail)
        self.fouten = fouten


class OnbekendeParameter(Ongeldig):
    code = "onbekendeParameter"
    titel = _("Onbekende vraag")
    uitleg = _("Deze zoekvraag kennen we niet. In het API-document staat wat wel kan.")


class NietGevonden(Fout):
    """It is not there, or the asker may not know that it is."""

    code = "nietGevonden"
    status = 404
    titel = _("Niet gevonden")
    uitleg = _("We kunnen dit niet vinden.")


class NietToegestaan(Fout):
    code = "nietToegestaan"
    status = 403
    titel = _("Niet toegestaan")
    uitleg = _("U mag dit niet zien of doen.")


class Gewijzigd(Fout):
    """Somebody changed the row since the asker read it (If-Match)."""

    code = "gewijzigd"
    status = 412
    titel = _("Intussen gewijzigd")


class TeGroot(Fout):
    code = "teGroot"
    status = 413
    titel = _("Te groot")
    uitleg = _("Dit is te groot om te versturen.")


class AndereInhoud(Geweigerd):
    code = "andereInhoud"
    uitleg = _("Met deze sleutel is eerder iets anders verstuurd. Gebruik een nieuwe sleutel.")


class NogBezig(Geweigerd):
    code = "nogBezig"
    uitleg = _("Hetzelfde verzoek wordt nog verwerkt. Probeer het zo opnieuw.")
