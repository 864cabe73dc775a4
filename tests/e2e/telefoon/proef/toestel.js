/**
 * One tab of one phone, as a worker: the app's own queue, store and sender, with short waiting. Ending the worker is
 * killing the browser: whatever was going on stops in the middle.
 */
import { maakGegevens } from "@kern/gegevens.js";
import { maakKlok } from "@kern/klok.js";
import { maakNet } from "@kern/net.js";
import { maakOpslag } from "@kern/opslag.js";
import { maakSlot, pacht } from "@kern/slot.js";
import { maakVerzender } from "@kern/verzender.js";
import { maakWachtrij } from "@kern/wachtrij.js";

let opslag, wachtrij, gegevens, verzender;
let scheef = 0;
const nu = () => Date.now() + scheef;

const acties = {
  async begin({ naam, basis, eigenaar, zonderSlot, tijdslimiet }) {
    opslag = maakOpslag(naam);
    wachtrij = maakWachtrij(opslag, { bedenktijd: 15 });
    gegevens = maakGegevens(opslag, maakKlok(nu));
    const slot = zonderSlot ? pacht(opslag, { duur: 600 }) : maakSlot(naam, opslag);
    const net = maakNet({ basis, tijdslimiet });
    verzender = maakVerzender({ wachtrij, gegevens, net, slot, nu, wachttijden: [10, 25, 60] });
    await opslag.schrijf("eigenaar", eigenaar);
    void verzender.duw();
  },
  async bewaar({ handeling, eigenaar }) {
    await wachtrij.bewaar({ ...handeling, eigenaar, titel: "proef" }, nu());
    void verzender.duw();
  },
  // The browser drops the connection in the middle of things, as WebKit does with an app that slept.
  async laatVallen() {
    const echt = IDBDatabase.prototype.transaction;
    let nog = 2;
    IDBDatabase.prototype.transaction = function (...args) {
      if (nog-- > 0) throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
      IDBDatabase.prototype.transaction = echt;
      return echt.apply(this, args);
    };
  },
  async klok({ uren }) {
    scheef = uren * 3_600_000;
  },
  duw: () => verzender.duw().then(() => {}),
  alle: () => wachtrij.alle(),
};

onmessage = async ({ data }) => {
  try {
    postMessage({ vraag: data.vraag, uit: await acties[data.doe](data) });
  } catch (fout) {
    postMessage({ vraag: data.vraag, fout: `${fout.name}: ${fout.message}` });
  }
};
