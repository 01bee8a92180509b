"""The command ``kg``; also ``python -m kg``."""

from __future__ import annotations

import sys


def main() -> None:
    """Check that the packages are ours, then run the command line."""
    try:
        _run()
    except KeyboardInterrupt:
        # Between the start and the command there is nothing yet that knows the user's language.
        sys.stderr.write("interrupted\n")
        sys.exit(130)


def _run() -> None:
    from kg.packages import ShadowedPackageError, check_packages

    try:
        check_packages()
    except ShadowedPackageError as error:
        sys.exit(f"kg: {error}")
    from kg.cli import cli

    cli(prog_name="kg")


if __name__ == "__main__":
    main()
