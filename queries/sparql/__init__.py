"""Saved questions in SPARQL, one a file: two lines that say what it answers (Chinese, English), then the text."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class SavedQuestion:
    """A question by name: what it answers in both languages, its text, and the variables it needs a value for."""

    name: str
    zh: str
    en: str
    text: str
    parameters: tuple[str, ...] = ()


_PARAMETERS = {"evidence": ("name",)}


def saved_questions() -> dict[str, SavedQuestion]:
    """Give all saved questions by name."""
    files = (file for file in resources.files(__name__).iterdir() if file.name.endswith(".rq"))
    return {
        question.name: question
        for question in sorted(
            (_question(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8")) for file in files),
            key=lambda question: question.name,
        )
    }


def _question(name: str, text: str) -> SavedQuestion:
    zh, en = (line.removeprefix("#").strip() for line in text.splitlines()[:2])
    return SavedQuestion(name, zh, en, text, _PARAMETERS.get(name, ()))
