"""The paths of the intake under /api/v1."""

from django.urls import path

from bezoeken.intake import api

urlpatterns = [
    path("geboortemeldingen", api.Geboortemeldingen.as_view()),
    path("geboortemeldingen/<uuid:id>", api.GeboortemeldingDetail.as_view()),
    path("geboortemeldingen/<uuid:id>/beoordeling", api.Beoordeling.as_view()),
    path("geboortemeldingen/<uuid:id>/beoordeling/herstel", api.BeoordelingHerstel.as_view()),
    path("geboorteimporten", api.Geboorteimporten.as_view()),
    path("geboorteimporten/<uuid:id>", api.GeboorteimportDetail.as_view()),
]
