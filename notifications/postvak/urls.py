"""The paths of the local gateway and inbox; `config/urls.py` includes them only where `settings.POSTVAK` is set."""

from django.urls import path

from notifications.postvak import web

urlpatterns = [
    path("postvak", web.postvak, name="postvak"),
    path("postvak/sms", web.gateway, name="postvak_gateway"),
    path("postvak/sms/<str:sleutel>", web.antwoord, name="postvak_antwoord"),
]
