"""The pages of this room: the phone app, and what a coordinator decides about what phones logged."""

from django.urls import path

from bezoeken.telefoon import parkeerpagina, web

urlpatterns = [
    path("app", web.app, name="app"),
    path("app/installeren", web.installeren, name="app_installeren"),
    path("app/manifest.webmanifest", web.manifest, name="app_manifest"),
    path("vastgelegd/<uuid:handeling_id>", parkeerpagina.handeling, name="handeling"),
    path("sw.js", web.service_worker, name="app_service_worker"),
]
