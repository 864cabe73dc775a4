"""The pages of this room."""

from django.urls import path

from bezoeken.berichten import brievenpagina, nummerpagina, tekstpagina, web

urlpatterns = [
    path("berichten", web.berichten, name="berichten"),
    path("berichten/brieven", brievenpagina.brieven, name="brieven"),
    path("berichten/brieven/<uuid:partij_id>/pdf", brievenpagina.brieven_pdf, name="brieven_pdf"),
    path("berichten/brieven/<uuid:partij_id>/gedrukt", brievenpagina.brieven_gedrukt, name="brieven_gedrukt"),
    path("berichten/brieven/<uuid:partij_id>/gestopt", brievenpagina.brieven_gestopt, name="brieven_gestopt"),
    path("berichten/teksten", tekstpagina.teksten, name="teksten"),
    path("berichten/teksten/<slug:soort>/<slug:kanaal>/<slug:taal>", tekstpagina.tekst, name="tekst"),
    path("berichten/nummers/<uuid:taak_id>", nummerpagina.nummer, name="nummer"),
    path("berichten/<uuid:bericht_id>", web.bericht, name="bericht"),
]
