from django.apps import AppConfig


class VoorraadConfig(AppConfig):
    name = "voorraad"
    verbose_name = "Voorraad"
