/**
 * What may be saved: checked here at once, without signal, by the rules of the server. The numbers and lists come from
 * grenzen.js, which the server's own code writes; tests give both sides the same cases (tests/bezoeken/telefoon).
 */
import { GRENZEN } from "./grenzen.js";
import { dagVan } from "./tijd.js";

/** @typedef {{ naam: string, code: string }} Fout with the same dotted names and codes as `invalidParams` */

const JA_NEE = /** @type {const} */ (["uitnodigen", "zorgGedeeld"]);

/**
 * @param {"poging" | "afronding" | "afspraak" | "afwijzing" | "weigering" | "incheck"} soort
 * @param {Record<string, any>} gegevens
 * @param {{ nu: number, geboortedatum?: string | null, kinderen?: string[] }} bij
 * @returns {Fout[]} empty when it may be saved
 */
export function controleer(soort, gegevens, bij) {
  /** @type {Fout[]} */
  const fouten = [];
  const meld = (/** @type {string} */ naam, /** @type {string} */ code) => fouten.push({ naam, code });
  const keuze = (/** @type {string} */ naam, /** @type {readonly string[]} */ mogelijk) => {
    if (gegevens[naam] === undefined || gegevens[naam] === "") meld(naam, "required");
    else if (!mogelijk.includes(gegevens[naam])) meld(naam, "invalid_choice");
  };
  if (soort === "poging") {
    moment("moment");
    keuze("soort", GRENZEN.poging.soort);
    keuze("uitkomst", GRENZEN.poging.uitkomst);
  } else if (soort === "afronding") {
    moment("bezochtOp");
    keuze("vorm", GRENZEN.afronding.vorm);
    dozen();
    for (const naam of JA_NEE) if (gegevens[naam] !== undefined && typeof gegevens[naam] !== "boolean") meld(naam, "ongeldig");
  } else if (soort === "afspraak") {
    if (!gegevens["begin"]) meld("begin", "required");
    else if (Number.isNaN(Date.parse(gegevens["begin"]))) meld("begin", "invalid");
    getal("duurMinuten", GRENZEN.afspraak.duurMinuten);
  } else if (soort === "incheck") getal("verwachteMinuten", GRENZEN.incheck.verwachteMinuten);
  else if (soort === "afwijzing") keuze("reden", GRENZEN.afwijzing.reden);
  return fouten;

  function moment(/** @type {string} */ naam) {
    const waarde = gegevens[naam];
    if (!waarde) return void meld(naam, "required");
    const op = Date.parse(waarde);
    if (Number.isNaN(op)) meld(naam, "invalid");
    else if (op > bij.nu) meld(naam, "inToekomst");
    else if (naam === "bezochtOp" && bij.geboortedatum && dagVan(op) < bij.geboortedatum) meld(naam, "voorGeboorte");
  }

  function getal(/** @type {string} */ naam, /** @type {{ min: number, max: number }} */ { min, max }) {
    const waarde = gegevens[naam];
    if (waarde === undefined) return;
    if (!Number.isInteger(waarde)) meld(naam, "invalid");
    else if (waarde < min) meld(naam, "min_value");
    else if (waarde > max) meld(naam, "max_value");
  }

  function dozen() {
    if (!Array.isArray(gegevens["dozen"])) return void meld("dozen", "required");
    /** @type {Set<string>} */
    const gezien = new Set();
    gegevens["dozen"].forEach((doos, nummer) => {
      const naam = `dozen.${nummer}.pasgeborene`;
      if (bij.kinderen && !bij.kinderen.includes(doos.pasgeborene)) meld(naam, "onbekend");
      else if (gezien.has(doos.pasgeborene)) meld(naam, "dubbel");
      gezien.add(doos.pasgeborene);
    });
  }
}
