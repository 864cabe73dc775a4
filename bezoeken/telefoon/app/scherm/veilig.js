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

/** @param {{ app: import("../app.js").App, blik: import("../kern/overzicht.js").Blik }} p */
export function Veilig({ app, blik }) {
  const { bezoek } = blik;
  const { wachtrij, instellingen } = app.inhoud;
  const laatste = wachtrij.filter((h) => h.bezoek === bezoek.id && (h.soort === "incheck" || h.soort === "uitcheck")).at(-1);
  const minuten = Number(instellingen["minuten"] ?? 60);
  const meld = (/** @type {"incheck" | "uitcheck"} */ soort, /** @type {Record<string, any>} */ gegevens) =>
    app.bewaar({ id: crypto.randomUUID(), soort, bezoek: bezoek.id, gegevens }, { titel: T.titels[soort], zonderBedenktijd: true });
  const isBinnen = bezoek.incheck || (laatste?.soort === "incheck" && laatste.status === "wacht");
  return html`<${Scherm} titel=${T.veilig.titel} terug=${`#/gezin/${bezoek.id}`}>
    <div role="status"><${Stand} app=${app} incheck=${bezoek.incheck} laatste=${laatste} /></div>
    ${!isBinnen && html`<${Keuze} naam="minuten" vraag=${T.veilig.hoelang} waarde=${String(minuten)}
      keuzes=${KEUZES.map((n) => [String(n), T.veilig.minuten(n)])} kies=${(/** @type {string} */ n) => app.zetInstelling("minuten", n)} />`}
    <${Onderaan}>
      ${isBinnen
        ? html`<${Knop} soort="hoofd" doe=${() => meld("uitcheck", {})}>${T.veilig.buiten}<//>
            ${bezoek.incheck && html`<${Knop} doe=${() => app.verleng(bezoek.id)}>${T.veilig.langer}<//>`}`
        : html`<${Knop} soort="hoofd" doe=${() => meld("incheck", { verwachteMinuten: minuten })}>${T.veilig.binnen}<//>`}
    <//>
  <//>`;
}

/**
 * What is certain now. Only the server's own word makes it "Gemeld".
 * @param {object} p
 * @param {import("../app.js").App} p.app
 * @param {{ verwachtEind: string } | null | undefined} p.incheck
 * @param {import("../kern/vormen.js").Handeling | undefined} p.laatste
 */
function Stand({ app, incheck, laatste }) {
  if (laatste && laatste.status !== "wacht") return html`<${NietGemeld} app=${app} waarom=${laatste.detail ?? T.veilig.geweigerd} />`;
  if (laatste?.soort === "uitcheck") return html`<${Melding} soort="let-op">${T.veilig.buitenWacht}<//>`;
  if (laatste) return html`<${NogNiet} app=${app} />`;
  if (!incheck) return html`<p>${app.scherm.stand.staat === "bezig" ? T.veilig.kijkt : T.veilig.uitleg}</p>`;
  if (app.klok.nu() > Date.parse(incheck.verwachtEind)) return html`<${Melding} soort="fout">${T.veilig.tijdVoorbij}<//>`;
  return html`<${Melding} soort="goed"><p class="groot">${T.veilig.tot} ${uur(incheck.verwachtEind)}</p>
    ${app.scherm.verlengMislukt && html`<p>${T.veilig.langerMislukt}</p>`}<//>`;
}

/** Refused: nobody watches. To call is all that is left. @param {{ app: import("../app.js").App, waarom: string }} p */
function NietGemeld({ app, waarom }) {
  const nummer = app.regels().telefoonnummer;
  return html`<${Melding} soort="fout"><p>${waarom}</p>
    ${nummer && html`<a class="knop knop--gewoon" href=${`tel:${nummer}`}>${T.gezin.belCoordinator}</a>`}
  <//>`;
}

/** @param {{ app: import("../app.js").App }} p */
function NogNiet({ app }) {
  const nummer = app.regels().telefoonnummer;
  return html`<${Melding} soort="let-op"><p><strong>${T.veilig.nogNiet}</strong></p>
    ${nummer && html`<a class="knop knop--gewoon" href=${smsLink(nummer, T.veilig.smsTekst)}>${T.veilig.stuurSms}</a>`}
  <//>`;
}
