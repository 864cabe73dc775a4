"""The paths of this room under /api/v1."""

from django.urls import path

from bezoeken.telefoon.api import apparaten, geparkeerd, programma, synchronisatie

urlpatterns = [
    path("apparaten/<uuid:apparaat_id>", apparaten.EenApparaat.as_view()),
    path("synchronisatie", synchronisatie.Synchronisatie.as_view()),
    path("programma", programma.Programma.as_view()),
    path("geparkeerde-handelingen", geparkeerd.GeparkeerdeHandelingen.as_view()),
    path("geparkeerde-handelingen/<uuid:handeling_id>", geparkeerd.EenGeparkeerdeHandeling.as_view()),
    path("geparkeerde-handelingen/<uuid:handeling_id>/besluit", geparkeerd.Besluit.as_view()),
]
