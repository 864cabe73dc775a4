"""What messages refuse, in the user's words."""

from django.utils.translation import gettext_lazy as _

from ooievaar.platform.errors import Geweigerd


class GeenBrieven(Geweigerd):
    code = "geenBrieven"
    uitleg = _("Er zijn nu geen brieven om te drukken.")


class PartijKlaar(Geweigerd):
    code = "partijKlaar"
    uitleg = _("Deze brieven zijn al gedrukt of geannuleerd.")


class NietMislukt(Geweigerd):
    code = "nietMislukt"
    uitleg = _("Dit bericht is niet mislukt of onzeker. Er is niets te doen.")
