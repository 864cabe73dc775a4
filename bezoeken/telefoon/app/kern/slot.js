/**
 * One sender at a time over all tabs of this phone. Two at once would do no harm, because every Handeling has an id;
 * it would only send twice.
 */

/** @typedef {import("./opslag.js").Opslag} Opslag */
/** @typedef {<T>(werk: () => Promise<T>) => Promise<T>} Slot */

/** Longer than any single request may take; a tab that dies keeps the lease no longer than this. */
const DUUR = 15_000;

/** @param {string} naam @param {Opslag} opslag @returns {Slot} */
export function maakSlot(naam, opslag) {
  if (globalThis.navigator?.locks) return (werk) => /** @type {any} */ (navigator.locks.request(naam, werk));
  return pacht(opslag);
}

/**
 * A lease in the store, for browsers without Web Locks (Safari before 15.4).
 * @param {Opslag} opslag @param {{ duur?: number }} [keuzes] @returns {Slot}
 */
export function pacht(opslag, { duur = DUUR } = {}) {
  const ik = crypto.randomUUID();

  /** @param {number} tot @returns {Promise<boolean>} */
  const neem = (tot) =>
    opslag.met("instellingen", "readwrite", async (tx) => {
      const winkel = tx.objectStore("instellingen");
      const nu = Date.now();
      const nuVan = await winkel.get("slot");
      // A lease that ends later than any can is of a clock that was put back.
      if (nuVan && nuVan.wie !== ik && nuVan.tot > nu && nuVan.tot - nu <= duur) return false;
      await winkel.put({ wie: ik, tot }, "slot");
      return true;
    });

  return async (werk) => {
    while (!(await neem(Date.now() + duur))) await new Promise((verder) => setTimeout(verder, 250));
    const verleng = setInterval(() => void neem(Date.now() + duur), duur / 3);
    try {
      return await werk();
    } finally {
      clearInterval(verleng);
      await neem(0);
    }
  };
}
