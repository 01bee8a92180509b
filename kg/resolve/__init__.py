
from __future__ import annotations

from kg.resolve.bodies import Body, BodyKind, PrintedBody, body_key, resolve_bodies

