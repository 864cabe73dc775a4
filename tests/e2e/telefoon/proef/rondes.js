/**
 * Random runs of a phone under faults. Each run has a phone of its own (a database and one or two tabs), a visit, and
 * a list of things to log; in between, tabs are killed, stores dropped and clocks shifted, while the proxy breaks
 * requests. At the end the network heals, and the phone must get everything across.
 */

/** Small, seeded and good enough to choose faults with (mulberry32). @param {number} zaad */
function toeval(zaad) {
  let a = zaad >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const rust = (ms) => new Promise((verder) => setTimeout(verder, ms));

class Tab {
  constructor(instelling) {
    this.worker = new Worker("/proef/toestel.js", { type: "module" });
    this.open = new Map();
    this.nummer = 0;
    this.worker.onmessage = ({ data }) => {
      this.open.get(data.vraag)?.(data);
      this.open.delete(data.vraag);
    };
    this.klaar = this.doe("begin", instelling);
  }

  /** What came of it; null when the tab was killed before it answered. */
  doe(doe, wat = {}) {
    const vraag = ++this.nummer;
    return new Promise((verder) => {
      this.open.set(vraag, verder);
      this.worker.postMessage({ doe, vraag, ...wat });
    });
  }

  dood() {
    this.worker.terminate();
    for (const verder of this.open.values()) verder(null);
    this.open.clear();
  }
}

/** @returns what was saved for sure, what may have been, and what the phone still holds */
async function ronde({ zaad, bezoek, kind, eigenaar }) {
  const kans = toeval(zaad);
  const uit = (lijst) => lijst[Math.floor(kans() * lijst.length)];
  const instelling = { naam: `proef-${zaad}`, basis: `/t/${zaad}/api/v1`, eigenaar, zonderSlot: kans() < 0.2, tijdslimiet: 600 };
  const tabs = [new Tab(instelling)];
  if (kans() < 0.4) tabs.push(new Tab(instelling));
  const bewaard = [];
  const misschien = [];
  let gedood = 0;
  let stap = 0;
  const begin = Date.now() - 3 * 3_600_000;
  const handelingen = [];
  for (let n = Math.floor(kans() * 6); n > 0; n--) {
    const moment = new Date(begin + ++stap * 60_000).toISOString();
    const soort = uit(["aanDeDeur", "telefoon", "kaartje"]);
    handelingen.push({ soort: "poging", moment, gegevens: { moment, soort, uitkomst: "geenGehoor" } });
  }
  const bezochtOp = new Date(begin + ++stap * 60_000).toISOString();
  handelingen.push({
    soort: "afronding", moment: bezochtOp,
    gegevens: { bezochtOp, vorm: "huisbezoek", dozen: [{ pasgeborene: kind }], onderwerpen: [], uitnodigen: kans() < 0.5, zorgGedeeld: false },
  });
  for (const wat of handelingen) {
    const handeling = { id: crypto.randomUUID(), bezoek, ...wat };
    for (let keer = 0; ; keer++) {
      const tab = uit(tabs);
      const belofte = tab.doe("bewaar", { handeling, eigenaar });
      // Killed while it saves: nobody told her that it was saved, so she does it again, with the same draft and id.
      if (keer === 0 && kans() < 0.15) {
        if (kans() < 0.5) await rust(kans() * 8);
        gedood++;
        tab.dood();
        tabs[tabs.indexOf(tab)] = new Tab(instelling);
        await belofte;
        misschien.push(handeling.id);
        continue;
      }
      const antwoord = await belofte;
      if (antwoord && !antwoord.fout) {
        bewaard.push(handeling.id);
        break;
      }
      if (keer > 5) throw new Error(`saving failed: ${antwoord?.fout}`);
    }
    for (let n = Math.floor(kans() * 3); n > 0; n--) {
      const wat2 = kans();
      const tab = uit(tabs);
      if (wat2 < 0.25) {
        gedood++;
        tab.dood();
        tabs[tabs.indexOf(tab)] = new Tab(instelling);
      } else if (wat2 < 0.45) void tab.doe("laatVallen");
      else if (wat2 < 0.6) void tab.doe("klok", { uren: uit([-24, 24, 0, -1]) });
      else if (wat2 < 0.8) void tab.doe("duw");
      await rust(kans() * 200);
    }
  }
  await fetch(`/t/${zaad}/api/heel`).catch(() => {});
  for (const tab of tabs) tab.dood();
  // As patient as the app itself: all these phones share one server on one busy machine.
  const laatste = new Tab({ ...instelling, tijdslimiet: 10_000 });
  await laatste.klaar;
  let rest = [];
  for (const einde = performance.now() + 60_000; performance.now() < einde; await rust(40)) {
    await laatste.doe("duw");
    rest = (await laatste.doe("alle"))?.uit ?? [];
    if (rest.every((h) => h.status !== "wacht")) break;
  }
  laatste.dood();
  indexedDB.deleteDatabase(instelling.naam);
  return {
    zaad, bezoek, bewaard, gedood, misschien: misschien.length, pogingen: handelingen.length - 1,
    momenten: handelingen.map((h) => h.moment), rest: rest.map(({ id, status, code }) => ({ id, status, code })),
  };
}

/** Several phones at once. */
globalThis.rondes = async (lijst, tegelijk) => {
  const uitkomsten = [];
  const wachtend = [...lijst];
  const werk = async () => {
    for (let een = wachtend.shift(); een; een = wachtend.shift()) {
      try {
        uitkomsten.push(await ronde(een));
      } catch (fout) {
        uitkomsten.push({ zaad: een.zaad, bezoek: een.bezoek, kapot: String(fout) });
      }
    }
  };
  await Promise.all(Array.from({ length: tegelijk }, werk));
  return uitkomsten;
};
globalThis.proefKlaar = true;
