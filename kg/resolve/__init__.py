"""Resolution: printed names to bodies, bodies to functions, actions to themes; what people decided comes first."""

from __future__ import annotations

from kg.resolve.bodies import Body, BodyKind, PrintedBody, body_key, resolve_bodies, unused_decisions
from kg.resolve.collectives import members_of_collectives
from kg.resolve.decided import PrintedTarget, resolve_indicators
from kg.resolve.decisions import NO_DECISIONS, Decision, Decisions, decisions_path, read_decisions
from kg.resolve.functions import FunctionChoice, function_of
from kg.resolve.themes import ThemeChoice, resolve_themes

__all__ = [
    "NO_DECISIONS",
    "Body",
    "BodyKind",
    "Decision",
    "Decisions",
    "FunctionChoice",
    "PrintedBody",
    "PrintedTarget",
    "ThemeChoice",
    "body_key",
    "decisions_path",
    "function_of",
    "members_of_collectives",
    "read_decisions",
    "resolve_bodies",
    "resolve_indicators",
    "resolve_themes",
    "unused_decisions",
]
