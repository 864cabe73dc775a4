"""The pages of this room."""

from django.urls import path

from bezoeken.sjop import web

urlpatterns = [
    path("sjop/per-wijk", web.wijken, name="sjop_per_wijk"),
    path("sjop/terugroepen/<uuid:id>/gezinnen", web.terugroepgezinnen, name="sjop_terugroepgezinnen"),
]
