"""Resolution: printed names to bodies, bodies to functions, actions to themes."""

from __future__ import annotations

from kg.resolve.bodies import Body, BodyKind, PrintedBody, body_key, resolve_bodies
from kg.resolve.functions import FunctionChoice, function_of
from kg.resolve.themes import ThemeChoice, resolve_themes

__all__ = [
    "Body",
    "BodyKind",
    "FunctionChoice",
    "PrintedBody",
    "ThemeChoice",
    "body_key",
    "function_of",
    "resolve_bodies",
    "resolve_themes",
]
