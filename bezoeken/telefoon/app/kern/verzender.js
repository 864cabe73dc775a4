/**
 * The sender: brings the queue to the server and brings back what she may hold. It never decides what a Handeling
 * means; it only makes sure that each arrives, once, and that no bad one holds up another.
 */
import { MEEST } from "./wachtrij.js";

/** @typedef {import("./vormen.js").Handeling} Handeling */
/** @typedef {import("./net.js").Antwoord} Antwoord */

/**
 * Waiting after the n-th failure, in milliseconds; any sign of life (online, opened, saved) starts anew. Not longer
 * than four seconds: a signal that comes back gives no event when the phone thought that it had one all the time, and
 * a browser slows the timers of an app that is not looked at by itself.
 */
const WACHTTIJDEN = [1_000, 2_000, 4_000];
/** Somebody must sign in first; only a coordinator who changes her mind makes it work by itself. */
const AFGEMELD_WACHT = 60_000;
/** How often to look for news while all is well, in milliseconds. */
const VERS = 5 * 60_000;

/**
 * @typedef {object} Stand what the header shows beside the queue
 * @property {"rust" | "bezig" | "wacht"} staat wacht: it failed and will be tried again
 * @property {string} reden code of the last failure
 */

/** @typedef {ReturnType<typeof maakVerzender>} Verzender */

/**
 * @param {object} delen
 * @param {import("./wachtrij.js").Wachtrij} delen.wachtrij
 * @param {import("./gegevens.js").Gegevens} delen.gegevens
 * @param {import("./net.js").Net} delen.net
 * @param {import("./slot.js").Slot} delen.slot
 * @param {() => number} [delen.nu] milliseconds
 * @param {(stand: Stand) => void} [delen.opStand] called when the queue or the state may have changed
 * @param {() => void | Promise<void>} [delen.opIngetrokken] this phone was revoked: erase
 * @param {number[]} [delen.wachttijden]
 */
