"""The pages of this room."""

from django.urls import path

from bezoeken.gezinnen import web

urlpatterns = [
    path("gezinnen/<uuid:gezin_id>", web.gezin, name="gezin"),
    path("bezoeken/<uuid:bezoek_id>/gezin", web.van_bezoek, name="gezin_van_bezoek"),
]
