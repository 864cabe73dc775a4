"""The paths of this room under /api/v1."""

from django.urls import path

from bezoeken.toewijzing.api import ooievaarsmoeders, toewijzing

urlpatterns = [
    path("bezoeken/<uuid:bezoek_id>/toewijzing", toewijzing.BezoekToewijzing.as_view()),
    path("bezoeken/<uuid:bezoek_id>/voorstellen", toewijzing.BezoekVoorstellen.as_view()),
    path("overdrachten", toewijzing.Overdrachten.as_view()),
    path("ooievaarsmoeders", ooievaarsmoeders.Ooievaarsmoeders.as_view()),
    path("ooievaarsmoeders/<uuid:moeder_id>", ooievaarsmoeders.EenOoievaarsmoeder.as_view()),
    path("ooievaarsmoeders/<uuid:moeder_id>/overdracht", toewijzing.Overdracht.as_view()),
    path("ooievaarsmoeders/<uuid:moeder_id>/afwezigheden", ooievaarsmoeders.Afwezigheden.as_view()),
    path(
        "ooievaarsmoeders/<uuid:moeder_id>/afwezigheden/<uuid:afwezigheid_id>",
        ooievaarsmoeders.EenAfwezigheid.as_view(),
    ),
    path("ooievaarsmoeders/<uuid:moeder_id>/relaties", ooievaarsmoeders.Relaties.as_view()),
    path("ooievaarsmoeders/<uuid:moeder_id>/relaties/<uuid:relatie_id>", ooievaarsmoeders.EenRelatie.as_view()),
]
