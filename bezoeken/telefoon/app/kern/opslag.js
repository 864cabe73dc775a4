/**
 * What this phone keeps: one IndexedDB database, opened when needed and again when the browser dropped it.
 *
 * WebKit closes the connection of an app that slept, and any browser does under memory pressure: then a transaction
 * throws although nothing is lost. So every piece of work is a function that may run again.
 */
import { openDB } from "../vendor/idb.js";

/** @typedef {import("../vendor/idb.js").IDBPDatabase} Database */
/** @typedef {import("../vendor/idb.js").IDBPTransaction<any, string[], "readwrite">} Transactie */

const SCHEMA = 1;
/** The connection was lost, not the data. */
const WEG = new Set(["InvalidStateError", "UnknownError", "AbortError", "TransactionInactiveError", "TimeoutError"]);
const POGINGEN = 5;

/** @typedef {ReturnType<typeof maakOpslag>} Opslag */

/** @param {string} naam of the database; practice has one of its own */
export function maakOpslag(naam) {
  /** @type {Promise<Database> | null} */
  let verbinding = null;

  function verbind() {
    verbinding ??= openDB(naam, SCHEMA, {
      upgrade: inrichten,
      // Another tab erases or upgrades: step aside, and open again at the next use.
      blocking: () => sluit(),
      terminated: () => {
        verbinding = null;
      },
    });
    verbinding.catch(() => {
      verbinding = null;
    });
    return verbinding;
  }

  function sluit() {
    const oude = verbinding;
    verbinding = null;
    void oude?.then((db) => db.close()).catch(() => {});
  }

  /**
   * Run `werk` in one transaction; resolves when it is on disk. `werk` awaits nothing but the transaction.
   * @template T
   * @param {string | string[]} winkels
   * @param {"readonly" | "readwrite"} wijze
   * @param {(tx: Transactie) => Promise<T> | T} werk
   * @returns {Promise<T>}
   */
  async function met(winkels, wijze, werk) {
    for (let poging = 1; ; poging++) {
      try {
        const db = await verbind();
        // "strict": a promise kept here survives a battery that dies.
        const tx = db.transaction(winkels, wijze, wijze === "readwrite" ? { durability: "strict" } : undefined);
        const klaar = tx.done;
        klaar.catch(() => {});
        try {
          const uitkomst = await werk(/** @type {any} */ (tx));
          await klaar;
          return uitkomst;
        } catch (fout) {
          // All or nothing: what was cleared to be filled anew must not go when the filling failed.
          try {
            tx.abort();
          } catch {
            // It had ended by itself.
          }
          throw fout;
        }
      } catch (fout) {
        if (!(fout instanceof DOMException && WEG.has(fout.name)) || poging >= POGINGEN) throw fout;
        sluit();
        await new Promise((verder) => setTimeout(verder, 20 * 2 ** poging));
      }
    }
  }

  /** @param {string} sleutel */
  const lees = (sleutel) => met("instellingen", "readonly", (tx) => tx.objectStore("instellingen").get(sleutel));

  /** @param {string} sleutel @param {any} waarde */
  const schrijf = (sleutel, waarde) =>
    met("instellingen", "readwrite", (tx) => tx.objectStore("instellingen").put(waarde, sleutel));

  /** Erase everything: families, drafts and what was not sent. Only when this phone was revoked. */
  async function wis() {
    await met([...WINKELS], "readwrite", async (tx) => {
      await Promise.all([...WINKELS].map((winkel) => tx.objectStore(winkel).clear()));
    });
  }

  return { met, lees, schrijf, wis, sluit };
}

const WINKELS = /** @type {const} */ ([
  "instellingen", "bezoeken", "gezinnen", "pasgeborenen", "handelingen", "concepten", "nieuws",
]);

/** @param {Database} db */
function inrichten(db) {
  db.createObjectStore("instellingen");
  for (const winkel of ["bezoeken", "gezinnen", "pasgeborenen", "nieuws"]) db.createObjectStore(winkel, { keyPath: "id" });
  db.createObjectStore("concepten", { keyPath: "sleutel" });
  const handelingen = db.createObjectStore("handelingen", { keyPath: "volgnr", autoIncrement: true });
  handelingen.createIndex("id", "id", { unique: true });
}
