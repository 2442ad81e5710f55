"""Settings from the environment: a good value works, a bad one is named in a sentence."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ImproperlyConfigured

from tablemates.env import channel_layer, data_dir, database, secret_key

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("DATABASE_URL", "REDIS_URL", "REDIS_PREFIX", "SECRET_KEY")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TABLEMATES_HOME", str(tmp_path / "var"))
    return tmp_path / "var"


def test_data_folder_is_made(home: Path) -> None:
    assert data_dir() == home
    assert home.is_dir()


@pytest.mark.parametrize("given", [None, ""])
def test_without_a_database_address_it_is_the_file_in_the_data_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch, given: str | None
) -> None:
    if given is not None:
        monkeypatch.setenv("DATABASE_URL", given)
    config = database()
    assert config["ENGINE"] == "django.db.backends.sqlite3"
    assert config["NAME"] == str(home / "tablemates.sqlite3")
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_database_address_of_postgresql_is_pooled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://ada:p%40ss@db.example.org:6543/tables")
    config = database()
    keys = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "CONN_MAX_AGE")
    assert [config[key] for key in keys] == [
        "django.db.backends.postgresql",
        "tables",
        "ada",
        "p@ss",
        "db.example.org",
        6543,
        0,
    ]
    assert set(config["OPTIONS"]) == {"pool"}


def test_options_of_the_database_address_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example.org/tables?sslmode=require")
    options = database()["OPTIONS"]
    assert (options["sslmode"], set(options)) == ("require", {"sslmode", "pool"})


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "tables",
        "postgres//x",
        "http://example.org/x",
        "postgres://h:port/x",
        "mysql://h/x",
        "://",
    ],
)
def test_bad_database_address_is_named_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured) as problem:
        database()
    assert str(problem.value) == (
        "DATABASE_URL is not a database address. "
        "Use postgres://user:password@host:port/name, or leave it out."
    )


def test_secret_key_is_made_once_and_kept_for_its_owner_only(home: Path) -> None:
    key = secret_key()
    kept = home / "secret-key"
    assert len(key) == 64
    assert (kept.read_text(), secret_key()) == (key, key)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_secret_key_of_the_environment_wins_and_leaves_no_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "given")
    assert secret_key() == "given"
    assert not home.exists()


def test_secret_key_file_that_stayed_empty_is_filled(home: Path) -> None:
    home.mkdir()
    (home / "secret-key").touch(mode=0o600)
    assert len(secret_key()) == 64


def test_without_redis_the_channel_layer_is_in_the_process() -> None:
    assert channel_layer()["BACKEND"] == "channels.layers.InMemoryChannelLayer"


def test_with_redis_the_channel_layer_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:6379/3")
    assert channel_layer() == {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": ["redis://127.0.0.1:6379/3"], "prefix": "tablemates"},
    }
