"""The themes in the languages of our messages. Only the Dutch was checked by a speaker."""

from __future__ import annotations

from bezoeken.models import Thema

_B, _G, _O, _V, _E = Thema.BORSTVOEDING, Thema.GEZONDE_VOEDING, Thema.OPVOEDING, Thema.VOORLEZEN, Thema.KINDER_EHBO
THEMAS: dict[str, dict[Thema, str]] = {
    "nl": {_B: "borstvoeding", _G: "gezonde voeding", _O: "opvoeding", _V: "voorlezen", _E: "kinder-EHBO"},
    "en": {_B: "breastfeeding", _G: "healthy food", _O: "raising children", _V: "reading aloud", _E: "child first aid"},
    "de": {_B: "Stillen", _G: "gesunde Ernährung", _O: "Erziehung", _V: "Vorlesen", _E: "Erste Hilfe am Kind"},
    "pl": {
        _B: "karmienie piersią",
        _G: "zdrowe jedzenie",
        _O: "wychowanie dzieci",
        _V: "czytanie dzieciom",
        _E: "pierwsza pomoc dla dzieci",
    },
    "tr": {
        _B: "emzirme",
        _G: "sağlıklı beslenme",
        _O: "çocuk yetiştirme",
        _V: "kitap okuma",
        _E: "çocuklarda ilk yardım",
    },
    "uk": {
        _B: "грудне вигодовування",
        _G: "здорове харчування",
        _O: "виховання дітей",
        _V: "читання дітям",
        _E: "перша допомога дітям",
    },
    "ar": {
        _B: "الرضاعة الطبيعية",
        _G: "التغذية الصحية",
        _O: "تربية الأطفال",
        _V: "القراءة للأطفال",
        _E: "الإسعافات الأولية للأطفال",
    },
    "ti": {_B: "ጡብ ምጥባው", _G: "ጥዕና ዘለዎ ኣመጋግባ", _O: "ኣተዓባብያ ቆልዑ", _V: "ንቆልዑ ምንባብ", _E: "ቀዳማይ ረድኤት ንቆልዑ"},
}


def themawoord(thema: str, taal: str) -> str:
    """What a café is about, in this language or, where we do not have it, in Dutch."""
    return THEMAS.get(taal, THEMAS["nl"])[Thema(thema)]
