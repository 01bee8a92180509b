"""What all tests share: where the real plans are, and that CI may not go without them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.neo4j_server.server import Neo4jServer, missing

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


@pytest.fixture(scope="session")
def sample_graph(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of all samples. Nothing may write to it."""
    return _built(samples, tmp_path_factory.mktemp("samples") / "graph")


@pytest.fixture(scope="session")
def seed_graph(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of all seeds. Nothing may write to it."""
    return _built(shared / "seeds", tmp_path_factory.mktemp("seeds") / "graph")


def _built(plans: Path, folder: Path) -> Path:
    from tests.kg.cli_helpers import kg

    result = kg("build", plans, "-o", folder)
    assert result.exit_code == 0, result.stderr
    return folder


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """A real Neo4j server with an empty database; tests that use it empty the database themselves (``emptied``)."""
    reason = missing()
    if reason and os.environ.get("CI"):
        pytest.fail(f"no Neo4j server: {reason}")
    if reason:
        pytest.skip(f"no Neo4j server: {reason}")
    server = Neo4jServer(tmp_path_factory.mktemp("neo4j"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def neo4j_address(neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the server, for ``--graph``; the environment has what is needed to sign in."""
    for name, value in neo4j_server.environment.items():
        monkeypatch.setenv(name, value)
    return neo4j_server.address


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the server, so that it can be asked for: ``-m neo4j``."""
    for item in items:
        if "neo4j_server" in getattr(item, "fixturenames", ()):
            item.add_marker("neo4j")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not run."""
    left_out = [each for each in terminalreporter.stats.get("skipped", []) if "no Neo4j server" in str(each.longrepr)]
    if left_out:
        terminalreporter.write_line(
            f"not run: {len(left_out)} tests on a Neo4j server ({missing()}; then make test-neo4j)"
        )
