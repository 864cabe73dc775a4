"""The paths of this app under /api/v1."""

from django.urls import path

from notifications.api import berichten, brieven, push, teksten

urlpatterns = [
    path("berichten", berichten.Berichten.as_view()),
    path("berichten/<uuid:bericht_id>/besluit", berichten.Berichtbesluit.as_view()),
    path("berichtstand", berichten.Berichtstand.as_view()),
    path("onbereikbaar", berichten.Onbereikbaar.as_view()),
    path("onbereikbaar/<uuid:taak_id>", berichten.OnbereikbaarEen.as_view()),
    path("berichtteksten", teksten.Berichtteksten.as_view()),
    path("berichtteksten/<slug:soort>/<slug:kanaal>/<slug:taal>", teksten.EenBerichttekst.as_view()),
    path("berichttekst-voorbeelden", teksten.Berichttekstvoorbeelden.as_view()),
    path("briefpartijen", brieven.Briefpartijen.as_view()),
    path("briefpartijen/<uuid:partij_id>", brieven.EenBriefpartij.as_view()),
    path("briefpartijen/<uuid:partij_id>/pdf", brieven.BriefpartijPdf.as_view()),
    path("briefpartijen/<uuid:partij_id>/gedrukt", brieven.BriefpartijGedrukt.as_view()),
    path("briefpartijen/<uuid:partij_id>/annulering", brieven.BriefpartijAnnulering.as_view()),
    path("pushsleutel", push.Pushsleutel.as_view()),
    path("pushabonnementen", push.Pushabonnementen.as_view()),
    path("pushabonnementen/<uuid:abonnement_id>", push.EenPushabonnement.as_view()),
]
