/**
 * Checking in and out. The timer is the server's: until it has confirmed, this screen says that nobody watches, and
 * offers a text message instead (domain.md, rule 11).
 */
import { isBinnen, laatsteMelding } from "../kern/overzicht.js";
import { dagVan, uur } from "../kern/tijd.js";
import { T } from "../teksten.js";
import { smsLink } from "./bellen.js";
import { html } from "./html.js";
import { Keuze, Knop, Melding, Onderaan, Scherm } from "./onderdelen.js";

const KEUZES = [30, 60, 90];

/** @param {{ app: import("../app.js").App, blik: import("../kern/overzicht.js").Blik }} p */
export function Veilig({ app, blik }) {
  const { bezoek } = blik;
  const { wachtrij, instellingen } = app.inhoud;
  const laatste = laatsteMelding(bezoek.id, wachtrij);
  const minuten = Number(instellingen["minuten"] ?? 60);
  const meld = async (/** @type {"incheck" | "uitcheck"} */ soort, /** @type {Record<string, any>} */ gegevens) => {
    const gelukt = await app.bewaar({ id: crypto.randomUUID(), soort, bezoek: bezoek.id, gegevens }, { titel: T.titels[soort], zonderBedenktijd: true });
    if (gelukt) await app.zetInstelling("buiten", soort === "uitcheck" && { bezoek: bezoek.id, dag: dagVan(app.klok.nu()) });
  };
  const binnen = isBinnen(bezoek, wachtrij);
  const buitenWacht = laatste?.soort === "uitcheck" && laatste.status === "wacht";
  return html`<${Scherm} titel=${T.veilig.titel} wie=${blik} terug=${`#/gezin/${bezoek.id}`}>
    <div role="status"><${Stand} app=${app} bezoek=${bezoek} laatste=${laatste} /></div>
    ${!binnen && !buitenWacht && html`<${Keuze} naam="minuten" vraag=${T.veilig.hoelang} waarde=${String(minuten)}
      keuzes=${KEUZES.map((n) => [String(n), T.veilig.minuten(n)])} kies=${(/** @type {string} */ n) => app.zetInstelling("minuten", n)} />`}
    ${!buitenWacht && html`<${Onderaan}>
      ${binnen
        ? html`<${Knop} key="buiten" soort="hoofd" doe=${() => meld("uitcheck", {})}>${T.veilig.buiten}<//>
            ${bezoek.incheck && html`<${Knop} doe=${() => app.verleng(bezoek.id)}>${T.veilig.langer}<//>`}`
        : html`<${Knop} key="binnen" soort="hoofd" doe=${() => meld("incheck", { verwachteMinuten: minuten })}>${T.veilig.binnen}<//>`}
    <//>`}
  <//>`;
}

/**
 * What is certain now. Only the server's own word makes it "Gemeld".
 * @param {object} p
 * @param {import("../app.js").App} p.app
 * @param {import("../kern/vormen.js").Bezoek} p.bezoek
 * @param {import("../kern/vormen.js").Handeling | undefined} p.laatste
 */
function Stand({ app, bezoek: { id, incheck }, laatste }) {
  if (laatste && laatste.status !== "wacht") return html`<${NietGemeld} app=${app} waarom=${laatste.detail ?? T.veilig.geweigerd} />`;
  if (laatste?.soort === "uitcheck") return html`<${NogNiet} app=${app} wat=${T.veilig.buitenWacht} sms=${T.veilig.smsBuiten} />`;
  if (laatste) return html`<${NogNiet} app=${app} wat=${T.veilig.nogNiet} sms=${T.veilig.smsTekst} />`;
  if (!incheck && app.scherm.stand.staat === "bezig") return html`<p>${T.veilig.kijkt}</p>`;
  const { buiten } = app.inhoud.instellingen;
  if (!incheck && buiten?.bezoek === id && buiten.dag === dagVan(app.klok.nu())) return html`<${Melding} soort="goed">${T.veilig.afgemeld}<//>`;
  if (!incheck) return html`<p>${T.veilig.uitleg}</p>`;
  if (app.klok.nu() > Date.parse(incheck.verwachtEind)) return html`<${Melding} soort="fout">${T.veilig.tijdVoorbij}<//>`;
  return html`<${Melding} soort="goed"><p class="groot">${T.veilig.tot} ${uur(incheck.verwachtEind)}</p>
    ${app.scherm.verlengMislukt && html`<p>${T.veilig.langerMislukt}</p>`}<//>`;
}

/** Refused: nobody watches. To call is all that is left. @param {{ app: import("../app.js").App, waarom: string }} p */
function NietGemeld({ app, waarom }) {
  const nummer = app.regels().telefoonnummer;
  return html`<${Melding} soort="fout"><p>${waarom}</p>
    ${nummer ? html`<a class="knop knop--gewoon" href=${`tel:${nummer}`}>${T.gezin.belCoordinator}</a>` : html`<p>${T.hulp.nummerOnbekend}</p>`}
  <//>`;
}

/** Not arrived yet: a text message gets through where internet does not. @param {{ app: import("../app.js").App, wat: string, sms: string }} p */
function NogNiet({ app, wat, sms }) {
  const nummer = app.regels().telefoonnummer;
  return html`<${Melding} soort="let-op"><p><strong>${wat}</strong></p>
    ${nummer ? html`<a class="knop knop--gewoon" href=${smsLink(nummer, sms)}>${T.veilig.stuurSms}</a>` : html`<p>${T.veilig.smsZelf}</p>`}
  <//>`;
}
