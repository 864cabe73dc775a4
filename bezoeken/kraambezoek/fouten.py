"""What the rules of a visit refuse, in the user's words (codes: api.md)."""

from django.utils.translation import gettext_lazy as _

from ooievaar.platform.errors import Geweigerd


class NietToegewezen(Geweigerd):
    code = "nietToegewezen"
    uitleg = _("Dit bezoek is niet (meer) aan deze Ooievaarsmoeder gegeven.")


class Afgesloten(Geweigerd):
    code = "afgesloten"
    uitleg = _("Dit bezoek is afgesloten. Een coördinator kan het weer openen.")


class NietAfgesloten(Geweigerd):
    code = "nietAfgesloten"
    uitleg = _("Dit is niet afgesloten, er is niets te herstellen.")


class Bezocht(Geweigerd):
    code = "bezocht"
    uitleg = _("Dit bezoek is al geweest.")


class AlAfgerond(Geweigerd):
    code = "alAfgerond"
    uitleg = _("Dit bezoek is al vastgelegd, met andere gegevens. Een coördinator kan het aanpassen.")


class NietAfgerond(Geweigerd):
    code = "nietAfgerond"
    uitleg = _("Dit bezoek is nog niet vastgelegd, er is niets te vervangen.")


class DubbeleAfspraak(Geweigerd):
    code = "dubbeleAfspraak"
    uitleg = _("Op dit moment is er al een andere afspraak. Kies een andere tijd.")


class BuitenBezoekuren(Geweigerd):
    code = "buitenBezoekuren"
    uitleg = _("Deze tijd valt buiten de bezoekuren. Kies een andere tijd, of bevestig dat het toch zo is afgesproken.")


class HeeftBezoek(Geweigerd):
    code = "heeftBezoek"
    uitleg = _("Dit kind heeft al een bezoek dat loopt of geweest is.")


class NietBevestigd(Geweigerd):
    code = "nietBevestigd"
    uitleg = _("Bevestig eerst dat u dit wilt herstellen. Er wordt niets vanzelf verstuurd.")


class GeenContact(Geweigerd):
    code = "geenContact"
    uitleg = _("Met dit gezin is geen contact meer. Hef dat eerst op bij het gezin, met een reden.")


class KoppelingOnbeslist(Geweigerd):
    code = "koppelingOnbeslist"
    uitleg = _("Dit gezin is misschien hetzelfde als een gezin zonder contact. Beoordeel eerst die koppeling.")
