/** News that waits until she has seen it. */
import { dagVan, momentTekst } from "../kern/tijd.js";
import { T } from "../teksten.js";
import { html } from "./html.js";
import { Knop, Scherm } from "./onderdelen.js";

/** @param {{ app: import("../app.js").App }} p */
export function Berichten({ app }) {
  const { nieuws, concepten } = app.inhoud;
  const vandaag = dagVan(app.klok.nu());
  const laatst = [...nieuws].sort((a, b) => b.op - a.op);
  return html`<${Scherm} titel=${T.berichten.titel}>
    ${nieuws.length === 0 && html`<p class="groot">${T.berichten.leeg}</p>`}
    <ul class="lijst">
      ${laatst.map(
        (n) => html`<li class="kaart" key=${n.id}>
          <strong>${n.soort === "gestopt" ? T.berichten.gestopt : T.berichten.overgedragen}</strong>
          <span class="zacht">${momentTekst(n.op, vandaag)}</span>
          ${n.soort !== "gestopt" && concepten[`afronding:${n.bezoek}`] &&
          html`<a class="knop knop--gewoon" href=${`#/gezin/${n.bezoek}`}>${T.berichten.bekijk}</a>`}
          <${Knop} doe=${() => app.nieuwsGezien(n.id)}>${T.berichten.gezien}<//>
        </li>`,
      )}
    </ul>
  <//>`;
}
