"""Reads government plans into a responsibility knowledge graph: who must do what, with the sentence that proves it.

>>> import kg
>>> graph = kg.open("kg-graph")                                                  # doctest: +SKIP
>>> graph.cypher("MATCH (c:City) RETURN c.name AS city").to_pandas()             # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from kg.store import GraphStore

    __version__: str

__all__ = ["__version__", "open"]


def open(path: str | os.PathLike[str] = "kg-graph") -> GraphStore:
    """Open the graph folder that ``kg build`` wrote.

    Raises:
        GraphError: the folder is absent, broken, or of another version.
        ShadowedPackageError: another package named ontology, loaders or queries comes first.
    """
    from kg.packages import check_packages

    check_packages()
    from kg.store import open_store

    return open_store(path)


def __getattr__(name: str) -> str:
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        try:
            return version("responsibility-kg")
        except PackageNotFoundError:
            return "0+uninstalled"
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
