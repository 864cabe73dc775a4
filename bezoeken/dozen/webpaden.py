"""The pages of this room."""

from django.urls import path

from bezoeken.dozen import web

urlpatterns = [
    path("voorraad/vooruitkijken", web.prognose, name="voorraad_prognose"),
    path("voorraad/te-doen", web.werk, name="voorraad_werk"),
    path("voorraad/partijen/<uuid:id>/gezinnen", web.gezinnen, name="voorraad_partij_gezinnen"),
]
