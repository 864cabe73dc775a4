"""The pages of this room."""

from django.urls import path

from bezoeken.gezinnen import web

urlpatterns = [
    path("gezinnen", web.zoeken, name="gezinnen_zoeken"),
    path("gezinnen/<uuid:gezin_id>", web.gezin, name="gezin"),
    path("gezinnen/<uuid:gezin_id>/verhaal", web.verhaal, name="gezin_verhaal"),
    path("bezoeken/<uuid:bezoek_id>/gezin", web.van_bezoek, name="gezin_van_bezoek"),
]
