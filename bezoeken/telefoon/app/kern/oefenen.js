/**
 * Practice: an invented family in a database of its own. Nothing can reach the figures, because in practice there is
 * no sender and no owner that the server knows.
 */
import { dagVan, plusDagen } from "./tijd.js";

/** @param {import("./opslag.js").Opslag} opslag @param {number} nu */
export async function vulOefening(opslag, nu) {
  const vandaag = dagVan(nu);
  const gezinnen = [
    gezin("oefen-1", "Oefenstraat", 12, "Jansen", "nl", "+31600000001"),
    gezin("oefen-2", "Proefplein", 3, "Nowak", "pl", null),
  ];
  const kinderen = [kind("oefen-1", "Sam", "Jansen", -45), kind("oefen-1", "Noor", "Jansen", -45, "b"), kind("oefen-2", "Zofia", "Nowak", -54)];
  const bezoeken = gezinnen.map((g) => {
    const van = kinderen.filter((k) => k.gezin === g.id);
    const geboren = van[0]?.geboortedatum ?? vandaag;
    return {
      id: g.id, gezin: g.id, pasgeborenen: van.map((k) => k.id), wijk: "WK091720", taal: g.contactpersonen[0]?.taal,
      geboortedatum: geboren, venster: { begin: plusDagen(geboren, 42), eind: plusDagen(geboren, 56) }, status: "toegewezen",
      afsluitreden: null, aanvaardOp: new Date(nu).toISOString(), afspraak: null, pogingen: [], bezochtOp: null,
    };
  });
  await opslag.wis();
  await opslag.met(["bezoeken", "gezinnen", "pasgeborenen", "instellingen"], "readwrite", async (tx) => {
    for (const rij of bezoeken) await tx.objectStore("bezoeken").put(rij);
    for (const rij of gezinnen) await tx.objectStore("gezinnen").put(rij);
    for (const rij of kinderen) await tx.objectStore("pasgeborenen").put(rij);
    for (const [sleutel, waarde] of Object.entries({ eigenaar: "oefenen", bijgewerktOp: nu, dozen: { aantal: 3, beschikbaar: 1 } })) {
      await tx.objectStore("instellingen").put(waarde, sleutel);
    }
  });

  function kind(/** @type {string} */ van, /** @type {string} */ voornaam, /** @type {string} */ achternaam,
    /** @type {number} */ dagen, nummer = "a") {
    return { id: `${van}-${nummer}`, gezin: van, voornaam, achternaam, geboortedatum: plusDagen(vandaag, dagen) };
  }
}

/**
 * @param {string} id @param {string} straat @param {number} huisnummer @param {string} naam @param {string} taal
 * @param {string | null} telefoonnummer
 */
function gezin(id, straat, huisnummer, naam, taal, telefoonnummer) {
  return {
    id,
    adres: { straat, huisnummer, huisletter: null, toevoeging: null, postcode: "6412 AB", woonplaats: "Heerlen" },
    contactpersonen: [{ id: `${id}-c`, naam, rol: "moeder", telefoonnummer, taal, tolkNodig: false }],
  };
}
