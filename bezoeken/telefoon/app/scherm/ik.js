/** Everything about herself and this phone. */
import { naamVan } from "../kern/overzicht.js";
import { dagVan, momentTekst } from "../kern/tijd.js";
import { voucherKlopt } from "../kern/voucher.js";
import { T } from "../teksten.js";
import { Scanknop } from "./camera.js";
import { BelCoordinator } from "./gezin.js";
import { html } from "./html.js";
import { Keuze, Knop, Melding, Onderaan, Rij, Scherm, Veld } from "./onderdelen.js";
import { blikken } from "./vandaag.js";

/** @typedef {{ app: import("../app.js").App }} P */

/** @param {P} p */
export function Ik({ app }) {
  const wacht = app.inhoud.wachtrij.length + app.inhoud.vanAnder.length;
  return html`<${Scherm} titel=${T.ik.titel}>
    <ul class="rijen">
      <${Rij} naar="#/wachtrij">${T.ik.wachtrij}${wacht > 0 && ` (${wacht})`}<//>
      <${Rij} naar="#/ik/dozen">${T.ik.dozen}<//>
      <${Rij} naar="#/ik/afwezig">${T.ik.afwezig}<//>
      <${Rij} naar="#/ik/kwijt">${T.ik.kwijt}<//>
      <${Rij} naar="#/ik/letters">${T.ik.letters}<//>
      <${Rij} naar="#/ik/hulp">${T.ik.hulp}<//>
      ${!app.oefenen && html`<${Rij} naar="/app?oefenen=1">${T.ik.oefenen}<//>`}
      <${Rij} naar="#/ik/cafes">${T.ik.cafes}<//>
      <${Rij} naar="#/ik/sjop">${T.ik.sjop}<//>
    </ul>
  <//>`;
}

/** @param {P} p */
export function Dozen({ app }) {
  const dozen = app.inhoud.instellingen["dozen"];
  const c = app.inhoud.concepten["voucher"] ?? {};
  const zet = (/** @type {any} */ deel) => app.zetConcept("voucher", { ...c, ...deel });
  const klopt = c.nagekeken && voucherKlopt(c.code ?? "");
  return html`<${Scherm} titel=${T.dozen.titel} terug="#/ik">
    ${dozen === undefined
      ? html`<p>${T.dozen.onbekend}</p>`
      : dozen.aantal === 0
        ? html`<${Melding} soort="let-op">${T.dozen.nul}<//>`
        : html`<p class="groot">${T.dozen.thuis(dozen.aantal)}</p><p>${T.dozen.vrij(dozen.beschikbaar)}</p>`}
    <${Veld} naam="voucher" tekst=${T.dozen.voucher} waarde=${c.code ?? ""} zet=${(/** @type {string} */ code) => zet({ code, nagekeken: false })}
      fout=${c.nagekeken && !klopt ? T.fouten.voucher : undefined} meer=${{ autocapitalize: "characters", autocomplete: "off", maxlength: 40 }} />
    <${Scanknop} tekst=${T.bezoek.scan} gevonden=${(/** @type {string} */ code) => zet({ code, nagekeken: true })} />
    <div role="status">${klopt && html`<${Melding} soort="goed">${T.dozen.goed}<//>`}</div>
    <${Knop} doe=${() => zet({ nagekeken: true })}>${T.dozen.kijk}<//>
  <//>`;
}

