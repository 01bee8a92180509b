"""What a question is asked of, and what comes back: a store runs Cypher and gives rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pandas as pd

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to one Cypher text: rows as dicts, each with every name of ``columns``, in the order they came.

    A node returned whole is a dict of its properties that are not null, with ``labels`` in front; a relationship
    likewise, with ``type``. Dates and times are ISO strings. ``warnings`` are what the engine found odd about the
    text without refusing it: a label that does not exist, a pattern drawn against its direction.
    """

    columns: tuple[str, ...]
    rows: list[dict[str, Value]]
    warnings: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def to_pandas(self) -> pd.DataFrame:
        """Give the rows as a data frame, the columns in order also where there are no rows."""
        import pandas as pd

        return pd.DataFrame(self.rows, columns=list(self.columns))


class Store(Protocol):
    """Anything that answers Cypher: the embedded graph, a server."""

    def run(
        self,
        text: str,
        params: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        read_only: bool = True,
    ) -> Rows:
        """Run one statement and give its rows.

        ``timeout`` is in seconds. Raises :class:`ontology.errors.QueryError` for a text that cannot be run, its
        :class:`~ontology.errors.WriteRefusedError` for a write while ``read_only``, and
        :class:`~ontology.errors.QueryTimeoutError`.
        """
        ...
