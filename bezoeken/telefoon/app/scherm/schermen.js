/**
 * Which screen belongs to which path, but for the list, which comes first. A new screen is a file of its own and a line
 * here; one of a family gets its row in gezin.js too, its words in teksten.js. All of it is fetched once the list is on
 * the screen (start.js), so nothing here delays that.
 */
import { Afwezig } from "./afwezig.js";
import { Aankondigen } from "./bellen.js";
import { Berichten } from "./berichten.js";
import { Bezoek } from "./bezoek.js";
import { Cafes, CafeVanGezin } from "./cafe.js";
import { Gestopt, Gezin, Kaart } from "./gezin.js";
import { Dozen, Hulp, Ik, Kwijt, Letters, Wachtrij } from "./ik.js";
import { Inloggen } from "./inloggen.js";
import { NietThuis } from "./nietthuis.js";
import { Sjop, SjopVanGezin } from "./sjop.js";
import { Afspraak, Doorverwijzing, Overlijden, Weigering } from "./stoppen.js";
import { Ronde } from "./vandaag.js";
import { Veilig } from "./veilig.js";
import { Weg } from "./weg.js";

/** `#/ik/cafes`; each gets { app }. @type {Record<string, any>} */
export const SCHERMEN = {
  inloggen: Inloggen, ronde: Ronde, berichten: Berichten, wachtrij: Wachtrij, ik: Ik, "ik/dozen": Dozen, "ik/afwezig": Afwezig,
  "ik/kwijt": Kwijt, "ik/letters": Letters, "ik/hulp": Hulp, "ik/cafes": Cafes, "ik/sjop": Sjop,
};

/** `#/gezin/<id of the visit>/cafe`; each gets { app, blik, terug }. @type {Record<string, any>} */
export const VAN_GEZIN = {
  "": Gezin, bezoek: Bezoek, aankondigen: Aankondigen, "niet-thuis": NietThuis, kaart: Kaart, weigering: Weigering,
  overlijden: Overlijden, afspraak: Afspraak, veilig: Veilig, doorverwijzing: Doorverwijzing, cafe: CafeVanGezin, sjop: SjopVanGezin,
};

/** A family that is not hers any more, and one that is left in peace. */
export { Gestopt, Weg };
