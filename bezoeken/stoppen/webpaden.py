"""The pages and hooks of this room."""

from django.urls import path

from bezoeken.stoppen import haken, web

urlpatterns = [
    path("stop/<str:token>", web.stoppen, name="stoppen"),
    path("haken/sms/ontvangst", haken.ontvangst, name="sms_ontvangst"),
    path("haken/sms/bezorging", haken.bezorging, name="sms_bezorging"),
]
