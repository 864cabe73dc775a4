"""The paths of the stock under /api/v1."""

from django.urls import path

from voorraad.api import bestellen, boeken, catalogus, perioden, samenstellen, tellen, vouchers

urlpatterns = [
    path("artikelen", catalogus.Artikelen.as_view()),
    path("artikelen/<uuid:id>", catalogus.Artikel.as_view()),
    path("locaties", catalogus.Locaties.as_view()),
    path("locaties/<uuid:id>", catalogus.Locatie.as_view()),
    path("partijen", catalogus.Partijen.as_view()),
    path("partijen/<uuid:id>", catalogus.Partij.as_view()),
    path("partijen/<uuid:id>/terugroeping", samenstellen.Terugroeping.as_view()),
    path("samenstellingen", samenstellen.Samenstellingen.as_view()),
    path("samenstellingen/<uuid:id>", samenstellen.Samenstelling.as_view()),
    path("bestellingen", bestellen.Bestellingen.as_view()),
    path("bestellingen/<uuid:id>", bestellen.BestellingDetail.as_view()),
    path("bestellingen/<uuid:id>/ontvangst", bestellen.BestellingOntvangst.as_view()),
    path("bestellingen/<uuid:id>/annulering", bestellen.BestellingAnnulering.as_view()),
    path("tellingen", tellen.Tellingen.as_view()),
    path("tellingen/<uuid:id>", tellen.TellingDetail.as_view()),
    path("tellingen/<uuid:id>/regels", tellen.Telregels.as_view()),
    path("tellingen/<uuid:id>/vaststelling", tellen.TellingVaststelling.as_view()),
    path("tellingen/<uuid:id>/annulering", tellen.TellingAnnulering.as_view()),
    path("vouchers", vouchers.Vouchers.as_view()),
    path("vouchers/<uuid:id>", vouchers.VoucherDetail.as_view()),
    path("vouchers/<uuid:id>/intrekking", vouchers.Intrekking.as_view()),
    path("vouchers/<uuid:id>/vervanging", vouchers.Vervanging.as_view()),
    path("vouchercontroles", vouchers.Vouchercontroles.as_view()),
    path("voucherimporten", vouchers.Voucherimporten.as_view()),
    path("vouchermeldingen", vouchers.Vouchermeldingen.as_view()),
    path("vouchermeldingen/<uuid:id>/afhandeling", vouchers.Vouchermelding.as_view()),
    path("voorraadstanden", boeken.Voorraadstanden.as_view()),
    path("voorraadmutaties", boeken.Voorraadmutaties.as_view()),
    path("voorraadmutaties/<uuid:id>", boeken.Voorraadmutatie.as_view()),
    path("voorraadmutaties/<uuid:id>/terugdraaiing", boeken.Terugdraaiing.as_view()),
    path("voorraadafsluitingen", perioden.Voorraadafsluitingen.as_view()),
]
