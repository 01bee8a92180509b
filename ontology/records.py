"""The records all packages share: what one plan says, before bodies and themes are resolved.

A :class:`PolicyDocument` is what reading one file gives. Everything in it that was printed carries a :class:`Span`
into ``PolicyDocument.text``; ``text[span.start:span.end]`` is the thing itself, line breaks inside it included.
All records are frozen and picklable. Names follow ``score/extract-format.md`` and the annotation guidelines:
action 举措, task 任务, lead 牵头, support 配合, target 指标.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["lead", "support"]
Basis = Literal["clause", "section", "note", "text"]
Certainty = Literal["printed", "convention", "guess"]
DocumentKind = Literal["plan", "study", "register"]
DocumentStatus = Literal["draft", "issued"]
Operator = Literal["eq", "ge", "le", "inc", "inc_ge", "dec", "dec_ge"]
Period = Literal["month", "quarter", "year"]
TaskForm = Literal["numbered", "sentence"]
Severity = Literal["error", "warning", "info"]
About = Literal["reading", "plan"]
UnattributedReason = Literal[
    "title", "cover letter", "preamble", "imprint", "table of contents", "page furniture",
    "goal", "section lead-in",
]  # fmt: skip
#: What a character can belong to: what was read (a target is a sentence of a goal section that promises a number), what
#: was set aside and why, or a sentence outside the plan's units that is only listed as a finding.
StretchClass = Literal["heading", "action", "task", "clause", "target", "finding"] | UnattributedReason


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text: code points, half-open. Page, paragraph and cell where the format has them."""

    start: int
    end: int
    page: int | None = None
    paragraph: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One body made responsible by one holder (an action, a task or a section heading).

    ``body`` is the name as printed, whitespace removed. ``position`` counts from 1 in a list of ``list_size`` bodies.
    ``clause`` is the whole clause (the quote that proves it); ``span`` the name inside it. ``rule`` names the
    convention that gave the role, ``certainty`` how sure that is.
    """

    body: str
    role: Role
    duty: str
    joint: bool
    basis: Basis
    collective: bool
    position: int
    list_size: int
    certainty: Certainty
    rule: str
    span: Span
    clause: Span


@dataclass(frozen=True, slots=True)
class Target:
    """One number a government commits to reach, keep or do.

    ``value`` is in ``unit`` as printed (35亿元 → 35, "亿元"); ``value_max`` only for a range. ``per`` is the period
    of a frequency (每月两次 → 2 次 per month). ``deadline`` is "YYYY", "YYYY-MM" or "YYYY-MM-DD". ``span`` holds the
    number and its words (the quote). ``task`` is the ref of the task it stands in, or None.
    """

    name: str
    op: Operator
    value: float
    value_max: float | None
    unit: str
    per: Period | None
    deadline: str | None
    baseline: str | None
    span: Span
    task: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A law, regulation, policy or list cited by name (《…》), with its document number where printed.

    ``short`` is the short title the document gives it (以下简称《…》).
    """

    title: str
    doc_no: str | None
    span: Span
    task: str | None = None
    short: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A numbered measure, or a sentence, under an action."""

    ref: str
    form: TaskForm
    text: str
    span: Span
    responsibilities: tuple[Responsibility, ...] = ()
    due: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """The smallest outline unit with a marker (or lead-in) and a heading of its own: 举措.

    ``themes`` are the ids that a register gives it, the main one first; other documents name none.
    """

    ref: str
    heading: str
    heading_span: Span
    span: Span
    tasks: tuple[Task, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    targets: tuple[Target, ...] = ()
    citations: tuple[Citation, ...] = ()
    due: str | None = None
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading that only groups. ``responsibilities`` are those named in the heading itself."""

    ref: str
    heading: str
    span: Span
    responsibilities: tuple[Responsibility, ...] = ()


@dataclass(frozen=True, slots=True)
class Unattributed:
    """A stretch of text that belongs to no heading, action, task or clause, and why."""

    span: Span
    why: UnattributedReason


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a document's text and the one class it belongs to; see :data:`StretchClass`."""

    span: Span
    belongs: StretchClass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong or doubtful: about our ``reading`` of a document, or about the ``plan`` itself.

    Made by :func:`ontology.findings.found`, which knows every code; what a code means and what to do about it stands
    there in both languages. ``values`` fill the message: (name, value) in order of name. ``document`` is the uid of
    the document in a graph, empty before there is one.
    """

    code: str
    severity: Severity
    about: About
    file: str
    quote: str = ""
    span: Span | None = None
    values: tuple[tuple[str, str], ...] = ()
    document: str = ""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a document says about itself.

    ``issued`` is "YYYY-MM-DD", ``period`` first and last year, ``adcode`` six digits of GB/T 2260. ``given`` names the
    facts that somebody gave beside the file, which overrule what it says.
    """

    file: str
    title: str | None
    city: str | None
    province: str | None
    adcode: str | None
    doc_no: str | None
    issuer: str | None
    issued: str | None
    period: tuple[int, int] | None
    kind: DocumentKind
    status: DocumentStatus
    characters: int
    sha256: str
    convention: str
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """One plan, study or register as read: a pure function of its bytes and file name.

    ``account`` puts every printed character of the text into one class; only white space stands between its stretches.
    """

    facts: DocumentFacts
    text: str = field(repr=False)
    sections: tuple[Section, ...]
    actions: tuple[Action, ...]
    mentions: tuple[Responsibility, ...]
    targets: tuple[Target, ...]
    citations: tuple[Citation, ...]
    unattributed: tuple[Unattributed, ...]
    findings: tuple[Finding, ...]
    account: tuple[Stretch, ...] = field(default=(), repr=False)
