"""Where Celery looks for the tasks of this app: each room has its own."""

from bezoeken.dekking.tasks import bevries_maanden
from bezoeken.dozen.tasks import voorraad
from bezoeken.herinneren.tasks import herinneringen
from bezoeken.sjop.tasks import sjop
from bezoeken.sjpruutcafe.tasks import cafe_uitnodigingen, cafes
from bezoeken.veiligheid.tasks import veiligheid

__all__ = ["bevries_maanden", "cafe_uitnodigingen", "cafes", "herinneringen", "sjop", "veiligheid", "voorraad"]
