"""What a page must load, read off Vite's manifest."""

from __future__ import annotations

from typing import Any

import pytest

from tablemates.surfaces.built import Chunks, chunks_of, word_addresses

MANIFEST: dict[str, dict[str, Any]] = {
    "page": {
        "file": "page.js",
        "css": ["page.css"],
        "imports": ["a"],
        "dynamicImports": ["z", "src/page/words/de.ts"],
    },
    "a": {"file": "a.js", "imports": ["b"], "dynamicImports": ["src/a/words/de.ts"]},
    "b": {"file": "b.js", "css": ["b.css"], "imports": ["a"], "assets": ["b.wasm"]},
    "z": {"file": "z.js", "imports": ["a"], "dynamicImports": ["page", "src/z/words/de.ts"]},
    "src/page/words/de.ts": {"file": "1.js"},
    "src/a/words/de.ts": {"file": "2.js"},
    "src/z/words/de.ts": {"file": "3.js"},
}


def test_page_loads_all_it_imports_and_the_words_of_that_and_the_rest_later() -> None:
    assert chunks_of("page", MANIFEST) == Chunks(
        at_once={"page.js", "page.css", "a.js", "b.js", "b.css"},
        words={"de": {"1.js", "2.js"}},
        later={"z.js", "b.wasm", "1.js", "2.js", "3.js"},
    )


@pytest.mark.parametrize(
    ("app", "surface"),
    [("default", "console"), ("default", "screen"), ("phone", "phone"), ("scanner", "scanner")],
)
def test_every_surface_waits_for_words(app: str, surface: str) -> None:
    assert word_addresses(app, f"src/{surface}/main.ts", "en")
