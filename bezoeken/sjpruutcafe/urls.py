"""The paths of this room under /api/v1."""

from django.urls import path

from bezoeken.sjpruutcafe.api import cafes, gasten

urlpatterns = [
    path("sjpruutcafes", cafes.Sjpruutcafes.as_view()),
    path("sjpruutcafes/<uuid:cafe_id>", cafes.EenSjpruutcafe.as_view()),
    path("sjpruutcafes/<uuid:cafe_id>/afgelasting", cafes.Afgelasting.as_view()),
    path("sjpruutcafes/<uuid:cafe_id>/agenda", cafes.Agenda.as_view()),
    path("sjpruutcafes/<uuid:cafe_id>/uitnodigingen", gasten.Uitnodigingen.as_view()),
    path("sjpruutcafes/<uuid:cafe_id>/aanmeldingen", gasten.Aanmeldingen.as_view()),
    path("sjpruutcafes/<uuid:cafe_id>/aanmeldingen/<uuid:aanmelding_id>", gasten.EenAanmelding.as_view()),
    path("sjpruutcafes/<uuid:cafe_id>/aanmeldingen/<uuid:aanmelding_id>/aanname", gasten.Aanname.as_view()),
    path("sjpruutcafes/<uuid:cafe_id>/aanwezigheid", gasten.Aanwezigheid.as_view()),
    path("sjpruutcafereeksen", cafes.Sjpruutcafereeksen.as_view()),
    path("cafeplaatsen", cafes.Cafeplaatsen.as_view()),
    path("cafeplaatsen/<uuid:plaats_id>", cafes.EenCafeplaats.as_view()),
    path("agendafeeds", cafes.Agendafeeds.as_view()),
    path("agendafeeds/<uuid:feed_id>", cafes.EenAgendafeed.as_view()),
]
