"""What the rules about people, places and phones refuse, in the user's words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ooievaar.platform.errors import Geweigerd, Ongeldig


class BestaatAl(Geweigerd):
    code = "bestaatAl"
    uitleg = _("Dit bestaat al. Pas het bestaande aan.")


class CodeOnbekend(Ongeldig):
    """No such koppelcode was ever given out."""

    code = "codeOnbekend"
    titel = _("Deze code kennen we niet")
    uitleg = _("Kijk de code na, of vraag een nieuwe aan uw coördinator.")

    def __init__(self) -> None:
        super().__init__([("koppelcode", self.code, self.uitleg)])


class CodeOngeldig(Geweigerd):
    """The koppelcode was used before, or its 15 minutes are over."""

    code = "codeOngeldig"
    uitleg = _("Deze code is al gebruikt of te oud. Vraag een nieuwe aan uw coördinator.")


class GeenVrijwilliger(Geweigerd):
    code = "nietActief"
    uitleg = _("Deze Ooievaarsmoeder is niet actief. Zet haar eerst op actief.")
