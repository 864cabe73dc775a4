/** Who asks something of her today, the most urgent first; and the round along the doors. */
import { isBinnen, isOpen, maatregel, naamVan, overzicht, ronde, straatVan, vandaagNietThuis, wieVan } from "../kern/overzicht.js";
import { dagVan, momentTekst, uur } from "../kern/tijd.js";
import { tijdOver } from "../kern/venster.js";
import { taalNaam } from "../taalkaarten.js";
import { T } from "../teksten.js";
import { html } from "./html.js";
import { Melding, Onderaan, Scherm } from "./onderdelen.js";

/** @typedef {import("../app.js").App} App */
/** @typedef {import("../kern/overzicht.js").Blik} Blik */

/** @param {App} app */
export const blikken = (app) => overzicht(app.inhoud, app.klok.nu(), app.regels());

/** @param {{ app: App }} p */
export function Vandaag({ app }) {
  const nu = app.klok.nu();
  const vandaag = dagVan(nu);
  const alle = blikken(app);
  const open = alle.filter(isOpen);
  const gestopt = alle.filter((b) => b.stap === "gestopt");
  const deuren = ronde(open).length;
  const bijgewerkt = app.inhoud.instellingen["bijgewerktOp"];
  return html`<${Scherm} titel=${T.vandaag.titel}>
    <p class="zacht">${bijgewerkt ? `${T.vandaag.bijgewerkt} ${kortMoment(bijgewerkt, vandaag)}` : T.app.laden}</p>
    ${alle.filter((b) => isBinnen(b.bezoek, app.inhoud.wachtrij)).map((blik) => html`<${Binnen} key=${blik.bezoek.id} blik=${blik} />`)}
    ${bijgewerkt && open.length === 0 && gestopt.length === 0 && html`<p class="groot">${T.vandaag.leeg}</p>`}
    <ul class="lijst">
      ${[...open, ...gestopt].map((blik) => html`<${Kaart} key=${blik.bezoek.id} blik=${blik} vandaag=${vandaag} />`)}
    </ul>
    ${deuren > 0 && html`<${Onderaan}><a class="knop knop--hoofd" href="#/ronde">${T.vandaag.ronde(deuren)}</a><//>`}
  <//>`;
}

/** While she is inside it stands above everything: who forgets to say that she is out sets off an alarm. @param {{ blik: Blik }} p */
const Binnen = ({ blik }) => html`<${Melding} soort="let-op"><p><strong>${wieVan(blik)}</strong><br />
  ${blik.bezoek.incheck ? `${T.veilig.tot} ${uur(blik.bezoek.incheck.verwachtEind)}` : T.veilig.nogNiet}</p>
  <a class="knop knop--gewoon knop--breed" href=${`#/gezin/${blik.bezoek.id}/veilig`}>${T.veilig.meldBuiten}</a><//>`;

/** @param {number} moment @param {string} vandaag */
const kortMoment = (moment, vandaag) => (dagVan(moment) === vandaag ? uur(moment) : momentTekst(moment, vandaag));

/** @param {{ blik: Blik, vandaag: string }} p */
function Kaart({ blik, vandaag }) {
  const { bezoek, gezin, stap, fase } = blik;
  const naar = `#/gezin/${bezoek.id}`;
  if (stap === "gestopt") return html`<li><a class="kaart" href=${naar}><strong>${T.gezin.gestopt}</strong></a></li>`;
  const laat = fase === "teLaat" || fase === "verlopen";
  return html`<li>
    <a class=${laat ? "kaart kaart--laat" : "kaart"} href=${naar}>
      <strong class="kaart__naam">${naamVan(blik)}</strong>
      <span>${[straatVan(gezin), bezoek.taal !== "nl" && taalNaam(bezoek.taal)].filter(Boolean).join(" · ") || taalNaam(bezoek.taal)}</span>
      <span class=${laat ? "tijd tijd--laat" : "tijd"}>${tijdOver(bezoek.venster, vandaag)}</span>
      <span class="kaart__stap">${stapTekst(blik, vandaag)}</span>
      ${blik.wacht && html`<span class="zacht">${T.vandaag.nogNietVerstuurd}</span>`}
    </a>
  </li>`;
}

/** @param {Blik} blik @param {string} vandaag */
export function stapTekst({ stap, bezoek, pogingen }, vandaag) {
  if (stap === "afspraak" && bezoek.afspraak) return `${T.stap.afspraak} ${momentTekst(bezoek.afspraak.begin, vandaag)}`;
  return stap === "langs" && pogingen > 0 ? `${T.stap.langs} (${pogingen + 1}e keer)` : T.stap[stap];
}

/** The doors of today in walking order, box in hand. @param {{ app: App }} p */
export function Ronde({ app }) {
  const vandaag = dagVan(app.klok.nu());
  const nietThuis = (/** @type {Blik} */ blik) => vandaagNietThuis(blik.bezoek, vandaag);
  const alle = ronde(blikken(app).filter(isOpen));
  // Doors that stayed closed today come last: she goes on to the next one.
  const deuren = [...alle.filter((b) => !nietThuis(b)), ...alle.filter(nietThuis)];
  const dozen = deuren.reduce((som, blik) => som + Math.max(1, blik.kinderen.length), 0);
  return html`<${Scherm} titel=${T.ronde.titel} terug="#/">
    ${deuren.length === 0 ? html`<p class="groot">${T.ronde.leeg}</p>` : html`<p>${T.ronde.uitleg} ${T.ronde.dozen(dozen)}</p>`}
    <ol class="lijst">
      ${deuren.map(
        (blik) => html`<li class="kaart" key=${blik.bezoek.id}>
          <h2 class="kaart__naam">${straatVan(blik.gezin)}</h2>
          <span><a href=${`#/gezin/${blik.bezoek.id}`}>${naamVan(blik)}</a>${blik.bezoek.taal !== "nl" && ` · ${taalNaam(blik.bezoek.taal)}`}</span>
          ${nietThuis(blik) && html`<span>${T.ronde.wasNietThuis} ${uur(nietThuis(blik) ?? "")}.${blik.wacht && ` ${T.vandaag.nogNietVerstuurd}.`}</span>`}
          ${maatregel(blik.bezoek) && html`<strong>${T.gezin.maatregel}: ${maatregel(blik.bezoek)}</strong>`}
          <div class="twee">
            <a class="knop knop--gewoon" href=${`#/gezin/${blik.bezoek.id}/bezoek/ronde`}>${T.ronde.thuis}<span class="onzichtbaar"> ${straatVan(blik.gezin)}</span></a>
            <a class="knop knop--gewoon" href=${`#/gezin/${blik.bezoek.id}/niet-thuis/ronde`}>${T.ronde.nietThuis}<span class="onzichtbaar"> ${straatVan(blik.gezin)}</span></a>
          </div>
        </li>`,
      )}
    </ol>
  <//>`;
}
