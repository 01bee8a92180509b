"""The start-up check: the four packages have common names, so say what stands in the way where one is not ours."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("kg", "ontology", "loaders", "queries")


class ShadowedPackageError(ImportError):
    """A package of this distribution cannot be imported, because another one of the same name comes first."""


def package_folders() -> dict[str, Path | None]:
    """The folder each of the four packages would be imported from, None where there is none; imports nothing."""
    folders: dict[str, Path | None] = {}
    for name in PACKAGES:
        spec = find_spec(name)
        places = list(spec.submodule_search_locations or ()) if spec else []
        origin = spec.origin if spec else None
        folders[name] = Path(origin).parent if origin else Path(places[0]) if places else None
    return folders


def check_packages(home: Path | None = None) -> None:
    """Make sure that all four packages come from where ``kg`` itself comes from (``home``).

    Raises:
        ShadowedPackageError: with the folder that stands in the way and what to do.
    """
    home = home or Path(__file__).resolve().parent.parent
    for name, folder in package_folders().items():
        if folder is None:
            raise ShadowedPackageError(
                f"the package {name!r} that belongs to responsibility-kg is missing beside {home / 'kg'}\n"
                "  → install again: pip install --force-reinstall responsibility-kg"
            )
        if folder.resolve().parent != home:
            raise ShadowedPackageError(
                f"{name!r} would be imported from {folder}, not from {home / name}: another package of that name is in "
                "the way\n  → start from another folder, take that folder off PYTHONPATH, or use a virtual environment"
            )
