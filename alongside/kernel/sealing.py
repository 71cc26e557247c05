"""Words that are kept sealed: each mentorship has a key of its own, and the installation's keys seal that key.

AES-256 in Galois counter mode (NIST SP 800-38D), from the ``cryptography`` package. What is sealed says what it is
about, and opens only as that: a sealed text moved to another row stays shut.
"""

import os
from base64 import b64encode, urlsafe_b64decode
from binascii import Error as NotBase64
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY, NONCE, NAME = 32, 12, 8
"""Bytes: of a key, of the number used once, of the name under which a key of the installation is found again."""


class CannotOpen(Exception):
    """Say that something sealed does not open: its key is not among ours, or it was changed or moved."""

    def __init__(self) -> None:
        super().__init__(
            "What was kept sealed here cannot be opened. The key it was sealed with is missing from "
            "ALONGSIDE_CONTENT_KEYS, or it was changed."
        )


def new_key() -> bytes:
    """Return a fresh key of 32 random bytes."""
    return os.urandom(KEY)


def seal(key: bytes, words: bytes, *, about: str) -> bytes:
    """Seal ``words`` as being ``about`` something: a number used once (12 bytes), then what nobody can read."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, words, about.encode())


def unseal(key: bytes, sealed: bytes, *, about: str) -> bytes:
    """Return what was sealed.

    :raises CannotOpen: if it was sealed with another key, about something else, or was changed.
    """
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], about.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotOpen from error


class KeyRing:
    """The installation's keys, newest first: the first one seals, each opens what it sealed."""

    def __init__(self, keys: list[bytes]) -> None:
        """Take the keys.

        :raises ValueError: if there is none, or one is not 32 bytes long.
        """
        if not keys or any(len(key) != KEY for key in keys):
            raise ValueError(f"A ring needs one key or more, each of {KEY} bytes.")
        self._newest = _name(keys[0])
        self._keys = {_name(key): key for key in keys}

    def wrap(self, key: bytes, *, about: str) -> bytes:
        """Seal a key with the newest one: the name of that, then the sealed key."""
        return self._newest + seal(self._keys[self._newest], key, about=about)

    def unwrap(self, wrapped: bytes, *, about: str) -> bytes:
        """Return the key that was wrapped.

        :raises CannotOpen: if the key it was wrapped with is not on this ring.
        """
        ours = self._keys.get(wrapped[:NAME])
        if ours is None:
            raise CannotOpen
        return unseal(ours, wrapped[NAME:], about=about)

    def is_newest(self, wrapped: bytes) -> bool:
        """Say whether a key was wrapped with the newest one of the ring."""
        return wrapped[:NAME] == self._newest


def key_ring() -> KeyRing:
    """Return the ring of this installation (``ALONGSIDE_CONTENT_KEYS``)."""
    return _ring(settings.CONTENT_KEYS)


def written(key: bytes) -> str:
    """Write a key as it stands in ``ALONGSIDE_CONTENT_KEYS``."""
    return b64encode(key, altchars=b"-_").decode()


def read(words: str) -> list[bytes]:
    """Read keys as they stand in ``ALONGSIDE_CONTENT_KEYS``: base64, newest first, with commas between.

    :raises ValueError: if one is not 32 bytes in base64.
    """
    try:
        keys = [urlsafe_b64decode(each.strip()) for each in words.split(",") if each.strip()]
    except NotBase64 as error:
        raise ValueError("ALONGSIDE_CONTENT_KEYS holds something that is not base64.") from error
    if any(len(key) != KEY for key in keys):
        raise ValueError(f"ALONGSIDE_CONTENT_KEYS holds a key that is not {KEY} bytes in base64.")
    return keys


@lru_cache(maxsize=4)
def _ring(words: str) -> KeyRing:
    return KeyRing(read(words))


def _name(key: bytes) -> bytes:
    return sha256(b"alongside key ring" + key).digest()[:NAME]
