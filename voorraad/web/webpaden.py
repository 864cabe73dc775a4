"""The pages of the stock."""

from django.urls import path

from voorraad.web import bestellen, inpakken, sjopbalie, sjopbeheer, standen, tellen, vouchers

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
    path("sjop", sjopbalie.balie, name="sjop"),
    path("sjop/innemen", sjopbalie.innemen, name="sjop_innemen"),
    path("sjop/innemen/<uuid:id>", sjopbalie.innemen_van, name="sjop_innemen_van"),
    path("sjop/stukken", sjopbalie.stukken, name="sjop_stukken"),
    path("sjop/stukken/<uuid:id>", sjopbalie.stuk, name="sjop_stuk"),
    path("sjop/labels", sjopbeheer.labels, name="sjop_labels"),
    path("sjop/gezinnen", sjopbeheer.gezinnen, name="sjop_gezinnen"),
    path("sjop/passen/<uuid:id>", sjopbalie.pas, name="sjop_pas"),
    path("sjop/passen/<uuid:id>/afdrukken", sjopbeheer.pas_afdrukken, name="sjop_pas_afdrukken"),
    path("sjop/afspraken", sjopbeheer.afspraken, name="sjop_afspraken"),
    path("sjop/bruiklenen", sjopbalie.bruiklenen, name="sjop_bruiklenen"),
    path("sjop/blokkeerlijst", sjopbeheer.blokkeerlijst, name="sjop_blokkeerlijst"),
    path("sjop/soorten", sjopbeheer.soorten, name="sjop_soorten"),
    path("sjop/terugroepen", sjopbeheer.terugroepen, name="sjop_terugroepen"),
    path("sjop/terugroepen/<uuid:id>", sjopbeheer.terugroeping, name="sjop_terugroeping"),
    path("sjop/verslag", sjopbeheer.verslag, name="sjop_verslag"),
]
