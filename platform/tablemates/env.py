"""The one place that reads the process environment. A bad value stops the start with a sentence that names it."""

from __future__ import annotations

import secrets
from contextlib import suppress
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def data_dir() -> Path:
    """Folder for what an embedded installation keeps: the SQLite file and the secret key."""
    path = Path(env.str("TABLEMATES_HOME", default="var")).resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def secret_key() -> str:
    """`SECRET_KEY` from the environment, else one made at the first start and kept beside the database."""
    if key := env.str("SECRET_KEY", default=""):
        return key
    kept = data_dir() / "secret-key"
    kept.touch(mode=0o600)
    if not kept.read_text().strip():
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text().strip()


def database() -> dict[str, Any]:
    """`DATABASE_URL` (PostgreSQL, pooled) or the embedded SQLite file, both set for many writers at a door."""
    url = env.str("DATABASE_URL", default="") or f"sqlite:///{data_dir() / 'tablemates.sqlite3'}"
    config = _database_at(url)
    if "sqlite" in config["ENGINE"]:
        config["ENGINE"] = "tablemates.sqlite"
        # Without IMMEDIATE two scans that read and then write deadlock, and SQLite refuses one at once.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        # Under ASGI a kept connection leaks per request; a pool does not, and saves the connect.
        config["CONN_MAX_AGE"] = 0
        pool = {"min_size": 1, "max_size": 12, "timeout": 20}
        # Parameters apart from the statement: PostgreSQL plans what is asked again and again once per connection.
        plans = {"server_side_binding": True, "prepare_threshold": 3}
        config["OPTIONS"] = {**config.get("OPTIONS", {}), "pool": pool, **plans}
    return config


def _database_at(url: str) -> dict[str, Any]:
    # A port that is no number is a ValueError.
    with suppress(ValueError):
        if url.startswith(("postgres://", "postgresql://", "sqlite://")):
            return dict(env.db_url_config(url))
    raise ImproperlyConfigured(
        "DATABASE_URL is not a database address. Use postgres://user:password@host:port/name, or leave it out."
    )


MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465, "consolemail": None}


def mail() -> dict[str, Any]:
    """Settings for `EMAIL_URL`, as in smtp+tls://user:password@host:587; without it mails are kept as files."""
    url = env.str("EMAIL_URL", default="")
    if not url:
        return {"EMAIL_BACKEND": "tablemates.mail.FolderBackend"}
    scheme = url.partition("://")[0]
    # A port that is no number is a ValueError.
    with suppress(ValueError):
        if scheme in MAIL_PORTS:
            config = dict(env.email_url_config(url))
            config["EMAIL_PORT"] = config["EMAIL_PORT"] or MAIL_PORTS[scheme]
            if config["EMAIL_HOST"] or scheme == "consolemail":
                return config
    raise ImproperlyConfigured(
        "EMAIL_URL is not the address of a mail server. Use smtp+tls://user:password@host:587, "
        "consolemail:// to print mails, or leave it out."
    )


def mail_from(host: str) -> str:
    """`DEFAULT_FROM_EMAIL`: who mails come from, an address or a name with one."""
    given = env.str("DEFAULT_FROM_EMAIL", default="") or f"Tablemates <tablemates@{host}>"
    if "@" in parseaddr(given)[1] and given.isprintable():
        return given
    raise ImproperlyConfigured(
        "DEFAULT_FROM_EMAIL is no address. Use tables@example.org or Tablemates <tables@example.org>."
    )


# A process needs one line to speak and one to listen, however many sockets it holds. What is late is given up soon: the
# rows have it, and the hub looks there every other second.
REDIS = {
    "max_connections": 8,
    "socket_timeout": 1.0,
    "socket_connect_timeout": 1.0,
    "health_check_interval": 15,
}


def channel_layer() -> dict[str, object]:
    """`REDIS_URL` through Redis pub/sub, which cannot drop for capacity; else in this process."""
    if url := env.str("REDIS_URL", default=""):
        prefix = env.str("REDIS_PREFIX", default="tablemates")
        return {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [{"address": url, **REDIS}], "prefix": prefix},
        }
    return {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 10_000}}
