/** The Sjpruutcafés: what is coming, and signing a family up. */
import { dagVan, momentTekst } from "../kern/tijd.js";
import { T } from "../teksten.js";
import { html } from "./html.js";
import { Scherm } from "./onderdelen.js";

/** @typedef {import("../app.js").App} App */
/** @typedef {import("../kern/overzicht.js").Blik} Blik */

/** The next two cafés, as far as the phone has them: #/ik/cafes. @param {{ app: App }} p */
export const Cafes = ({ app }) => html`<${Scherm} titel=${T.cafes.titel} terug="#/ik"><${Komende} app=${app} /><//>`;

/** The same for one family: #/gezin/<id>/cafe. @param {{ app: App, blik: Blik, terug: string }} p */
export const CafeVanGezin = ({ app, terug }) => html`<${Scherm} titel=${T.cafes.titel} terug=${terug}><${Komende} app=${app} /><//>`;

/** @param {{ app: App }} p */
function Komende({ app }) {
  const cafes = app.inhoud.instellingen["sjpruutcafes"] ?? [];
  const vandaag = dagVan(app.klok.nu());
  return html`${cafes.length === 0 && html`<p>${T.cafes.leeg}</p>`}
    <ul class="lijst">${cafes.slice(0, 2).map((/** @type {any} */ cafe) => html`<li class="kaart" key=${cafe.id}>
      <strong>${momentTekst(cafe.begin, vandaag)}</strong><span>${cafe.plaats}</span><span>${cafe.thema}</span></li>`)}</ul>
    <p class="zacht">${T.cafes.aanmelden}</p>`;
}
