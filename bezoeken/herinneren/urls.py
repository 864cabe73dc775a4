"""The paths of this room under /api/v1."""

from django.urls import path

from bezoeken.herinneren import api

urlpatterns = [
    path("herinneringsregels", api.Herinneringsregels.as_view()),
    path("herinneringsregels/<slug:soort>/<slug:ontvanger>", api.EenHerinneringsregel.as_view()),
    path("herinneringsregel-voorbeelden", api.Herinneringsregelvoorbeelden.as_view()),
    path("vooruitblik", api.Vooruitblik.as_view()),
]
