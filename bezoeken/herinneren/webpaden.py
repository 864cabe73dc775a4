"""The pages of this room."""

from django.urls import path

from bezoeken.herinneren import web

urlpatterns = [
    path("herinneringen", web.herinneringen, name="herinneringen"),
    path("berichten/vooruit", web.vooruit, name="vooruit"),
    path("herinneringen/<slug:soort>/<slug:ontvanger>", web.herinnering, name="herinnering"),
]
