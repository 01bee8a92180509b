"""Values for the variables of a SPARQL question, the same for every engine.

A variable that is given has its value wherever it stands in the question: every group of patterns that mentions it
gets a VALUES block, which any engine knows. A value stands there as one term, whatever it contains, and the places are
found by the tokens of SPARQL, where no string, comment or IRI is taken for anything else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ontology.errors import QueryError

_TOKEN = re.compile(
    r"""(?P<quoted> \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
          | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' | <[^<>"{}|^`\\\x00-\x20]*> | \#[^\n\r]* )
      | [?$](?P<variable>\w+)
      | (?P<prefixed> [\w.\-]*:(?:[\w.\-:]|%[0-9A-Fa-f]{2}|\\.)* )
      | (?P<word> [A-Za-z]+ )
      | (?P<brace> [{}] )""",
    re.VERBOSE | re.DOTALL,
)
NAME = re.compile(r"\w+")


@dataclass(slots=True)
class _Block:
    """What stands in one pair of braces: where it begins, whether it is a group of patterns, and its variables."""

    begin: int
    is_group: bool
    variables: set[str] = field(default_factory=set)


def with_values(text: str, terms: Mapping[str, Sequence[str]]) -> str:
    """Give a question in which every variable named in ``terms`` has one of these terms, as N-Triples writes them.

    Raises :class:`QueryError` for a name that is no variable of the question, and where one cannot have a value.
    """
    if not terms:
        return text
    blocks, known, made = _blocks(text)
    for name in terms:
        if name not in known:
            listed = ", ".join(f"?{each}" for each in sorted(known)) or "none"
            raise QueryError(f"the question has no variable ?{name}", advice=f"its variables: {listed}")
        if name in made:
            raise QueryError(f"the question itself makes ?{name}", advice=f"(… AS ?{name}): name another variable")
    groups = [block for block in blocks if block.is_group]
    if not groups:
        raise QueryError("the question has no WHERE { … } in which a variable could have a value")
    parts, at = [], 0
    for number, block in enumerate(groups):
        named = [name for name in terms if number == 0 or name in block.variables]
        parts.append(text[at : block.begin])
        parts += [f" VALUES ?{name} {{ {' '.join(terms[name])} }} " for name in named]
        at = block.begin
    return "".join(parts) + text[at:]


def _blocks(text: str) -> tuple[list[_Block], set[str], set[str]]:
    """All blocks of a question in order of their beginnings, its variables, and those that it makes by AS."""
    blocks: list[_Block] = []
    open_blocks: list[_Block] = []
    known: set[str] = set()
    made: set[str] = set()
    before: list[str] = []
    for token in _TOKEN.finditer(text):
        name, word, brace = token["variable"], token["word"], token["brace"]
        if token["quoted"] or token["prefixed"]:
            continue
        if brace == "{":
            _refuse_short_construct(before)
            block = _Block(token.end(), is_group=not _is_data(before))
            blocks.append(block)
            open_blocks.append(block)
        elif brace == "}" and open_blocks:
            open_blocks.pop()
        elif name:
            known.add(name)
            if before[-1:] == ["AS"]:
                made.add(name)
            for block in open_blocks:
                block.variables.add(name)
        elif word and word.upper() == "SELECT" and before[-1:] == ["{"]:
            # The braces hold a question of its own; its groups are further in.
            open_blocks[-1].is_group = False
        before.append(brace or "?" if not word else word.upper())
    return blocks, known, made


def _is_data(before: Sequence[str]) -> bool:
    """Whether a block that opens now holds a template or the rows of VALUES, by the tokens before it."""
    words = [each for each in before if each != "?"]
    return words[-1:] in (["CONSTRUCT"], ["VALUES"])


def _refuse_short_construct(before: Sequence[str]) -> None:
    if list(before[-2:]) == ["CONSTRUCT", "WHERE"]:
        advice = "write CONSTRUCT { … } WHERE { … }"
        raise QueryError("CONSTRUCT WHERE { … } has no place for the values of variables", advice=advice)
