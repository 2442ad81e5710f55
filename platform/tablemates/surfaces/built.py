"""The files that Vite built for a page, as its manifest lists them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static

WORDS = "/words/"


@dataclass(frozen=True)
class Chunks:
    """Files of a page, as the build names them."""

    at_once: set[str]
    # Catalogues of what is loaded at once, by language: of these a page needs one before it shows anything.
    words: dict[str, set[str]]
    later: set[str]


Manifest = dict[str, dict[str, Any]]


def _reached(start: set[str], manifest: Manifest, *links: str) -> set[str]:
    """Names of chunks that these and whatever they link to bring along."""
    seen: set[str] = set()
    waiting = set(start)
    while waiting:
        name = waiting.pop()
        seen.add(name)
        waiting |= {other for link in links for other in manifest[name].get(link, [])} - seen
    return seen


def _files(names: set[str], manifest: Manifest, *kinds: str) -> set[str]:
    listed = {file for name in names for kind in kinds for file in manifest[name].get(kind, [])}
    return listed | {manifest[name]["file"] for name in names}


def chunks_of(entry: str, manifest: Manifest) -> Chunks:
    """What a page loads at once, and what it fetches when it needs it."""
    first = _reached({entry}, manifest, "imports")
    words: dict[str, set[str]] = {}
    for name in {other for chunk in first for other in manifest[chunk].get("dynamicImports", [])}:
        if WORDS in name:
            words.setdefault(Path(name).stem, set()).add(manifest[name]["file"])
    every = _reached({entry}, manifest, "imports", "dynamicImports")
    at_once = _files(first, manifest, "css")
    return Chunks(at_once, words, _files(every, manifest, "css", "assets") - at_once)


@cache
def built(app: str, entry: str) -> Chunks:
    """Of a page of this installation."""
    manifest = Path(str(settings.DJANGO_VITE[app]["manifest_path"]))
    return chunks_of(entry, json.loads(manifest.read_text(encoding="utf-8")))


def addresses(files: set[str]) -> list[str]:
    """Where they are served."""
    return [static(f"built/{name}") for name in sorted(files)]


def word_addresses(app: str, entry: str, language: str) -> list[str]:
    """The words that a page waits for: told in its head, they come along with its script."""
    return addresses(built(app, entry).words.get(language, set()))
