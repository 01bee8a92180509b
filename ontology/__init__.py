"""The vocabulary, the records and the errors that all packages share.

The vocabulary itself is ``ontology.vocabulary.vocabulary()``. Importing this package reads no file and loads no
library: what it re-exports is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ontology.errors import KgError
    from ontology.records import (
        Action,
        Citation,
        DocumentFacts,
        Finding,
        PolicyDocument,
        Responsibility,
        Section,
        Span,
        Target,
        Task,
        Unattributed,
    )
    from ontology.vocabulary import Function, NodeType, PropertyType, RelationType, Theme, Vocabulary

__all__ = [
    "Action",
    "Citation",
    "DocumentFacts",
    "Finding",
    "Function",
    "KgError",
    "NodeType",
    "PolicyDocument",
    "PropertyType",
    "RelationType",
    "Responsibility",
    "Section",
    "Span",
    "Target",
    "Task",
    "Theme",
    "Unattributed",
    "Vocabulary",
]

_OF_VOCABULARY = ("Function", "NodeType", "PropertyType", "RelationType", "Theme", "Vocabulary")
_HOME = dict.fromkeys(__all__, "ontology.records") | dict.fromkeys(_OF_VOCABULARY, "ontology.vocabulary")
_HOME["KgError"] = "ontology.errors"


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
