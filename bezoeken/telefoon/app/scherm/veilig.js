/**
 * Checking in and out. The timer is the server's: until it has confirmed, this screen says that nobody watches, and
 * offers a text message instead (domain.md, rule 11).
 */
import { uur } from "../kern/tijd.js";
import { T } from "../teksten.js";
import { smsLink } from "./bellen.js";
import { html } from "./html.js";
import { Keuze, Knop, Melding, Onderaan, Scherm } from "./onderdelen.js";

const KEUZES = [30, 60, 90];
const LANGER = 15;

/** @param {{ app: import("../app.js").App, blik: import("../kern/overzicht.js").Blik }} p */
export function Veilig({ app, blik }) {
  const { bezoek } = blik;
  const { wachtrij, instellingen } = app.inhoud;
  const eigen = wachtrij.filter((h) => h.bezoek === bezoek.id && (h.soort === "incheck" || h.soort === "uitcheck"));
  const laatste = eigen.at(-1);
  const binnen = instellingen["binnen"]?.bezoek === bezoek.id ? instellingen["binnen"] : null;
  const minuten = Number(instellingen["minuten"] ?? 60);
  const meld = (/** @type {"incheck" | "uitcheck"} */ soort, /** @type {Record<string, any>} */ gegevens) =>
    app.bewaar({ id: crypto.randomUUID(), soort, bezoek: bezoek.id, gegevens }, { titel: T.titels[soort], zonderBedenktijd: true });
  const nu = app.klok.nu();

  const stand = () => {
    if (laatste?.status === "geweigerd" || laatste?.status === "geparkeerd") {
      return html`<div role="alert"><${Melding} soort="fout">${laatste.detail ?? T.veilig.geweigerd}<//></div>`;
    }
    if (laatste?.soort === "uitcheck") return html`<${Melding} soort="let-op">${T.veilig.buitenWacht}<//>`;
    if (laatste?.soort === "incheck") return html`<${NogNiet} app=${app} />`;
    if (!binnen) return html`<p>${T.veilig.uitleg}</p>`;
    return nu > binnen.tot
      ? html`<div role="alert"><${Melding} soort="fout">${T.veilig.tijdVoorbij}<//></div>`
      : html`<${Melding} soort="goed"><p class="groot">${T.veilig.tot} ${uur(binnen.tot)}</p><//>`;
  };

  const bezig = binnen || laatste?.soort === "incheck";
  return html`<${Scherm} titel=${T.veilig.titel} terug=${`#/gezin/${bezoek.id}`}>
    <div role="status">${stand()}</div>
    ${!bezig && html`<${Keuze} naam="minuten" vraag=${T.veilig.hoelang} waarde=${String(minuten)}
      keuzes=${KEUZES.map((n) => [String(n), T.veilig.minuten(n)])} kies=${(/** @type {string} */ n) => app.zetInstelling("minuten", n)} />`}
    <${Onderaan}>
      ${bezig
        ? html`<${Knop} soort="hoofd" doe=${() => meld("uitcheck", {})}>${T.veilig.buiten}<//>
            ${binnen && html`<${Knop} doe=${() => meld("incheck", { verwachteMinuten: langer(binnen.tot, nu) })}>${T.veilig.langer}<//>`}`
        : html`<${Knop} soort="hoofd" doe=${() => meld("incheck", { verwachteMinuten: minuten })}>${T.veilig.binnen}<//>`}
    <//>
  <//>`;
}

/** So many minutes from now that the end moves a quarter of an hour. @param {number} tot @param {number} nu */
const langer = (tot, nu) => Math.max(1, Math.round((Math.max(tot, nu) - nu) / 60_000)) + LANGER;

/** @param {{ app: import("../app.js").App }} p */
function NogNiet({ app }) {
  const nummer = app.regels().telefoonnummer;
  return html`<${Melding} soort="let-op"><p><strong>${T.veilig.nogNiet}</strong></p>
    ${nummer && html`<a class="knop knop--gewoon" href=${smsLink(nummer, T.veilig.smsTekst)}>${T.veilig.stuurSms}</a>`}
  <//>`;
}
