"""Services that every test may ask for; see tests/services.py."""

from collections.abc import Iterator

import pytest

from tests import services


def pytest_report_header() -> list[str]:
    return services.describe()


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The URL of a real Redis, shared by the whole run."""
    with services.redis() as url:
        yield url


@pytest.fixture(scope="session")
def pg_url() -> Iterator[str]:
    """The URL of a real PostgreSQL, shared by the whole run."""
    with services.postgres() as url:
        yield url
