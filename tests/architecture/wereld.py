"""A small world in which everybody has a row of her own, sees somebody else's, and once had a third.

`rijen()` says for every path with an id, and for every role that may call it, which three rows those are:

- `eigen`: hers to see, so a call gets past the door;
- `ander`: somebody else's, so it does not exist for her (404);
- `voorheen`: hers until lately (handed over, moved to another wijk, a role that ended), so it does not exist any more.

`None` where no such row can be: a volunteer was never another volunteer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from bezoeken import models as bezoeken
from notifications import models as notifications
from ooievaar import models as ooievaar
from ooievaar.platform import clock
from tests.factories import (
    ArtikelFactory,
    CafeplaatsFactory,
    GebiedFactory,
    GezinFactory,
    LocatieFactory,
    OoievaarsmoederFactory,
    PartijFactory,
    SjpruutcafeFactory,
    WijkFactory,
    doos,
    dozen_bij_moeder,
    gebruiker_met_rol,
    ontvangen,
    toegewezen_bezoek,
)
from tests.factories.notifications import BerichtFactory
from tests.factories.sjop import aangevraagd, categorie, gegeven, ingebracht, pas
from tests.factories.veiligheid import AchterwachtdienstFactory
from voorraad.models import (
    Artikelsoort,
    Bestelling,
    Blokkade,
    Locatie,
    Locatiesoort,
    Mutatie,
    Openingstijd,
    Samenstelling,
    Telling,
    Terugroepactie,
    Voucher,
    Vouchermelding,
)
from voorraad.services.sjop import sjop_inrichten

Ids = Mapping[str, Any]
GEZINSDELEN = (
    "",
    "/contactstop",
    "/veiligheidsvlaggen",
    "/verhuizing",
    "/contactherstel",
    "/berichthervatting",
    "/sjop-aanvragen",
)


def maak_voucher(gebied: Any, **velden: Any) -> Voucher:
    """A free voucher; its hash only has to be another than the others'."""
    nummer = Voucher.objects.count()
    return Voucher.objects.create(**{"gebied": gebied, "hash": f"h{nummer}", "toegevoegd_op": clock.nu(), **velden})


def _cafe(gebied: Any) -> bezoeken.Sjpruutcafe:
    """One so near that a host has its list, at whatever hour this runs."""
    return SjpruutcafeFactory(gebied=gebied, dag=clock.vandaag() + timedelta(days=1))  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Rijen:
    """The ids for a path: of a row of her own, of somebody else, and of one she had."""

    eigen: Ids
    ander: Ids | None
    voorheen: Ids | None


def _cafe(gebied: Any) -> Any:
    """Soon enough for a host to have its list, whatever the hour at which the tests run (a week ahead is not)."""
    return SjpruutcafeFactory(gebied=gebied, dag=clock.vandaag() + timedelta(days=3))


