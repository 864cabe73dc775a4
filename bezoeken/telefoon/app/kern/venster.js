/** The window of a visit and its phase, from dates: the same rules as bezoeken/venster.py, which a test compares. */
import { dagenTussen, korteDatum } from "./tijd.js";

/** @typedef {import("./vormen.js").Venster} Venster */
/** @typedef {{ aanloop: number, uitloop: number }} Vensterregels days before and after the window */

/** @param {Venster} venster @param {string} vandaag @param {Vensterregels} regels */
export function fase({ begin, eind }, vandaag, { aanloop, uitloop }) {
  const totBegin = dagenTussen(vandaag, begin);
  const naEind = dagenTussen(eind, vandaag);
  if (totBegin > aanloop) return "wachten";
  if (totBegin > 0) return "voorbereiden";
  if (naEind <= 0) return "inVenster";
  return naEind <= uitloop ? "teLaat" : "verlopen";
}

/** How much time there is, in words. @param {Venster} venster @param {string} vandaag */
export function tijdOver({ begin, eind }, vandaag) {
  const totBegin = dagenTussen(vandaag, begin);
  const totEind = dagenTussen(vandaag, eind);
  if (totBegin > 0) return `vanaf ${korteDatum(begin)}`;
  if (totEind > 0) return `nog ${dagen(totEind)}`;
  if (totEind === 0) return "vandaag is de laatste dag";
  return `${dagen(-totEind)} te laat`;
}

/** @param {number} aantal */
const dagen = (aantal) => `${aantal} ${aantal === 1 ? "dag" : "dagen"}`;
