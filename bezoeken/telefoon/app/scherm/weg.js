/** A family that is no longer on this phone. What she had filled in is still hers, and may still be sent. */
import { controleer } from "../kern/regels.js";
import { T } from "../teksten.js";
import { afronding, Wanneer } from "./bezoek.js";
import { html } from "./html.js";
import { Foutenlijst, Knop, Melding, Onderaan, Scherm, toonFouten } from "./onderdelen.js";

/** @param {{ app: import("../app.js").App, id: string }} p */
export function Weg({ app, id }) {
  const nieuws = app.inhoud.nieuws.find((n) => n.bezoek === id);
  const sleutel = `afronding:${id}`;
  const { c, zet } = app.concept(sleutel);
  if (nieuws?.soort === "gestopt") return html`<${Scherm} titel=${T.gezin.gestopt} terug="#/" />`;
  const nu = app.klok.nu();
  // The server refuses a moment that is none, and after that she could not mend it any more.
  const fouten = () => controleer("afronding", afronding(c, nu), { nu }).filter((f) => f.naam === "bezochtOp")
    .map((f) => ["wanneer", `${T.bezoek.wanneer} ${T.fouten[/** @type {keyof typeof T.fouten} */ (f.code)] ?? T.fouten.invalid}`]);
  const bewaar = async () => {
    if (fouten().length > 0) return toonFouten(zet);
    const gegevens = afronding(c, app.klok.nu());
    if (await app.bewaar({ id: c.id, soort: "afronding", bezoek: id, gegevens }, { concept: sleutel, titel: T.titels.afronding })) location.hash = "#/";
  };
  return html`<${Scherm} titel=${nieuws ? T.gezin.weg : T.nietGevonden.titel} terug="#/">
    ${!nieuws && html`<p>${T.nietGevonden.uitleg}</p>`}
    ${c.vorm && html`<${Foutenlijst} fouten=${c.geprobeerd ? fouten() : []} />
      <${Melding}><p>${T.gezin.wegConcept}</p>
        <p>${T.bezoek.vorm} ${T.bezoek.vormen[/** @type {keyof typeof T.bezoek.vormen} */ (c.vorm)]}</p><//>
      ${c.wanneer && html`<${Wanneer} c=${c} zet=${zet} nu=${nu} />`}
      <${Onderaan}><${Knop} soort="hoofd" doe=${bewaar}>${T.bezoek.bewaar}<//><//>`}
  <//>`;
}
