"""Settings: read once from the environment, typed, with defaults that suit one machine."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHORTEST_SECRET = 32


@dataclass(frozen=True)
class Settings:
    """What may differ between one installation and the next."""

    is_production: bool
    instance: Path
    database_url: str
    secret_key: str
    secret_key_fallbacks: tuple[str, ...]
    link_key: str
    base_url: str
    mail_server: str
    mail_port: int
    mail_username: str
    mail_password: str
    mail_use_tls: bool
    mail_sender: str
    model: str
    uses_adapter: bool
    bulk_precision: str
    shows_sign_in_links: bool

    def flask(self) -> dict[str, Any]:
        """Return the configuration that Flask and its extensions read."""
        return {
            "SECRET_KEY": self.secret_key,
            "SECRET_KEY_FALLBACKS": list(self.secret_key_fallbacks),
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            # The log prints a database's error; what people typed and answered stays out of it.
            "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},
            "MAX_CONTENT_LENGTH": 6 * 1024 * 1024,
            "MAX_FORM_PARTS": 2000,
            "SESSION_COOKIE_NAME": "__Host-pythia" if self.is_production else "pythia",
            "SESSION_COOKIE_SECURE": self.is_production,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_REFRESH_EACH_REQUEST": False,
            "PERMANENT_SESSION_LIFETIME": timedelta(days=14),
            "PREFERRED_URL_SCHEME": "https" if self.is_production else "http",
            # A workshop outlives an hour, and a token that expires loses an answer.
            "WTF_CSRF_TIME_LIMIT": None,
        }


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raise ``RuntimeError`` where production would start unsafe."""
    env = os.environ if environ is None else environ
    is_production = env.get("PYTHIA_ENV", "development") == "production"
    instance = Path(env.get("PYTHIA_INSTANCE", str(ROOT / "instance")))
    instance.mkdir(parents=True, exist_ok=True)
    secret = env.get("SECRET_KEY") or _kept_secret(instance, "secret_key", is_production)
    link = env.get("LINK_KEY") or _kept_secret(instance, "link_key", is_production)
    return Settings(
        is_production=is_production,
        instance=instance,
        database_url=env.get("DATABASE_URL", f"sqlite:///{instance / 'pythia.db'}"),
        secret_key=_long_enough(secret, "SECRET_KEY"),
        secret_key_fallbacks=tuple(filter(None, env.get("SECRET_KEY_FALLBACKS", "").split(","))),
        link_key=_long_enough(link, "LINK_KEY"),
        base_url=env.get("PYTHIA_BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
        mail_server=env.get("MAIL_SERVER", ""),
        mail_port=int(env.get("MAIL_PORT", "587")),
        mail_username=env.get("MAIL_USERNAME", ""),
        mail_password=env.get("MAIL_PASSWORD", ""),
        mail_use_tls=env.get("MAIL_USE_TLS", "yes") == "yes",
        mail_sender=env.get("MAIL_SENDER", "Pythia <pythia@localhost>"),
        model=env.get("PYTHIA_MODEL", "packaged"),
        uses_adapter=_one_of(env, "PYTHIA_ADAPTER", ("on", "off")) == "on",
        bulk_precision=_one_of(env, "PYTHIA_BULK_PRECISION", ("float32", "bfloat16")),
        shows_sign_in_links=not is_production,
    )


def _one_of(env: Mapping[str, str], name: str, words: tuple[str, ...]) -> str:
    """Return the word that ``name`` is set to, the first of ``words`` where it is not set."""
    word = env.get(name) or words[0]
    if word not in words:
        raise RuntimeError(f"{name} must be one of: {', '.join(words)}.")
    return word


def _kept_secret(instance: Path, name: str, is_production: bool) -> str:
    """Return a development secret, made once and kept beside the database."""
    if is_production:
        raise RuntimeError(f"{name.upper()} must be set in production (32 bytes or more).")
    path = instance / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    return path.read_text().strip()


def _long_enough(secret: str, name: str) -> str:
    if len(secret.encode()) < SHORTEST_SECRET:
        raise RuntimeError(f"{name} must be at least {SHORTEST_SECRET} bytes long.")
    return secret
