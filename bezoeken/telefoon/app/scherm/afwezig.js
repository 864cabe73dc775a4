/** Being ill or away: told to the programme at once, with internet; else by the phone's own sms. */
import { controleer } from "../kern/regels.js";
import { dagVan, langeDatum } from "../kern/tijd.js";
import { T } from "../teksten.js";
import { smsLink } from "./bellen.js";
import { BelCoordinator } from "./gezin.js";
import { html } from "./html.js";
import { Foutenlijst, Keuze, Knop, Melding, Scherm, toonFouten, Veld } from "./onderdelen.js";

/** @param {{ app: import("../app.js").App }} p */
export function Afwezig({ app }) {
  const vandaag = dagVan(app.klok.nu());
  const c = { begin: vandaag, eind: "", ...app.inhoud.concepten["afwezig"] };
  // A key of its own for each answer that changes: pressing twice, or again after a lost answer, tells it once.
  const zet = (/** @type {any} */ deel) => app.zetConcept("afwezig", { ...c, stand: "", ...deel, id: crypto.randomUUID() });
  const fouten = foutenVan(c);
  const fout = (/** @type {string} */ naam) => (c.geprobeerd ? fouten.find(([id]) => id === naam)?.[1] : undefined);
  const meld = async () => {
    if (fouten.length > 0) await toonFouten(zet);
    else await app.meldAfwezig(c);
  };
  return html`<${Scherm} titel=${T.afwezig.titel} terug="#/ik">
    <p>${T.afwezig.uitleg}</p>
    <${Foutenlijst} fouten=${c.geprobeerd ? fouten : []} />
    <div role="status"><${Uitkomst} app=${app} c=${c} /></div>
    ${c.stand !== "gemeld" && html`<${Veld} naam="begin" soort="date" tekst=${T.afwezig.begin} waarde=${c.begin} fout=${fout("begin")}
        zet=${(/** @type {string} */ begin) => zet({ begin })} />
      <${Veld} naam="eind" soort="date" tekst=${T.afwezig.eind} hulp=${T.afwezig.eindHulp} waarde=${c.eind} fout=${fout("eind")}
        zet=${(/** @type {string} */ eind) => zet({ eind })} meer=${{ min: c.begin }} />
      <${Keuze} naam="reden" vraag=${T.afwezig.reden} keuzes=${Object.entries(T.afwezig.redenen)} waarde=${c.reden} fout=${fout("reden")}
        kies=${(/** @type {string} */ reden) => zet({ reden })} />
      <div class="onderaan"><${Knop} soort="hoofd" doe=${meld}>${T.afwezig.meld}<//></div>`}
    ${c.stand === "gemeld" && html`<${Knop} doe=${() => zet({ begin: vandaag, eind: "", reden: undefined, geprobeerd: false })}>${T.afwezig.nogEens}<//>`}
  <//>`;
}

/** @param {{ app: import("../app.js").App, c: any }} p */
function Uitkomst({ app, c }) {
  const nummer = app.regels().telefoonnummer;
  if (c.stand === "gemeld") {
    return html`<${Melding} soort="goed"><p>${T.afwezig.gemeld(langeDatum(c.begin), c.eind && langeDatum(c.eind))}</p>
      ${app.oefenen && html`<p>${T.balk.bewaardOefenen}</p>`}<//>`;
  }
  if (c.stand !== "mislukt") return null;
  return html`<${Melding} soort="let-op"><p>${T.afwezig.mislukt}</p>
    ${nummer && html`<a class="knop knop--gewoon knop--breed" href=${smsLink(nummer, T.afwezig.sms)}>${T.afwezig.stuur}</a>`}
    ${!nummer && html`<${BelCoordinator} app=${app} />`}<//>`;
}

/** @param {{ begin: string, eind: string, reden?: string }} c @returns {[string, string][]} */
function foutenVan({ begin, eind, reden }) {
  /** @type {[string, string][]} */
  const fouten = [];
  for (const { naam, code } of controleer("afwezigheid", { begin: begin || undefined, eind: eind || undefined }, { nu: 0 })) {
    if (naam === "eind" && code === "ongeldig") fouten.push(["eind", T.afwezig.eindVroeg]);
    else if (naam === "eind") fouten.push(["eind", `${T.afwezig.eind} ${T.fouten.invalid}`]);
    else fouten.push(["begin", `${T.afwezig.begin} ${T.fouten[code === "required" ? code : "invalid"]}`]);
  }
  if (!reden) fouten.push(["reden", `${T.afwezig.reden} ${T.fouten.invalid_choice}`]);
  return fouten;
}
