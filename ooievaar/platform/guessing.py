"""Limits on guessing a secret, counted per address in the cache the processes share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import IPv4Address, ip_address, ip_network

from django.core.cache import cache
from rest_framework.exceptions import Throttled

from ooievaar.platform import clock
from ooievaar.platform.hashing import keyed_hash


@contextmanager
def limited_guesses(
    *, purpose: str, address: str, limit: int, per: timedelta, wrong: type[Exception]
) -> Iterator[None]:
    """Let at most `limit` wrong guesses per period through; raises Throttled (429 with Retry-After) for more.

    A guess is counted before it is judged and given back unless `wrong` was raised, so that many guesses at once
    count like as many in a row. The period is part of the name: a counter can never outlive it.
    """
    now = clock.nu().timestamp()
    seconds = int(per.total_seconds())
    name = f"{purpose}:{keyed_hash(purpose, _guesser(address))}:{int(now) // seconds}"
    cache.add(name, 0, timeout=2 * seconds)
    if cache.incr(name) > limit:
        cache.decr(name)
        raise Throttled(wait=seconds - now % seconds)
    try:
        yield
    except wrong:
        raise
    except BaseException:
        cache.decr(name)
        raise
    cache.decr(name)


def _guesser(address: str) -> str:
    """Who that is: with IPv6 one connection has 2^64 addresses, so its network counts as one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return address
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
