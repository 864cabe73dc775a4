/** Pairing this phone with a code, typed or scanned inside the installed app: iOS shares nothing with Safari. */
import { T } from "../teksten.js";
import { Scanknop } from "./camera.js";
import { Component, html } from "./html.js";
import { Melding, Onderaan, Scherm, Veld } from "./onderdelen.js";

const LENGTE = 8;
/** As many wrong codes as the server takes from one address (api.md, "The phone"). */
const GOKKEN = 5;

/** A scanned picture may hold more around the code. @param {string} tekst */
export const codeUit = (tekst) => /[2-9A-HJ-NP-Z]{4}-?[2-9A-HJ-NP-Z]{4}\s*$/i.exec(tekst)?.[0]?.trim() ?? tekst;

/** @extends {Component<{ app: import("../app.js").App }, { code: string, fout: string, bezig: boolean, mis: number }>} */
export class Inloggen extends Component {
  /** @type {{ code: string, fout: string, bezig: boolean, mis: number }} */
  state = { code: "", fout: "", bezig: false, mis: 0 };

  koppel = async () => {
    const { code, bezig } = this.state;
    if (bezig) return;
    if (code.replace(/[^0-9a-z]/gi, "").length !== LENGTE) return this.zegFout(T.inloggen.kort);
    if (!navigator.onLine) return this.zegFout(T.inloggen.offline);
    this.setState({ bezig: true, fout: "" });
    const antwoord = await this.props.app.koppel(code.trim().toUpperCase());
    this.setState({ bezig: false });
    if (antwoord.soort === "ja") location.hash = "#/";
    else this.zegFout(this.uitleg(antwoord));
  };

  /** @param {string} fout */
  zegFout(fout) {
    this.setState({ fout });
    document.getElementById("koppelcode")?.focus();
  }

  /** @param {import("../kern/net.js").Antwoord} antwoord */
  uitleg({ status, code, wacht }) {
    if (code === "codeOnbekend") {
      const mis = this.state.mis + 1;
      this.setState({ mis });
      return T.inloggen.fout(GOKKEN - mis);
    }
    if (code === "codeOngeldig") return T.inloggen.verlopen;
    if (status === 429) return T.inloggen.wacht(Math.max(1, Math.ceil(wacht / 60_000)));
    return T.inloggen.offline;
  }

  render() {
    const { app } = this.props;
    const { code, fout, bezig } = this.state;
    const zet = (/** @type {string} */ waarde) => this.setState({ code: waarde, fout: "" });
    const gescand = (/** @type {string} */ tekst) => this.setState({ code: codeUit(tekst), fout: "" }, () => void this.koppel());
    const { telefoonnummer } = app.regels();
    return html`<${Scherm} titel=${T.inloggen.titel} terug=${app.gekoppeld() ? "#/" : undefined}>
      <form onSubmit=${(/** @type {Event} */ e) => { e.preventDefault(); void this.koppel(); }}>
        ${app.scherm.gewist && html`<${Melding}>${T.kwijt.gewist}<//>`}
        <p>${T.inloggen.uitleg}</p>
        <div role="alert">${fout && html`<${Melding} soort="fout">${fout}<//>`}</div>
        <${Veld} naam="koppelcode" tekst=${T.inloggen.code} waarde=${code} zet=${zet} fout=${(fout !== T.inloggen.offline && fout) || undefined}
          meer=${{ autocomplete: "one-time-code", autocapitalize: "characters", spellcheck: false, maxlength: 20, inputmode: "text" }} />
        <${Scanknop} tekst=${T.inloggen.scan} gevonden=${gescand} />
        <${Onderaan}><button type="submit" class="knop knop--hoofd">${bezig ? T.inloggen.bezig : T.inloggen.knop}</button><//>
      </form>
      ${app.inhoud.vanAnder.length > 0 && html`<p>${T.inloggen.andere}</p>`}
      <p>${telefoonnummer ? html`${T.inloggen.hulp} <a href=${`tel:${telefoonnummer}`}>${telefoonnummer}</a>` : T.inloggen.hulpKaart}</p>
      <ul class="rijen">
        <li><a class="rij" href="/app?oefenen=1">${T.inloggen.oefenen}</a></li>
        <li><a class="rij" href="/app/installeren">${T.inloggen.installeren}</a></li>
      </ul>
    <//>`;
  }
}
