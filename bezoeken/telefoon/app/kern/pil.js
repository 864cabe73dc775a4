/** What the pill in the header says: it follows from the queue and from nothing else. Pure. */

/** @typedef {import("./vormen.js").Handeling} Handeling */

/** @param {Handeling[]} wachtrij */
export const aantalMis = (wachtrij) => wachtrij.filter((h) => h.status !== "wacht").length;

/** @param {Handeling[]} wachtrij */
export const aantalWacht = (wachtrij) => wachtrij.filter((h) => h.status === "wacht").length;

/** @param {Handeling[]} wachtrij @param {boolean} geenNet @returns {"mis" | "wacht" | "bezig" | "klaar"} */
export function pil(wachtrij, geenNet) {
  if (aantalMis(wachtrij) > 0) return "mis";
  if (aantalWacht(wachtrij) === 0) return "klaar";
  return geenNet ? "wacht" : "bezig";
}
