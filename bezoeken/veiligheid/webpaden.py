"""The pages of this room."""

from django.urls import path

from bezoeken.veiligheid import web

urlpatterns = [
    path("veiligheid", web.veiligheid, name="veiligheid"),
    path("veiligheid/alarmen/<uuid:alarm_id>", web.alarm, name="alarm"),
]
