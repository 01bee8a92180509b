"""What all tests share: where the real plans are, and that CI may not go without them."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Machines differ in speed, and a change must not fail for an example that chance found elsewhere.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real plans and gold annotations beside the checkout."""
    if SHARED.is_dir():
        return SHARED
    reason = f"the real plans are not here: {SHARED.name}/ is expected beside the checkout"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the sample plans that travel in the package."""
    return ROOT / "loaders" / "samples"