class Wereld:
    """One Gebied with two wijken, and another Gebied. `mensen` has a user for each role that may call something."""

    def __init__(self) -> None:
        self.hier, self.elders = GebiedFactory(), GebiedFactory()
        self.wijk, self.buurwijk = WijkFactory(gebied=self.hier), WijkFactory(gebied=self.hier)
        self.verre_wijk = WijkFactory(gebied=self.elders)
        self.zij = gebruiker_met_rol("ooievaarsmoeder", gebied=self.hier)
        self.moeder = self.zij.ooievaarsmoeder
        self.moeder.wijken.set([self.wijk])
        self.collega = gebruiker_met_rol("ooievaarsmoeder", gebied=self.hier).ooievaarsmoeder
        self.collega.wijken.set([self.buurwijk])
        # Worked in the wijk until lately.
        self.vertrokken = OoievaarsmoederFactory(gebied=self.hier, wijken=[self.buurwijk])
        self.mensen = {
            "ooievaarsmoeder": self.zij,
            "coordinator": gebruiker_met_rol("coordinator", gebied=self.hier, wijken=[self.wijk]),
            **{
                rol: gebruiker_met_rol(rol, gebied=self.hier)
                for rol in ("bron", "sjop", "jens", "beheerder", "gastvrouw")
            },
        }
        self.zaken = {
            "eigen": self._zaak(self.wijk, self.moeder),
            "ander": self._zaak(self.buurwijk, self.collega),
            "voorheen": self._zaak(self.buurwijk, self.collega, eerst=self.moeder),
        }
        self.voorraad = {"eigen": self._voorraad(self.hier), "ander": self._voorraad(self.elders)}
        dozen_bij_moeder(self.moeder, 2)
        dozen_bij_moeder(self.collega, 2)

    def _zaak(self, wijk: Any, moeder: Any, *, eerst: Any = None) -> SimpleNamespace:
        """A family with a child and an accepted visit; `eerst` had it before."""
        bezoek = toegewezen_bezoek(moeder, gezin=GezinFactory(wijk=wijk))
        if eerst is not None:
            nu = clock.nu()
            bezoeken.Toewijzing.objects.create(
                bezoek=bezoek, ooievaarsmoeder=eerst, toegewezen_op=nu, aanvaard_op=nu, beeindigd_op=nu
            )
        dag = clock.vandaag()
        return SimpleNamespace(
            bezoek=bezoek,
            gezin=bezoek.gezin,
            kind=bezoek.kinderen.get().pasgeborene,
            vlag=bezoeken.Veiligheidsvlag.objects.create(
                gezin=bezoek.gezin, soort="hond", maatregel="belEerst", sinds=dag, tot=dag + timedelta(days=30)
            ),
        )

    def _voorraad(self, gebied: Any) -> SimpleNamespace:
        doos(gebied)
        plek = Locatie.objects.get(gebied=gebied, code="magazijn")
        sjop = Locatie.objects.filter(gebied=gebied, soort=Locatiesoort.SJOP).first() or LocatieFactory(
            gebied=gebied, soort=Locatiesoort.SJOP
        )
        artikel = ArtikelFactory(gebied=gebied, soort=Artikelsoort.SJOP)
        partij = PartijFactory(artikel=artikel)
        ontvangen(artikel, sjop, 5, partij=partij)
        return SimpleNamespace(
            artikel=artikel,
            plek=plek,
            sjop=sjop,
            partij=partij,
            mutatie=Mutatie.objects.get(artikel=artikel),
            bestelling=Bestelling.objects.create(
                artikel=artikel, aantal=1, verwacht_op=clock.vandaag(), besteld_op=clock.nu()
            ),
            voucher=maak_voucher(gebied),
            vouchermelding=Vouchermelding.objects.create(
                gebied=gebied, aanleiding="a", onderdeel="o", hash=gebied.code, oordeel="onbekend", gemeld_op=clock.nu()
            ),
            telling=Telling.objects.create(locatie=plek, begonnen_op=clock.nu()),
            sjoptelling=Telling.objects.create(locatie=sjop, begonnen_op=clock.nu()),
            samenstelling=Samenstelling.objects.create(artikel=doos(gebied), nummer=1, vastgesteld_op=clock.nu()),
        )

    # The rows of each kind, per role ---------------------------------------------------------
    def _van_zaak(self, wat: str, naam: str) -> dict[str, Rijen]:
        drie = Rijen(**{welke: {naam: getattr(zaak, wat).pk} for welke, zaak in self.zaken.items()})
        return {"ooievaarsmoeder": drie, "coordinator": drie}

    def _vlaggen(self) -> dict[str, Rijen]:
        drie = {w: {"gezin_id": z.gezin.pk, "vlag_id": z.vlag.pk} for w, z in self.zaken.items()}
        return {"coordinator": Rijen(**drie)}

    def _van_moeder(self, maak: Any = None, naam: str = "") -> dict[str, Rijen]:
        """Of each volunteer, or what `maak` makes for her."""
        drie = {
            welke: {"moeder_id": moeder.pk} | ({naam: maak(moeder).pk} if maak else {})
            for welke, moeder in (("eigen", self.moeder), ("ander", self.collega), ("voorheen", self.vertrokken))
        }
        return {"coordinator": Rijen(**drie), "ooievaarsmoeder": Rijen(drie["eigen"], drie["ander"], None)}

    def _apparaten(self) -> dict[str, Rijen]:
        def van(moeder: Any) -> Ids:
            telefoon = {"naam": "telefoon", "gekoppeld_op": clock.nu()}
            return {"apparaat_id": ooievaar.Apparaat.objects.create(gebruiker=moeder.gebruiker, **telefoon).pk}

        rijen = Rijen(van(self.moeder), van(self.collega), None)
        return {"ooievaarsmoeder": rijen, "coordinator": rijen}

    def _wijken(self) -> dict[str, Rijen]:
        rijen = Rijen({"code": self.wijk.code}, {"code": self.verre_wijk.code}, None)
        return {"coordinator": rijen, "jens": rijen, "beheerder": rijen}

    def _van_voorraad(self, wat: str, *, coordinator: str = "", moeder: Rijen | None = None) -> dict[str, Rijen]:
        """Stock is not divided by wijk: another's is that of another Gebied."""

        def van(wat: str) -> Rijen:
            eigen, ander = ({"id": getattr(self.voorraad[w], wat).pk} for w in ("eigen", "ander"))
            return Rijen(eigen, ander, None)

        rijen = {"sjop": van(wat), "coordinator": van(coordinator or wat)}
        return rijen | ({"ooievaarsmoeder": moeder} if moeder else {})

    def _locaties(self) -> dict[str, Rijen]:
        thuis = [{"id": Locatie.objects.get(houder=moeder).pk} for moeder in (self.moeder, self.collega)]
        return self._van_voorraad("sjop", coordinator="plek", moeder=Rijen(*thuis, None))

    def _artikelen(self) -> dict[str, Rijen]:
        dozen = [{"id": doos(gebied).pk} for gebied in (self.hier, self.elders)]
        return self._van_voorraad("artikel", moeder=Rijen(*dozen, None))

    def _melding(self, door: Any, *, gebied: Any = None, wijk: Any = None) -> Ids:
        rij = bezoeken.Geboortemelding.objects.create(
            gebied=gebied or self.hier,
            wijk=wijk,
            bron="gemeente",
            kenmerk=f"k-{bezoeken.Geboortemelding.objects.count()}",
            inhoud_hash="h",
            gegevens={},
            status="afgewezen",
            gemeld_door=door,
            gemeld_op=clock.nu(),
        )
        return {"id": rij.pk}

    def _meldingen(self) -> dict[str, Rijen]:
        """What a bron sent in an area where its role ended is not its own any more."""
        bron, ander = self.mensen["bron"], gebruiker_met_rol("bron", gebied=self.hier)
        van_bron = Rijen(self._melding(bron), self._melding(ander), self._melding(bron, gebied=self.elders))
        hier, daar = self._melding(None, wijk=self.wijk), self._melding(None, wijk=self.buurwijk)
        return {"bron": van_bron, "coordinator": Rijen(hier, daar, self._melding(None, gebied=self.elders))}

    def _importen(self) -> dict[str, Rijen]:
        def van(door: Any, gebied: Any) -> Ids:
            return {"id": bezoeken.Geboorteimport.objects.create(gebied=gebied, door=door, begonnen_op=clock.nu()).pk}

        ander = gebruiker_met_rol("bron", gebied=self.hier)
        return {
            rol: Rijen(van(wie, self.hier), van(ander, self.hier), van(wie, self.elders))
            for rol, wie in self.mensen.items()
            if rol in ("bron", "coordinator")
        }

    def _diensten(self) -> dict[str, Rijen]:
        hier, daar = ({"dienst_id": AchterwachtdienstFactory(gebied=g).pk} for g in (self.hier, self.elders))
        return {"ooievaarsmoeder": Rijen(hier, daar, None), "coordinator": Rijen(hier, daar, None)}

    def _alarmen(self) -> dict[str, Rijen]:
        """For a volunteer an alarm is hers when she is on duty, not when it is about her."""

        def van(zaak: Any, eerste: Any) -> Ids:
            nu = clock.nu()
            incheck = bezoeken.Incheck.objects.create(
                bezoek=zaak.bezoek,
                ooievaarsmoeder=OoievaarsmoederFactory(gebied=self.hier),
                ingecheckt_op=nu,
                verwachte_minuten=60,
                verwacht_eind=nu,
            )
            return {"alarm_id": bezoeken.Alarm.objects.create(incheck=incheck, gestart_op=nu, eerste=eerste).pk}

        drie = {welke: van(zaak, None) for welke, zaak in self.zaken.items()}
        van_dienst = Rijen(van(self.zaken["ander"], self.zij), drie["ander"], drie["voorheen"])
        return {"coordinator": Rijen(**drie), "ooievaarsmoeder": van_dienst}

    def _van_coordinator(self, naam: str, maak: Callable[[Any], Any]) -> dict[str, Rijen]:
        """Of each of the three families, something that only a coordinator handles."""
        return {"coordinator": Rijen(**{welke: {naam: maak(zaak).pk} for welke, zaak in self.zaken.items()})}

    def _berichten(self) -> dict[str, Rijen]:
        return self._van_coordinator(
            "bericht_id", lambda zaak: BerichtFactory(gezin=zaak.gezin, status="onzeker", gebied=self.hier)
        )

    def _onbereikbaar(self) -> dict[str, Rijen]:
        velden = {"kanaal": "sms", "fout": "onbekendNummer"}
        return self._van_coordinator(
            "taak_id",
            lambda zaak: notifications.Onbereikbaar.objects.create(gezin=zaak.gezin, sinds=clock.nu(), **velden),
        )

    def _per_gezin(self, **vast: str) -> dict[str, Rijen]:
        drie = Rijen(**{welke: {"gezin_id": z.gezin.pk, **vast} for welke, z in self.zaken.items()})
        return {"ooievaarsmoeder": drie, "coordinator": drie}

    def _sjop(self) -> dict[str, dict[str, Rijen]]:
        """Of each path of the Sjop: a row here, and one of another Gebied."""

        def van(gebied: Any) -> dict[str, Any]:
            sjop_inrichten(gebied=gebied, nu=clock.nu())
            een_pas = pas(gebied)
            lening = gegeven(een_pas, ingebracht(gebied, "kinderstoel"))
            return {
                "categorieen": categorie(gebied, "boeken"),
                "openingstijden": Openingstijd.objects.get(gebied=gebied),
                "blokkades": Blokkade.objects.filter(gebied=gebied).first(),
                "terugroepingen": Terugroepactie.objects.create(
                    gebied=gebied, merk="x", merk_sleutel="x", uitleg="x", teruggeroepen_op=clock.nu()
                ),
                "inbrengen": ingebracht(gebied, "speeltjes", vrij=False),
                "passen": een_pas,
                "aanvragen": aangevraagd(een_pas, "jassen"),
                "uitgiften": lening,
                "bruiklenen": lening.bruikleen,
            }

        hier, elders = van(self.hier), van(self.elders)
        delen = {
            "terugroepingen": ("", "/intrekking"),
            "inbrengen": ("", "/controle", "/afkeuring", "/terugdraaiing"),
            "passen": ("", "/afspraak"),
            "aanvragen": ("", "/annulering"),
            "uitgiften": ("", "/terugdraaiing"),
            "bruiklenen": ("", "/verlenging", "/retour", "/verlies"),
        }
        gevonden = {}
        for naam in hier:
            rijen = Rijen({"id": hier[naam].pk}, {"id": elders[naam].pk}, None)
            for deel in delen.get(naam, ("",)):
                gevonden[f"/sjop-{naam}/{{id}}{deel}"] = {"sjop": rijen, "coordinator": rijen}
        return gevonden

    def _zonder_doos(self) -> dict[str, Rijen]:
        """Of visits that took place: other ones than those on which everything else is tried."""

        def kind(zaak: Any) -> Any:
            bezoek = toegewezen_bezoek(self.collega, gezin=GezinFactory(wijk=zaak.gezin.wijk))
            nu = clock.nu()
            type(bezoek).objects.filter(pk=bezoek.pk).update(
                status="bezocht", bezocht_op=nu, afgerond_op=nu, vorm="elders"
            )
            bezoek.kinderen.update(doos_gegeven=True)
            return bezoek.kinderen.get()

        return self._van_coordinator("id", kind)

    def _push(self) -> dict[str, Rijen]:
        def van(wie: Any) -> Ids:
            velden = {"endpoint": f"https://push.example/{uuid4()}", "p256dh": "x", "auth": "x"}
            rij = notifications.Pushabonnement.objects.create(gebruiker=wie, aangemaakt_op=clock.nu(), **velden)
            return {"abonnement_id": rij.pk}

        ander = van(self.collega.gebruiker)
        return {rol: Rijen(van(self.mensen[rol]), ander, None) for rol in ("ooievaarsmoeder", "coordinator")}

    def _geparkeerd(self) -> dict[str, Rijen]:
        """What waits for a coordinator: of a visit in her wijken."""

        def van(zaak: Any) -> Ids:
            rij = bezoeken.Handeling.objects.create(
                handeling=uuid4(),
                gebruiker=self.zij,
                ooievaarsmoeder=self.moeder,
                gebied=self.hier,
                bezoek=zaak.bezoek,
                soort="poging",
                moment=clock.nu(),
                ontvangen_op=clock.nu(),
                inhoud_hash="h",
                status="geparkeerd",
                reden="klokWijktAf",
                gegevens={},
            )
            return {"handeling_id": rij.pk}

        return {"coordinator": Rijen(**{welke: van(zaak) for welke, zaak in self.zaken.items()})}

    def _koppelingen(self) -> dict[str, Rijen]:
        """A link with another family of the same wijk."""

        def van(zaak: Any) -> Ids:
            een, ander = sorted([zaak.gezin, GezinFactory(wijk=zaak.gezin.wijk)], key=lambda gezin: gezin.pk)
            return {
                "koppeling_id": ooievaar.Gezinskoppeling.objects.create(
                    een=een, ander=ander, voorgesteld_op=clock.nu()
                ).pk
            }

        return {"coordinator": Rijen(**{welke: van(zaak) for welke, zaak in self.zaken.items()})}

    def _cafes(self) -> dict[str, Rijen]:
        """A café is of a Gebied: another's is that of another one."""
        hier, daar = ({"cafe_id": _cafe(g).pk} for g in (self.hier, self.elders))
        return dict.fromkeys(("coordinator", "gastvrouw", "ooievaarsmoeder", "jens"), Rijen(hier, daar, None))

    def _aanmeldingen(self) -> dict[str, Rijen]:
        """For a volunteer a sign-up is hers by its family; for who has the list, by the café."""

        def van(gebied: Any, gezin: Any) -> Ids:
            cafe = _cafe(gebied)
            rij = bezoeken.Cafeaanmelding.objects.create(
                cafe=cafe, gezin=gezin, status="aangemeld", volgnummer=1, via="link", aangemeld_op=clock.nu()
            )
            return {"cafe_id": cafe.pk, "aanmelding_id": rij.pk}

        drie = {welke: van(self.hier, zaak.gezin) for welke, zaak in self.zaken.items()}
        van_lijst = Rijen(drie["eigen"], van(self.elders, GezinFactory(wijk=self.verre_wijk)), None)
        return {"ooievaarsmoeder": Rijen(**drie), "coordinator": van_lijst, "gastvrouw": van_lijst}

    def _cafeplaatsen(self) -> dict[str, Rijen]:
        hier, daar = ({"plaats_id": CafeplaatsFactory(gebied=g).pk} for g in (self.hier, self.elders))
        return {"coordinator": Rijen(hier, daar, None)}

    def _feeds(self) -> dict[str, Rijen]:
        def van(gebied: Any) -> Ids:
            velden = {"naam": "balie", "hash": gebied.code, "gemaakt_op": clock.nu()}
            return {"feed_id": bezoeken.Agendafeed.objects.create(gebied=gebied, **velden).pk}

        return {"coordinator": Rijen(van(self.hier), van(self.elders), None)}

    def rijen(self) -> dict[str, dict[str, Rijen]]:
        """Per path with an id, and role: the three rows."""

        def afwezig(moeder: Any) -> Any:
            return ooievaar.Afwezigheid.objects.create(ooievaarsmoeder=moeder, begin=clock.vandaag())

        def bekend(moeder: Any) -> Any:
            return ooievaar.Relatie.objects.create(ooievaarsmoeder=moeder, gezin=self.zaken["eigen"].gezin)

        bezoek, gezin = self._van_zaak("bezoek", "bezoek_id"), self._van_zaak("gezin", "gezin_id")
        kind, moeder = self._van_zaak("kind", "pasgeborene_id"), self._van_moeder()
        melding, alarm, koppeling = self._meldingen(), self._alarmen(), self._koppelingen()
        telling, voucher = self._van_voorraad("sjoptelling", coordinator="telling"), self._van_voorraad("voucher")
        cafes, aanmelding = self._cafes(), self._aanmeldingen()
        geparkeerd, bestelling = self._geparkeerd(), self._van_voorraad("bestelling")
        acties = (
            "", "toewijzing", "voorstellen", "aanvaarding", "afwijzing", "afspraak", "pogingen", "afronding",
            "weigering", "sluiting", "herstel", "venster", "incheck", "uitcheck", "verlenging", "maatregelen",
        )  # fmt: skip
        return {
            "/wijken/{code}": self._wijken(),
            "/apparaten/{apparaat_id}": self._apparaten(),
            "/artikelen/{id}": self._artikelen(),
            "/locaties/{id}": self._locaties(),
            "/partijen/{id}": self._van_voorraad("partij"),
            "/partijen/{id}/terugroeping": self._van_voorraad("partij"),
            "/samenstellingen/{id}": self._van_voorraad("samenstelling"),
            "/voorraadmutaties/{id}": self._van_voorraad("mutatie"),
            "/voorraadmutaties/{id}/terugdraaiing": self._van_voorraad("mutatie"),
            **{f"/bezoeken/{{bezoek_id}}/{actie}".rstrip("/"): bezoek for actie in acties},
            **{f"/gezinnen/{{gezin_id}}{deel}": gezin for deel in GEZINSDELEN},
            "/gezinnen/{gezin_id}/veiligheidsvlaggen/{vlag_id}": self._vlaggen(),
            **{f"/bestellingen/{{id}}{deel}": bestelling for deel in ("", "/ontvangst", "/annulering")},
            "/partijen/{id}/gezinnen": self._van_voorraad("partij"),
            "/berichten/{bericht_id}/besluit": self._berichten(),
            "/onbereikbaar/{taak_id}": self._onbereikbaar(),
            "/gezinnen/{gezin_id}/kanaalstops/{kanaal}": self._per_gezin(kanaal="sms"),
            "/gezinnen/{gezin_id}/toestemmingen/{doel}": self._per_gezin(doel="cafe"),
            "/pushabonnementen/{abonnement_id}": self._push(),
            "/bezoeken-zonder-doos/{id}/boeking": self._zonder_doos(),
            **{f"/tellingen/{{id}}{deel}": telling for deel in ("", "/regels", "/vaststelling", "/annulering")},
            **{f"/vouchers/{{id}}{deel}": voucher for deel in ("", "/intrekking", "/vervanging")},
            "/vouchermeldingen/{id}/afhandeling": self._van_voorraad("vouchermelding"),
            **{f"/geparkeerde-handelingen/{{handeling_id}}{deel}": geparkeerd for deel in ("", "/besluit")},
            **{f"/gezinskoppelingen/{{koppeling_id}}{deel}": koppeling for deel in ("", "/beoordeling")},
            **{f"/pasgeborenen/{{pasgeborene_id}}{deel}": kind for deel in ("", "/overlijden", "/herstel")},
            **{
                f"/ooievaarsmoeders/{{moeder_id}}{deel}": moeder
                for deel in ("", "/apparaten", "/koppelcodes", "/overdracht", "/afwezigheden", "/relaties")
            },
            "/ooievaarsmoeders/{moeder_id}/afwezigheden/{afwezigheid_id}": self._van_moeder(afwezig, "afwezigheid_id"),
            "/ooievaarsmoeders/{moeder_id}/relaties/{relatie_id}": self._van_moeder(bekend, "relatie_id"),
            "/achterwachtdiensten/{dienst_id}": self._diensten(),
            **{f"/alarmen/{{alarm_id}}{deel}": alarm for deel in ("", "/claim", "/afsluiting")},
            **{f"/geboortemeldingen/{{id}}{deel}": melding for deel in ("", "/beoordeling", "/beoordeling/herstel")},
            "/geboorteimporten/{id}": self._importen(),
            **{
                f"/sjpruutcafes/{{cafe_id}}{deel}": cafes
                for deel in ("", "/afgelasting", "/agenda", "/uitnodigingen", "/aanmeldingen", "/aanwezigheid")
            },
            **{
                f"/sjpruutcafes/{{cafe_id}}/aanmeldingen/{{aanmelding_id}}{deel}": aanmelding
                for deel in ("", "/aanname")
            },
            "/cafeplaatsen/{plaats_id}": self._cafeplaatsen(),
            "/agendafeeds/{feed_id}": self._feeds(),
            **self._sjop(),
        }
