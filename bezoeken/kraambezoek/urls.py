"""The paths of this room under /api/v1."""

from django.urls import path

from bezoeken.kraambezoek.api import bezoeken, gezin, stops

urlpatterns = [
    path("bezoeken", bezoeken.Bezoeken.as_view()),
    path("bezoeken/<uuid:bezoek_id>", bezoeken.BezoekDetail.as_view()),
    path("bezoeken/<uuid:bezoek_id>/aanvaarding", bezoeken.Aanvaarding.as_view()),
    path("bezoeken/<uuid:bezoek_id>/afwijzing", bezoeken.Afwijzing.as_view()),
    path("bezoeken/<uuid:bezoek_id>/afspraak", bezoeken.AfspraakBijBezoek.as_view()),
    path("bezoeken/<uuid:bezoek_id>/pogingen", bezoeken.Pogingen.as_view()),
    path("bezoeken/<uuid:bezoek_id>/afronding", bezoeken.AfrondingVanBezoek.as_view()),
    path("bezoeken/<uuid:bezoek_id>/weigering", bezoeken.Weigering.as_view()),
    path("bezoeken/<uuid:bezoek_id>/sluiting", bezoeken.Sluiting.as_view()),
    path("bezoeken/<uuid:bezoek_id>/herstel", bezoeken.Herstel.as_view()),
    path("bezoeken/<uuid:bezoek_id>/venster", bezoeken.VensterVanBezoek.as_view()),
    path("gezinnen/<uuid:gezin_id>/contactstop", stops.Contactstop.as_view()),
    path("gezinnen/<uuid:gezin_id>/verhuizing", gezin.Verhuizing.as_view()),
    path("gezinnen/<uuid:gezin_id>/berichthervatting", gezin.Berichthervatting.as_view()),
    path("gezinnen/<uuid:gezin_id>/contactherstel", gezin.Contactherstel.as_view()),
    path("pasgeborenen/<uuid:pasgeborene_id>/overlijden", stops.Overlijden.as_view()),
    path("pasgeborenen/<uuid:pasgeborene_id>/herstel", stops.HerstelPasgeborene.as_view()),
]
