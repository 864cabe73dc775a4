/** The pieces that screens are made of: all reachable by thumb, keyboard and screen reader alike. */
import { wieVan } from "../kern/overzicht.js";
import { GRENZEN } from "../kern/grenzen.js";
import { T } from "../teksten.js";
import { html } from "./html.js";

/** @typedef {import("./html.js").Inhoud} Inhoud */

/**
 * A screen: one h1, which gets the focus.
 * @param {{ titel: string, terug?: string, wie?: import("../kern/overzicht.js").Blik, children?: Inhoud }} p
 *   `wie`: the family it is about, named on every form, so that nothing is logged with another one
 */
export function Scherm({ titel, terug, wie, children }) {
  return html`<main class="scherm" id="inhoud">
    ${terug !== undefined && html`<a class="terug" href=${terug}>${T.app.terug}</a>`}
    <h1 tabindex="-1">${titel}</h1>
    ${wie && html`<p class="wie">${wieVan(wie)}</p>`}
    ${children}
  </main>`;
}

/** Buttons whose last press is still being saved. @type {WeakSet<EventTarget>} */
const bezig = new WeakSet();

/**
 * Pressed again before the first press is saved it does nothing: what has no draft would be logged twice.
 * @param {{ doe: () => any, soort?: "hoofd" | "stil" | "gewoon" | "let-op", uit?: boolean, children?: Inhoud }} p
 */
export function Knop({ doe, soort = "gewoon", uit = false, children }) {
  const eenKeer = async (/** @type {any} */ { currentTarget: knop }) => {
    if (bezig.has(knop)) return;
    bezig.add(knop);
    try {
      await doe();
    } finally {
      bezig.delete(knop);
    }
  };
  return html`<button type="button" class=${`knop knop--${soort}`} onClick=${eenKeer} aria-disabled=${uit ? "true" : null}>
    ${children}
  </button>`;
}

/** The primary action, always at the same place under the thumb. @param {{ children?: Inhoud }} p */
export const Onderaan = ({ children }) => html`<div class="onderaan">${children}</div>`;

/** @param {{ soort?: "rustig" | "let-op" | "goed" | "fout", children?: Inhoud }} p */
export const Melding = ({ soort = "rustig", children }) => html`<div class=${`melding melding--${soort}`}>${children}</div>`;

/**
 * A question with large answers.
 * @param {object} p
 * @param {string} p.naam also the id that the summary of faults links to
 * @param {string} p.vraag
 * @param {[string, string][]} p.keuzes value and text
 * @param {string | undefined} p.waarde
 * @param {(waarde: string) => void} p.kies
 * @param {string} [p.fout]
 */
export function Keuze({ naam, vraag, keuzes, waarde, kies, fout }) {
  return html`<fieldset class=${fout ? "vraag vraag--fout" : "vraag"} id=${naam}>
    <legend>${vraag}</legend>
    ${fout && html`<p class="fout" id=${`${naam}-fout`}>${fout}</p>`}
    ${keuzes.map(
      ([code, tekst]) => html`<label class="keuze" key=${code}>
        <input type="radio" name=${naam} value=${code} checked=${waarde === code} onChange=${() => kies(code)}
          aria-describedby=${fout ? `${naam}-fout` : null} />
        <span>${tekst}</span>
      </label>`,
    )}
  </fieldset>`;
}

/** @param {{ naam: string, tekst: string, hulp?: string, aan: boolean, zet: (aan: boolean) => void }} p */
export function Vink({ naam, tekst, hulp, aan, zet }) {
  return html`<label class="keuze">
    <input type="checkbox" name=${naam} checked=${aan} onChange=${() => zet(!aan)} />
    <span>${tekst}${hulp && html`<small>${hulp}</small>`}</span>
  </label>`;
}

/**
 * @param {object} p
 * @param {string} p.naam @param {string} p.tekst @param {string} p.waarde
 * @param {(waarde: string) => void} p.zet
 * @param {string} [p.soort] @param {string} [p.hulp] @param {string} [p.fout] @param {Record<string, any>} [p.meer]
 */
export function Veld({ naam, tekst, waarde, zet, soort = "text", hulp, fout, meer = {} }) {
  const uitleg = [hulp && `${naam}-hulp`, fout && `${naam}-fout`].filter(Boolean).join(" ");
  return html`<div class=${fout ? "veld veld--fout" : "veld"}>
    <label for=${naam}>${tekst}</label>
    ${hulp && html`<p class="hulp" id=${`${naam}-hulp`}>${hulp}</p>`}
    ${fout && html`<p class="fout" id=${`${naam}-fout`}>${fout}</p>`}
    <input id=${naam} name=${naam} type=${soort} value=${waarde} aria-describedby=${uitleg || null} max=${soort === "date" ? `${GRENZEN.kalender.max}-12-31` : null}
      aria-invalid=${fout ? "true" : null} onInput=${(/** @type {any} */ e) => zet(e.target.value)} ...${meer} />
  </div>`;
}

/** All faults at once, each leading to its question. @param {{ fouten: [string, string][] }} p id and text */
export function Foutenlijst({ fouten }) {
  if (fouten.length === 0) return null;
  const ga = (/** @type {Event} */ e, /** @type {string} */ id) => {
    e.preventDefault();
    const doel = document.getElementById(id);
    const veld = doel?.matches("input") ? doel : doel?.querySelector("input");
    (veld ?? doel)?.focus();
    doel?.scrollIntoView({ block: "center" });
  };
  return html`<div class="melding melding--fout" role="alert" tabindex="-1" id="fouten">
    <h2>${T.fouten.kop}</h2>
    <ul>
      ${fouten.map(
        ([id, tekst]) => html`<li key=${id}><a href=${`#${id}`} onClick=${(/** @type {Event} */ e) => ga(e, id)}>${tekst}</a></li>`,
      )}
    </ul>
  </div>`;
}

/** She pressed save too early: say what is missing, and go there. @param {(deel: { geprobeerd: true }) => Promise<void>} zet */
export async function toonFouten(zet) {
  await zet({ geprobeerd: true });
  document.getElementById("fouten")?.focus();
}

/** A row that leads somewhere. @param {{ naar: string, children?: Inhoud }} p */
export const Rij = ({ naar, children }) => html`<li><a class="rij" href=${naar}>${children}</a></li>`;
