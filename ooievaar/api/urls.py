"""The paths of this app under /api/v1."""

from django.urls import path

from ooievaar.api import document, mij

urlpatterns = [
    path("openapi.json", document.Document.as_view()),
    path("mij", mij.Mij.as_view()),
]
