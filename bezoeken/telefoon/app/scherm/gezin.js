/** One family: how to reach it, what is known, and what to do next. */
import { maatregel, naamVan, nummerVan, straatVan } from "../kern/overzicht.js";
import { dagVan, korteDatum, momentTekst } from "../kern/tijd.js";
import { tijdOver } from "../kern/venster.js";
import { taalkaart, taalNaam } from "../taalkaarten.js";
import { T } from "../teksten.js";
import { BelKnoppen } from "./bellen.js";
import { html } from "./html.js";
import { Keuze, Knop, Melding, Onderaan, Rij, Scherm } from "./onderdelen.js";
import { stapTekst } from "./vandaag.js";

/** @typedef {import("../app.js").App} App */
/** @typedef {import("../kern/overzicht.js").Blik} Blik */

/** @param {{ app: App, blik: Blik }} p */
export function Gezin({ app, blik }) {
  const { bezoek, stap } = blik;
  if (stap === "gestopt") return html`<${Gestopt} app=${app} />`;
  if (stap === "antwoord") return html`<${Antwoord} app=${app} blik=${blik} />`;
  const basis = `#/gezin/${bezoek.id}`;
  if (stap === "coordinator" && blik.gezin?.contactWacht) return html`<${Wacht} app=${app} blik=${blik} basis=${basis} />`;
  const vandaag = dagVan(app.klok.nu());
  return html`<${Scherm} titel=${naamVan(blik)} terug="#/">
    <p class="groot">${straatVan(blik.gezin) || (blik.gezin ? T.gezin.geheim : T.gezin.wachtOpAdres)}</p>
    ${maatregel(bezoek) && html`<${Melding} soort="let-op"><strong>${T.gezin.maatregel}: ${maatregel(bezoek)}</strong><//>`}
    <p><span class="kaart__stap">${stapTekst(blik, vandaag)}</span> · ${tijdOver(bezoek.venster, vandaag)}</p>
    <${Contact} app=${app} blik=${blik} />
    ${stap !== "klaar" && html`<${Onderaan}>
      <a class="knop knop--hoofd" href=${stap === "aankondigen" ? `${basis}/aankondigen` : `${basis}/bezoek`}>
        ${stap === "aankondigen" ? T.gezin.aankondigen : T.gezin.vastleggen}
      </a>
      <a class="knop knop--gewoon" href=${`${basis}/niet-thuis`}>${T.gezin.nietThuis}</a>
    <//>`}
    ${stap === "klaar" && html`<${Melding} soort="goed">${T.gezin.klaar}<//><ul class="rijen"><${Rij} naar=${`${basis}/sjop`}>${T.sjop.titel}<//></ul>`}
    <${Feiten} app=${app} blik=${blik} />
    ${stap !== "klaar" && html`<h2>${T.gezin.meer}</h2>
      <ul class="rijen">
        ${stap === "aankondigen"
          ? html`<${Rij} naar=${`${basis}/bezoek`}>${T.gezin.vastleggen}<//>`
          : nummerVan(blik.gezin) && html`<${Rij} naar=${`${basis}/aankondigen`}>${T.gezin.aankondigen}<//>`}
        <${Rij} naar=${`${basis}/veilig`}>${T.gezin.binnen}<//>
        <${Rij} naar=${`${basis}/afspraak`}>${T.gezin.afspraak}<//>
        <${Rij} naar=${`${basis}/cafe`}>${T.cafes.titel}<//>
        <${Rij} naar=${`${basis}/sjop`}>${T.sjop.titel}<//>
        <${Rij} naar=${`${basis}/doorverwijzing`}>${T.gezin.doorverwijzing}<//>
        <${Rij} naar=${`${basis}/weigering`}>${T.gezin.weigering}<//>
        <${Rij} naar=${`${basis}/overlijden`}>${T.gezin.overlijden}<//>
      </ul>`}
  <//>`;
}

/** In doubt contact waits; what she did before she heard of it she can still log. @param {{ app: App, blik: Blik, basis: string }} p */
function Wacht({ app, blik, basis }) {
  return html`<${Scherm} titel=${naamVan(blik)} terug="#/">
    <p class="groot">${T.gezin.contactWacht}</p>
    <${BelCoordinator} app=${app} />
    <ul class="rijen">
      <${Rij} naar=${`${basis}/bezoek`}>${T.gezin.vastleggen}<//>
      <${Rij} naar=${`${basis}/veilig`}>${T.gezin.binnen}<//>
      <${Rij} naar=${`${basis}/weigering`}>${T.gezin.weigering}<//>
      <${Rij} naar=${`${basis}/overlijden`}>${T.gezin.overlijden}<//>
    </ul>
  <//>`;
}

/** @param {{ app: App, blik: Blik }} p */
function Contact({ app, blik }) {
  const { bezoek, gezin } = blik;
  const tolk = gezin?.contactpersonen.some((c) => c.tolkNodig);
  return html`<${BelKnoppen} app=${app} blik=${blik} />
    ${bezoek.taal !== "nl" && html`<p><a class="knop knop--gewoon knop--breed" href=${`#/gezin/${bezoek.id}/kaart`}>${T.gezin.kaart} ${taalNaam(bezoek.taal)}</a></p>`}
    ${tolk && html`<p>${T.gezin.tolk}</p>`}
    ${gezin && !nummerVan(gezin) && html`<p class="zacht">${T.gezin.geenNummer}</p>`}`;
}

