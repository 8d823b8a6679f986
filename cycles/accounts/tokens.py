"""Tokens of links and sessions: how they are made, and what the tables keep of them."""

import hashlib
import secrets


def new_token() -> str:
    """Return a token of 256 random bits that fits in a URL."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """Return what the tables keep of a token, or of anything they need not know."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
