"""The pages of this room."""

from django.urls import path

from bezoeken.berichten import web

urlpatterns = [
    path("berichten", web.berichten, name="berichten"),
    path("berichten/<uuid:bericht_id>", web.bericht, name="bericht"),
]
