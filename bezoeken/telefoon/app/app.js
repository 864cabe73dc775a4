/**
 * The parts put together, and everything a screen may do. Screens hold no state of their own: what she taps is saved
 * here first and shown after.
 */
import { maakGegevens } from "./kern/gegevens.js";
import { GRENZEN } from "./kern/grenzen.js";
import { maakKlok } from "./kern/klok.js";
import { maakNet } from "./kern/net.js";
import { maakOpslag } from "./kern/opslag.js";
import { maakSlot } from "./kern/slot.js";
import { maakVerzender } from "./kern/verzender.js";
import { BEDENKTIJD, maakWachtrij } from "./kern/wachtrij.js";
import { T } from "./teksten.js";

/** @typedef {import("./kern/vormen.js").Handeling} Handeling */
/** @typedef {import("./kern/vormen.js").Soort} Soort */
/** @typedef {import("./kern/verzender.js").Stand} Stand */

const OPSLAG = "ooievaar";
const OEFENING = "ooievaar-oefenen";
const REGELS = { ...GRENZEN.venster, pogingen: GRENZEN.poging.meest, telefoonnummer: "" };

/**
 * @typedef {object} Inhoud everything that is on the phone
 * @property {import("./kern/vormen.js").Bezoek[]} bezoeken
 * @property {import("./kern/vormen.js").Gezin[]} gezinnen
 * @property {import("./kern/vormen.js").Pasgeborene[]} pasgeborenen
 * @property {Handeling[]} wachtrij of whoever uses this phone now
 * @property {Handeling[]} vanAnder
 * @property {import("./kern/vormen.js").Nieuws[]} nieuws
 * @property {Record<string, any>} concepten
 * @property {Record<string, any>} instellingen
 */

/** @typedef {Awaited<ReturnType<typeof maakApp>>} App */

