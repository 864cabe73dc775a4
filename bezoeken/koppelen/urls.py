"""The paths of this room under /api/v1."""

from django.urls import path

from bezoeken.koppelen import api

urlpatterns = [
    path("gezinskoppelingen", api.Gezinskoppelingen.as_view()),
    path("gezinskoppelingen/<uuid:koppeling_id>", api.Gezinskoppeling.as_view()),
    path("gezinskoppelingen/<uuid:koppeling_id>/beoordeling", api.KoppelingBeoordeling.as_view()),
]