export function maakVerzender({ wachtrij, gegevens, net, slot, nu = Date.now, opStand = () => {},
  opIngetrokken = () => {}, wachttijden = WACHTTIJDEN }) {
  let mislukt = 0;
  let gestopt = false;
  let versOp = -Infinity;
  /** @type {Promise<void> | null} */
  let loopt = null;
  let nogEens = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let wekker;

  /**
   * Ask for a round. `opnieuw`: something changed for the better, so do not wait for the back-off to end.
   * @param {{ opnieuw?: boolean, vers?: boolean }} [hoe]
   * @returns {Promise<void>} resolves after the round
   */
  function duw({ opnieuw = true, vers = false } = {}) {
    if (gestopt) return Promise.resolve();
    if (opnieuw) mislukt = 0;
    if (vers) versOp = -Infinity;
    if (loopt) {
      nogEens = true;
      return loopt;
    }
    clearTimeout(wekker);
    loopt = slot(ronde)
      .catch(() => zet("wacht", "opslag"))
      .finally(() => {
        loopt = null;
        if (nogEens) {
          nogEens = false;
          void duw({ opnieuw: false });
        } else void plan();
      });
    return loopt;
  }

  async function ronde() {
    if (gestopt) return;
    const eigenaar = await gegevens.eigenaar();
    if (eigenaar === undefined) return;
    zet("bezig", "");
    const fout = (await verstuur(eigenaar)) ?? (await haal());
    if (fout) {
      mislukt += 1;
      await misging(fout);
    } else {
      mislukt = 0;
      zet("rust", "");
    }
  }

  /** Send until nothing may be sent any more. Returns the answer that stopped it. @param {string} eigenaar */
  async function verstuur(eigenaar) {
    for (;;) {
      const deel = await wachtrij.pak(eigenaar, nu());
      if (deel.length === 0) return null;
      const fout = await zend(deel);
      if (fout) return fout;
      if (deel.length < MEEST) return null;
    }
  }

  /**
   * Send these. A request that is refused whole is cut in two, until the one that is to blame stands alone and is set
   * apart visibly; the others go on.
   * @param {Handeling[]} deel @returns {Promise<Antwoord | null>}
   */
  async function zend(deel) {
    const handelingen = deel.map(({ id, soort, bezoek, moment, gegevens: inhoud }) => ({
      id, soort, bezoek, moment, gegevens: inhoud,
    }));
    const antwoord = await net("POST", "/synchronisatie", { handelingen });
    if (antwoord.serverTijd !== null) await gegevens.serverklok(antwoord.serverTijd);
    if (antwoord.soort === "ja" && Array.isArray(antwoord.json?.resultaten)) {
      const gehoord = antwoord.json.resultaten;
      if ((await wachtrij.verwerk(gehoord)) > 0) await gegevens.verstuurd(nu());
      versOp = -Infinity;
      opStand({ staat: "bezig", reden: "" });
      const gezegd = new Set(gehoord.map((/** @type {{ id: string }} */ oordeel) => oordeel.id));
      return deel.every((h) => gezegd.has(h.id)) ? null : { ...antwoord, soort: "later", code: "geenOordeel" };
    }
    if (antwoord.soort !== "nee") return antwoord.soort === "ja" ? { ...antwoord, code: "geenOordeel" } : antwoord;
    if (deel.length === 1 && deel[0]) {
      const detail = typeof antwoord.json?.detail === "string" ? antwoord.json.detail : undefined;
      await wachtrij.verwerk([{ id: deel[0].id, status: "geweigerd", code: antwoord.code || "ongeldig", detail }]);
      opStand({ staat: "bezig", reden: "" });
      return null;
    }
    const helft = Math.ceil(deel.length / 2);
    return (await zend(deel.slice(0, helft))) ?? zend(deel.slice(helft));
  }

  /** Bring back what she may hold, when that is asked for or some minutes old. @returns {Promise<Antwoord | null>} */
  async function haal() {
    if (nu() - versOp < VERS && nu() >= versOp) return null;
    const cursor = await gegevens.cursor();
    const antwoord = await net("GET", `/synchronisatie${cursor ? `?sinds=${encodeURIComponent(cursor)}` : ""}`);
    if (antwoord.serverTijd !== null) await gegevens.serverklok(antwoord.serverTijd);
    if (antwoord.soort === "nee" && cursor) {
      // A cursor that the server does not know any more: begin anew, once.
      await gegevens.vergeetCursor();
      return haal();
    }
    if (antwoord.soort !== "ja") return antwoord;
    if (!(await gegevens.isVanHaar(antwoord.json))) return { ...antwoord, soort: "later", status: 401 };
    await gegevens.pasToe(antwoord.json, nu());
    // Good to have beside it: without it everything works by what was heard before.
    const programma = await net("GET", "/programma");
    if (programma.soort === "ja") await gegevens.onthoud("programma", programma.json);
    const berichten = await net("GET", "/berichten?status=verzonden");
    if (berichten.soort === "ja") await gegevens.onthoudBerichten(berichten.json.results);
    versOp = nu();
    return null;
  }

  /** @param {Antwoord} antwoord */
  async function misging(antwoord) {
    if (antwoord.status === 401 && antwoord.code === "apparaatIngetrokken") {
      stop();
      await opIngetrokken();
      return;
    }
    if (antwoord.status === 401) zet("wacht", "afgemeld", AFGEMELD_WACHT);
    else zet("wacht", antwoord.code || "server", antwoord.wacht);
  }

  let gevraagdeWacht = 0;

  /** @param {Stand["staat"]} staat @param {string} reden @param {number} [wacht] */
  function zet(staat, reden, wacht = 0) {
    gevraagdeWacht = wacht;
    opStand({ staat, reden });
  }

  /** When to try again by ourselves. */
  async function plan() {
    clearTimeout(wekker);
    if (gestopt) return;
    const eigenaar = await gegevens.eigenaar().catch(() => undefined);
    const vrij = eigenaar === undefined ? null : await wachtrij.totVolgende(eigenaar, nu()).catch(() => 0);
    const terug = wachttijden[Math.min(mislukt, wachttijden.length) - 1] ?? 0;
    const na = mislukt > 0 ? Math.max(gevraagdeWacht, terug * (0.75 + Math.random() / 2)) : (vrij ?? VERS);
    if (gestopt || loopt) return;
    wekker = setTimeout(() => void duw({ opnieuw: false }), Math.min(na, VERS));
  }

  function stop() {
    gestopt = true;
    clearTimeout(wekker);
  }

  /** After a stop: the phone was paired again. */
  function hervat() {
    gestopt = false;
  }

  return { duw, stop, hervat };
}
