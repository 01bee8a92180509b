"""One Cypher text made safe for the embedded engine: read token by token, never with a pattern over the whole.

What the engine cannot take is rewritten (comments, names that are not ASCII, parameters), what must not reach it is
refused (writes, LOAD CSV, a second statement), and a place in the rewritten text can be told as a place in the
text that the user wrote.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NoReturn

from ontology.errors import QueryError, WriteRefusedError

TokenKind = Literal["word", "quoted", "string", "number", "parameter", "symbol"]

WRITING = frozenset(
    {"CREATE", "INSERT", "MERGE", "SET", "REMOVE", "DELETE", "DETACH", "NODETACH", "DROP", "FOREACH", "ALTER"}
)
CLAUSES = (
    "MATCH", "OPTIONAL", "WHERE", "RETURN", "WITH", "UNWIND", "ORDER", "LIMIT", "SKIP", "UNION", "CALL", "YIELD",
    "DISTINCT", "STARTS", "ENDS", "CONTAINS", "EXISTS", "COUNT", "CASE", "WHEN", "THEN", "ELSE",
)  # fmt: skip
_FILES = "give values as parameters, or build a graph with kg build; answers are saved with --format and >"
_NO_CYPHER: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("COPY", "LOAD", "IMPORT", "EXPORT"), ("reads or writes files and is refused", _FILES)),
    **dict.fromkeys(
        ("ATTACH", "USE"),
        ("would take another graph and is refused", "name the graph with --graph, or kg.open(folder)"),
    ),
    "INSTALL": ("would extend the engine and is refused", "SHOW FUNCTIONS and SHOW PROCEDURES list what there is"),
    **dict.fromkeys(
        ("BEGIN", "COMMIT", "ROLLBACK"), ("is not needed: every statement stands by itself", "ask the question alone")
    ),
}
"""First words of statements of other systems: what they do, and what to do instead."""
# After these a word is a label, a property, a variable or a parameter, whatever it spells.
_NAME_COMES_AFTER = frozenset({".", ":", "|", "&", "!", "(", "[", "AS"})
_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ENCODED = re.compile(r"zhx_([0-9a-f]+)_x")
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the text that is neither space nor comment. ``text`` is a name without its backticks or ``$``."""

    kind: TokenKind
    text: str
    start: int
    end: int

    @property
    def upper(self) -> str:
        """The word a keyword is compared with; nothing that is quoted is one."""
        return self.text.upper() if self.kind in ("word", "symbol") else ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A text ready for the engine, its tokens in the source, and where its pieces came from."""

    source: str
    text: str
    tokens: tuple[Token, ...]
    parameters: frozenset[str]
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, offset: int) -> int:
        """Give the place in the source of a place in ``text``."""
        piece = bisect_right(self.starts, offset) - 1
        end = self.origins[piece + 1] if piece + 1 < len(self.origins) else len(self.source)
        return min(self.origins[piece] + offset - self.starts[piece], end)


def statement(source: str, params: Mapping[str, object], *, read_only: bool) -> Statement:
    """Give the statement in a text, or raise :class:`QueryError` with the place and the reason it is refused."""
    tokens = tuple(_tokens(source))
    tokens = _single(source, tokens)
    _refuse_files(source, tokens)
    _refuse_other_systems(source, tokens[0])
    if read_only:
        _refuse_writes(source, tokens)
    parameters = frozenset(token.text for token in tokens if token.kind == "parameter")
    missing = sorted(parameters - set(params))
    if missing:
        first = next(token for token in tokens if token.kind == "parameter" and token.text in missing)
        names = ", ".join(f"${name}" for name in missing)
        options = " ".join(f"--param {name}=…" for name in missing)
        arguments = ", ".join(f"{name}=…" for name in missing)
        advice = f"add {options} (in Python: cypher(text, {arguments}))"
        _refuse(source, first.start, f"no value was given for {names}", advice)
    text, starts, origins = _rewritten(source, tokens)
    return Statement(source, text, tokens, parameters, starts, origins)


def statements_in(text: str) -> tuple[list[str], str]:
    """Give the statements that end in ``;`` and what follows the last of them, an unfinished one or nothing.

    A text that cannot be read (a string without an end) is unfinished; one that ends in ``;`` though it holds a
    character Cypher does not know is a statement, whose error is told when it is asked.
    """
    try:
        tokens = list(_tokens(text))
    except QueryError as error:
        unfinished = "has no end" in error.message or not text.rstrip().endswith(";")
        return ([], text) if unfinished else ([text], "")
    ends = [token.end for token in tokens if token.upper == ";"]
    cuts = [0, *ends]
    found = [text[start:end].strip() for start, end in pairwise(cuts)]
    rest = text[cuts[-1] :] if any(token.start >= cuts[-1] for token in tokens) else ""
    return [one for one in found if one != ";"], rest


def encoded(name: str) -> str:
    """Give a name the engine takes everywhere: itself if it is a plain ASCII name, else its code points in ASCII."""
    return name if _PLAIN_NAME.fullmatch(name) else f"zhx_{name.encode().hex()}_x"


def decoded(text: str) -> str:
    """Give a text of the engine with all names as the user wrote them."""
    return _ENCODED.sub(_decoded_name, text) if "zhx_" in text else text


def place(source: str, offset: int) -> str:
    """Give line and column of a place in a text, both counted from 1."""
    before = source[:offset]
    return f"line {before.count(chr(10)) + 1}, column {offset - (before.rfind(chr(10)) + 1) + 1}"


def pointed(message: str, source: str, offset: int) -> str:
    """Give a message with the line it is about and a mark under the place, also under wide characters."""
    start = source.rfind("\n", 0, offset) + 1
    line = source[start:].split("\n", 1)[0].rstrip("\r").expandtabs(1)
    column = min(offset - start, len(line))
    cut = max(0, column - _SHOWN // 2)
    line, column = line[cut : cut + _SHOWN], column - cut
    return f"{message}\n    {line}\n    {' ' * _width(line[:column])}^"


def near_keyword(tokens: Sequence[Token]) -> tuple[Token, str] | None:
    """Give a word that looks like a misspelt keyword, and the keyword."""
    known = {*CLAUSES, *WRITING, "BY", "AS", "IN", "IS", "NOT", "AND", "OR", "XOR", "NULL", "TRUE", "FALSE", "ASC"}
    for before, token in zip((None, *tokens), tokens, strict=False):
        follows_name = before is not None and before.upper in _NAME_COMES_AFTER
        if token.kind == "word" and not follows_name and token.upper not in known:
            near = difflib.get_close_matches(token.upper, CLAUSES, 1, 0.75)
            if near:
                return token, near[0]
    return None


def _tokens(source: str) -> Iterator[Token]:
    at = 0
    while at < len(source):
        char = source[at]
        if char.isspace() or char == "\ufeff":
            at += 1
        elif source.startswith("//", at):
            at = _found(source, "\n", at, len(source))
        elif source.startswith("/*", at):
            at = _found(source, "*/", at + 2, None, at, "this comment has no end: */ is missing") + 2
        else:
            token = _token(source, at)
            yield token
            at = token.end


def _token(source: str, at: int) -> Token:
    char = source[at]
    if char in "'\"":
        return Token("string", source[at : (end := _string_end(source, at))], at, end)
    if char == "`":
        name, end = _quoted_name(source, at)
        return Token("quoted", name, at, end)
    if char == "$" and source[at + 1 : at + 2] == "`":
        name, end = _quoted_name(source, at + 1)
        return Token("parameter", name, at, end)
    if char == "$" and _in_name(source[at + 1 : at + 2]):
        end = _name_end(source, at + 1)
        return Token("parameter", source[at + 1 : end], at, end)
    if char.isidentifier():
        return Token("word", source[at : (end := _name_end(source, at))], at, end)
    if char.isascii():
        end = _name_end(source, at) if char.isdigit() else at + 1
        return Token("number" if char.isdigit() else "symbol", source[at:end], at, end)
    plain = unicodedata.normalize("NFKC", char)
    plain = {"“": '"', "”": '"', "‘": "'", "’": "'", "。": ".", "、": ","}.get(char, plain)
    advice = f"write {plain} instead of {char}" if plain != char else None
    return _refuse(source, at, f"Cypher does not know the character {char} here", advice)


def _string_end(source: str, at: int) -> int:
    quote, end = source[at], at + 1
    while end < len(source) and source[end] != quote:
        end += 2 if source[end] == "\\" else 1
    if end >= len(source):
        _refuse(source, at, f"this string has no end: {quote} is missing")
    return end + 1


def _quoted_name(source: str, at: int) -> tuple[str, int]:
    end = at + 1
    while True:
        end = _found(source, "`", end, None, at, "this name has no end: ` is missing") + 1
        if source[end : end + 1] != "`":
            return source[at + 1 : end - 1].replace("``", "`"), end
        end += 1


def _found(source: str, what: str, at: int, default: int | None, start: int = 0, message: str = "") -> int:
    found = source.find(what, at)
    if found >= 0:
        return found
    return default if default is not None else _refuse(source, start, message)


def _in_name(char: str) -> bool:
    return ("a" + char).isidentifier() and char != ""


def _name_end(source: str, at: int) -> int:
    while at < len(source) and _in_name(source[at]):
        at += 1
    return at


def _single(source: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    ends = [index for index, token in enumerate(tokens) if token.upper == ";"]
    if not ends:
        kept = tokens
    else:
        kept = tokens[: ends[0]]
        further = [token for token in tokens[ends[0] :] if token.upper != ";"]
        if further:
            _refuse(source, further[0].start, "a second statement begins here", "ask one statement at a time")
    if not kept:
        _refuse(source, 0, "there is no statement in this text", "for example: MATCH (n) RETURN count(n)")
    if [token.upper for token in kept[-2:]] == ["FORMAT", "CSV"]:
        _refuse(source, kept[-2].start, "FORMAT CSV is not part of the question", "use --format csv")
    return kept


def _refuse_files(source: str, tokens: Sequence[Token]) -> None:
    for token, following in pairwise(tokens):
        if (token.upper, following.upper) == ("LOAD", "CSV"):
            raise WriteRefusedError(
                pointed("LOAD CSV reads files and is refused", source, token.start),
                where=place(source, token.start),
                advice="give values as parameters, or build a graph with kg build",
            )


def _refuse_other_systems(source: str, first: Token) -> None:
    if first.kind == "word" and first.upper in _NO_CYPHER:
        does, advice = _NO_CYPHER[first.upper]
        _refuse(source, first.start, f"{first.upper} {does}", advice)


def _refuse_writes(source: str, tokens: Sequence[Token]) -> None:
    for before, token, after in zip((None, *tokens[:-1]), tokens, (*tokens[1:], None), strict=True):
        if token.upper not in WRITING:
            continue
        follows_name = before is not None and before.upper in _NAME_COMES_AFTER
        is_key = after is not None and after.upper == ":"
        if not follows_name and not is_key:
            raise WriteRefusedError(
                pointed(f"{token.upper} would change the graph, and this graph is only read", source, token.start),
                where=place(source, token.start),
                advice="a graph changes by building it again: kg build; a name that is spelt so needs backticks",
            )


def _rewritten(source: str, tokens: Sequence[Token]) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    pieces: list[str] = []
    starts, origins = [0], [0]
    length = last = 0
    for token in tokens:
        for piece, origin in ((_blank(source[last : token.start]), last), (_engine_text(source, token), token.start)):
            starts.append(length)
            origins.append(origin)
            pieces.append(piece)
            length += len(piece)
        last = token.end
    return "".join(pieces), tuple(starts), tuple(origins)


def _blank(gap: str) -> str:
    return "".join("\n" if char == "\n" else " " for char in gap)


def _engine_text(source: str, token: Token) -> str:
    if token.kind == "parameter":
        return "$" + encoded(token.text)
    written = source[token.start : token.end]
    if token.kind in ("word", "quoted") and not _PLAIN_NAME.fullmatch(token.text):
        return encoded(token.text)
    return written


def _decoded_name(found: re.Match[str]) -> str:
    try:
        return bytes.fromhex(found[1]).decode()
    except ValueError:
        return found[0]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _refuse(source: str, offset: int, message: str, advice: str | None = None) -> NoReturn:
    raise QueryError(pointed(message, source, offset), where=place(source, offset), advice=advice)
