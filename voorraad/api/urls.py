"""The paths of the stock under /api/v1."""

from django.urls import path

from voorraad.api import boeken, catalogus, perioden, samenstellen

urlpatterns = [
    path("artikelen", catalogus.Artikelen.as_view()),
    path("artikelen/<uuid:id>", catalogus.Artikel.as_view()),
    path("locaties", catalogus.Locaties.as_view()),
    path("locaties/<uuid:id>", catalogus.Locatie.as_view()),
    path("partijen", catalogus.Partijen.as_view()),
    path("partijen/<uuid:id>", catalogus.Partij.as_view()),
    path("partijen/<uuid:id>/terugroeping", samenstellen.Terugroeping.as_view()),
    path("samenstellingen", samenstellen.Samenstellingen.as_view()),
    path("samenstellingen/<uuid:id>", samenstellen.Samenstelling.as_view()),
    path("voorraadstanden", boeken.Voorraadstanden.as_view()),
    path("voorraadmutaties", boeken.Voorraadmutaties.as_view()),
    path("voorraadmutaties/<uuid:id>", boeken.Voorraadmutatie.as_view()),
    path("voorraadmutaties/<uuid:id>/terugdraaiing", boeken.Terugdraaiing.as_view()),
    path("voorraadafsluitingen", perioden.Voorraadafsluitingen.as_view()),
]
