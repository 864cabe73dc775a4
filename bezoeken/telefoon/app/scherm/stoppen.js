/** When a family does not want us, and when a child has died: few words, and everything stops. */
import { kindNaam } from "../kern/overzicht.js";
import { controleer } from "../kern/regels.js";
import { dagVan, momentVan } from "../kern/tijd.js";
import { T } from "../teksten.js";
import { BelCoordinator } from "./gezin.js";
import { html } from "./html.js";
import { Foutenlijst, Keuze, Knop, Melding, Onderaan, Scherm, toonFouten, Veld } from "./onderdelen.js";

/** @typedef {{ app: import("../app.js").App, blik: import("../kern/overzicht.js").Blik }} P */

/** One tap, no reason asked; collecting the box is offered first (domain.md, rule 4). @param {P} p */
export function Weigering({ app, blik }) {
  const { bezoek } = blik;
  const sleutel = `weigering:${bezoek.id}`;
  const { c, zet } = app.concept(sleutel);
  const bewaar = async () => {
    if (!c.welk) return toonFouten(zet);
    const gelukt = await app.bewaar(
      { id: c.id, soort: "weigering", bezoek: bezoek.id, gegevens: { alles: c.welk === "alles" } },
      { concept: sleutel, titel: T.titels.weigering },
    );
    if (gelukt) location.hash = "#/";
  };
  const fout = c.geprobeerd && !c.welk ? T.fouten.invalid_choice : undefined;
  return html`<${Scherm} titel=${T.weigering.titel} wie=${blik} terug=${`#/gezin/${bezoek.id}`}>
    <p>${T.weigering.uitleg}</p>
    <${Foutenlijst} fouten=${fout ? [["welk", `${T.weigering.welk} ${fout}`]] : []} />
    <${Keuze} naam="welk" vraag=${T.weigering.welk} waarde=${c.welk} fout=${fout} kies=${(/** @type {string} */ welk) => zet({ welk })}
      keuzes=${[["ophalen", T.weigering.ophalen], ["bezoek", T.weigering.bezoek], ["alles", T.weigering.alles]]} />
    ${c.welk === "ophalen"
      ? html`<p>${T.weigering.ophalenHulp}</p><${BelCoordinator} app=${app} />`
      : html`<p class="zacht">${T.weigering.zonderReden}</p>
          <${Onderaan}><${Knop} soort="hoofd" doe=${bewaar}>${T.weigering.bewaar}<//><//>`}
  <//>`;
}

/** Two taps, then quiet: no other word about the family after this. @param {P} p */
export function Overlijden({ app, blik }) {
  const { bezoek, kinderen } = blik;
  const sleutel = `overlijden:${bezoek.id}`;
  const c = app.inhoud.concepten[sleutel] ?? {};
  const enige = kinderen.length === 1 ? kinderen[0]?.id : undefined;
  const kind = c.kind ?? enige;
  const zet = (/** @type {any} */ deel) => app.zetConcept(sleutel, { id: crypto.randomUUID(), ...c, ...deel });
  const bevestig = () => app.bewaar(
    { id: c.id ?? crypto.randomUUID(), soort: "overlijden", bezoek: bezoek.id, gegevens: { pasgeborene: kind } },
    { concept: sleutel, titel: T.titels.overlijden },
  );
  return html`<${Scherm} titel=${T.overlijden.titel} wie=${blik} terug=${`#/gezin/${bezoek.id}`}>
    <p>${T.overlijden.uitleg}</p>
    ${kinderen.length > 1 && html`<${Keuze} naam="kind" vraag=${T.overlijden.wie} waarde=${kind}
      keuzes=${kinderen.map((k) => [k.id, kindNaam(k, kinderen)])} kies=${(/** @type {string} */ id) => zet({ kind: id })} />`}
    <${Onderaan}>
      <${Knop} soort="hoofd" doe=${() => kind && bevestig()} uit=${!kind}>${T.overlijden.bevestig}<//>
      <a class="knop knop--gewoon" href=${`#/gezin/${bezoek.id}`}>${T.overlijden.nee}</a>
    <//>
  <//>`;
}

/** A day and an hour that were agreed; never required. @param {P} p */
export function Afspraak({ app, blik }) {
  const { bezoek } = blik;
  const sleutel = `afspraak:${bezoek.id}`;
  const nu = app.klok.nu();
  const { c, zet } = app.concept(sleutel);
  const begin = c.dag && c.tijd ? momentVan(c.dag, c.tijd) : undefined;
  const fouten = foutenInAfspraak(c, begin, nu);
  const fout = (/** @type {string} */ naam) => (c.geprobeerd ? fouten.find(([id]) => id === naam)?.[1] : undefined);
  const bewaar = async () => {
    if (fouten.length > 0) return toonFouten(zet);
    // She knows what suits the family: hours outside the usual ones are a warning only (api.md).
    const gelukt = await app.bewaar({ id: c.id, soort: "afspraak", bezoek: bezoek.id, gegevens: { begin, duurMinuten: 60, toch: true } },
      { concept: sleutel, titel: T.titels.afspraak });
    if (gelukt) location.hash = `#/gezin/${bezoek.id}`;
  };
  return html`<${Scherm} titel=${T.afspraak.titel} wie=${blik} terug=${`#/gezin/${bezoek.id}`}>
    <${Foutenlijst} fouten=${c.geprobeerd ? fouten.map(([id, wat]) => [id, `${T.afspraak[id]} ${wat}`]) : []} />
    <p class="zacht">${T.afspraak.uren}</p>
    <${Veld} naam="dag" soort="date" tekst=${T.afspraak.dag} waarde=${c.dag ?? ""} fout=${fout("dag")} zet=${(/** @type {string} */ dag) => zet({ dag })} meer=${{ min: dagVan(nu) }} />
    <${Veld} naam="tijd" soort="time" tekst=${T.afspraak.tijd} waarde=${c.tijd ?? ""} fout=${fout("tijd")} zet=${(/** @type {string} */ tijd) => zet({ tijd })} />
    <${Onderaan}><${Knop} soort="hoofd" doe=${bewaar}>${T.afspraak.bewaar}<//><//>
  <//>`;
}

/**
 * What is missing or impossible, at the field where she can mend it.
 * @param {{ dag?: string, tijd?: string }} c @param {string | undefined} begin @param {number} nu
 * @returns {["dag" | "tijd", string][]}
 */
function foutenInAfspraak({ dag, tijd }, begin, nu) {
  /** @type {["dag" | "tijd", string][]} */
  const fouten = [];
  if (!dag) fouten.push(["dag", T.fouten.required]);
  if (!tijd) fouten.push(["tijd", T.fouten.required]);
  if (begin === undefined) return fouten;
  if (controleer("afspraak", { begin }, { nu }).length > 0) fouten.push(["dag", T.fouten.invalid]);
  else if (Date.parse(begin) < nu) fouten.push(["dag", T.afspraak.voorbij]);
  return fouten;
}

/** Where referrals come; for now who to call. @param {P} p */
export const Doorverwijzing = ({ app, blik }) => html`<${Scherm} titel=${T.doorverwijzing.titel} wie=${blik} terug=${`#/gezin/${blik.bezoek.id}`}>
  <${Melding}>${T.doorverwijzing.uitleg}<//><${BelCoordinator} app=${app} /><//>`;
