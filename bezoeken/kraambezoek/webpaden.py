"""The pages of this room."""

from django.urls import path

from bezoeken.kraambezoek import web

urlpatterns = [
    path("bezoeken/<uuid:bezoek_id>/<slug:handeling>", web.van_bezoek, name="bezoek_handeling"),
    path("gezinnen/<uuid:gezin_id>/<slug:handeling>", web.van_gezin, name="gezin_handeling"),
    path("pasgeborenen/<uuid:kind_id>/<slug:handeling>", web.van_kind, name="kind_handeling"),
    path("contactpersonen/<uuid:contact_id>/<slug:handeling>", web.van_contact, name="contact_handeling"),
]
