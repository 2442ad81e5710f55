"""A real Chromium, a camera that sees what we show it, and a server of our own to talk to."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
import pytest
import qrcode
from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from tests import services

TABLEMATES = Path(sys.executable).with_name("tablemates")
SECONDS_TO_START = 30
SECONDS_TO_STOP = 15
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
]
WIDTH, HEIGHT = 640, 480


def pytest_report_header() -> str:
    return f"chromium: {services.chromium().executable}"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def launch(playwright: Playwright) -> Iterator[Callable[..., Browser]]:
    """launch(*flags) -> Browser: a Chromium with more flags, closed at the end of the run."""
    opened: list[Browser] = []

    def start(*flags: str) -> Browser:
        opened.append(_launch(playwright, [*QUIET, *flags]))
        return opened[-1]

    yield start
    for browser in opened:
        browser.close()


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Browser]) -> Browser:
    """A Chromium without a camera; open a new context in it for each person."""
    return launch()


@pytest.fixture(scope="session")
def launch_with_camera(
    launch: Callable[..., Browser], make_feed: Callable[[str], Path]
) -> Callable[[str], Browser]:
    """launch_with_camera(text) -> Browser: its camera is held before a QR code of that text."""

    def start(text: str) -> Browser:
        return launch(
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={make_feed(text)}",
        )

    return start


@pytest.fixture(scope="session")
def make_feed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """make_feed(text) -> a Y4M video file of a still QR code: Chromium takes it for a camera."""

    def write(text: str) -> Path:
        feed = tmp_path_factory.mktemp("camera") / "feed.y4m"
        chroma = b"\x80" * (WIDTH * HEIGHT // 2)
        frame = b"FRAME\n" + _qr_picture(text).tobytes() + chroma
        feed.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F15:1 Ip A1:1 C420jpeg\n".encode())
        with feed.open("ab") as video:
            video.write(frame * 2)
        return feed

    return write


@dataclass(frozen=True)
class Server:
    """A running `tablemates serve`: its address, its environment and its data are its own."""

    url: str
    env: dict[str, str]

    def tablemates(self, *arguments: str) -> str:
        """Run another `tablemates` command on the same data and return what it printed."""
        command = [TABLEMATES, *arguments]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


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
    with _serving(served, port, log):
        yield served
    text = log.read_text(errors="replace")
    assert "Traceback" not in text, text[-5000:]


@contextmanager
def _serving(server: Server, port: int, log: Path) -> Iterator[None]:
    command = [TABLEMATES, "serve", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=server.env, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_until_healthy(server.url, process, log)
        yield
    finally:
        process.terminate()
        process.wait(SECONDS_TO_STOP)


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/healthz", timeout=1).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    pytest.fail(f"The server did not start:\n{log.read_text(errors='replace')[-5000:]}")


def _launch(playwright: Playwright, flags: list[str]) -> Browser:
    chromium = services.chromium()

    def attempt() -> Browser:
        return playwright.chromium.launch(
            executable_path=chromium.executable,
            args=flags,
            chromium_sandbox=False,
            env={**os.environ, **chromium.env},
        )

    try:
        return attempt()
    except Error:
        # On a busy machine the first start now and then misses its deadline.
        return attempt()


def _qr_picture(text: str) -> np.ndarray:
    """Luma of one video frame, uint8 of (HEIGHT, WIDTH): the code in the middle of grey."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    light = ~np.array(code.get_matrix())
    scale = (HEIGHT - 40) // len(light)
    square = np.kron(light, np.ones((scale, scale))).astype(np.uint8) * 215 + 20
    top, left = (HEIGHT - len(square)) // 2, (WIDTH - len(square)) // 2
    picture = np.full((HEIGHT, WIDTH), 128, np.uint8)
    picture[top : top + len(square), left : left + len(square)] = square
    return picture