/** @param {{ oefenen: boolean, teken: () => void }} p */
export async function maakApp({ oefenen, teken }) {
  const opslag = maakOpslag(oefenen ? OEFENING : OPSLAG);
  const klok = maakKlok();
  const wachtrij = maakWachtrij(opslag);
  const gegevens = maakGegevens(opslag, klok);
  const net = maakNet();
  const slot = maakSlot("ooievaar-verzenden", opslag);
  const tabs = "BroadcastChannel" in globalThis && !oefenen ? new BroadcastChannel("ooievaar") : null;
  /** @type {Inhoud} */
  const inhoud = { bezoeken: [], gezinnen: [], pasgeborenen: [], wachtrij: [], vanAnder: [], nieuws: [], concepten: {}, instellingen: {} };
  /** @type {{ stand: Stand, balk: any, opslagFout: boolean, nieuweVersie: (() => void) | null, gewist: boolean,
   *   verlengMislukt: boolean }} */
  const scherm = { stand: { staat: "rust", reden: "" }, balk: null, opslagFout: false, nieuweVersie: null, gewist: false, verlengMislukt: false };

  const verzender = maakVerzender({
    wachtrij, gegevens, net, nu: klok.nu, slot,
    opStand: (stand) => {
      scherm.stand = stand;
      void herlaad().then(() => tabs?.postMessage("anders"));
    },
    opIngetrokken: () => wis(),
  });
  tabs?.addEventListener("message", () => void herlaad());
  /** Drafts that are not on disk (yet): reading anew takes no answer away, also when the phone is full. @type {Record<string, any>} */
  const los = {};
  /** Of those, what could not be written. @type {Set<string>} */
  const vol = new Set();

  /** Read everything anew and draw. */
  async function herlaad() {
    try {
      const rijen = await opslag.met(
        ["bezoeken", "gezinnen", "pasgeborenen", "handelingen", "nieuws", "concepten", "instellingen"], "readonly",
        async (tx) => {
          const alle = (/** @type {string} */ naam) => tx.objectStore(naam).getAll();
          const sleutels = await tx.objectStore("instellingen").getAllKeys();
          const waarden = await alle("instellingen");
          return {
            bezoeken: await alle("bezoeken"), gezinnen: await alle("gezinnen"), pasgeborenen: await alle("pasgeborenen"),
            handelingen: await alle("handelingen"), nieuws: await alle("nieuws"), concepten: await alle("concepten"),
            instellingen: Object.fromEntries(sleutels.map((sleutel, n) => [String(sleutel), waarden[n]])),
          };
        },
      );
      const wie = rijen.instellingen["eigenaar"];
      const { handelingen, concepten, nieuws, ...rest } = rijen;
      Object.assign(inhoud, rest, {
        wachtrij: handelingen.filter((h) => h.eigenaar === wie),
        vanAnder: handelingen.filter((h) => h.eigenaar !== wie),
        nieuws: nieuws.filter((n) => n.eigenaar === wie),
        concepten: { ...Object.fromEntries(concepten.filter((c) => c.eigenaar === wie).map((c) => [c.concept, c.waarde])), ...los },
      });
      klok.herinner(inhoud.instellingen["klokverschil"]);
      scherm.opslagFout = vol.size > 0;
    } catch {
      scherm.opslagFout = true;
    }
    teken();
  }

  /**
   * Save what she did. The draft it came from goes in the same transaction; taking it back brings that draft again.
   * @param {{ id: string, soort: Soort, bezoek: string | null, gegevens: Record<string, any>, moment?: string }} wat
   * @param {{ concept?: string, titel: string, zonderBedenktijd?: boolean }} bij
   * @returns {Promise<boolean>} whether it is on disk
   */
  async function bewaar(wat, { concept, titel, zonderBedenktijd = false }) {
    const nu = klok.nu();
    const waarde = concept ? inhoud.concepten[concept] : undefined;
    try {
      await wachtrij.bewaar(
        { moment: new Date(nu).toISOString(), ...wat, eigenaar: inhoud.instellingen["eigenaar"], titel },
        zonderBedenktijd ? nu - BEDENKTIJD : nu, concept ? sleutelVan(concept) : undefined,
      );
    } catch {
      scherm.opslagFout = true;
      teken();
      scrollTo(0, 0); // the warning stands at the top, and she at the button
      return false;
    }
    if (concept) {
      delete inhoud.concepten[concept];
      opgeslagen(concept);
    }
    await herlaad();
    if (!zonderBedenktijd) toonBalk(wat.id, concept, waarde);
    tabs?.postMessage("anders");
    if (!oefenen) void verzender.duw();
    return true;
  }

  /** @param {string} id @param {string} [concept] @param {any} [waarde] */
  function toonBalk(id, concept, waarde) {
    const weg = setTimeout(() => sluitBalk(), BEDENKTIJD);
    scherm.balk = {
      tekst: oefenen ? T.balk.bewaardOefenen : T.balk.bewaard,
      async neemTerug() {
        clearTimeout(weg);
        const gelukt = await wachtrij.neemTerug(id);
        if (gelukt && concept) await zetConcept(concept, waarde);
        scherm.balk = { tekst: gelukt ? T.balk.teruggedraaid : T.balk.teLaat };
        setTimeout(sluitBalk, 4_000);
        await herlaad();
      },
    };
    teken();
  }

  function sluitBalk() {
    scherm.balk = null;
    teken();
  }

  /** Drafts carry their owner, so that a phone that changes hands shows nobody another's. @param {string} concept */
  const sleutelVan = (concept) => `${inhoud.instellingen["eigenaar"]}:${concept}`;

  /** Save a draft at each tap. @param {string} concept @param {any} waarde */
  async function zetConcept(concept, waarde) {
    inhoud.concepten[concept] = los[concept] = waarde;
    teken();
    try {
      const eigenaar = inhoud.instellingen["eigenaar"];
      await opslag.met("concepten", "readwrite", (tx) =>
        tx.objectStore("concepten").put({ sleutel: sleutelVan(concept), concept, waarde, eigenaar }).then(() => {}));
      if (los[concept] === waarde) opgeslagen(concept);
      tabs?.postMessage("anders");
    } catch {
      vol.add(concept);
      scherm.opslagFout = true;
      teken();
    }
  }

  /** @param {string} concept */
  function opgeslagen(concept) {
    delete los[concept];
    vol.delete(concept);
  }

  /**
   * The draft of a form, and how to change a part of it. Its id becomes that of the Handeling: pressing twice saves once.
   * @param {string} sleutel @returns {{ c: any, zet: (deel: Record<string, any>) => Promise<void> }}
   */
  function concept(sleutel) {
    const c = inhoud.concepten[sleutel] ?? {};
    return { c, zet: (deel) => zetConcept(sleutel, { id: crypto.randomUUID(), ...c, ...deel }) };
  }

  /** @param {string} sleutel @param {any} waarde */
  async function zetInstelling(sleutel, waarde) {
    await schrijf(() => opslag.schrijf(sleutel, waarde));
  }

  /** Write and draw; a phone that cannot write says so. @param {() => Promise<any>} doe */
  async function schrijf(doe) {
    try {
      await doe();
      await herlaad();
    } catch {
      scherm.opslagFout = true;
      teken();
    }
  }

  /** @param {string} id */
  async function nieuwsGezien(id) {
    await schrijf(() => opslag.met("nieuws", "readwrite", (tx) => tx.objectStore("nieuws").delete(id)));
  }

  /** @param {"gezien" | "opnieuw"} wat @param {string} id */
  async function wachtrijDoe(wat, id) {
    await schrijf(() => wachtrij[wat](id));
    if (wat === "opnieuw") void verzender.duw();
  }

  /**
   * Pair this phone. Under the lock of the sender: each download renews the cookie, so one that is under way for who had
   * this phone before could put her cookie back over the new one.
   * @param {string} koppelcode
   */
  const koppel = (koppelcode) => slot(() => koppelNu(koppelcode));

  /** @param {string} koppelcode @returns {Promise<import("./kern/net.js").Antwoord>} */
  async function koppelNu(koppelcode) {
    const antwoord = await net("POST", "/apparaten", { koppelcode, naam: naamVanToestel() });
    if (antwoord.soort !== "ja") return antwoord;
    const mij = await net("GET", "/mij");
    if (mij.soort !== "ja") return mij;
    await gegevens.gekoppeld({ eigenaar: mij.json.ooievaarsmoeder, apparaat: antwoord.json.id });
    void navigator.storage?.persist?.();
    scherm.gewist = false;
    scherm.stand = { staat: "rust", reden: "" };
    await herlaad();
    verzender.hervat();
    void verzender.duw({ vers: true });
    return antwoord;
  }

  /** Everything off this phone, because it was revoked. */
  async function wis() {
    await opslag.wis();
    Object.keys(los).forEach(opgeslagen);
    scherm.gewist = true;
    scherm.balk = null;
    await herlaad();
    tabs?.postMessage("anders");
    location.hash = "#/";
  }

  /** She stays a quarter of an hour longer: with internet only, because it counts from when the server hears it. @param {string} bezoek */
  async function verleng(bezoek) {
    const antwoord = oefenen ? null : await net("POST", `/bezoeken/${bezoek}/verlenging`, { minuten: 15 });
    scherm.verlengMislukt = antwoord?.soort !== "ja";
    await verzender.duw({ vers: true });
    teken();
  }

  /** @param {{ id: string, begin: string, eind: string, reden: string }} c what she filled in; its draft keeps what came of it */
  async function meldAfwezig({ id, begin, eind, reden, ...rest }) {
    const wie = inhoud.instellingen["eigenaar"];
    const antwoord = oefenen
      ? null
      : await net("POST", `/ooievaarsmoeders/${wie}/afwezigheden`, { begin, eind: eind || null, reden }, id);
    const gelukt = oefenen || antwoord?.soort === "ja";
    await zetConcept("afwezig", { ...rest, id, begin, eind, reden, stand: gelukt ? "gemeld" : "mislukt" });
  }

  /** She hands this phone in; what can still be sent goes first. @returns {Promise<boolean>} */
  async function meldAf() {
    for (const { status, id } of inhoud.wachtrij) if (status === "wacht") await wachtrij.opnieuw(id); // no time to reconsider
    await verzender.duw();
    const antwoord = await net("DELETE", `/apparaten/${inhoud.instellingen["apparaat"]}`);
    if (antwoord.soort !== "ja") return false;
    verzender.stop();
    await wis();
    return true;
  }

  /** Begin: read, draw, and send whenever there is a reason to hope. */
  async function start() {
    if (oefenen) await (await import("./kern/oefenen.js")).vulOefening(opslag, klok.nu());
    await herlaad();
    if (oefenen) return;
    const duw = () => void verzender.duw();
    addEventListener("online", duw);
    addEventListener("offline", teken);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void verzender.duw({ vers: true }));
    await gegevens.ruimOp(klok.nu()).catch(() => {});
    void verzender.duw({ vers: true });
  }

  /** @param {string | null} code of the CBS */
  const wijknaam = (code) =>
    (inhoud.instellingen["programma"]?.wijken ?? []).find((/** @type {{ code: string }} */ w) => w.code === code)?.tekst ?? code ?? "";
  /** What the Gebied decides; its usual values until the server has told it. */
  function regels() {
    const programma = inhoud.instellingen["programma"];
    if (!programma) return REGELS;
    const { dagen, pogingen, telefoonnummer } = programma;
    return {
      aanloop: dagen.vensterBegin - dagen.voorbereiden, uitloop: dagen.verlopen - dagen.vensterEind,
      pogingen: pogingen.maximum, telefoonnummer: telefoonnummer ?? "",
    };
  }

  return {
    oefenen, inhoud, scherm, klok, net, start, teken, herlaad, bewaar, concept, zetConcept, zetInstelling, nieuwsGezien, wachtrijDoe, koppel,
    meldAf, meldAfwezig, verleng, regels, wijknaam, gekoppeld: () => inhoud.instellingen["eigenaar"] !== undefined,
    verstuurNu: () => verzender.duw({ vers: true }),
  };
}

/** How the coordinator recognises this phone in her list. */
function naamVanToestel() {
  const { userAgent } = navigator;
  return /iPhone|iPad/.test(userAgent) ? "iPhone" : /Android/.test(userAgent) ? "Android-telefoon" : "Computer";
}
