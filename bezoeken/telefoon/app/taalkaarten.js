/**
 * What she shows at the door or sends beforehand, in the language of the family. Written for this programme; `nagekeken`
 * says whether a speaker has checked it.
 *
 * @typedef {object} Taalkaart
 * @property {string} naam of the language, in Dutch
 * @property {"ltr" | "rtl"} richting
 * @property {boolean} nagekeken
 * @property {string} groet for at the door
 * @property {string} bericht for a text message
 */

/** @type {Record<string, Taalkaart>} */
export const TAALKAARTEN = {
  nl: {
    naam: "Nederlands", richting: "ltr", nagekeken: true,
    groet: "Goedendag! Ik ben Ooievaarsmoeder, een vrijwilliger uit uw buurt. Gefeliciteerd met uw baby. Ik heb een cadeau voor u: een doos van In de Box. Het kost niets.",
    bericht: "Goedendag! Ik ben Ooievaarsmoeder, een vrijwilliger uit uw buurt. Gefeliciteerd met uw baby. Ik kom graag langs met een cadeau: een doos van In de Box. Het kost niets. Wanneer past het u?",
  },
  pl: {
    naam: "Pools", richting: "ltr", nagekeken: false,
    groet: "Dzień dobry! Jestem wolontariuszką (Ooievaarsmoeder) z Państwa okolicy. Gratuluję narodzin dziecka. Mam dla Państwa prezent: pudełko In de Box. Jest bezpłatne.",
    bericht: "Dzień dobry! Jestem wolontariuszką (Ooievaarsmoeder) z Państwa okolicy. Gratuluję narodzin dziecka. Chętnie przyjdę z prezentem: pudełkiem In de Box. Jest bezpłatne. Kiedy Państwu pasuje?",
  },
  ar: {
    naam: "Arabisch", richting: "rtl", nagekeken: false,
    groet: "مرحباً! أنا متطوعة من حيّكم (Ooievaarsmoeder). مبروك المولود. معي هدية لكم: صندوق In de Box. الهدية مجانية.",
    bericht: "مرحباً! أنا متطوعة من حيّكم (Ooievaarsmoeder). مبروك المولود. أودّ أن أزوركم ومعي هدية: صندوق In de Box. الهدية مجانية. متى يناسبكم؟",
  },
  tr: {
    naam: "Turks", richting: "ltr", nagekeken: false,
    groet: "Merhaba! Ben mahallenizden bir gönüllüyüm (Ooievaarsmoeder). Bebeğiniz için tebrikler. Size bir hediyem var: In de Box kutusu. Ücretsizdir.",
    bericht: "Merhaba! Ben mahallenizden bir gönüllüyüm (Ooievaarsmoeder). Bebeğiniz için tebrikler. Size bir hediye getirmek istiyorum: In de Box kutusu. Ücretsizdir. Ne zaman uygun olur?",
  },
  uk: {
    naam: "Oekraïens", richting: "ltr", nagekeken: false,
    groet: "Добрий день! Я волонтерка з вашого району (Ooievaarsmoeder). Вітаю з народженням дитини. Маю для вас подарунок: коробку In de Box. Це безкоштовно.",
    bericht: "Добрий день! Я волонтерка з вашого району (Ooievaarsmoeder). Вітаю з народженням дитини. Хочу завітати до вас із подарунком: коробкою In de Box. Це безкоштовно. Коли вам зручно?",
  },
  ti: {
    naam: "Tigrinya", richting: "ltr", nagekeken: false,
    groet: "ሰላም! ኣነ ካብ ከባቢኹም ወለንታዊት (Ooievaarsmoeder) እየ። እንቋዕ ብውላድኩም ሓጎሰኩም። ህያብ ሒዘልኩም መጺአ፦ ሳንዱቕ In de Box። ብነጻ እዩ።",
    bericht: "ሰላም! ኣነ ካብ ከባቢኹም ወለንታዊት (Ooievaarsmoeder) እየ። እንቋዕ ብውላድኩም ሓጎሰኩም። ህያብ ሒዘ ክመጽእ ደስ ይብለኒ፦ ሳንዱቕ In de Box። ብነጻ እዩ። መዓስ ይጥዕመኩም?",
  },
  en: {
    naam: "Engels", richting: "ltr", nagekeken: false,
    groet: "Hello! I am an Ooievaarsmoeder, a volunteer from your neighbourhood. Congratulations on your baby. I have a present for you: a box from In de Box. It is free.",
    bericht: "Hello! I am an Ooievaarsmoeder, a volunteer from your neighbourhood. Congratulations on your baby. I would like to visit you with a present: a box from In de Box. It is free. When would suit you?",
  },
};

/** Dutch and English stand in where a language is missing. @param {string} taal @returns {Taalkaart} */
export const taalkaart = (taal) => TAALKAARTEN[taal] ?? /** @type {Taalkaart} */ (TAALKAARTEN["en"]);

/** @param {string} taal the family's code */
export const taalNaam = (taal) => TAALKAARTEN[taal]?.naam ?? taal.toUpperCase();
