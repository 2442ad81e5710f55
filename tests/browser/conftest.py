"""A real Chromium, and a camera that sees what we show it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import qrcode
from playwright.sync_api import Browser, Error, Playwright, expect, sync_playwright

from tests import services

QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
]
WIDTH, HEIGHT = 640, 480

# Machines that test are busy; what is not there after this long is not coming.
expect.set_options(timeout=20_000)


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
