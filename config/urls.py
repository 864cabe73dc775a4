"""Where everything is found. Paths have no trailing slash: with one they do not exist (api.md, Conventions)."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views import defaults

from notifications.metingen import metingen
from ooievaar.platform import problems

api = [
    path("", include("ooievaar.api.urls")),
    path("", include("voorraad.api.urls")),
    path("", include("notifications.urls")),
    path("", include("bezoeken.gezinnen.urls")),
    path("", include("bezoeken.toewijzing.urls")),
    path("", include("bezoeken.kraambezoek.urls")),
    path("", include("bezoeken.veiligheid.urls")),
    path("", include("bezoeken.stoppen.urls")),
    path("", include("bezoeken.herinneren.urls")),
    path("", include("bezoeken.intake.urls")),
    path("", include("bezoeken.koppelen.urls")),
    path("", include("bezoeken.telefoon.urls")),
    path("", include("bezoeken.dekking.urls")),
    path("", include("bezoeken.dozen.urls")),
    path("", include("bezoeken.sjop.urls")),
    path("", include("bezoeken.sjpruutcafe.urls")),
]

urlpatterns = [
    path("api/v1/", include(api)),
    path("beheer/", admin.site.urls),
    path("", include("ooievaar.web.urls")),
    path("", include("bezoeken.vandaag.webpaden")),
    path("", include("bezoeken.gezinnen.webpaden")),
    path("", include("bezoeken.intake.webpaden")),
    path("", include("bezoeken.berichten.webpaden")),
    path("", include("bezoeken.herinneren.webpaden")),
    path("", include("bezoeken.koppelen.webpaden")),
    path("", include("bezoeken.veiligheid.webpaden")),
    path("", include("bezoeken.toewijzing.webpaden")),
    path("", include("bezoeken.kraambezoek.webpaden")),
    path("", include("bezoeken.dekking.webpaden")),
    path("", include("voorraad.web.webpaden")),
    path("", include("bezoeken.dozen.webpaden")),
    path("", include("bezoeken.sjop.webpaden")),
    path("", include("bezoeken.stoppen.webpaden")),
    path("", include("bezoeken.sjpruutcafe.webpaden")),
    path("metrics", metingen, name="metrics"),
    path("", include("bezoeken.telefoon.webpaden")),
]

if settings.POSTVAK:
    urlpatterns.append(path("", include("notifications.postvak.urls")))


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The API's own 404 under /api/, the site's page elsewhere."""
    if request.path.startswith("/api/"):
        return problems.not_found(request)
    return defaults.page_not_found(request, exception)


def handler500(request: HttpRequest) -> HttpResponse:
    """The API's own 500 under /api/, the site's page elsewhere."""
    if request.path.startswith("/api/"):
        return problems.server_error()
    return defaults.server_error(request)
