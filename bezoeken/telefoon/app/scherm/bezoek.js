/** Logging a visit in six taps: how it went, the box, what next. Each tap is saved. */
import { kindNaam } from "../kern/overzicht.js";
import { controleer } from "../kern/regels.js";
import { dagVan, momentVan, uur } from "../kern/tijd.js";
import { kaleCode, voucherKlopt } from "../kern/voucher.js";
import { T } from "../teksten.js";
import { Scanknop } from "./camera.js";
import { html } from "./html.js";
import { Foutenlijst, Keuze, Knop, Melding, Onderaan, Scherm, toonFouten, Veld, Vink } from "./onderdelen.js";

/** @typedef {import("../app.js").App} App */
/** @typedef {import("../kern/overzicht.js").Blik} Blik */

/**
 * @typedef {object} Concept
 * @property {string} id of the Handeling it becomes: pressing twice saves once
 * @property {string} [vorm] @property {string} [doos] "ja", "nee", or the one child that got a box
 * @property {string[]} [kinderen] of the visit @property {string} [uitnodigen]
 * @property {boolean} [zorg] @property {string[]} [onderwerpen]
 * @property {Record<string, string>} [vouchers] per child
 * @property {string} [wanneer] @property {string} [dag] @property {string} [tijd]
 * @property {boolean} [geprobeerd] she pressed save: show what is missing
 */

/** @param {{ app: App, blik: Blik, terug: string }} p */
export function Bezoek({ app, blik, terug }) {
  const { bezoek, kinderen } = blik;
  const sleutel = `afronding:${bezoek.id}`;
  const { c: concept, zet: zetDeel } = app.concept(sleutel);
  // Whose boxes it is about is kept too: should the family leave this phone, the draft still says it all (weg.js).
  const ids = kinderen.map((k) => k.id);
  /** @type {Concept} */
  const c = { ...concept, kinderen: ids };
  const zet = (/** @type {Partial<Concept>} */ deel) => zetDeel({ ...deel, kinderen: ids });
  const nu = app.klok.nu();
  const fouten = c.geprobeerd ? foutenVan(c, blik, nu) : [];
  const fout = (/** @type {string} */ naam) => fouten.find(([id]) => id === naam)?.[2];
  const bewaar = async () => {
    if (foutenVan(c, blik, nu).length > 0) return toonFouten(zet);
    const gelukt = await app.bewaar(
      { id: c.id, soort: "afronding", bezoek: bezoek.id, gegevens: afronding(c, nu) },
      { concept: sleutel, titel: T.titels.afronding },
    );
    if (gelukt) location.hash = terug === "#/ronde" ? terug : "#/";
  };
  return html`<${Scherm} titel=${T.bezoek.titel} wie=${blik} terug=${terug}>
    <${Foutenlijst} fouten=${fouten.map(([id, vraag, wat]) => [id, vraag ? `${vraag} ${wat}` : wat])} />
    <${Keuze} naam="vorm" vraag=${T.bezoek.vorm} keuzes=${Object.entries(T.bezoek.vormen)} waarde=${c.vorm} fout=${fout("vorm")}
      kies=${(/** @type {string} */ vorm) => zet({ vorm })} />
    <${Keuze} naam="doos" vraag=${T.bezoek.doos} waarde=${c.doos} fout=${fout("doos")}
      keuzes=${[["ja", T.bezoek.doosJa(kinderen.length)], ...alleenVoor(kinderen), ["nee", T.bezoek.doosNee]]}
      kies=${(/** @type {string} */ doos) => zet({ doos })} />
    ${krijgtDoos(c).length > 0 && app.inhoud.instellingen["dozen"]?.aantal === 0 && html`<${Melding} soort="let-op">${T.bezoek.geenDoos}<//>`}
    ${kinderen.filter((k) => krijgtDoos(c).includes(k.id)).map((kind) => html`<${Voucher} key=${kind.id} kind=${kind}
      naam=${kindNaam(kind, kinderen)} c=${c} zet=${zet} fout=${fout(`voucher-${kind.id}`)} />`)}
    <${Keuze} naam="uitnodigen" vraag=${T.bezoek.uitnodigen} waarde=${c.uitnodigen} fout=${fout("uitnodigen")}
      keuzes=${[["ja", T.bezoek.uitnodigenJa], ["nee", T.bezoek.uitnodigenNee]]}
      kies=${(/** @type {string} */ uitnodigen) => zet({ uitnodigen })} />
    <${Vink} naam="zorg" tekst=${T.bezoek.zorg} hulp=${T.bezoek.zorgHulp} aan=${Boolean(c.zorg)} zet=${(/** @type {boolean} */ zorg) => zet({ zorg })} />
    <${Wanneer} c=${c} zet=${zet} nu=${nu} fout=${fout("wanneer")} />
    <details>
      <summary>${T.bezoek.onderwerpen}</summary>
      ${Object.entries(T.onderwerpen).map(([code, tekst]) => html`<${Vink} key=${code} naam=${code} tekst=${tekst}
        aan=${Boolean(c.onderwerpen?.includes(code))}
        zet=${(/** @type {boolean} */ aan) => zet({ onderwerpen: aan ? [...(c.onderwerpen ?? []), code] : c.onderwerpen?.filter((o) => o !== code) })} />`)}
    </details>
    <${Onderaan}><${Knop} soort="hoofd" doe=${bewaar}>${T.bezoek.bewaar}<//><//>
  <//>`;
}

