"""The pages of this room."""

from django.urls import path

from bezoeken.vandaag import web

urlpatterns = [path("vandaag", web.vandaag, name="vandaag")]
