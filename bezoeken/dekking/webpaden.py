"""The pages of this room."""

from django.urls import path

from bezoeken.dekking import web

urlpatterns = [
    path("dekking", web.dekking, name="dekking"),
    path("dekking/afdruk", web.afdruk, name="dekking_afdruk"),
    path("dekking/bestand", web.bestand, name="dekking_bestand"),
]
