"""The paths of this room under /api/v1."""

from django.urls import path

from bezoeken.gezinnen import api

urlpatterns = [
    path("gezinnen", api.Gezinnen.as_view()),
    path("gezinnen/<uuid:gezin_id>", api.EenGezin.as_view()),
    path("pasgeborenen", api.Pasgeborenen.as_view()),
    path("pasgeborenen/<uuid:pasgeborene_id>", api.EenPasgeborene.as_view()),
]
