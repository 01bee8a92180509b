"""What Tab offers at the prompt of ``kg shell``: the ontology's words where they fit, commands and saved questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from kg.cli.shared import language
from kg.statement import CLAUSES
from ontology.vocabulary import vocabulary
from queries.saved import saved_queries

COMMANDS = (":help", ":schema", ":queries", ":query", ":param", ":csv", ":quit")
_WORD = re.compile(r"[\w]*$")
_RELATION = re.compile(r"\[\s*\w*\s*:[\w|:\s]*$")
_LABEL = re.compile(r"\(\s*\w*\s*:\s*\w*$")


class CypherCompleter(Completer):
    """Completes by what stands before the cursor; each offer carries its name in the user's language."""

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """The words that can stand here."""
        before = document.text_before_cursor
        for word, typed, meaning in offers(before):
            if word.lower().startswith(typed.lower()):
                yield Completion(word, start_position=-len(typed), display_meta=meaning)


def offers(before: str) -> Iterable[tuple[str, str, str]]:
    """(word, what of it is typed already, what it means) for every word that fits behind ``before``."""
    if before.lstrip().startswith(":"):
        return _of_command(before.lstrip())
    typed = (_WORD.search(before) or [""])[0]
    return ((word, typed, meaning) for word, meaning in _of_cypher(before))


def _of_command(before: str) -> Iterable[tuple[str, str, str]]:
    words = before.split(" ")
    if len(words) == 1:
        return [(command, words[0], "") for command in COMMANDS]
    if words[0] != ":query":
        return []
    zh = language() == "zh"
    if len(words) == 2:
        return [(name, words[1], query.zh if zh else query.en) for name, query in saved_queries().items()]
    query = saved_queries().get(words[1])
    parameters = query.parameters if query else ()
    return [(f"{parameter.name}=", words[-1], parameter.zh if zh else parameter.en) for parameter in parameters]


def _of_cypher(before: str) -> Iterator[tuple[str, str]]:
    zh, words = language() == "zh", vocabulary()
    relations = words.relation_types.values()
    if _RELATION.search(before):
        yield from ((one.name, one.zh if zh else one.en) for one in relations)
    elif _LABEL.search(before):
        yield from ((one.label, one.zh if zh else one.en) for one in words.node_types.values())
    elif re.search(r"\w\.\w*$", before) or re.search(r"\{[^}]*$", before):
        listed = [*(one.properties for one in words.node_types.values()), *(one.properties for one in relations)]
        found = {one.name: one.zh if zh else one.en for properties in listed for one in properties}
        yield from sorted(found.items())
    else:
        yield from ((clause, "") for clause in CLAUSES)
