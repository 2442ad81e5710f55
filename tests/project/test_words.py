"""What the server says is said in every language: nothing missing, nothing left over, no placeholder lost."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from events.models import Event

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message
    from django.test import Client

BUILD = runpy.run_path(str(Path(settings.LOCALE_PATHS[0]) / "build.py"))
PATHS: list[Path] = BUILD["catalogues"]()
LANGUAGES = [path.parents[1].name for path in PATHS]
# %(name)s and the like, tags of HTML, and what is typed or set as it stands.
KEPT = re.compile(r"%\(\w+\)[sd]|%[sd%]|</?[a-z]+(?: [^>]*)?>|[A-Z]+_[A-Z]+|--\w+")


def catalogue(language: str) -> Catalog:
    return BUILD["read"](PATHS[LANGUAGES.index(language)])


def forms(text: Any) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def strays(message: Message) -> bool:
    """Whether a translation lacks, or adds, something to be kept. The singular may do without its number."""
    wanted = [sorted(KEPT.findall(form)) for form in forms(message.id)]
    return any(sorted(KEPT.findall(form)) not in wanted for form in forms(message.string))


def test_there_is_a_catalogue_for_each_language_but_english_and_an_event_may_speak_it() -> None:
    assert ["en", *LANGUAGES] == sorted(
        dict(settings.LANGUAGES), key=lambda code: (code != "en", code)
    )
    assert dict(Event.Language.choices) == dict(settings.LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_holds_all_that_is_said_and_nothing_else(language: str) -> None:
    def ids(said: Catalog) -> set[Any]:
        return {message.id for message in said if message.id}

    assert ids(catalogue(language)) == ids(BUILD["messages"]())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_in_all_its_forms(language: str) -> None:
    said = catalogue(language)

    def whole(message: Message) -> bool:
        spoken = forms(message.string)
        count = 1 if isinstance(message.id, str) else said.num_plurals
        return len(spoken) == count and all(spoken) and not message.fuzzy

    assert [message.id for message in said if message.id and not whole(message)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_tags_survive_translation(language: str) -> None:
    assert [
        message.string for message in catalogue(language) if message.id and strays(message)
    ] == []


def test_no_two_languages_say_a_sentence_alike() -> None:
    said = [
        form
        for language in LANGUAGES
        for message in catalogue(language)
        if message.id
        for form in {*forms(message.string)}
        if form.count(" ") > 2
    ]
    assert sorted({form for form in said if said.count(form) > 1}) == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Poster"), ("de", "Plakat"), ("fr", "Affiche"), ("es", "Cartel")]
)
def test_compiled_catalogues_are_what_django_reads(language: str, words: str) -> None:
    with translation.override(language):
        assert gettext("Poster") == words


@pytest.mark.django_db
def test_answers_speak_what_the_browser_asks_for_unless_its_owner_has_chosen(
    client: Client,
) -> None:
    def answer() -> str:
        asked = client.get(
            "/api/v1/posters/nowhere", headers={"accept-language": "fr-CH, en;q=0.5"}
        )
        return asked.json()["message"]

    def said(language: str) -> str:
        with translation.override(language):
            return gettext("There is nothing here. Check the link.")

    assert answer() == said("fr")
    client.cookies["django_language"] = "de"
    assert answer() == said("de")
