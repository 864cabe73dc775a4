/**
 * What she sees of a visit: what the server knows plus what waits in the queue, and the one next step. Pure.
 */
import { dagVan } from "./tijd.js";
import { fase } from "./venster.js";

/** @typedef {import("./vormen.js").Bezoek} Bezoek */
/** @typedef {import("./vormen.js").Gezin} Gezin */
/** @typedef {import("./vormen.js").Pasgeborene} Pasgeborene */
/** @typedef {import("./vormen.js").Handeling} Handeling */
/** @typedef {import("./venster.js").Vensterregels & { pogingen: number }} Regels */

/**
 * @typedef {object} Blik one visit as the screens show it
 * @property {Bezoek} bezoek
 * @property {Gezin | undefined} gezin
 * @property {Pasgeborene[]} kinderen
 * @property {string} fase
 * @property {Stap} stap
 * @property {number} pogingen attempts that count
 * @property {boolean} wacht something of hers about this visit was not sent yet
 */
/** @typedef {"antwoord" | "gestopt" | "klaar" | "wachten" | "aankondigen" | "afspraak" | "langs" | "coordinator"} Stap */

const DICHT = new Set(["bezocht", "afgesloten"]);
const AANGEKONDIGD = new Set(["brief", "bericht", "telefoon"]);

/**
 * The visit as it will be when all that waits has arrived.
 * @param {Bezoek} bezoek @param {Handeling[]} wachtrij
 */
export function metWachtrij(bezoek, wachtrij) {
  const eigen = wachtrij.filter((h) => h.bezoek === bezoek.id && h.status === "wacht");
  return eigen.reduce(voegToe, bezoek);
}

/** @param {Bezoek} bezoek @param {Handeling} handeling @returns {Bezoek} */
function voegToe(bezoek, { soort, moment, gegevens }) {
  switch (soort) {
    case "aanvaarding":
      return { ...bezoek, aanvaardOp: bezoek.aanvaardOp ?? moment };
    case "afwijzing":
      return { ...bezoek, status: "afgesloten", afsluitreden: "afgewezen" };
    case "poging":
      return { ...bezoek, pogingen: [...bezoek.pogingen, { moment, soort: gegevens["soort"], uitkomst: gegevens["uitkomst"] }] };
    case "afspraak":
      return { ...bezoek, afspraak: { begin: gegevens["begin"], duurMinuten: gegevens["duurMinuten"] ?? 60 } };
    case "afronding":
      return { ...bezoek, status: "bezocht", bezochtOp: gegevens["bezochtOp"] };
    case "weigering":
      return { ...bezoek, status: "afgesloten", afsluitreden: "geweigerd" };
    case "overlijden":
      return { ...bezoek, status: "afgesloten", afsluitreden: "vervallen" };
    default:
      return bezoek;
  }
}

/** Rescheduling by the family is not an attempt. @param {Bezoek} bezoek */
export const aantalPogingen = (bezoek) => bezoek.pogingen.filter((p) => p.uitkomst !== "verplaatst").length;

/**
 * @param {Bezoek} bezoek @param {string} nuFase @param {number} meest attempts
 * @param {boolean} bereikbaar there is a number; without one the programme's letter announces her
 * @returns {Stap}
 */
export function volgendeStap(bezoek, nuFase, meest, bereikbaar) {
  if (bezoek.afsluitreden === "vervallen") return "gestopt";
  if (DICHT.has(bezoek.status)) return "klaar";
  if (!bezoek.aanvaardOp) return "antwoord";
  if (bezoek.afspraak) return "afspraak";
  const gesproken = bezoek.pogingen.some((p) => p.uitkomst === "gesproken");
  if (aantalPogingen(bezoek) >= meest && !gesproken) return "coordinator";
  const aangekondigd = bezoek.pogingen.some((p) => AANGEKONDIGD.has(p.soort));
  if (nuFase === "wachten") return "wachten";
  if (nuFase === "voorbereiden") return aangekondigd || !bereikbaar ? "wachten" : "aankondigen";
  return "langs";
}

/**
 * Everything on the phone as a list, the most urgent first.
 * @param {{ bezoeken: Bezoek[], gezinnen: Gezin[], pasgeborenen: Pasgeborene[], wachtrij: Handeling[] }} inhoud
 * @param {number} nu @param {Regels} regels
 * @returns {Blik[]}
 */
