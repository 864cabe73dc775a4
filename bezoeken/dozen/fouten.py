"""What is refused about boxes and visits, in the user's words."""

from django.utils.translation import gettext_lazy as _

from ooievaar.platform.errors import Geweigerd


class GeenDoosOpPlek(Geweigerd):
    """Nothing to book: her place has no free box on record. Receive or move one there first."""

    code = "geenDoosOpPlek"
    uitleg = _("Bij deze Ooievaarsmoeder ligt volgens de boeken geen vrije doos. Boek er eerst een naar haar plek.")
