/** The Sjpruut Sjop: what a family may ask for. */
import { T } from "../teksten.js";
import { BelCoordinator } from "./gezin.js";
import { html } from "./html.js";
import { Scherm } from "./onderdelen.js";

/** @typedef {import("../app.js").App} App */
/** @typedef {import("../kern/overzicht.js").Blik} Blik */

/** What the Sjop is: #/ik/sjop. @param {{ app: App }} p */
export const Sjop = ({ app }) => html`<${Scherm} titel=${T.sjop.titel} terug="#/ik"><${Uitleg} app=${app} /><//>`;

/** Asking for one family: #/gezin/<id>/sjop. @param {{ app: App, blik: Blik, terug: string }} p */
export const SjopVanGezin = ({ app, terug }) => html`<${Scherm} titel=${T.sjop.titel} terug=${terug}><${Uitleg} app=${app} /><//>`;

/** @param {{ app: App }} p */
const Uitleg = ({ app }) => html`<p>${T.sjop.uitleg}</p><${BelCoordinator} app=${app} />`;