export function overzicht({ bezoeken, gezinnen, pasgeborenen, wachtrij }, nu, regels) {
  const vandaag = dagVan(nu);
  return bezoeken
    .map((rij) => {
      const bezoek = metWachtrij(rij, wachtrij);
      const nuFase = fase(bezoek.venster, vandaag, regels);
      const gezin = gezinnen.find((g) => g.id === bezoek.gezin);
      const stap = volgendeStap(bezoek, nuFase, regels.pogingen, !gezin || nummerVan(gezin) !== null);
      return {
        bezoek,
        gezin,
        kinderen: pasgeborenen.filter((p) => bezoek.pasgeborenen?.includes(p.id)),
        fase: nuFase,
        // In doubt contact waits: there is nothing for her to do until the coordinator has decided.
        stap: gezin?.contactWacht && !DICHT.has(bezoek.status) ? "coordinator" : stap,
        pogingen: aantalPogingen(bezoek),
        wacht: wachtrij.some((h) => h.bezoek === bezoek.id && h.status === "wacht"),
      };
    })
    .sort((a, b) => a.bezoek.venster.eind.localeCompare(b.bezoek.venster.eind) || a.bezoek.id.localeCompare(b.bezoek.id));
}

/** Those that still ask something of her. @param {Blik} blik */
export const isOpen = (blik) => blik.stap !== "klaar" && blik.stap !== "gestopt";

/**
 * The doors of today in walking order: street by street, up the odd side and back down the even one. Without GPS.
 * @param {Blik[]} blikken
 */
export function ronde(blikken) {
  return blikken
    .filter((b) => b.gezin?.adres && (b.stap === "langs" || b.stap === "afspraak") && b.fase !== "voorbereiden")
    .sort((a, b) => looporde(a).localeCompare(looporde(b)));
}

/** @param {Blik} blik */
function looporde({ gezin }) {
  const adres = gezin?.adres;
  if (!adres) return "";
  const oneven = adres.huisnummer % 2 === 1;
  const plek = oneven ? adres.huisnummer : 1_000_000 - adres.huisnummer;
  return `${adres.postcode.slice(0, 4)} ${adres.straat} ${String(plek).padStart(7, "0")}`;
}

/** What she must do for her safety, in words; empty when there is nothing. @param {Bezoek} bezoek */
export const maatregel = (bezoek) => (bezoek.maatregelen ?? []).map((m) => m.tekst).join(", ");

/** "Familie Bos", or the adult's name; never empty. @param {Pick<Blik, "kinderen" | "gezin">} blik */
export function naamVan({ kinderen, gezin }) {
  const achternaam = kinderen.find((k) => k.achternaam)?.achternaam;
  if (achternaam) return `Familie ${achternaam}`;
  return gezin?.contactpersonen.find((c) => c.naam)?.naam ?? "Nieuw gezin";
}

/** Whom a screen is about: "Familie Bos, Sjpruutstraat 12". @param {Pick<Blik, "kinderen" | "gezin">} blik */
export const wieVan = (blik) => [naamVan(blik), straatVan(blik.gezin)].filter(Boolean).join(", ");

/** What to call a child that may have no name yet. @param {Pasgeborene} kind @param {Pasgeborene[]} kinderen of the visit */
export const kindNaam = (kind, kinderen) => kind.voornaam || `kind ${kinderen.indexOf(kind) + 1}`;

/**
 * Whether she is inside as far as this phone knows: the server watches, or will once it hears of it.
 * @param {Bezoek} bezoek @param {Handeling[]} wachtrij
 */
export function isBinnen({ id, incheck }, wachtrij) {
  const laatste = laatsteMelding(id, wachtrij);
  return laatste?.status === "wacht" ? laatste.soort === "incheck" : Boolean(incheck);
}

/** The last check-in or check-out that is still in the queue. @param {string} bezoek @param {Handeling[]} wachtrij */
export const laatsteMelding = (bezoek, wachtrij) =>
  wachtrij.filter((h) => h.bezoek === bezoek && (h.soort === "incheck" || h.soort === "uitcheck")).at(-1);

/** When she stood at the closed door today; undefined when she did not. @param {Bezoek} bezoek @param {string} vandaag */
export const vandaagNietThuis = ({ pogingen }, vandaag) =>
  pogingen.filter((p) => p.uitkomst === "nietThuis" && dagVan(p.moment) === vandaag).at(-1)?.moment;

/** How many things on the tab Berichten she has not seen. @param {import("../app.js").Inhoud} inhoud */
export function aantalOngezien({ nieuws, instellingen }) {
  const gezien = instellingen["berichtenGezien"] ?? 0;
  const berichten = instellingen["berichten"] ?? [];
  return nieuws.length + berichten.filter((/** @type {{ op: number }} */ b) => b.op > gezien).length;
}

/** "Sjpruutstraat 12 A" @param {Gezin | undefined} gezin */
export function straatVan(gezin) {
  const adres = gezin?.adres;
  if (!adres) return "";
  return [adres.straat, adres.huisnummer, adres.huisletter, adres.toevoeging].filter(Boolean).join(" ");
}

/** The number to call, of the first adult who has one. @param {Gezin | undefined} gezin */
export const nummerVan = (gezin) => gezin?.contactpersonen.find((c) => c.telefoonnummer)?.telefoonnummer ?? null;
