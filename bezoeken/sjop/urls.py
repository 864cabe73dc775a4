"""The paths of this room under /api/v1."""

from django.urls import path

from bezoeken.sjop import api

urlpatterns = [path("gezinnen/<uuid:gezin_id>/sjop-aanvragen", api.Sjopaanvragen.as_view())]
