"""The paths of this app under /api/v1."""

from django.urls import path

from ooievaar.api import apparaten, document, mij, wijken

urlpatterns = [
    path("openapi.json", document.Document.as_view()),
    path("mij", mij.Mij.as_view()),
    path("wijken", wijken.Wijken.as_view()),
    path("wijken/<str:code>", wijken.EenWijk.as_view()),
    path("apparaten", apparaten.Apparaten.as_view()),
    path("ooievaarsmoeders/<uuid:moeder_id>/apparaten", apparaten.ApparatenVan.as_view()),
    path("ooievaarsmoeders/<uuid:moeder_id>/koppelcodes", apparaten.Koppelcodes.as_view()),
]
