"""The pages of the stock."""

from django.urls import path

from voorraad.web import bestellen, inpakken, standen, tellen, vouchers

urlpatterns = [
    path("voorraad", standen.standen, name="voorraad"),
    path("voorraad/boekingen", standen.boekingen, name="voorraad_boekingen"),
    path("voorraad/boekingen/<uuid:id>/terugdraaien", standen.terugdraaien, name="voorraad_terugdraaien"),
    path("voorraad/inpakken", inpakken.inpakken, name="voorraad_inpakken"),
    path("voorraad/partijen", inpakken.partijen, name="voorraad_partijen"),
    path("voorraad/partijen/<uuid:id>", inpakken.partij, name="voorraad_partij"),
    path("voorraad/bestellingen", bestellen.bestellingen, name="voorraad_bestellingen"),
    path("voorraad/bestellingen/<uuid:id>", bestellen.bestelling, name="voorraad_bestelling"),
    path("voorraad/sluiten", bestellen.sluiten, name="voorraad_sluiten"),
    path("voorraad/tellingen", tellen.tellingen, name="voorraad_tellingen"),
    path("voorraad/tellingen/<uuid:id>", tellen.telling, name="voorraad_telling"),
    path("voorraad/vouchers", vouchers.vouchers, name="voorraad_vouchers"),
    path("voorraad/vouchers/<uuid:id>/intrekken", vouchers.intrekken, name="voorraad_voucher_intrekken"),
    path("voorraad/vouchermeldingen/<uuid:id>", vouchers.afhandelen, name="voorraad_vouchermelding"),
]
