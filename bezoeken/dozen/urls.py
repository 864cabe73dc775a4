"""The paths of this room under /api/v1."""

from django.urls import path

from bezoeken.dozen import api

urlpatterns = [
    path("voorraadprognose", api.Voorraadprognose.as_view()),
    path("bezoeken-zonder-doos", api.BezoekenZonderDoos.as_view()),
    path("bezoeken-zonder-doos/<uuid:id>/boeking", api.Doosboeking.as_view()),
    path("dozen-zonder-bezoek", api.DozenZonderBezoek.as_view()),
    path("partijen/<uuid:id>/gezinnen", api.GezinnenVanPartij.as_view()),
]
