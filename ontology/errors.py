"""The one tree of exceptions. Every error a user can meet says where, what was wrong and what to do next."""

from __future__ import annotations


class KgError(Exception):
    """Root of all errors this software raises on purpose.

    ``message`` says what was wrong, ``where`` names the file and the place in it, ``advice`` the next step.
    ``exit_code`` is what the command line returns: 1 findings, 2 wrong usage, 3 unreadable input, 4 back end away.
    """

    exit_code = 2

    def __init__(self, message: str, *, where: str | None = None, advice: str | None = None) -> None:
        super().__init__(message, where, advice)
        self.message = message
        self.where = where
        self.advice = advice

    def __str__(self) -> str:
        text = f"{self.where}: {self.message}" if self.where else self.message
        return f"{text}\n  → {self.advice}" if self.advice else text


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
