"""Where Celery looks for the tasks of this app: each room has its own."""

from bezoeken.herinneren.tasks import herinneringen

__all__ = ["herinneringen"]
