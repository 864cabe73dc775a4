"""The pages of this room."""

from django.urls import path

from bezoeken.toewijzing import web

urlpatterns = [
    path("bezoeken", web.bezoeken, name="bezoeken"),
    path("bezoeken/<uuid:bezoek_id>/toewijzen", web.geven, name="bezoek_toewijzen"),
]
