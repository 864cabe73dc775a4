"""The paths of this room under /api/v1."""

from django.urls import path

from bezoeken.stoppen import api

urlpatterns = [
    path("gezinnen/<uuid:gezin_id>/toestemmingen/<slug:doel>", api.Toestemming.as_view()),
    path("gezinnen/<uuid:gezin_id>/kanaalstops/<slug:kanaal>", api.Kanaalstop.as_view()),
]
