"""What the outbox refuses, in the user's words."""

from django.utils.translation import gettext_lazy as _

from ooievaar.platform.errors import Geweigerd


class NietMislukt(Geweigerd):
    code = "nietMislukt"
    uitleg = _("Dit bericht is niet mislukt of onzeker. Er is niets te doen.")
