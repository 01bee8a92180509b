"""Four plans of invented cities, one for each way of marking lead and support: comma, semicolon, verbs, none."""

from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["sample_files"]


def sample_files() -> list[Traversable]:
    """The sample plans that travel in the package, UTF-8 text files, sorted by name."""
    plans = (entry for entry in files(__name__).iterdir() if entry.name.endswith(".txt"))
    return sorted(plans, key=lambda entry: entry.name)
