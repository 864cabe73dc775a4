/**
 * The shapes that the modules share, as types only. Those of the server are in api.md ("The phone", "Visits").
 *
 * @typedef {"aanvaarding"|"afwijzing"|"poging"|"afspraak"|"afronding"|"weigering"|"overlijden"|"incheck"|"uitcheck"
 *   |"sjopaanvraag"|"doorverwijzing"|"cafeAanmelding"} Soort
 *
 * What she did, as it waits in the queue. `id` is made here, and makes the server apply it once.
 * @typedef {object} Handeling
 * @property {string} id
 * @property {number} [volgnr] the order in which it was saved; given by the store
 * @property {Soort} soort
 * @property {string | null} bezoek
 * @property {string} moment when she did it, RFC 3339
 * @property {Record<string, any>} gegevens the body of the call of the same name
 * @property {string} eigenaar the Ooievaarsmoeder who did it; sent only while this phone is hers
 * @property {"wacht" | "geparkeerd" | "geweigerd"} status geparkeerd: a coordinator looks at it
 * @property {number} vrijOp before this moment she may still take it back (milliseconds)
 * @property {number} pogingen how often it was sent; above 0 it cannot be taken back any more
 * @property {string} [code]
 * @property {string} [detail]
 * @property {string} titel what she sees of it: "Bezoek"
 *
 * @typedef {{ id: string, status: "toegepast" | "alToegepast" | "geparkeerd" | "geweigerd", code?: string,
 *   detail?: string }} Oordeel
 *
 * @typedef {{ begin: string, eind: string }} Venster two dates, both included
 * @typedef {{ id?: string, moment: string, soort: string, uitkomst: string }} Poging
 *
 * @typedef {object} Bezoek
 * @property {string} id
 * @property {string | null} gezin null until she accepts
 * @property {string[] | null} pasgeborenen
 * @property {string | null} wijk
 * @property {string} taal
 * @property {string | null} geboortedatum
 * @property {Venster} venster
 * @property {string} status
 * @property {string | null} afsluitreden
 * @property {string | null} [ooievaarsmoeder] whose it is
 * @property {string | null} aanvaardOp
 * @property {{ begin: string, duurMinuten: number } | null} afspraak
 * @property {Poging[]} pogingen
 * @property {string | null} bezochtOp
 * @property {string | null} [afgeslotenOp]
 * @property {{ code: string, tekst: string }[]} [maatregelen] what she must do for her safety; never the cause
 * @property {{ verwachtEind: string } | null} [incheck] while the server knows that she is inside
 *
 * @typedef {{ straat: string, huisnummer: number, huisletter: string | null, toevoeging: string | null,
 *   postcode: string, woonplaats: string }} Adres
 * @typedef {{ id: string, naam: string | null, rol: string, telefoonnummer: string | null, taal: string,
 *   tolkNodig: boolean }} Contactpersoon
 * @typedef {{ id: string, adres: Adres | null, contactWacht?: boolean, contactpersonen: Contactpersoon[] }} Gezin
 * @typedef {{ id: string, gezin: string, voornaam: string | null, achternaam: string | null,
 *   geboortedatum: string }} Pasgeborene
 *
 * News that stays until she has seen it: why a family left this phone.
 * @typedef {{ id: string, soort: "overgedragen" | "gestopt", op: number, bezoek: string, eigenaar: string }} Nieuws
 *
 * @typedef {object} Download
 * @property {Bezoek[]} bezoeken
 * @property {Gezin[]} gezinnen
 * @property {Pasgeborene[]} pasgeborenen
 * @property {{ aantal: number, beschikbaar: number }[]} dozen her boxes, per lot
 * @property {any[]} sjpruutcafes
 * @property {{ id: string, soort: string, reden: "overgedragen" | "gestopt" | "afgesloten" }[]} verwijderd
 * @property {string} cursor
 */
export {};
