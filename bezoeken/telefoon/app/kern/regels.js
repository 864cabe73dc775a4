/**
 * What may be saved: checked here at once, without signal, by the rules of the server. The numbers and lists come from
 * grenzen.js, which the server's own code writes; tests give both sides the same cases (tests/bezoeken/telefoon).
 */
import { GRENZEN } from "./grenzen.js";
import { dagVan } from "./tijd.js";

/** @typedef {{ naam: string, code: string }} Fout with the same dotted names and codes as `invalidParams` */

/**
 * @param {import("./vormen.js").Soort | "afwezigheid"} soort
 * @param {Record<string, any>} gegevens
 * @param {{ nu: number, geboortedatum?: string | null, kinderen?: string[] }} bij
 * @returns {Fout[]} empty when it may be saved
 */
export function controleer(soort, gegevens, bij) {
  /** @type {Fout[]} */
  const fouten = [];
  const meld = (/** @type {string} */ naam, /** @type {string} */ code) => fouten.push({ naam, code });
  const keuze = (/** @type {string} */ naam, /** @type {readonly string[]} */ mogelijk) => {
    if (gegevens[naam] === undefined) meld(naam, "required");
    else if (!mogelijk.includes(gegevens[naam])) meld(naam, "invalid_choice");
  };
  if (soort === "poging") {
    geweest("moment");
    keuze("soort", GRENZEN.poging.soort);
    keuze("uitkomst", GRENZEN.poging.uitkomst);
  } else if (soort === "afronding") {
    geweest("bezochtOp");
    keuze("vorm", GRENZEN.afronding.vorm);
    dozen();
    if (gegevens["onderwerpen"]?.length > GRENZEN.afronding.onderwerpen.meest) meld("onderwerpen", "max_length");
    jaNee("uitnodigen");
    jaNee("zorgGedeeld");
  } else if (soort === "afspraak") {
    moment("begin");
    getal("duurMinuten", GRENZEN.afspraak.duurMinuten);
    jaNee("toch");
  } else if (soort === "cafeAanmelding") {
    verplicht("sjpruutcafe");
    verplicht("gezin");
    getal("volwassenen", GRENZEN.cafeAanmelding.volwassenen);
    getal("kinderen", GRENZEN.cafeAanmelding.kinderen);
  } else if (soort === "sjopaanvraag") wensen();
  else if (soort === "incheck") getal("verwachteMinuten", GRENZEN.incheck.verwachteMinuten);
  else if (soort === "afwijzing") keuze("reden", GRENZEN.afwijzing.reden);
  else if (soort === "weigering") jaNee("alles");
  else if (soort === "overlijden") verplicht("pasgeborene");
  else if (soort === "afwezigheid") {
    if (gegevens["begin"] === undefined) meld("begin", "required");
    else dag("begin");
    if (gegevens["eind"] !== undefined && dag("eind") && gegevens["eind"] < gegevens["begin"]) meld("eind", "ongeldig");
    if (gegevens["reden"] !== undefined) keuze("reden", GRENZEN.afwezigheid.reden);
  }
  return fouten;

  /** @param {string} naam @returns {number | undefined} undefined when it is none, which has been said then */
  function moment(naam) {
    const waarde = gegevens[naam];
    if (waarde === undefined) return void meld(naam, "required");
    const op = Date.parse(waarde);
    if (Number.isNaN(op)) return void meld(naam, "invalid");
    return inKalender(naam, op) ? op : undefined;
  }

  function inKalender(/** @type {string} */ naam, /** @type {number} */ op) {
    const jaar = new Date(op).getUTCFullYear();
    const past = jaar >= GRENZEN.kalender.min && jaar <= GRENZEN.kalender.max;
    if (!past) meld(naam, "buiten_kalender");
    return past;
  }

  /** A date; whether it is one. @param {string} naam @returns {boolean} */
  function dag(naam) {
    const waarde = gegevens[naam];
    const op = Date.parse(`${waarde}T00:00:00Z`);
    if (/^\d{4}-\d\d-\d\d$/.test(waarde) && !Number.isNaN(op)) return inKalender(naam, op);
    meld(naam, "invalid");
    return false;
  }

  function geweest(/** @type {string} */ naam) {
    const op = moment(naam);
    if (op === undefined) return;
    if (op > bij.nu) meld(naam, "inToekomst");
    else if (naam === "bezochtOp" && bij.geboortedatum && dagVan(op) < bij.geboortedatum) meld(naam, "voorGeboorte");
  }

  function verplicht(/** @type {string} */ naam) {
    if (!gegevens[naam]) meld(naam, "required");
  }

  function jaNee(/** @type {string} */ naam) {
    if (gegevens[naam] !== undefined && typeof gegevens[naam] !== "boolean") meld(naam, "ongeldig");
  }

  function getal(/** @type {string} */ naam, /** @type {{ min: number, max: number }} */ { min, max }) {
    const waarde = gegevens[naam];
    if (waarde === undefined) return;
    if (!Number.isInteger(waarde)) meld(naam, "ongeldig");
    else if (waarde < min) meld(naam, "min_value");
    else if (waarde > max) meld(naam, "max_value");
  }

  function wensen() {
    const aantal = gegevens["wensen"]?.length;
    if (aantal === undefined) meld("wensen", "required");
    else if (aantal === 0) meld("wensen", "min_length");
    else if (aantal > GRENZEN.sjopaanvraag.wensen.meest) meld("wensen", "max_length");
  }

  function dozen() {
    if (!Array.isArray(gegevens["dozen"])) return void meld("dozen", "required");
    if (gegevens["dozen"].length > GRENZEN.afronding.dozen.meest) return void meld("dozen", "max_length");
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
