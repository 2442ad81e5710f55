"""Services that every test may ask for; see tests/services.py and tests/serving.py."""

import os
from collections.abc import Iterator

import pytest
from django.test import SimpleTestCase
from django.utils import translation

from tests import services
from tests.serving import Server, serving


def pytest_report_header() -> list[str]:
    return services.describe()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a database: all else is the same on any, and `make test` runs it on one only."""
    for item in items:
        if isinstance(item, pytest.Function) and _uses_a_database(item):
            item.add_marker("stored")


def _uses_a_database(test: pytest.Function) -> bool:
    asked = {"db", "transactional_db", "server"}.intersection(test.fixturenames)
    of_django = test.cls and issubclass(test.cls, SimpleTestCase)
    return bool(asked or of_django or test.get_closest_marker("django_db"))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A request speaks its own language, and the thread keeps it: the next test begins without."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on the defaults and empty data; DATABASE_URL and REDIS_URL are honoured when set.

    The run fails at its end if the server logged a traceback.
    """
    home = tmp_path_factory.mktemp("server")
    port = services.free_port()
    # The tests' own settings are not for the server: it runs on what a user gets.
    env = {**os.environ, "TABLEMATES_HOME": str(home)}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    served = Server(f"http://localhost:{port}", env)
    served.tablemates("migrate", "--verbosity", "0")
    log = home / "server.log"
    with serving(served, port, log):
        yield served
    text = log.read_text(errors="replace")
    assert "Traceback" not in text, text[-5000:]
