"""Codes that are said aloud, and tokens that are not: made here, and kept as hashes alone."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata

__all__ = ["ALPHABET", "hashed", "is_token", "new_code", "new_token", "plain_code", "same"]

ALPHABET = "BCDFGHJKMNPRSTVWXYZ"
"""Letters of a code: none looks like another or like a digit, and without vowels no word arises."""

CODE_LENGTH = 6
TOKEN_BYTES = 24


def new_code() -> str:
    """Return six letters at random: one of 47 million codes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def plain_code(typed: str) -> str:
    """Return what was typed as a code is written: capital letters, without blanks and dashes.

    What cannot be a code becomes the empty text.
    """
    if not isinstance(typed, str) or len(typed) > 100:
        return ""
    letters = re.sub(r"[\s\-_.]+", "", unicodedata.normalize("NFKC", typed)).upper()
    fits = len(letters) == CODE_LENGTH and all(letter in ALPHABET for letter in letters)
    return letters if fits else ""


def new_token() -> str:
    """Return a token that nobody guesses: 192 random bits in 32 letters of an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def is_token(text: object) -> bool:
    """Return whether a text has the form of a token."""
    return isinstance(text, str) and re.fullmatch(r"[A-Za-z0-9_-]{32}", text) is not None


def hashed(token: str) -> str:
    """Return the SHA-256 of a token, in hexadecimal digits; of what is no text, that of nothing.

    A token is random and long, so that one fast hash is enough: there is nothing to try.
    """
    text = token if isinstance(token, str) else ""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def same(token: str, kept: str) -> bool:
    """Return whether a token is the one whose hash was kept, in a time that tells nothing."""
    return hmac.compare_digest(hashed(token), kept)
