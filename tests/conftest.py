"""Services that every test may ask for; see tests/services.py and tests/serving.py."""

import os
from collections.abc import Iterator

import pytest
from django.utils import translation

from tests import services
from tests.serving import Server, serving


def pytest_report_header() -> list[str]:
    return services.describe()


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
