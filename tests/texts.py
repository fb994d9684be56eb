"""What holds for every text that people read; tests of each part of the catalogue ask for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from school_ektp.model.language import LANGS
from school_ektp.model.messages import say

PLACE = re.compile(r"{(\w*)(?::([^{}]*))?}")
#: English words on -s behind a number that do not count anything.
_NO_PLURALS = {"is", "was", "has", "takes", "counts", "works", "this", "pupils'"}
_COUNTED = re.compile(r"{(\w+)} (?:(?:more|fewer|whole) )?([a-z-]+s)\b")
_ENDS = (".", ":", "?", "!")


def faults(
    part: Mapping[str, Mapping[str, str]], *, never_one: Collection[str] = ()
) -> Iterator[str]:
    """
    Yield what is wrong with the texts of a part.

    Args:
        part: Key, language, text.
        never_one: Places whose number stands before a plural and is never one.
    """
    for key, texts in part.items():
        if tuple(texts) != LANGS:
            yield f"{key}: in {tuple(texts)}"
            continue
        yield from (f"{key}: {fault}" for fault in _differences(texts))
        yield from (f"{key}: {fault}" for fault in _numbers(texts["en"], never_one))
        for lang, text in texts.items():
            if not text.strip() or "  " in text or text.count("{") != text.count("}"):
                yield f"{key}: {lang} is {text!r}"


def _differences(texts: Mapping[str, str]) -> Iterator[str]:
    places = [sorted({name for name, _ in PLACE.findall(texts[lang])}) for lang in LANGS]
    if places[0] != places[1]:
        yield f"places differ, {places}"
    if texts["id"].endswith(_ENDS) != texts["en"].endswith(_ENDS):
        yield "a sentence in one language only"


def _numbers(text: str, never_one: Collection[str]) -> Iterator[str]:
    """Yield what an English text would say wrongly of one."""
    for name, forms in PLACE.findall(text):
        if forms and not _are_forms(*forms.split("|")):
            yield f"{name} has no two forms, {forms}"
    for name, noun in _COUNTED.findall(text):
        if noun not in _NO_PLURALS and name not in never_one:
            yield f"would say 1 {noun}"


def _are_forms(one: str, many: str = "") -> bool:
    """Return whether two forms differ as one and many do: visit, visits; is, are; waits, wait."""
    pairs = zip(one.split(), many.split(), strict=False)
    return (
        bool(many)
        and one != many
        and all(
            many in (one, f"{one}s", "are", "have") or one in (f"{many}s", f"{many}es")
            for one, many in pairs
        )
    )


def is_sentence(text: str) -> bool:
    """Return whether a text begins as a sentence, or with a number, and ends as one."""
    return text.endswith(_ENDS) and not text[0].islower()


def is_phrase(text: str) -> bool:
    """Return whether a text can stand within a sentence, or over a column: nothing ends it."""
    return not text.endswith(_ENDS) and text == text.strip()


def in_both(text: Mapping[str, str], **values: object) -> list[str]:
    """Return a text in both languages, with values in its places."""
    return [say(text, lang, **values) for lang in LANGS]
