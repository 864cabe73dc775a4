"""Answers where the supervisor asks whether the web is ready, with the number of demo users."""

from django.contrib.auth.models import User
from django.http import HttpRequest, JsonResponse
from django.urls import path


def openapi(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"users": User.objects.count()})


urlpatterns = [path("api/v1/openapi.json", openapi)]
