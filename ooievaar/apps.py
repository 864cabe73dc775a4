from django.apps import AppConfig


class OoievaarConfig(AppConfig):
    name = "ooievaar"
    verbose_name = "Mensen en plaatsen"

    def ready(self) -> None:
        from ooievaar.platform import opzoeken  # noqa: F401 (registers its lookups)
