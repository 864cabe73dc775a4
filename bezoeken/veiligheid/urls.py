"""The paths of this room under /api/v1."""

from django.urls import path

from bezoeken.veiligheid.api import achterwacht, inchecken, vlaggen

urlpatterns = [
    path("bezoeken/<uuid:bezoek_id>/incheck", inchecken.Inchecken.as_view()),
    path("bezoeken/<uuid:bezoek_id>/uitcheck", inchecken.Uitchecken.as_view()),
    path("bezoeken/<uuid:bezoek_id>/verlenging", inchecken.Verlenging.as_view()),
    path("bezoeken/<uuid:bezoek_id>/maatregelen", inchecken.Maatregelen.as_view()),
    path("inchecks", inchecken.Inchecks.as_view()),
    path("gezinnen/<uuid:gezin_id>/veiligheidsvlaggen", vlaggen.Veiligheidsvlaggen.as_view()),
    path("gezinnen/<uuid:gezin_id>/veiligheidsvlaggen/<uuid:vlag_id>", vlaggen.EenVeiligheidsvlag.as_view()),
    path("achterwachtdiensten", achterwacht.Achterwachtdiensten.as_view()),
    path("achterwachtdiensten/<uuid:dienst_id>", achterwacht.EenAchterwachtdienst.as_view()),
    path("alarmen", achterwacht.Alarmen.as_view()),
    path("alarmen/<uuid:alarm_id>", achterwacht.EenAlarm.as_view()),
    path("alarmen/<uuid:alarm_id>/claim", achterwacht.AlarmClaim.as_view()),
    path("alarmen/<uuid:alarm_id>/afsluiting", achterwacht.AlarmAfsluiting.as_view()),
]
