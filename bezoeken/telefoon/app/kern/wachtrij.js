/**
 * The queue: everything she did that the server has not answered for. It is the truth behind the pill in the header.
 *
 * A Handeling leaves the queue in three ways only: the server applied it, she took it back before it was sent, or she
 * has seen what became of it.
 */

/** @typedef {import("./vormen.js").Handeling} Handeling */
/** @typedef {import("./vormen.js").Oordeel} Oordeel */
/** @typedef {import("./opslag.js").Opslag} Opslag */

/** How long she may take back what she saved, in milliseconds. */
export const BEDENKTIJD = 10_000;
/** The most that the server takes in one request (api.md, Conventions). */
export const MEEST = 200;

/** @typedef {ReturnType<typeof maakWachtrij>} Wachtrij */

/** @param {Opslag} opslag @param {{ bedenktijd?: number }} [keuzes] */
export function maakWachtrij(opslag, { bedenktijd = BEDENKTIJD } = {}) {
  /**
   * Save a Handeling; when this resolves it is on disk. Saving the same id again changes nothing.
   * @param {Pick<Handeling, "id" | "soort" | "bezoek" | "moment" | "gegevens" | "eigenaar" | "titel">} wat
   * @param {number} nu milliseconds
   * @param {string} [concept] key of the draft that this replaces, erased in the same transaction
   */
  function bewaar(wat, nu, concept) {
    return opslag.met(["handelingen", "concepten"], "readwrite", async (tx) => {
      const winkel = tx.objectStore("handelingen");
      if ((await winkel.index("id").getKey(wat.id)) === undefined) {
        await winkel.add({ ...wat, status: "wacht", pogingen: 0, vrijOp: nu + bedenktijd });
      }
      if (concept) await tx.objectStore("concepten").delete(concept);
    });
  }

  /** @returns {Promise<Handeling[]>} in the order in which they were saved */
  const alle = () => opslag.met("handelingen", "readonly", (tx) => tx.objectStore("handelingen").getAll());

  /**
   * Take those that may be sent now, in order, and note that they are being sent.
   * @param {string} eigenaar @param {number} nu
   * @returns {Promise<Handeling[]>}
   */
  function pak(eigenaar, nu) {
    return opslag.met("handelingen", "readwrite", async (tx) => {
      const winkel = tx.objectStore("handelingen");
      /** @type {Handeling[]} */
      const wachtend = (await winkel.getAll()).filter((/** @type {Handeling} */ h) => moetWeg(h, eigenaar));
      const eerste = wachtend.findIndex((h) => !isVrij(h, nu));
      const genomen = wachtend.slice(0, eerste < 0 ? MEEST : Math.min(eerste, MEEST));
      for (const handeling of genomen) {
        handeling.pogingen += 1;
        await winkel.put(handeling);
      }
      return genomen;
    });
  }

  /**
   * A clock that was put back must not hold her work: more than the time to reconsider ahead is no moment of ours.
   * @param {Handeling} handeling @param {number} nu
   */
  const isVrij = (handeling, nu) => nu >= handeling.vrijOp || handeling.vrijOp - nu > bedenktijd;

  /** Milliseconds until the next one may be sent, or null when nothing waits. @param {string} eigenaar @param {number} nu */
  async function totVolgende(eigenaar, nu) {
    const eerste = (await alle()).find((h) => moetWeg(h, eigenaar));
    if (!eerste) return null;
    return isVrij(eerste, nu) ? 0 : eerste.vrijOp - nu;
  }

  /**
   * Keep what the server said. Returns how many left the queue because they were applied.
   * @param {Oordeel[]} oordelen
   */
  function verwerk(oordelen) {
    return opslag.met("handelingen", "readwrite", async (tx) => {
      const winkel = tx.objectStore("handelingen");
      let toegepast = 0;
      for (const oordeel of oordelen) {
        /** @type {Handeling | undefined} */
        const handeling = await winkel.index("id").get(oordeel.id);
        if (!handeling || handeling.volgnr === undefined) continue;
        if (oordeel.status === "toegepast" || oordeel.status === "alToegepast") {
          await winkel.delete(handeling.volgnr);
          toegepast += 1;
        } else if (oordeel.status === "geparkeerd" || oordeel.status === "geweigerd") {
          await winkel.put({ ...handeling, status: oordeel.status, code: oordeel.code, detail: oordeel.detail });
        }
      }
      return toegepast;
    });
  }

  /** Take it back; false when it was sent already. @param {string} id */
  function neemTerug(id) {
    return wijzig(id, (handeling) => (handeling.status === "wacht" && handeling.pogingen === 0 ? null : handeling));
  }

  /** She saw what became of it: it may go. What still waits stays. @param {string} id */
  function gezien(id) {
    return wijzig(id, (handeling) => (handeling.status === "wacht" ? handeling : null));
  }

  /** Send a refused one again, as it is. @param {string} id */
  function opnieuw(id) {
    return wijzig(id, (handeling) => ({ ...handeling, status: "wacht", code: undefined, detail: undefined, vrijOp: 0 }));
  }

  /**
   * @param {string} id @param {(h: Handeling) => Handeling | null} hoe null deletes it
   * @returns {Promise<boolean>} whether it was deleted
   */
  function wijzig(id, hoe) {
    return opslag.met("handelingen", "readwrite", async (tx) => {
      const winkel = tx.objectStore("handelingen");
      const handeling = await winkel.index("id").get(id);
      if (!handeling) return false;
      const nieuw = hoe(handeling);
      await (nieuw ? winkel.put(nieuw) : winkel.delete(handeling.volgnr));
      return nieuw === null;
    });
  }

  return { bewaar, alle, pak, totVolgende, verwerk, neemTerug, gezien, opnieuw };
}

/** @param {Handeling} handeling @param {string} eigenaar */
function moetWeg(handeling, eigenaar) {
  return handeling.status === "wacht" && handeling.eigenaar === eigenaar;
}
