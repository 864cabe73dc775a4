from django.apps import AppConfig


class BezoekenConfig(AppConfig):
    name = "bezoeken"
    verbose_name = "Bezoeken"
