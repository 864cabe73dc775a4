/** Calling, texting and finding the way, with the phone's own apps: they work without internet and tell nobody. */
import { nummerVan } from "../kern/overzicht.js";
import { taalkaart } from "../taalkaarten.js";
import { T } from "../teksten.js";
import { html } from "./html.js";
import { Knop, Melding, Onderaan, Scherm } from "./onderdelen.js";

/** @typedef {import("../app.js").App} App */
/** @typedef {import("../kern/overzicht.js").Blik} Blik */

/** Both systems read this form; each ignores the sign it does not want. @param {string} nummer @param {string} tekst */
export const smsLink = (nummer, tekst) => `sms:${nummer}?&body=${encodeURIComponent(tekst)}`;

/** The phone's own map; no address goes to us or to a website. @param {import("../kern/vormen.js").Adres} adres */
function routeLink(adres) {
  const doel = encodeURIComponent(
    `${adres.straat} ${adres.huisnummer}${adres.huisletter ?? ""} ${adres.postcode} ${adres.woonplaats}`,
  );
  return /iPhone|iPad/.test(navigator.userAgent) ? `maps:?daddr=${doel}` : `geo:0,0?q=${doel}`;
}

/** @param {App} app @param {Blik} blik @param {string} soort @param {string} uitkomst @param {string} [concept] */
export function bewaarPoging(app, blik, soort, uitkomst, concept) {
  const moment = new Date(app.klok.nu()).toISOString();
  const id = (concept && app.inhoud.concepten[concept]?.id) || crypto.randomUUID();
  return app.bewaar(
    { id, soort: "poging", bezoek: blik.bezoek.id, moment, gegevens: { moment, soort, uitkomst } },
    { concept, titel: T.titels.poging },
  );
}

/** @param {{ app: App, blik: Blik }} p */
export function BelKnoppen({ app, blik }) {
  const { gezin, bezoek } = blik;
  const nummer = nummerVan(gezin);
  const sleutel = `bellen:${bezoek.id}`;
  const gebeld = app.inhoud.concepten[sleutel];
  const belt = () => void app.zetConcept(sleutel, { id: crypto.randomUUID() });
  return html`<div class="drie">
      ${nummer && html`<a class="knop knop--gewoon" href=${`tel:${nummer}`} onClick=${belt}>${T.gezin.bel}</a>
        <a class="knop knop--gewoon" href=${`#/gezin/${bezoek.id}/aankondigen`}>${T.gezin.sms}</a>`}
      ${gezin?.adres && html`<a class="knop knop--gewoon" href=${routeLink(gezin.adres)}>${T.gezin.route}</a>`}
    </div>
    ${gebeld && html`<${Melding}>
      <p id="hoe-bellen">${T.gezin.hoeBellen}</p>
      <div class="twee" role="group" aria-labelledby="hoe-bellen">
        <${Knop} doe=${() => bewaarPoging(app, blik, "telefoon", "gesproken", sleutel)}>${T.gezin.gesproken}<//>
        <${Knop} doe=${() => bewaarPoging(app, blik, "telefoon", "geenGehoor", sleutel)}>${T.gezin.geenGehoor}<//>
      </div>
    <//>`}`;
}

/** The announcement in the family's language plus the Dutch, in the phone's own sms app. @param {{ app: App, blik: Blik }} p */
export function Aankondigen({ app, blik }) {
  const { bezoek, gezin } = blik;
  const nummer = nummerVan(gezin);
  const kaart = taalkaart(bezoek.taal);
  const vreemd = bezoek.taal !== "nl";
  const tekst = vreemd ? `${kaart.bericht}\n\n${taalkaart("nl").bericht}` : kaart.bericht;
  const gedaan = async () => {
    if (await bewaarPoging(app, blik, "bericht", "geenGehoor")) location.hash = `#/gezin/${bezoek.id}`;
  };
  return html`<${Scherm} titel=${T.aankondigen.titel} wie=${blik} terug=${`#/gezin/${bezoek.id}`}>
    <p>${nummer ? T.aankondigen.uitleg : T.aankondigen.geenNummer}</p>
    ${vreemd && html`<h2>${T.aankondigen.inTaal}: ${kaart.naam}</h2>
      <p class="bericht" lang=${bezoek.taal} dir=${kaart.richting}>${kaart.bericht}</p>
      ${!kaart.nagekeken && html`<p class="zacht">${T.aankondigen.nietNagekeken}</p>`}`}
    <h2>${T.aankondigen.inNederlands}</h2>
    <p class="bericht">${taalkaart("nl").bericht}</p>
    ${nummer && html`<${Onderaan}>
      <a class="knop knop--hoofd" href=${smsLink(nummer, tekst)}>${T.aankondigen.open}</a>
      <${Knop} doe=${gedaan}>${T.aankondigen.gedaan}<//>
    <//>`}
  <//>`;
}
