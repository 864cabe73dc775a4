"""The pages of this room."""

from django.urls import path

from bezoeken.toewijzing import doorgeefpagina, web

urlpatterns = [
    path("bezoeken", web.bezoeken, name="bezoeken"),
    path("bezoeken/<uuid:bezoek_id>/toewijzen", web.geven, name="bezoek_toewijzen"),
    path("ooievaarsmoeders/<uuid:moeder_id>/overdragen", doorgeefpagina.overdragen, name="moeder_overdragen"),
    path("toewijzingen/terugdraaien", doorgeefpagina.terugdraaien, name="toewijzingen_terugdraaien"),
]
