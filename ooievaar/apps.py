from django.apps import AppConfig


class OoievaarConfig(AppConfig):
    name = "ooievaar"
    verbose_name = "Mensen en plaatsen"
