"""Four plans of invented cities, one for each way of marking lead and support: comma, semicolon, verbs, none.

``registers/`` holds what four real plans make whom responsible for, as registers (责任台账); its README says how they
were checked.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["sample_files", "sample_registers"]


def sample_files() -> list[Traversable]:
    """The sample plans that travel in the package, UTF-8 text files, sorted by name."""
    plans = (entry for entry in files(__name__).iterdir() if entry.name.endswith(".txt"))
    return sorted(plans, key=lambda entry: entry.name)


def sample_registers() -> list[Traversable]:
    """The registers of real plans that travel in the package, CSV files, sorted by name."""
    registers = (entry for entry in files(__name__).joinpath("registers").iterdir() if entry.name.endswith(".csv"))
    return sorted(registers, key=lambda entry: entry.name)
