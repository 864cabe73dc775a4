/** The Sjpruut Sjop: what a family needs, in pictures; the size where there is one. The Sjop sees a first name and this. */
import { controleer } from "../kern/regels.js";
import { T } from "../teksten.js";
import { BelCoordinator } from "./gezin.js";
import { html } from "./html.js";
import { Knop, Onderaan, Scherm } from "./onderdelen.js";

/** @typedef {import("../app.js").App} App */
/** @typedef {import("../kern/overzicht.js").Blik} Blik */
/** @typedef {{ code: string, tekst: string, maten: string[] }} Sjopsoort */

/** What the Sjop is: #/ik/sjop. @param {{ app: App }} p */
export const Sjop = ({ app }) => html`<${Scherm} titel=${T.sjop.titel} terug="#/ik"><p>${T.sjop.uitleg}</p><${BelCoordinator} app=${app} /><//>`;

/** Asking for one family: #/gezin/<id>/sjop. @param {{ app: App, blik: Blik, terug: string }} p */
export function SjopVanGezin({ app, blik, terug }) {
  /** @type {Sjopsoort[]} */
  const soorten = app.inhoud.instellingen["programma"]?.sjopsoorten ?? [];
  const sleutel = `sjop:${blik.bezoek.id}`;
  const { c, zet: zetDeel } = app.concept(sleutel);
  /** @type {Record<string, string>} the size per kind that was tapped; "" when none was chosen */
  const wensen = c.wensen ?? {};
  const zet = (/** @type {Record<string, string>} */ nieuw) => zetDeel({ wensen: nieuw });
  const tik = (/** @type {string} */ code) => {
    const { [code]: weg, ...rest } = wensen;
    return zet(weg === undefined ? { ...wensen, [code]: "" } : rest);
  };
  const gekozen = soorten.filter((soort) => wensen[soort.code] !== undefined);
  const gegevens = { wensen: gekozen.map(({ code }) => ({ categorie: code, maat: wensen[code] })) };
  const mag = controleer("sjopaanvraag", gegevens, { nu: 0 }).length === 0;
  const bewaar = async () => {
    if (!mag) return;
    const gelukt = await app.bewaar({ id: c.id, soort: "sjopaanvraag", bezoek: blik.bezoek.id, gegevens }, { concept: sleutel, titel: T.titels.sjopaanvraag });
    if (gelukt) location.hash = terug;
  };
  if (soorten.length === 0) return html`<${Scherm} titel=${T.sjop.titel} terug=${terug}><p>${T.sjop.uitleg}</p><${BelCoordinator} app=${app} /><//>`;
  return html`<${Scherm} titel=${T.sjop.vraag} wie=${blik} terug=${terug}>
    <fieldset class="tegels"><legend>${T.sjop.kies}</legend>
      ${soorten.map(({ code, tekst, maten }) => html`<label class="tegel" key=${code}>
          <input type="checkbox" name=${code} checked=${wensen[code] !== undefined} onChange=${() => tik(code)} />
          <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${BEELD[code] ?? DOOS} /></svg><span>${tekst}</span></label>
        ${wensen[code] !== undefined && maten.length > 0 && html`<div class="veld tegels__maat" key=${`maat-${code}`}>
          <label for=${`maat-${code}`}>${T.sjop.maat(tekst)}</label>
          <select id=${`maat-${code}`} onChange=${(/** @type {any} */ e) => zet({ ...wensen, [code]: e.target.value })}>
            <option value="">${T.sjop.elkeMaat}</option>
            ${maten.map((maat) => html`<option key=${maat} value=${maat} selected=${wensen[code] === maat}>${maat}</option>`)}
          </select></div>`}`)}
    </fieldset>
    <p class="zacht">${T.sjop.ziet}</p>
    <${Onderaan}><${Knop} soort="hoofd" doe=${bewaar} uit=${!mag}>${T.sjop.bewaar}<//><//>
  <//>`;
}

/** Drawn here, one line each, for who reads little Dutch. A kind that an organisation added gets the box. */
const DOOS = "M4 8l8-4 8 4v9l-8 4-8-4zM4 8l8 4 8-4M12 12v9";
/** @type {Record<string, string>} */
const BEELD = {
  rompers: "M8 3 4 6l2 4 2-1v6l2 5h4l2-5V9l2 1 2-4-4-3-2 2h-4z",
  kleding: "M8 3 3 7l2 4 3-2v11h8V9l3 2 2-4-5-4-2 2h-4z",
  jassen: "M8 3 3 7l2 4 3-2v11h8V9l3 2 2-4-5-4-2 2h-4zM12 5v15",
  schoenen: "M3 8v9h18v-3l-7-2-3-4H8v2H6V8z",
  slaapzakken: "M9 3h6l1 4 2 11-6 3-6-3L8 7zM9 8h6",
  beddengoed: "M3 9h18v9H3zM3 13h18",
  luiers: "M3 7h18v3c-4 0-6 3-6 8H9c0-5-2-8-6-8z",
  voeding: "M7 6h10v14H7zM6 3h12v3H6zM9 11h6",
  speeltjes: "M4 12h7v8H4zM13 12h7v8h-7zM8.5 4h7v8h-7z",
  boeken: "M12 6c-3-2-6-2-9-1v13c3-1 6-1 9 1 3-2 6-2 9-1V5c-3-1-6-1-9 1zM12 6v13",
  badje: "M3 11h18l-2 7H5zM7 11V6h3",
  kinderwagen: "M4 11a8 8 0 0 1 8-8v8zM4 11h15l-2 5H7zM19 11l2-4M9 20a1 1 0 1 1-2 0 1 1 0 0 1 2 0M17 20a1 1 0 1 1-2 0 1 1 0 0 1 2 0",
  kinderstoel: "M8 3h8v8H8zM6 11h12M8 11 6 21M16 11l2 10M7 16h10",
  bed: "M3 5v15M21 5v15M3 8h18M3 16h18M8 8v8M12 8v8M16 8v8",
  matras: "M3 9h18v6H3zM3 12h18",
};
