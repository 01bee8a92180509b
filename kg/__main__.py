"""The command ``kg``; also ``python -m kg``."""

from __future__ import annotations

import sys


def main() -> None:
    """Check that the packages are ours, then run the command line."""
    from kg.packages import ShadowedPackageError, check_packages

    try:
        check_packages()
    except ShadowedPackageError as error:
        sys.exit(f"kg: {error}")
    from kg.cli import cli

    cli(prog_name="kg")


if __name__ == "__main__":
    main()
