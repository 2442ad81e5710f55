"""Secrets and codes that nobody can guess."""

from __future__ import annotations

import secrets

# Crockford's base 32 without the letters that are read as digits.
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def make_secret() -> str:
    """128 random bits in 22 letters: short enough for a sparse QR, too long to guess."""
    return secrets.token_urlsafe(16)


def make_code() -> str:
    """Eight letters that a person can read out and type, shown as K7QX-2M4P."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(8))


def make_poster_code() -> str:
    """Sixty random bits for the poster's link. It names the event and opens nothing else."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(12))
