"""The pages of this room."""

from django.urls import path

from bezoeken.koppelen import web

urlpatterns = [path("koppelingen/<uuid:koppeling_id>", web.koppeling, name="koppeling")]