/** What waits, and why; nothing leaves this list before it arrived or she has seen it. @param {P} p */
export function Wachtrij({ app }) {
  const { wachtrij, vanAnder, instellingen } = app.inhoud;
  const vandaag = dagVan(app.klok.nu());
  const laatst = instellingen["laatstVerstuurd"];
  return html`<${Scherm} titel=${T.wachtrij.titel} terug="#/ik">
    ${wachtrij.length === 0 ? html`<p class="groot">${T.wachtrij.leeg}</p>` : html`<p>${wachtrij.some((h) => h.status === "wacht") ? T.wachtrij.uitleg : T.wachtrij.nietGelukt}</p>`}
    ${laatst && html`<p class="zacht">${T.wachtrij.laatste}: ${momentTekst(laatst, vandaag)}</p>`}
    <ul class="lijst">
      ${wachtrij.map(
        (h) => html`<li class="kaart" key=${h.id}>
          <strong>${titel(app, h)}</strong>
          <span class="zacht">${momentTekst(h.moment, vandaag)}</span>
          <span>${reden(app, h)}</span>
          ${h.status !== "wacht" && html`<div class="twee">
            ${h.status === "geweigerd" && html`<${Knop} doe=${() => app.wachtrijDoe("opnieuw", h.id)}>${T.wachtrij.probeer}<//>`}
            <${Knop} doe=${() => app.wachtrijDoe("gezien", h.id)}>${T.wachtrij.gezien}<//>
          </div>`}
        </li>`,
      )}
      ${vanAnder.map((h) => html`<li class="kaart" key=${h.id}><strong>${h.titel}</strong><span>${T.wachtrij.vanAnder}</span></li>`)}
    </ul>
    ${wachtrij.some((h) => h.status === "wacht") && html`<${Onderaan}><${Knop} soort="hoofd" doe=${() => app.verstuurNu()}>${T.wachtrij.probeer}<//><//>`}
  <//>`;
}

/** The name of the family is looked up, not kept in the queue. @param {import("../app.js").App} app @param {import("../kern/vormen.js").Handeling} h */
function titel(app, h) {
  const blik = blikken(app).find((b) => b.bezoek.id === h.bezoek);
  return blik?.gezin && h.soort !== "overlijden" ? `${h.titel}: ${naamVan(blik)}` : h.titel;
}

/** @param {import("../app.js").App} app @param {import("../kern/vormen.js").Handeling} h @returns {string} */
function reden(app, h) {
  const R = T.wachtrij.reden;
  if (h.status !== "wacht") return T.wachtrij.codes[h.code ?? ""] ?? h.detail ?? R[h.status];
  if (!navigator.onLine) return R.geenVerbinding;
  const { staat, reden: waarom } = app.scherm.stand;
  if (staat === "wacht") return R[/** @type {keyof typeof R} */ (waarom)] ?? R.server;
  return h.pogingen === 0 ? R.bedenktijd : R.bezig;
}

/** @param {P} p */
export function Kwijt({ app }) {
  const c = app.inhoud.concepten["kwijt"] ?? {};
  const zet = (/** @type {any} */ deel) => app.zetConcept("kwijt", { ...c, ...deel });
  const wacht = app.inhoud.wachtrij.filter((h) => h.status === "wacht").length;
  const wis = async () => {
    if (!(await app.meldAf())) await zet({ mislukt: true });
  };
  return html`<${Scherm} titel=${T.kwijt.titel} terug="#/ik">
    <p>${T.kwijt.uitleg}</p>
    <${BelCoordinator} app=${app} />
    ${!c.zeker
      ? html`<${Knop} doe=${() => zet({ zeker: true, mislukt: false })}>${T.kwijt.dezeTelefoon}<//>`
      : html`<${Melding} soort="let-op"><p>${T.kwijt.waarschuwing}</p>
            ${wacht > 0 && html`<p><strong>${T.kwijt.nogNietWeg(wacht)}</strong></p>`}
            ${c.mislukt && html`<p role="alert">${T.kwijt.mislukt}</p>`}<//>
          <div class="twee"><${Knop} soort="let-op" doe=${wis}>${T.kwijt.bevestig}<//><${Knop} doe=${() => zet({ zeker: false })}>${T.kwijt.nee}<//></div>`}
  <//>`;
}

/** @param {P} p */
export function Letters({ app }) {
  return html`<${Scherm} titel=${T.letters.titel} terug="#/ik">
    <${Keuze} naam="letters" vraag=${T.letters.titel} waarde=${app.inhoud.instellingen["letters"] ?? "gewoon"}
      keuzes=${[["gewoon", T.letters.gewoon], ["groot", T.letters.groot], ["grootst", T.letters.grootst]]}
      kies=${(/** @type {string} */ maat) => app.zetInstelling("letters", maat)} />
  <//>`;
}

/** @param {P} p */
export const Hulp = ({ app }) => html`<${Scherm} titel=${T.hulp.titel} terug="#/ik">
  <dl class="feiten">${T.hulp.punten.map(([kop, tekst]) => html`<div key=${kop}><dt>${kop}</dt><dd>${tekst}</dd></div>`)}</dl>
  <p><a href="/app/installeren">${T.inloggen.installeren}</a></p>
  <${BelCoordinator} app=${app} /><//>`;
