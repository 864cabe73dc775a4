"""The pages of this room."""

from django.urls import path

from bezoeken.intake import beoordeelpagina, web

urlpatterns = [
    path("import", web.importeren, name="importeren"),
    path("import/voorbeeld.csv", web.voorbeeldbestand, name="import_voorbeeld"),
    path("import/<uuid:import_id>", web.een_import, name="import"),
    path("import/<uuid:import_id>/bevestigen", web.import_bevestigen, name="import_bevestigen"),
    path("import/<uuid:import_id>/terugdraaien", web.import_ongedaan, name="import_ongedaan"),
    path("meldingen", beoordeelpagina.meldingen, name="meldingen"),
    path("meldingen/<uuid:melding_id>", beoordeelpagina.melding, name="melding"),
    path("meldingen/<uuid:melding_id>/terug", beoordeelpagina.terug, name="melding_terug"),
]