/** @param {{ app: App, blik: Blik }} p */
function Feiten({ app, blik }) {
  const { bezoek, kinderen, pogingen } = blik;
  const vandaag = dagVan(app.klok.nu());
  const laatste = bezoek.pogingen.at(-1);
  return html`<dl class="feiten">
    <div><dt>${T.gezin.venster}</dt><dd>${korteDatum(bezoek.venster.begin)} ${T.gezin.en} ${korteDatum(bezoek.venster.eind)}</dd></div>
    <div><dt>${T.gezin.kinderen}</dt><dd>${kinderen.map((k) => html`<div key=${k.id}>${k.voornaam ?? ""} ${T.gezin.geboren} ${korteDatum(k.geboortedatum)}</div>`)}</dd></div>
    <div><dt>${T.gezin.laatste}</dt><dd>${laatste ? pogingTekst(laatste, vandaag) : T.gezin.geenContact}
      ${pogingen > 0 && html`<div>${T.gezin.poging(pogingen, app.regels().pogingen)}</div>`}</dd></div>
  </dl>`;
}

/** @param {import("../kern/vormen.js").Poging} poging @param {string} vandaag */
function pogingTekst({ soort, uitkomst, moment }, vandaag) {
  const wat = T.soortPoging[/** @type {keyof typeof T.soortPoging} */ (soort)] ?? soort;
  const hoe = T.uitkomst[/** @type {keyof typeof T.uitkomst} */ (uitkomst)] ?? uitkomst;
  return `${wat}, ${hoe}, ${momentTekst(moment, vandaag)}`;
}

/** Before she says yes she sees wijk and language only. @param {{ app: App, blik: Blik }} p */
function Antwoord({ app, blik }) {
  const { bezoek } = blik;
  const sleutel = `antwoord:${bezoek.id}`;
  const { c: concept, zet } = app.concept(sleutel);
  const vandaag = dagVan(app.klok.nu());
  const ja = () => app.bewaar(
    { id: crypto.randomUUID(), soort: "aanvaarding", bezoek: bezoek.id, gegevens: {} }, { titel: T.titels.aanvaarding });
  const nee = async () => {
    await app.bewaar({ id: concept.id, soort: "afwijzing", bezoek: bezoek.id, gegevens: { reden: concept.reden } },
      { concept: sleutel, titel: T.titels.afwijzing });
    location.hash = "#/";
  };
  return html`<${Scherm} titel=${T.vandaag.nieuw} terug="#/">
    <p class="groot">${app.wijknaam(bezoek.wijk)} · ${taalNaam(bezoek.taal)}</p>
    <p>${T.gezin.venster} ${korteDatum(bezoek.venster.begin)} ${T.gezin.en} ${korteDatum(bezoek.venster.eind)} (${tijdOver(bezoek.venster, vandaag)})</p>
    <p class="zacht">${T.gezin.nogDicht}</p>
    ${concept.nee && html`<${Keuze} naam="reden" vraag=${T.gezin.waarom} keuzes=${Object.entries(T.redenen)} waarde=${concept.reden}
      kies=${(/** @type {string} */ reden) => zet({ reden })} />`}
    <${Onderaan}>
      ${concept.nee
        ? html`<${Knop} soort="hoofd" doe=${nee} uit=${!concept.reden}>${T.bezoek.bewaar}<//>
            <${Knop} doe=${() => zet({ nee: false })}>${T.app.terug}<//>`
        : html`<${Knop} soort="hoofd" doe=${ja}>${T.gezin.neemAan}<//>
            <${Knop} doe=${() => zet({ nee: true })}>${T.gezin.wijsAf}<//>`}
    <//>
  <//>`;
}

/** After a death: nothing but this. @param {{ app: App }} p */
export function Gestopt({ app }) {
  return html`<${Scherm} titel=${T.gezin.gestopt} terug="#/">
    <${BelCoordinator} app=${app} />
  <//>`;
}

/** @param {{ app: App }} p */
export function BelCoordinator({ app }) {
  const nummer = app.regels().telefoonnummer;
  return nummer
    ? html`<${Onderaan}><a class="knop knop--hoofd" href=${`tel:${nummer}`}>${T.gezin.belCoordinator}</a><//>`
    : html`<p>${T.hulp.nummerOnbekend}</p>`;
}

/** The card to show at the door: large, in the family's language and direction. @param {{ blik: Blik }} p */
export function Kaart({ blik }) {
  const kaart = taalkaart(blik.bezoek.taal);
  return html`<${Scherm} titel=${`${T.gezin.kaart} ${kaart.naam}`} terug=${`#/gezin/${blik.bezoek.id}`}>
    <p class="taalkaart" lang=${blik.bezoek.taal} dir=${kaart.richting}>${kaart.groet}</p>
    ${!kaart.nagekeken && html`<p class="zacht">${T.aankondigen.nietNagekeken}</p>`}
    <h2>${T.aankondigen.inNederlands}</h2>
    <p>${taalkaart("nl").groet}</p>
  <//>`;
}
