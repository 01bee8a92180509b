"""One page as one file: markup from a template, style and scripts inline, data as JSON, nothing from outside.

The Content-Security-Policy of a page allows exactly the scripts and the style it carries, by their SHA-256; nothing
remote is ever asked for, no handler or address in the data can run. All text that comes from documents is untrusted:
templates escape it, JSON cannot end its element, marks that turn the direction of writing are shown by their code.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from kg.output import Label, Lang, clean_text
from kg.views.words import ROLES, WORDS

if TYPE_CHECKING:
    from jinja2 import Environment

LONGEST_NAME = 200
"""Characters of a name that are shown; a document can hold a "name" of any length."""
LONGEST_TEXT = 2_000
"""Characters of any other text outside the view of its document."""
# Directions, joiners and other marks that print nothing but change how their neighbours read.
_TURNING = re.compile("[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_LETTERS = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Page:
    """What one page is made of.

    ``template`` is the name of a file in ``templates/``, ``values`` what it shows. ``data`` is JSON for the scripts,
    ``scripts`` names of files in ``assets/`` besides ``page.js``, ``libraries`` texts of scripts of other packages.
    ``home`` is the way from this page to the first page of its site, None where it stands alone.
    """

    template: str
    title: Label
    values: Mapping[str, object]
    data: Mapping[str, object] = field(default_factory=dict)
    scripts: Sequence[str] = ()
    libraries: Sequence[str] = ()
    home: str | None = None


def render(page: Page, lang: Lang) -> str:
    """Give the page as one HTML text; ``lang`` is the language it opens in, a reader can switch."""
    scripts = [*page.libraries, *(asset(name) for name in ("page.js", *page.scripts))]
    style = asset("page.css")
    template = _environment().get_template(page.template)
    return template.render(
        page.values,
        title=page.title,
        lang=lang,
        home=page.home,
        policy=_policy(scripts, style),
        style=style,
        scripts=scripts,
        data=json_text(page.data),
    )


def asset(name: str) -> str:
    """Give one of our own scripts or styles."""
    return resources.files("kg.views").joinpath("assets", name).read_text(encoding="utf-8").strip()


def json_text(value: object) -> str:
    """Give a value as JSON that is safe inside a ``<script>`` element: nothing in it opens or closes markup."""
    text = json.dumps(_shown(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def packed(text: str) -> str:
    """Give a long text compressed (zlib) in Base64, as ``page.js`` unpacks it."""
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


def shown(text: object) -> str:
    """Give a text as it may be shown: control characters out, marks that change its direction by their code."""
    words = str(text)
    # Most texts hold none of these marks, which all count as not printable.
    return words if words.isprintable() else clean_text(_TURNING.sub(lambda mark: f"[U+{ord(mark[0]):04X}]", words))


def short_name(text: object, longest: int = LONGEST_NAME) -> str:
    """Give a name that cannot flood a page: its beginning, and how long it was, where it is longer than ``longest``."""
    name = shown(text)
    return name if len(name) <= longest else f"{name[:longest]}… ({len(name):,})"


def around(text: str, name: str, longest: int) -> str:
    """Give the part of a quote around a name in it, … where something is left out."""
    if len(text) <= longest:
        return text
    start = max(0, min(text.find(name) - longest // 3, len(text) - longest))
    end = start + longest
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def file_stem(uid: str, name: str = "") -> str:
    """Give a file name (no suffix) that any system and mail takes: ASCII, the same for the same uid, never twice."""
    head = "-".join(_LETTERS.findall((name or uid).encode("ascii", "ignore").decode()))[:24].strip("-.")
    mark = hashlib.sha256(uid.encode("utf-8")).hexdigest()[:10]
    return f"{head}-{mark}" if head else mark


def _shown(value: object) -> object:
    match value:
        case str():
            return shown(value)
        case Mapping():
            return {str(key): _shown(item) for key, item in value.items()}
        case list() | tuple():
            return [_shown(item) for item in value]
    return value


def _policy(scripts: Sequence[str], style: str) -> str:
    def digest(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"

    allowed = " ".join(digest(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {digest(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    def finalize(value: object) -> object:
        if isinstance(value, Markup):
            return value
        return "" if value is None else shown(value) if isinstance(value, str) else value

    environment = Environment(
        loader=PackageLoader("kg.views", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = {"name": short_name, "raw": Markup, "around": around, "stem": file_stem}
    environment.filters.update(filters)
    environment.globals["t"] = _in_both
    environment.globals["words"] = lambda key: _in_both(WORDS[key])
    environment.globals["roles"] = ROLES
    return environment


@lru_cache(maxsize=50_000)
def _in_both(words: Label) -> object:
    """The same words in both languages, of which the page shows one."""
    from markupsafe import Markup, escape

    if words.zh == words.en:
        return escape(short_name(words.zh, LONGEST_TEXT))
    return Markup('<span class="zh">{}</span><span class="en">{}</span>').format(
        short_name(words.zh, LONGEST_TEXT), short_name(words.en, LONGEST_TEXT)
    )
