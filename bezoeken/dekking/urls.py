"""The paths of this room under /api/v1."""

from django.urls import path

from bezoeken.dekking.api import Dekking

urlpatterns = [path("dekking", Dekking.as_view())]
