/** A family that is no longer on this phone. What she had filled in is still hers, and may still be sent. */
import { T } from "../teksten.js";
import { afronding } from "./bezoek.js";
import { html } from "./html.js";
import { Knop, Melding, Onderaan, Scherm } from "./onderdelen.js";

/** @param {{ app: import("../app.js").App, id: string }} p */
export function Weg({ app, id }) {
  const nieuws = app.inhoud.nieuws.find((n) => n.bezoek === id);
  const sleutel = `afronding:${id}`;
  const c = app.inhoud.concepten[sleutel];
  if (nieuws?.soort === "gestopt") return html`<${Scherm} titel=${T.gezin.gestopt} terug="#/" />`;
  const bewaar = async () => {
    const gegevens = afronding(c, app.klok.nu());
    if (await app.bewaar({ id: c.id, soort: "afronding", bezoek: id, gegevens }, { concept: sleutel, titel: T.titels.afronding })) location.hash = "#/";
  };
  return html`<${Scherm} titel=${nieuws ? T.gezin.weg : T.nietGevonden.titel} terug="#/">
    ${!nieuws && html`<p>${T.nietGevonden.uitleg}</p>`}
    ${c?.vorm && html`<${Melding}><p>${T.gezin.wegConcept}</p>
        <p>${T.bezoek.vorm} ${T.bezoek.vormen[/** @type {keyof typeof T.bezoek.vormen} */ (c.vorm)]}</p><//>
      <${Onderaan}><${Knop} soort="hoofd" doe=${bewaar}>${T.bezoek.bewaar}<//><//>`}
  <//>`;
}
