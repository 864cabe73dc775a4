"""What others may do with safety: check in and out, extend, and look who is overdue."""

from bezoeken.veiligheid.services.bewaken import bewaken
from bezoeken.veiligheid.services.inchecken import inchecken, uitchecken, verlengen

__all__ = ["bewaken", "inchecken", "uitchecken", "verlengen"]
