"""The channels: what it takes to hand a message to somebody, and what is known when that goes wrong."""

from __future__ import annotations

from django.conf import settings

from notifications.kanalen.app import AppKanaal
from notifications.kanalen.basis import ADRESFOUTEN, KANAALFOUTEN, Oordeel, Uitkomst, Verzendkanaal, Zending
from notifications.kanalen.brief import BriefKanaal
from notifications.kanalen.email import EmailKanaal
from notifications.kanalen.push import PushKanaal
from notifications.kanalen.sms import SmsKanaal

__all__ = [
    "ADRESFOUTEN",
    "KANAALFOUTEN",
    "AppKanaal",
    "BriefKanaal",
    "EmailKanaal",
    "Oordeel",
    "PushKanaal",
    "SmsKanaal",
    "Uitkomst",
    "Verzendkanaal",
    "Zending",
    "beschikbaar",
    "standaard",
]


def beschikbaar() -> frozenset[str]:
    """The channels that this installation has; nothing is planned for another one."""
    gekozen = {"app", "brief", "email"}
    if settings.SMS_URL:
        gekozen.add("sms")
    if settings.VAPID_PRIVATE_KEY:
        gekozen.add("push")
    return frozenset(gekozen)


def standaard() -> list[Verzendkanaal]:
    """The channels that this installation has, the quickest first."""
    namen = beschikbaar()
    kanalen: list[Verzendkanaal] = [AppKanaal(), BriefKanaal()]
    if "push" in namen:
        kanalen.append(PushKanaal())
    if "sms" in namen:
        kanalen.append(SmsKanaal())
    return [*kanalen, EmailKanaal()]
