/** The limits of the server, written by `manage.py schrijf_grenzen`; do not edit. */
export const GRENZEN = /** @type {const} */ ({
  "venster": {
    "aanloop": 14,
    "uitloop": 28
  },
  "poging": {
    "soort": [
      "telefoon",
      "bericht",
      "brief",
      "kaartje",
      "aanDeDeur"
    ],
    "uitkomst": [
      "gesproken",
      "geenGehoor",
      "nietThuis",
      "verplaatst"
    ],
    "meest": 3
  },
  "afronding": {
    "vorm": [
      "huisbezoek",
      "aanDeDeur",
      "elders"
    ],
    "dozen": {
      "meest": 10
    },
    "onderwerpen": {
      "meest": 20
    }
  },
  "afspraak": {
    "duurMinuten": {
      "min": 5,
      "max": 480
    }
  },
  "afwijzing": {
    "reden": [
      "geenTijd",
      "ziek",
      "vakantie",
      "kentGezin",
      "teVer",
      "taal",
      "anders"
    ]
  },
  "incheck": {
    "verwachteMinuten": {
      "min": 5,
      "max": 480
    }
  }
});
