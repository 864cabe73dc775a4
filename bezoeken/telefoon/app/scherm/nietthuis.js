/** Nobody home: two taps and save. */
import { T } from "../teksten.js";
import { bewaarPoging } from "./bellen.js";
import { html } from "./html.js";
import { Foutenlijst, Keuze, Knop, Onderaan, Scherm, toonFouten } from "./onderdelen.js";

/** @param {{ app: import("../app.js").App, blik: import("../kern/overzicht.js").Blik, terug: string }} p */
export function NietThuis({ app, blik, terug }) {
  const { bezoek, pogingen } = blik;
  const meest = app.regels().pogingen;
  const sleutel = `nietThuis:${bezoek.id}`;
  const { c, zet } = app.concept(sleutel);
  const nummer = pogingen + 1;
  const bewaar = async () => {
    if (!c.wat) await toonFouten(zet);
    else if (await bewaarPoging(app, blik, c.wat === "kaartje" ? "kaartje" : "aanDeDeur", "nietThuis", sleutel)) location.hash = terug;
  };
  const fout = c.geprobeerd && !c.wat ? T.fouten.invalid_choice : undefined;
  return html`<${Scherm} titel=${T.nietThuis.titel} wie=${blik} terug=${terug}>
    <p class="groot">${nummer > meest ? T.nietThuis.extra : T.nietThuis.poging(nummer, meest)}</p>
    ${nummer === meest && html`<p>${T.nietThuis.laatste}</p>`}
    <${Foutenlijst} fouten=${fout ? [["wat", `${T.nietThuis.wat} ${fout}`]] : []} />
    <${Keuze} naam="wat" vraag=${T.nietThuis.wat} waarde=${c.wat} fout=${fout} kies=${(/** @type {string} */ wat) => zet({ wat })}
      keuzes=${[["kaartje", T.nietThuis.kaartje], ["opnieuw", T.nietThuis.opnieuw]]} />
    <p class="zacht">${T.nietThuis.kaartjeHulp}</p>
    <${Onderaan}><${Knop} soort="hoofd" doe=${bewaar}>${T.nietThuis.bewaar}<//><//>
  <//>`;
}
