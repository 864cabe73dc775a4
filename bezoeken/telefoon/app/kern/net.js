/**
 * Asking the server, with one question answered for every call: did it answer (`ja`), did it refuse (`nee`), or do we
 * not know (`later`)? Only a `nee` says anything about what was sent; `later` is tried again.
 */

const TIJDSLIMIET = 10_000;
/** Statuses after which the same request may succeed later (screens.md); every 5xx too. */
const LATER = new Set([401, 408, 425, 429]);

/**
 * @typedef {object} Antwoord
 * @property {"ja" | "nee" | "later"} soort
 * @property {number} status 0 when there was no answer
 * @property {any} json
 * @property {string} code of the problem: "geenVerbinding" when there was no answer, "geenServer" when it was not ours
 * @property {number} wacht milliseconds the server asks us to wait
 * @property {number | null} serverTijd its clock, milliseconds
 */

/** @typedef {ReturnType<typeof maakNet>} Net */

/** @param {{ basis?: string, tijdslimiet?: number }} [keuzes] */
export function maakNet({ basis = "/api/v1", tijdslimiet = TIJDSLIMIET } = {}) {
  /**
   * @param {"GET" | "POST" | "DELETE"} methode
   * @param {string} pad
   * @param {any} [lichaam]
   * @param {string} [sleutel] the same key again is the same request: a lost answer may be asked for once more
   * @returns {Promise<Antwoord>}
   */
  return async function vraag(methode, pad, lichaam, sleutel) {
    const afbreker = new AbortController();
    // The limit covers the body too: a frozen server may have sent its headers.
    const wekker = setTimeout(() => afbreker.abort(), tijdslimiet);
    try {
      const antwoord = await fetch(basis + pad, {
        method: methode,
        headers: {
          "Ooievaar-App": "telefoon",
          Accept: "application/json",
          ...(sleutel ? { "Idempotency-Key": sleutel } : {}),
          ...(lichaam === undefined ? {} : { "Content-Type": "application/json" }),
        },
        body: lichaam === undefined ? undefined : JSON.stringify(lichaam),
        credentials: "same-origin",
        cache: "no-store",
        redirect: "error",
        signal: afbreker.signal,
      });
      // The sign-in page of a hotel's Wi-Fi answers 200 to everything: only the API carries this header.
      if (!antwoord.headers.has("API-Version")) return niets("geenServer", antwoord.status);
      const tekst = await antwoord.text();
      return beoordeel(antwoord, tekst ? JSON.parse(tekst) : null);
    } catch {
      return niets("geenVerbinding", 0);
    } finally {
      clearTimeout(wekker);
    }
  };
}

/** @param {Response} antwoord @param {any} json @returns {Antwoord} */
function beoordeel(antwoord, json) {
  const { status } = antwoord;
  const soort = antwoord.ok ? "ja" : status >= 500 || LATER.has(status) ? "later" : "nee";
  const serverTijd = Date.parse(antwoord.headers.get("Date") ?? "");
  const wacht = Number(antwoord.headers.get("Retry-After") ?? 0) * 1000;
  return {
    soort,
    status,
    json,
    code: antwoord.ok ? "" : String(json?.code ?? ""),
    wacht: Number.isFinite(wacht) ? wacht : 0,
    serverTijd: Number.isNaN(serverTijd) ? null : serverTijd,
  };
}

/** @param {string} code @param {number} status @returns {Antwoord} */
function niets(code, status) {
  return { soort: "later", status, json: null, code, wacht: 0, serverTijd: null };
}
