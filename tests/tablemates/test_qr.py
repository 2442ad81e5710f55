"""QR codes on paper and in mails are read back by another library."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image

from tablemates.qr import MEDIUM, QUARTILE, Code
from tests.qr import read_qr

TEXTS = ["x", "https://tables.example.org/t#tN2kq0Yc3rT9vJw8sLx5Zg", "ä🎉", "9" * 300]


@pytest.mark.parametrize("level", [MEDIUM, QUARTILE])
@pytest.mark.parametrize("text", TEXTS)
def test_path_is_read_back(text: str, level: int) -> None:
    code = Code(text, level)
    assert read_qr(code.svg) == text
    assert code.viewbox == f"-4 -4 {code.size + 8} {code.size + 8}"


@pytest.mark.parametrize("text", TEXTS)
def test_picture_is_read_back_and_has_its_quiet_zone(text: str) -> None:
    code = Code(text)
    picture = Image.open(io.BytesIO(code.png(scale=5)))
    assert picture.size == ((code.size + 8) * 5,) * 2
    assert zxingcpp.read_barcode(picture).text == text
    assert picture.convert("L").crop((0, 0, picture.width, 20)).getextrema() == (255, 255)
