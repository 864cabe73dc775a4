"""The paths of this room under /api/v1."""

from django.urls import path

from bezoeken.telefoon.api import synchronisatie

urlpatterns = [
    path("synchronisatie", synchronisatie.Synchronisatie.as_view()),
]
