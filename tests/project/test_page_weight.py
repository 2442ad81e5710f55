"""What a phone must load before it shows anything: at the door, over a poor connection, it counts."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.conf import settings

from tablemates.surfaces.built import built

MOST_BYTES = 40 * 1024
MOST_REQUESTS = 5
BUILT = Path(settings.DJANGO_VITE["phone"]["manifest_path"]).parent


@pytest.mark.parametrize("language", dict(settings.LANGUAGES))
def test_phone_page_comes_in_five_requests_of_at_most_forty_kilobytes_compressed(
    language: str,
) -> None:
    chunks = built("phone", "src/phone/main.ts")
    files = chunks.at_once | chunks.words.get(language, set())
    weights = {name: len(gzip.compress((BUILT / name).read_bytes())) for name in files}
    assert sum(weights.values()) <= MOST_BYTES, weights
    assert 1 + len(files) <= MOST_REQUESTS, files
