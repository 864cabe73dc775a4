"""The pages of this room: the phone app."""

from django.urls import path

from bezoeken.telefoon import web

urlpatterns = [
    path("app", web.app, name="app"),
    path("app/installeren", web.installeren, name="app_installeren"),
    path("app/manifest.webmanifest", web.manifest, name="app_manifest"),
    path("sw.js", web.service_worker, name="app_service_worker"),
]
