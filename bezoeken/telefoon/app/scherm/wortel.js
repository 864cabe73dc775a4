/** The frame of every screen. Which screen belongs to which path is in schermen.js; paths stand behind the # and never reach a server. */
import { T } from "../teksten.js";
import { Component, html } from "./html.js";
import { Aandacht, Balk, Kop, Tabs } from "./kop.js";
import { Knop, Melding, Scherm } from "./onderdelen.js";
import { blikken, Vandaag } from "./vandaag.js";

/** @typedef {import("../app.js").App} App */
/** @typedef {typeof import("./schermen.js")} Schermen */
/** @typedef {{ app: App, pad: string, schermen: Schermen | null, mislukt?: boolean }} Props schermen: null until they have come */

/** What makes no sense once a visit is logged: with the back button she would find an empty form, and think it lost. */
const VOOR_HET_BEZOEK = new Set(["bezoek", "niet-thuis", "aankondigen", "afspraak", "weigering"]);

/** The path of the list. @param {string} pad */
const kaal = (pad) => pad.replace(/^#?\/?/, "");

/** Whether this can be drawn with what is here. @param {Props} p */
export const isKlaar = ({ app, pad, schermen }) => schermen !== null || (app.gekoppeld() && kaal(pad) === "");

/** @param {Props} p */
function Huidig({ app, pad, schermen }) {
  const weg = kaal(pad);
  if (weg === "" && app.gekoppeld()) return html`<${Vandaag} app=${app} />`;
  if (!schermen) return html`<${Scherm} titel=${T.app.laden} />`;
  const { SCHERMEN, VAN_GEZIN, Gestopt, Weg } = schermen;
  if (!app.gekoppeld()) return html`<${SCHERMEN["inloggen"]} app=${app} />`;
  const [kop, id, deel = "", van] = weg.split("/");
  if (kop !== "gezin" || !id) return html`<${SCHERMEN[weg] ?? Vandaag} app=${app} />`;
  const blik = blikken(app).find((b) => b.bezoek.id === id);
  if (!blik) return html`<${Weg} app=${app} id=${id} />`;
  if (blik.stap === "gestopt") return html`<${Gestopt} app=${app} />`;
  const dicht = blik.stap === "klaar" ? VOOR_HET_BEZOEK.has(deel) : blik.gezin?.contactWacht && (deel === "aankondigen" || deel === "afspraak" || deel === "cafe");
  return html`<${(!dicht && VAN_GEZIN[deel]) || VAN_GEZIN[""]} app=${app} blik=${blik} terug=${van === "ronde" ? "#/ronde" : `#/gezin/${id}`} />`;
}

/** @extends {Component<Props, { kapot: boolean }>} */
export class Wortel extends Component {
  /** @type {{ kapot: boolean }} */
  state = { kapot: false };

  /** A fault of ours in one screen may not take the queue out of her sight. */
  componentDidCatch(/** @type {unknown} */ fout) {
    console.error(fout);
    this.setState({ kapot: true });
  }

  componentDidMount() {
    this.kop(false);
  }

  /** @param {{ pad: string }} vorige */
  componentDidUpdate(vorige) {
    if (vorige.pad === this.props.pad) return this.kop(false);
    if (this.state.kapot) this.setState({ kapot: false });
    scrollTo(0, 0);
    this.kop(true);
  }

  /** The title of the window is that of the screen; a new screen gets the focus on its heading. @param {boolean} nieuw */
  kop(nieuw) {
    const kop = document.querySelector("h1");
    document.title = `${kop?.textContent ?? T.app.naam} - ${T.app.naam}`;
    if (nieuw) kop?.focus();
  }

  render() {
    const { app, pad, schermen, mislukt } = this.props;
    return html`<a class="sla-over" href="#inhoud" onClick=${(/** @type {Event} */ e) => { e.preventDefault(); document.querySelector("h1")?.focus(); }}>Ga naar de inhoud</a>
      <${Kop} app=${app} />
      <section class="aandacht" aria-label=${T.balk.letOp}><${Aandacht} app=${app} /></section>
      ${this.state.kapot || (mislukt && !isKlaar(this.props)) ? html`<${Kapot} />` : html`<${Huidig} app=${app} pad=${pad} schermen=${schermen} />`}
      <${Balk} app=${app} />
      ${app.gekoppeld() && html`<${Tabs} app=${app} pad=${pad} />`}`;
  }
}

const Kapot = () => html`<${Scherm} titel=${T.kapot.titel} terug="#/">
  <${Melding} soort="fout">${T.kapot.uitleg}<//><${Knop} doe=${() => location.reload()}>${T.kapot.opnieuw}<//><//>`;
