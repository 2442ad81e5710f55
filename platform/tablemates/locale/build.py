"""Compiles what Django says in other languages; `update` first collects what there is to say.

The build hook loads this file by its path and needs Babel only. For whoever writes translations,
`make words` runs `update`, which reads the sources and so needs Django too.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file, extract_javascript
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[2]
ROOMS = ("events", "checkin", "matching", "platform/tablemates")
TEMPLATES = FOLDER.parent / "templates"

KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}


def catalogues(folder: Path = FOLDER) -> list[Path]:
    """One for each language but English, which the sources speak."""
    return sorted(folder.glob("*/LC_MESSAGES/django.po"))


def language_of(path: Path) -> str:
    return path.parents[1].name


def read(path: Path) -> Catalog:
    """A catalogue as it is written."""
    return read_po(io.BytesIO(path.read_bytes()), locale=language_of(path))


def compile_all(folder: Path = FOLDER) -> None:
    """Put beside each catalogue the form that Django reads."""
    for path in catalogues(folder):
        compiled = io.BytesIO()
        write_mo(compiled, read(path))
        path.with_suffix(".mo").write_bytes(compiled.getvalue())


def messages() -> Catalog:
    """All that Python and the templates say."""
    said = Catalog()
    for room in ROOMS:
        for source in sorted((ROOT / room).rglob("*.py")):
            for _line, words, _comments, _context in extract_from_file(
                "python", source, keywords=KEYWORDS
            ):
                said.add(words)
    for template in sorted(path for path in TEMPLATES.rglob("*") if path.is_file()):
        _add_template(said, template)
    return said


def _add_template(said: Catalog, path: Path) -> None:
    # Building compiles what is written, and is done where Django is not installed.
    from django.utils.translation.template import templatize  # noqa: PLC0415

    # What Django makes of a template is no Python that has indents; the other reader does not mind.
    code = io.BytesIO(templatize(path.read_text(encoding="utf-8"), origin=path.name).encode())
    for _line, _function, words, _comments in extract_javascript(code, KEYWORDS, [], {}):
        said.add(words)


def update() -> None:
    """Bring every catalogue to what is said now: new words wait to be translated, old ones go."""
    said = messages()
    for path in catalogues():
        catalogue = read(path)
        catalogue.update(said, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        _write(path, catalogue)


def _write(path: Path, catalogue: Catalog) -> None:
    # The usual header tells when and by whom: the history of the file does that.
    head = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language_of(path)}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    body = io.BytesIO()
    write_po(body, catalogue, omit_header=True, no_location=True, sort_output=True, width=100)
    path.write_bytes(head.encode() + body.getvalue())


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    compile_all()