/** Twins, and one box in the house: a choice for each child. @param {import("../kern/vormen.js").Pasgeborene[]} kinderen */
const alleenVoor = (kinderen) => (kinderen.length > 1 ? kinderen.map((k) => [k.id, T.bezoek.doosAlleen(kindNaam(k, kinderen))]) : []);

/** The ids of the children whose box was given. @param {Concept} c @returns {string[]} */
const krijgtDoos = ({ doos, kinderen = [] }) => (doos === "ja" ? kinderen : kinderen.filter((id) => id === doos));

/** @param {{ kind: import("../kern/vormen.js").Pasgeborene, naam: string, c: Concept, zet: (deel: Partial<Concept>) => any, fout?: string }} p */
function Voucher({ kind, naam, c, zet, fout }) {
  const zetCode = (/** @type {string} */ code) => zet({ vouchers: { ...c.vouchers, [kind.id]: code } });
  return html`<${Veld} naam=${`voucher-${kind.id}`} tekst=${T.bezoek.voucher(naam)} hulp=${T.bezoek.voucherHulp}
      waarde=${c.vouchers?.[kind.id] ?? ""} zet=${zetCode} fout=${fout}
      meer=${{ autocapitalize: "characters", autocomplete: "off", spellcheck: false, maxlength: 40 }} />
    <${Scanknop} tekst=${T.bezoek.scan} gevonden=${zetCode} />`;
}

/** @param {{ c: Concept, zet: (deel: Partial<Concept>) => any, nu: number, fout?: string }} p */
export function Wanneer({ c, zet, nu, fout }) {
  return html`<${Keuze} naam="wanneer" vraag=${T.bezoek.wanneer} keuzes=${[["nu", T.bezoek.nu], ["eerder", T.bezoek.eerder]]}
      waarde=${c.wanneer ?? "nu"} fout=${fout}
      kies=${(/** @type {string} */ wanneer) => zet({ wanneer, dag: c.dag ?? dagVan(nu), tijd: c.tijd ?? uur(nu) })} />
    ${c.wanneer === "eerder" && html`<div class="twee">
      <${Veld} naam="dag" soort="date" tekst=${T.bezoek.dag} waarde=${c.dag ?? ""} zet=${(/** @type {string} */ dag) => zet({ dag })} meer=${{ max: dagVan(nu) }} />
      <${Veld} naam="tijd" soort="time" tekst=${T.bezoek.tijd} waarde=${c.tijd ?? ""} zet=${(/** @type {string} */ tijd) => zet({ tijd })} />
    </div>`}`;
}

/** The body of the call. @param {Concept} c @param {number} nu */
export function afronding(c, nu) {
  return {
    bezochtOp: c.wanneer === "eerder" ? (c.dag && c.tijd ? momentVan(c.dag, c.tijd) : undefined) : new Date(nu).toISOString(),
    vorm: c.vorm,
    dozen: krijgtDoos(c).map((id) => {
      const vouchercode = kaleCode(c.vouchers?.[id] ?? ""); // whatever sign was typed or scanned beside it stays here
      return { pasgeborene: id, ...(c.vouchers?.[id]?.trim() ? { vouchercode } : {}) };
    }),
    onderwerpen: c.onderwerpen ?? [],
    uitnodigen: c.uitnodigen === "ja",
    zorgGedeeld: Boolean(c.zorg),
  };
}

/** What is missing or impossible, as (id of the question, the question, what is wrong). @param {Concept} c @param {Blik} blik @param {number} nu */
function foutenVan(c, blik, nu) {
  /** @type {[string, string, string][]} */
  const fouten = [];
  const gegevens = afronding(c, nu);
  const gevonden = controleer("afronding", gegevens, {
    nu, geboortedatum: blik.bezoek.geboortedatum, kinderen: blik.kinderen.map((k) => k.id),
  });
  const tekst = (/** @type {string} */ code) => T.fouten[/** @type {keyof typeof T.fouten} */ (code)] ?? T.fouten.invalid;
  const vorm = gevonden.find((f) => f.naam === "vorm");
  if (vorm) fouten.push(["vorm", T.bezoek.vorm, tekst(vorm.code)]);
  if (!c.doos) fouten.push(["doos", T.bezoek.doos, T.fouten.required]);
  /** @type {Set<string>} */
  const codes = new Set();
  for (const { pasgeborene, vouchercode } of gegevens.dozen) {
    if (vouchercode === undefined) continue;
    const kind = blik.kinderen.find((k) => k.id === pasgeborene);
    const vraag = `${T.bezoek.voucher(kind ? kindNaam(kind, blik.kinderen) : "")}:`;
    if (!voucherKlopt(vouchercode)) fouten.push([`voucher-${pasgeborene}`, vraag, T.fouten.voucher]);
    else if (codes.has(vouchercode)) fouten.push([`voucher-${pasgeborene}`, vraag, T.fouten.voucherDubbel]);
    codes.add(vouchercode);
  }
  if (!c.uitnodigen) fouten.push(["uitnodigen", T.bezoek.uitnodigen, T.fouten.required]);
  const moment = gevonden.find((f) => f.naam === "bezochtOp");
  if (moment) fouten.push(["wanneer", T.bezoek.wanneer, tekst(moment.code)]);
  return fouten;
}
