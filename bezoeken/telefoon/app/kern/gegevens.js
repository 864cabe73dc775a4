/**
 * What she may hold: her families and visits as the server gave them, erased as soon as it says so. Drafts are hers
 * and outlive all of it: a visit that went to somebody else may still have been made by her.
 */
import { dagVan, dagenTussen } from "./tijd.js";

/** @typedef {import("./vormen.js").Download} Download */
/** @typedef {import("./opslag.js").Opslag} Opslag */

/** A family is on the phone until so many days after closure (domain.md, rule 8), also when it hears nothing. */
export const BEWAARDAGEN = 7;
const LIJSTEN = /** @type {const} */ (["bezoeken", "gezinnen", "pasgeborenen"]);

/** @typedef {ReturnType<typeof maakGegevens>} Gegevens */

/** @param {Opslag} opslag @param {import("./klok.js").Klok} klok */
export function maakGegevens(opslag, klok) {
  /** Who this phone belongs to now; undefined before pairing. @returns {Promise<string | undefined>} */
  const eigenaar = () => opslag.lees("eigenaar");

  /**
   * The phone was paired. When it now belongs to somebody else, nothing of the former owner is shown or sent; her
   * queue and drafts stay, under her name, until she pairs it again.
   * @param {{ eigenaar: string, apparaat: string }} wie
   */
  async function gekoppeld({ eigenaar: nieuwe, apparaat }) {
    if ((await eigenaar()) !== nieuwe) await leeg();
    await opslag.met("instellingen", "readwrite", async (tx) => {
      const winkel = tx.objectStore("instellingen");
      await winkel.put(nieuwe, "eigenaar");
      await winkel.put(apparaat, "apparaat");
    });
  }

  async function leeg() {
    await opslag.met([...LIJSTEN, "instellingen"], "readwrite", async (tx) => {
      for (const lijst of LIJSTEN) await tx.objectStore(lijst).clear();
      for (const sleutel of ["cursor", "dozen", "sjpruutcafes", "berichten", "berichtenGezien", "bijgewerktOp"]) {
        await tx.objectStore("instellingen").delete(sleutel);
      }
    });
  }

  /** @returns {Promise<string | undefined>} */
  const cursor = () => opslag.lees("cursor");
  const vergeetCursor = leeg;

  /**
   * Take in a download. It is always whole: what is not in it may not stay here. All in one transaction, so that half
   * a family is never on the screen.
   * @param {Download} download @param {number} nu
   */
  async function pasToe(download, nu) {
    const wie = await eigenaar();
    await opslag.met([...LIJSTEN, "instellingen", "nieuws"], "readwrite", async (tx) => {
      const had = new Set(await tx.objectStore("bezoeken").getAllKeys());
      for (const lijst of LIJSTEN) {
        const winkel = tx.objectStore(lijst);
        await winkel.clear();
        for (const rij of download[lijst] ?? []) await winkel.put(rij);
      }
      for (const weg of download.verwijderd ?? []) {
        if (weg.soort !== "bezoek" || !had.has(weg.id) || weg.reden === "afgesloten") continue;
        await tx.objectStore("nieuws").put({ id: `weg-${weg.id}`, soort: weg.reden, op: nu, bezoek: weg.id, eigenaar: wie });
      }
      const instellingen = tx.objectStore("instellingen");
      if (download.dozen !== undefined) await instellingen.put(telDozen(download.dozen), "dozen");
      if (download.sjpruutcafes !== undefined) await instellingen.put(download.sjpruutcafes, "sjpruutcafes");
      await instellingen.put(download.cursor, "cursor");
      await instellingen.put(nu, "bijgewerktOp");
    });
  }

  /**
   * Whether a download is for who this phone belongs to. If ever it is not, nobody may see it: she must pair again.
   * @param {Download} download
   */
  async function isVanHaar({ bezoeken }) {
    const wie = await eigenaar();
    return bezoeken.every((b) => b.ooievaarsmoeder === wie);
  }

  /** Erase what was closed too long ago, without asking anybody. @param {number} nu */
  async function ruimOp(nu) {
    const vandaag = dagVan(nu);
    await opslag.met([...LIJSTEN], "readwrite", async (tx) => {
      for (const bezoek of await tx.objectStore("bezoeken").getAll()) {
        const dicht = bezoek.bezochtOp ?? bezoek.afgeslotenOp;
        if (!dicht || dagenTussen(dagVan(dicht), vandaag) <= BEWAARDAGEN) continue;
        await tx.objectStore("bezoeken").delete(bezoek.id);
        if (bezoek.gezin) await tx.objectStore("gezinnen").delete(bezoek.gezin);
        for (const kind of bezoek.pasgeborenen ?? []) await tx.objectStore("pasgeborenen").delete(kind);
      }
    });
  }

  /** @param {"programma"} sleutel @param {any} waarde */
  const onthoud = (sleutel, waarde) => opslag.schrijf(sleutel, waarde);

  /**
   * What was sent to her, as kind and moment: the text went by another way, and nothing else of it may be here. The same
   * thing by two ways is one; who is a coordinator too may see more than her own.
   * @param {{ id: string, soort: string, verzondenOp: string | null, ooievaarsmoeder: string | null }[]} rijen
   */
  async function onthoudBerichten(rijen) {
    const wie = await eigenaar();
    /** @type {Map<string, { id: string, soort: string, op: number }>} */
    const eigen = new Map();
    for (const { id, soort, verzondenOp, ooievaarsmoeder } of rijen) {
      if (!verzondenOp || ooievaarsmoeder !== wie) continue;
      const op = Date.parse(verzondenOp);
      eigen.set(`${soort} ${Math.floor(op / 60_000)}`, { id, soort, op });
    }
    await opslag.schrijf("berichten", [...eigen.values()].sort((a, b) => b.op - a.op));
  }

  /** Something of hers was applied just now. @param {number} nu */
  const verstuurd = (nu) => opslag.schrijf("laatstVerstuurd", nu);

  /** @param {number} moment the server's clock, milliseconds */
  async function serverklok(moment) {
    const eerder = klok.wijktAf();
    const verschil = klok.hoorde(moment);
    if (eerder || klok.wijktAf()) await opslag.schrijf("klokverschil", verschil);
  }

  return { eigenaar, gekoppeld, leeg, cursor, vergeetCursor, isVanHaar, pasToe, ruimOp, onthoud, onthoudBerichten, verstuurd, serverklok };
}

/** Her boxes over all lots. @param {{ aantal: number, beschikbaar: number }[]} standen */
function telDozen(standen) {
  const som = (/** @type {"aantal" | "beschikbaar"} */ wat) => standen.reduce((tot, stand) => tot + stand[wat], 0);
  return { aantal: som("aantal"), beschikbaar: som("beschikbaar") };
}
