"""What is stored of a secret: enough to recognise it, too little to use it."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac


def hash_van(token: str) -> str:
    """SHA-256, for tokens of 256 random bits: nobody guesses those."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_hash(purpose: str, value: str) -> str:
    """An HMAC with the site's key, for what is short enough to guess (a typed code) or personal (an address)."""
    return salted_hmac(f"ooievaar.{purpose}", value, algorithm="sha256").hexdigest()


def is_keyed_hash_of(purpose: str, value: str, digest: str) -> bool:
    """Whether this is the hash of the value under the site's key, or under one it had before (SECRET_KEY_FALLBACKS)."""
    return any(
        constant_time_compare(
            salted_hmac(f"ooievaar.{purpose}", value, secret=sleutel, algorithm="sha256").hexdigest(), digest
        )
        for sleutel in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    )
