"""The one tree of exceptions. Every error a user can meet says where, what was wrong and what to do next."""

from __future__ import annotations

from typing import Literal


class Words(str):
    """A message in two languages: the English text itself, with the Chinese one beside it as ``zh``."""

    __slots__ = ("zh",)
    zh: str

    def __new__(cls, zh: str, en: str) -> Words:
        """The words for users of either language."""
        words = super().__new__(cls, en)
        words.zh = zh
        return words

    def __reduce__(self) -> tuple[object, ...]:
        return Words, (self.zh, str(self))


def in_language(text: str, lang: Literal["zh", "en"]) -> str:
    """``text`` in the language asked for, where it is there in both."""
    return text.zh if lang == "zh" and isinstance(text, Words) else str(text)


class KgError(Exception):
    """Root of all errors this software raises on purpose.

    ``message`` says what was wrong, ``where`` names the file and the place in it, ``advice`` the next step; message
    and advice may be :class:`Words`, which are there in Chinese and English.
    ``exit_code`` is what the command line returns: 1 findings, 2 wrong usage, 3 unreadable input, 4 back end away.
    """

    exit_code = 2

    def __init__(self, message: str, *, where: str | None = None, advice: str | None = None) -> None:
        super().__init__(message, where, advice)
        self.message = message
        self.where = where
        self.advice = advice

    def __str__(self) -> str:
        return self.told("en")

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.message, self.where, self.advice)

    def told(self, lang: Literal["zh", "en"]) -> str:
        """The whole text for a user: where, what, and the next step."""
        message = in_language(self.message, lang)
        text = f"{self.where}: {message}" if self.where else message
        return f"{text}\n  → {in_language(self.advice, lang)}" if self.advice else text


def _again(kind: type[KgError], message: str, where: str | None, advice: str | None) -> KgError:
    """An error that came out of another process."""
    return kind(message, where=where, advice=advice)


class UsageError(KgError):
    """An option or argument that makes no sense."""


class QueryError(KgError):
    """A Cypher text the engine does not take: syntax, unknown name, missing parameter."""


class WriteRefusedError(QueryError):
    """A Cypher text that would change the graph, where only reading is meant."""


class InputError(KgError):
    """A file or folder that could not be read."""

    exit_code = 3


class EncodingError(InputError):
    """A text whose encoding is not clear enough to read it without guessing."""


class FormatError(InputError):
    """A file of a kind that is not read here."""


class GraphError(InputError):
    """A graph folder that is absent, broken or of another version."""


class BackendError(KgError):
    """An engine or server that did not answer."""

    exit_code = 4


class QueryTimeoutError(BackendError):
    """A query that ran longer than it was allowed to."""


class GraphLockedError(BackendError):
    """A graph folder that another process is writing."""
