/** News that waits until she has seen it, and what the programme sent to her. */
import { dagVan, momentTekst } from "../kern/tijd.js";
import { T } from "../teksten.js";
import { Component, html } from "./html.js";
import { Knop, Scherm } from "./onderdelen.js";

/** @typedef {{ app: import("../app.js").App }} P */

/** @extends {Component<P, {}>} */
export class Berichten extends Component {
  componentDidMount() {
    this.gezien();
  }

  componentDidUpdate() {
    this.gezien();
  }

  /** What is on the screen has been seen: the tab counts it no more. */
  gezien() {
    const { instellingen } = this.props.app.inhoud;
    const laatste = Math.max(0, ...(instellingen["berichten"] ?? []).map((/** @type {{ op: number }} */ b) => b.op));
    if (laatste > (instellingen["berichtenGezien"] ?? 0)) void this.props.app.zetInstelling("berichtenGezien", laatste);
  }

  render() {
    const { app } = this.props;
    const { nieuws, instellingen } = app.inhoud;
    const verstuurd = instellingen["berichten"] ?? [];
    const leeg = nieuws.length === 0 && verstuurd.length === 0;
    return html`<${Scherm} titel=${T.berichten.titel}>
      ${leeg && html`<p class="groot">${T.berichten.leeg}</p>`}
      ${nieuws.length > 0 && html`<${Nieuws} app=${app} />`}
      ${verstuurd.length > 0 && html`<${Verstuurd} app=${app} />`}
    <//>`;
  }
}

/** What happened to her families; each goes when she says that she has seen it. @param {P} p */
function Nieuws({ app }) {
  const { nieuws, concepten } = app.inhoud;
  const vandaag = dagVan(app.klok.nu());
  return html`<ul class="lijst">
    ${[...nieuws].sort((a, b) => b.op - a.op).map(
      (n) => html`<li class="kaart" key=${n.id}>
        <strong>${n.soort === "gestopt" ? T.berichten.gestopt : T.berichten.overgedragen}</strong>
        <span class="zacht">${momentTekst(n.op, vandaag)}</span>
        ${n.soort !== "gestopt" && concepten[`afronding:${n.bezoek}`] &&
        html`<a class="knop knop--gewoon" href=${`#/gezin/${n.bezoek}`}>${T.berichten.bekijk}</a>`}
        <${Knop} doe=${() => app.nieuwsGezien(n.id)}>${T.berichten.gezien}<//>
      </li>`,
    )}
  </ul>`;
}

/** The last messages to her, by mail or on this phone: what they were about, and when. @param {P} p */
function Verstuurd({ app }) {
  const { berichten, bijgewerktOp } = app.inhoud.instellingen;
  const vandaag = dagVan(app.klok.nu());
  const tekst = (/** @type {string} */ soort) => T.berichten.soorten[soort] ?? T.berichten.soorten["anders"];
  return html`<h2>${T.berichten.vanOns}</h2>
    ${bijgewerktOp && html`<p class="zacht">${T.vandaag.bijgewerkt} ${momentTekst(bijgewerktOp, vandaag)}</p>`}
    <ul class="lijst">
      ${berichten.map(
        (/** @type {{ id: string, soort: string, op: number }} */ b) => html`<li class="kaart kaart--rustig" key=${b.id}>
          <span>${tekst(b.soort)}</span><span class="zacht">${momentTekst(b.op, vandaag)}</span>
        </li>`,
      )}
    </ul>`;
}
