"""What safety refuses, in the user's words."""

from django.utils.translation import gettext_lazy as _

from ooievaar.platform.errors import Geweigerd


class GeenAchterwacht(Geweigerd):
    code = "geenAchterwacht"
    uitleg = _("Er is nu geen achterwacht. Ga niet alleen naar binnen. Bel de coördinator.")


class NogIngecheckt(Geweigerd):
    code = "nogIngecheckt"
    uitleg = _("U bent nog ingecheckt bij een ander gezin. Check daar eerst uit.")


class NietIngecheckt(Geweigerd):
    code = "nietIngecheckt"
    uitleg = _("U bent bij dit gezin niet ingecheckt.")


class AlOpgepakt(Geweigerd):
    """Somebody else claimed the alarm first."""

    code = "alOpgepakt"
    uitleg = _("Iemand anders belt al.")


class AlarmGesloten(Geweigerd):
    code = "alarmGesloten"
    uitleg = _("Dit alarm is al klaar. U hoeft niets te doen.")


class DienstOverlapt(Geweigerd):
    code = "dienstOverlapt"
    uitleg = _("Voor deze uren is er al een achterwacht. Pas die dienst aan.")


class DienstVoorbij(Geweigerd):
    code = "dienstVoorbij"
    uitleg = _("Deze dienst is al geweest. Die kan niet meer anders.")
