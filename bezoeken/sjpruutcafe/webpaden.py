"""The pages of this room."""

from django.urls import path

from bezoeken.sjpruutcafe.web import beheer, gasten, openbaar, ouders, regels

urlpatterns = [
    path("sjpruutcafes", beheer.cafes, name="cafes"),
    path("sjpruutcafes/nieuw", beheer.plannen, name="cafe_plannen"),
    path("sjpruutcafes/regels", regels.regels, name="cafe_regels"),
    path("sjpruutcafes/plekken", beheer.plekken, name="cafe_plekken"),
    path("sjpruutcafes/plekken/nieuw", beheer.plek, name="cafe_plek_nieuw"),
    path("sjpruutcafes/plekken/<uuid:plaats_id>", beheer.plek, name="cafe_plek"),
    path("sjpruutcafes/agendalinks", beheer.agendalink_maken, name="agendalink_maken"),
    path("sjpruutcafes/agendalinks/<uuid:feed_id>", beheer.agendalink_intrekken, name="agendalink_intrekken"),
    path("sjpruutcafes/<uuid:cafe_id>", beheer.cafe, name="cafe"),
    path("sjpruutcafes/<uuid:cafe_id>/uitnodigen", beheer.cafe_uitnodigen, name="cafe_uitnodigen"),
    path("sjpruutcafes/<uuid:cafe_id>/wijzigen", beheer.wijzigen, name="cafe_wijzigen"),
    path("sjpruutcafes/<uuid:cafe_id>/afgelasten", beheer.afgelasten, name="cafe_afgelasten"),
    path("sjpruutcafes/<uuid:cafe_id>/gasten", gasten.gasten, name="cafe_gasten"),
    # Open to anybody, or to who has the link.
    path("cafes", openbaar.openbaar, name="cafes_openbaar"),
    path("cafes/agenda/<str:token>.ics", openbaar.agendafeed, name="cafe_agendafeed"),
    path("cafe/<str:token>", ouders.ouder, name="cafe_ouder"),
]
