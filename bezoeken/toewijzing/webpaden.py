"""The pages of this room."""

from django.urls import path

from bezoeken.toewijzing import doorgeefpagina, moeders, planbord, web

urlpatterns = [
    path("bezoeken", web.bezoeken, name="bezoeken"),
    path("bezoeken/<uuid:bezoek_id>/toewijzen", web.geven, name="bezoek_toewijzen"),
    path("planbord", planbord.planbord, name="planbord"),
    path("ooievaarsmoeders", moeders.lijst, name="moeders"),
    path("ooievaarsmoeders/<uuid:moeder_id>", moeders.een, name="moeder"),
    path("ooievaarsmoeders/<uuid:moeder_id>/afwezig", moeders.afwezig, name="moeder_afwezig"),
    path("ooievaarsmoeders/<uuid:moeder_id>/koppelcode", moeders.koppelcode, name="moeder_koppelcode"),
    path("ooievaarsmoeders/<uuid:moeder_id>/telefoons", moeders.intrekken, name="moeder_telefoon_intrekken"),
    path("ooievaarsmoeders/<uuid:moeder_id>/overdragen", doorgeefpagina.overdragen, name="moeder_overdragen"),
    path("toewijzingen/terugdraaien", doorgeefpagina.terugdraaien, name="toewijzingen_terugdraaien"),
]
