/** The Sjpruutcafés: what is coming, and signing a family up. */
import { dagVan, momentTekst } from "../kern/tijd.js";
import { T } from "../teksten.js";
import { html } from "./html.js";
import { Foutenlijst, Keuze, Knop, Melding, Onderaan, Scherm, toonFouten } from "./onderdelen.js";

/** @typedef {import("../app.js").App} App */
/** @typedef {import("../kern/overzicht.js").Blik} Blik */
/** @typedef {{ gezin: string, status: "aangemeld" | "wachtlijst" | "aangeboden", volwassenen: number, kinderen: number }} Lijstplek */
/** @typedef {{ id: string, begin: string, plaats: string, adres?: string, thema: string, vol?: boolean, aanmeldingen?: Lijstplek[] }} Cafe */

/** The next cafés, as far as the phone has them: #/ik/cafes. @param {{ app: App }} p */
export function Cafes({ app }) {
  const cafes = komende(app);
  return html`<${Scherm} titel=${T.cafes.titel} terug="#/ik">
    ${cafes.length === 0 && html`<p>${T.cafes.leeg}</p>`}
    <ul class="lijst">${cafes.map((cafe) => html`<${Kaart} key=${cafe.id} app=${app} cafe=${cafe} />`)}</ul>
    <p class="zacht">${T.cafes.aanmelden}</p><//>`;
}

/**
 * Sign one family up: #/gezin/<id>/cafe. What she saved is provisional until the server has said whether there is room.
 * @param {{ app: App, blik: Blik, terug: string }} p
 */
export function CafeVanGezin({ app, blik, terug }) {
  const { bezoek, gezin } = blik;
  const sleutel = `cafe:${bezoek.id}`;
  const cafes = komende(app);
  const { c, zet } = app.concept(sleutel);
  const vrij = cafes.filter((cafe) => gezin && !staatOpLijst(cafe, gezin.id) && !wachtOpServer(app, cafe, gezin.id));
  const bewaar = async () => {
    if (!c.cafe || !gezin) return toonFouten(zet);
    const gegevens = { sjpruutcafe: c.cafe, gezin: gezin.id, volwassenen: Number(c.volwassenen ?? 1), kinderen: Number(c.kinderen ?? 1) };
    const gelukt = await app.bewaar({ id: c.id, soort: "cafeAanmelding", bezoek: bezoek.id, gegevens }, { concept: sleutel, titel: T.titels.cafeAanmelding });
    if (gelukt) scrollTo(0, 0);
  };
  const fout = c.geprobeerd && !c.cafe ? T.fouten.invalid_choice : undefined;
  return html`<${Scherm} titel=${T.cafes.titel} wie=${blik} terug=${terug}>
    <${Foutenlijst} fouten=${fout ? [["cafe", fout]] : []} />
    ${cafes.length === 0 && html`<p>${T.cafes.leeg}</p>`}
    <ul class="lijst">${cafes.filter((cafe) => !vrij.includes(cafe)).map((cafe) => html`<${Kaart} key=${cafe.id} app=${app} cafe=${cafe} gezin=${gezin?.id} />`)}</ul>
    ${gezin && vrij.length > 0 && html`
      <${Keuze} naam="cafe" vraag=${T.cafes.welk} waarde=${c.cafe} fout=${fout} kies=${(/** @type {string} */ cafe) => zet({ cafe })}
        keuzes=${vrij.map((cafe) => [cafe.id, `${momentTekst(cafe.begin, dagVan(app.klok.nu()))}, ${cafe.plaats}, ${cafe.thema}${cafe.vol ? `. ${T.cafes.vol}` : ""}`])} />
      <${Aantal} naam="volwassenen" tekst=${T.cafes.volwassenen} van=${1} tot=${4} waarde=${c.volwassenen ?? "1"} zet=${(/** @type {string} */ volwassenen) => zet({ volwassenen })} />
      <${Aantal} naam="kinderen" tekst=${T.cafes.kinderen} van=${0} tot=${8} waarde=${c.kinderen ?? "1"} zet=${(/** @type {string} */ kinderen) => zet({ kinderen })} />
      <${Onderaan}><${Knop} soort="hoofd" doe=${bewaar}>${T.cafes.meldAan}<//><//>`}
  <//>`;
}

/** @param {App} app @returns {Cafe[]} those that have not begun */
const komende = (app) => (app.inhoud.instellingen["sjpruutcafes"] ?? []).filter((/** @type {Cafe} */ cafe) => Date.parse(cafe.begin) > app.klok.nu());

/** @param {Cafe} cafe @param {string} gezin */
const staatOpLijst = (cafe, gezin) => cafe.aanmeldingen?.find((a) => a.gezin === gezin);

/** What she saved and the server has not judged yet. @param {App} app @param {Cafe} cafe @param {string} gezin */
const wachtOpServer = (app, cafe, gezin) => app.inhoud.wachtrij.find(
  (h) => h.soort === "cafeAanmelding" && h.status === "wacht" && h.gegevens["sjpruutcafe"] === cafe.id && h.gegevens["gezin"] === gezin,
);

/** @param {{ app: App, cafe: Cafe, gezin?: string }} p */
function Kaart({ app, cafe, gezin }) {
  const plek = gezin && staatOpLijst(cafe, gezin);
  const voorlopig = gezin && !plek && wachtOpServer(app, cafe, gezin);
  return html`<li class="kaart">
    <strong>${momentTekst(cafe.begin, dagVan(app.klok.nu()))}</strong><span>${cafe.plaats}</span><span>${cafe.thema}</span>
    ${!plek && !voorlopig && cafe.vol && html`<span class="zacht">${T.cafes.vol}</span>`}
    ${plek && html`<${Melding} soort=${plek.status === "aangemeld" ? "goed" : "rustig"}>${T.cafes.stand[plek.status]}<//>`}
    ${voorlopig && html`<${Melding} soort="let-op">${T.cafes.voorlopig}<//>`}
  </li>`;
}

/** @param {{ naam: string, tekst: string, van: number, tot: number, waarde: string, zet: (waarde: string) => void }} p */
const Aantal = ({ naam, tekst, van, tot, waarde, zet }) => html`<div class="veld"><label for=${naam}>${tekst}</label>
  <select id=${naam} name=${naam} value=${waarde} onChange=${(/** @type {any} */ e) => zet(e.target.value)}>
    ${Array.from({ length: tot - van + 1 }, (_leeg, n) => String(van + n)).map((n) => html`<option key=${n} value=${n} selected=${n === waarde}>${n}</option>`)}
  </select></div>`;
