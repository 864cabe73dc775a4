/** The limits of the server, written by `manage.py schrijf_grenzen`; do not edit. */
export const GRENZEN = /** @type {const} */ ({
  "kalender": {
    "min": 1900,
    "max": 2199
  },
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
  },
  "afwezigheid": {
    "reden": [
      "vakantie",
      "ziek",
      "anders"
    ]
  },
  "cafeAanmelding": {
    "volwassenen": {
      "min": 1,
      "max": 20
    },
    "kinderen": {
      "min": 0,
      "max": 20
    }
  },
  "sjopaanvraag": {
    "wensen": {
      "meest": 20
    }
  }
});
