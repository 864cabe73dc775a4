"""What the stop page says, in the languages of our messages. Only the Dutch was checked by a speaker."""

from __future__ import annotations

from typing import Any


def _taal(
    titel: str, alles: str, kanaal: str, klaar: str, klaar_kanaal: str, bedenk: str, brief: str, email: str, sms: str
) -> dict[str, Any]:
    return {
        "titel": titel,
        "alles": alles,
        "kanaal": kanaal,
        "klaar": klaar,
        "klaar_kanaal": klaar_kanaal,
        "bedenk": bedenk,
        "kanalen": {"brief": brief, "email": email, "sms": sms, "push": "app", "app": "app"},
    }


WOORDEN: dict[str, dict[str, Any]] = {
    "nl": _taal(
        "Geen berichten meer?",
        "Ik wil geen contact meer",
        "Alleen niet meer op deze manier:",
        "Dat is goed. U hoort niets meer van ons.",
        "Dat is goed. U krijgt zo geen berichten meer.",
        "Wilt u later toch weer contact? Dan belt u ons.",
        "brief",
        "e-mail",
        "sms",
    ),
    "en": _taal(
        "No more messages?",
        "I want no more contact",
        "Only not in this way any more:",
        "That is fine. You will hear nothing more from us.",
        "That is fine. You will get no more messages in this way.",
        "Do you want contact again later? Then call us.",
        "letter",
        "e-mail",
        "text message",
    ),
    "de": _taal(
        "Keine Nachrichten mehr?",
        "Ich möchte keinen Kontakt mehr",
        "Nur nicht mehr auf diesem Weg:",
        "Das ist in Ordnung. Sie hören nichts mehr von uns.",
        "Das ist in Ordnung. Auf diesem Weg kommen keine Nachrichten mehr.",
        "Möchten Sie später wieder Kontakt? Dann rufen Sie uns an.",
        "Brief",
        "E-Mail",
        "SMS",
    ),
    "pl": _taal(
        "Nie chcesz więcej wiadomości?",
        "Nie chcę więcej kontaktu",
        "Tylko nie w ten sposób:",
        "W porządku. Nie będziemy się już kontaktować.",
        "W porządku. Nie wyślemy więcej wiadomości w ten sposób.",
        "Chcesz później znów kontaktu? Zadzwoń do nas.",
        "list",
        "e-mail",
        "SMS",
    ),
    "tr": _taal(
        "Artık mesaj istemiyor musunuz?",
        "Artık iletişim istemiyorum",
        "Sadece bu yolla istemiyorum:",
        "Tamam. Bizden artık haber almayacaksınız.",
        "Tamam. Bu yolla artık mesaj almayacaksınız.",
        "Daha sonra yine iletişim isterseniz bizi arayın.",
        "mektup",
        "e-posta",
        "SMS",
    ),
    "uk": _taal(
        "Не хочете більше повідомлень?",
        "Я більше не хочу контакту",
        "Тільки не в такий спосіб:",
        "Добре. Ми більше не будемо вам писати.",
        "Добре. У такий спосіб повідомлень більше не буде.",
        "Захочете контакту пізніше? Зателефонуйте нам.",
        "лист",
        "електронна пошта",
        "SMS",
    ),
    "ar": _taal(
        "لا تريدون رسائل بعد الآن؟",
        "لا أريد أي اتصال بعد الآن",
        "فقط ليس بهذه الطريقة:",
        "حسنا. لن تسمعوا منا شيئا بعد الآن.",
        "حسنا. لن تصلكم رسائل بهذه الطريقة.",
        "إذا أردتم الاتصال لاحقا فاتصلوا بنا.",
        "رسالة بريدية",
        "بريد إلكتروني",
        "رسالة قصيرة",
    ),
    "ti": _taal(
        "መልእኽቲ ኣይትደልዩን?",
        "ድሕሪ ሕጂ ርክብ ኣይደልን",
        "በዚ መንገዲ ጥራይ ኣይኹን፦",
        "ጽቡቕ። ድሕሪ ሕጂ ካባና ኣይትሰምዑን ኢኹም።",
        "ጽቡቕ። በዚ መንገዲ መልእኽቲ ኣይመጸኩምን እዩ።",
        "ደሓር ርክብ እንተደሊኹም ደውሉልና።",
        "ደብዳበ",
        "ኢመይል",
        "SMS",
    ),
}
