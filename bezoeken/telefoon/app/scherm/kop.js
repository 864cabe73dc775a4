/** What stands on every screen: the pill that tells the truth, news that needs a tap, and the tabs. */
import { aantalOngezien } from "../kern/overzicht.js";
import { aantalMis, aantalWacht, pil } from "../kern/pil.js";
import { uur } from "../kern/tijd.js";
import { T } from "../teksten.js";
import { html } from "./html.js";
import { Knop, Melding } from "./onderdelen.js";

/** @typedef {import("../app.js").App} App */

/** @param {{ app: App }} p */
export function Kop({ app }) {
  const { soort, tekst } = pilTekst(app);
  return html`<header class="kop">
    <a class="merk" href="#/">${T.app.naam}</a>
    <div role="status" class="stand"><a class=${`pil pil--${soort}`} href="#/wachtrij">${tekst}</a></div>
  </header>`;
}

/** @param {App} app @returns {{ soort: string, tekst: string }} */
function pilTekst(app) {
  if (app.oefenen) return { soort: "rustig", tekst: T.pil.oefenen };
  if (!app.gekoppeld()) return { soort: "rustig", tekst: T.pil.nietGekoppeld };
  const { wachtrij, instellingen } = app.inhoud;
  const geenNet = app.scherm.stand.staat === "wacht" || !navigator.onLine;
  switch (pil(wachtrij, geenNet)) {
    case "mis":
      return { soort: "mis", tekst: T.pil.mis(aantalMis(wachtrij)) };
    case "wacht":
      return { soort: "wacht", tekst: T.pil.wacht(aantalWacht(wachtrij)) };
    case "bezig":
      return { soort: "wacht", tekst: T.pil.bezig(aantalWacht(wachtrij)) };
    default: {
      const laatst = instellingen["laatstVerstuurd"];
      return { soort: "goed", tekst: laatst ? `${T.pil.klaar} ${uur(laatst)}` : T.pil.klaar };
    }
  }
}

/** At most one thing at a time that asks for attention, the most serious first. @param {{ app: App }} p */
export function Aandacht({ app }) {
  const { scherm } = app;
  if (scherm.opslagFout) return html`<div role="alert"><${Melding} soort="fout">${T.balk.opslag}<//></div>`;
  if (app.gekoppeld() && scherm.stand.reden === "afgemeld") {
    return html`<div role="alert"><${Melding} soort="let-op">
      <p>${T.balk.afgemeld}</p><a class="knop knop--gewoon" href="#/inloggen">${T.balk.koppelOpnieuw}</a>
    <//></div>`;
  }
  if (app.klok.wijktAf()) return html`<div role="alert"><${Melding} soort="let-op">${T.balk.klok}<//></div>`;
  if (app.oefenen) {
    return html`<div class="strook"><span>${T.app.oefenen}</span><a href="/app">${T.app.stopOefenen}</a></div>`;
  }
  return null;
}

/** Above the tabs: what was just saved, or a new version; offered, never forced. @param {{ app: App }} p */
export function Balk({ app }) {
  const { balk, nieuweVersie } = app.scherm;
  const inhoud = balk
    ? html`<span>${balk.tekst}</span>
        ${balk.neemTerug && html`<${Knop} doe=${balk.neemTerug}>${T.balk.terug}<//>`}`
    : nieuweVersie && html`<span>${T.balk.versie}</span><${Knop} doe=${nieuweVersie}>${T.balk.nuVernieuwen}<//>`;
  return html`<div class="balk" role="status">${inhoud && html`<div class="balk__binnen">${inhoud}</div>`}</div>`;
}

const TABS = /** @type {const} */ ([
  ["#/", T.tabs.vandaag], ["#/berichten", T.tabs.berichten], ["#/ik", T.tabs.ik],
]);

/** @param {{ app: App, pad: string }} p */
export function Tabs({ app, pad }) {
  const huidig = pad.startsWith("#/ik") || pad.startsWith("#/wachtrij") ? "#/ik" : pad.startsWith("#/berichten") ? "#/berichten" : "#/";
  const nieuw = aantalOngezien(app.inhoud);
  return html`<nav class="tabs" aria-label=${T.tabs.menu}>
    ${TABS.map(
      ([naar, tekst]) => html`<a key=${naar} href=${naar} aria-current=${huidig === naar ? "page" : null}>
        ${tekst}${naar === "#/berichten" && nieuw > 0 && ` (${nieuw})`}
      </a>`,
    )}
  </nav>`;
}
