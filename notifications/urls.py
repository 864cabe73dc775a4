"""The paths of this app under /api/v1."""

from django.urls import path

from notifications import api

urlpatterns = [
    path("berichten", api.Berichten.as_view()),
]
