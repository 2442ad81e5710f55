"""What a phone must load before it shows anything: at the door, over a poor connection, it counts."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 40 * 1024
MANIFEST: Path = settings.DJANGO_VITE["phone"]["manifest_path"]


def files_of(entry: str, manifest: dict[str, dict[str, Any]]) -> set[str]:
    """Script and styles of an entry and of all that it imports at once."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            found |= {manifest[name]["file"], *manifest[name].get("css", [])}
            waiting += manifest[name].get("imports", [])
    return found


def test_phone_page_weighs_at_most_forty_kilobytes_compressed() -> None:
    files = files_of("src/phone/main.ts", json.loads(MANIFEST.read_text(encoding="utf-8")))
    weights = {name: len(gzip.compress((MANIFEST.parent / name).read_bytes())) for name in files}
    assert sum(weights.values()) <= MOST_BYTES, weights


def test_entry_is_weighed_with_everything_it_imports_and_nothing_that_waits() -> None:
    manifest = {
        "page": {"file": "page.js", "css": ["page.css"], "imports": ["a"], "dynamicImports": ["z"]},
        "a": {"file": "a.js", "imports": ["b"]},
        "b": {"file": "b.js", "css": ["b.css"], "imports": ["a"]},
        "z": {"file": "z.js"},
    }
    assert files_of("page", manifest) == {"page.js", "page.css", "a.js", "b.js", "b.css"}
