"""A real Neo4j server for tests, without a distribution: its libraries from Maven, one Java file, a fresh folder.

``python tests/neo4j_server/server.py fetch`` brings the libraries into a cache folder once.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
VERSION = "5.26.20"
PASSWORD = "a-password-for-tests"
USER = "neo4j"
HOST = "127.0.0.1"
START_SECONDS = 300.0
# The server lives for a minute or two: code that is compiled thoroughly never pays for itself.
JAVA_OPTIONS = ("-Xmx640m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")


def libraries() -> Path:
    """The folder of the server's libraries."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "kg-tests" / f"neo4j-{VERSION}"


def missing() -> str | None:
    """Why no server can be started here; None where one can."""
    if not shutil.which("java"):
        return "Java is not here: install a JDK of version 17 or later"
    if not (libraries() / "complete").is_file():
        return "the server's libraries are not here: make neo4j-server"
    return None


def fetch() -> None:
    """Bring the libraries into the cache folder."""
    target = libraries()
    if (target / "complete").is_file():
        return
    target.mkdir(parents=True, exist_ok=True)
    command = ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies",
               f"-DoutputDirectory={target}"]  # fmt: skip
    subprocess.run(command, check=True)
    (target / "complete").touch()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class Neo4jServer:
    """A server in a folder, on a port of loopback; it can be stopped and started again."""

    def __init__(self, folder: Path, java_options: tuple[str, ...] = JAVA_OPTIONS) -> None:
        self.folder, self.port, self.java_options = folder, free_port(), java_options
        self._process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        """What ``--graph`` and ``--uri`` take."""
        return f"bolt://{HOST}:{self.port}"

    @property
    def environment(self) -> Mapping[str, str]:
        """What ``kg`` needs to sign in."""
        return {
            "NEO4J_URI": self.address,
            "NEO4J_USERNAME": USER,
            "NEO4J_PASSWORD": PASSWORD,
            "NEO4J_DATABASE": "neo4j",
        }

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        log = (self.folder / "stderr.txt").open("a", encoding="utf-8")
        self._process = subprocess.Popen(
            ["java", *self.java_options, "-cp", f"{libraries()}/*", str(HERE / "Server.java"), str(self.folder), str(self.port)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, encoding="utf-8",
            env={**os.environ, "NEO4J_PASSWORD": PASSWORD},
        )  # fmt: skip
        log.close()
        watchdog = threading.Timer(START_SECONDS, self._process.kill)
        watchdog.start()
        assert self._process.stdout is not None
        ready = any(line.strip() == "ready" for line in iter(self._process.stdout.readline, ""))
        watchdog.cancel()
        if not ready:
            said = (self.folder / "stderr.txt").read_text(encoding="utf-8", errors="replace")[-2000:]
            raise RuntimeError(f"the Neo4j server did not start: {said}")

    def stop(self) -> None:
        """Shut it down."""
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait(120)
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(120)
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.close()
            self._process.stdout.close()
            self._process = None


def neo4j_admin(home: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run neo4j-admin on the databases of a server's folder; the server must be down."""
    (home / "conf").mkdir(parents=True, exist_ok=True)
    return subprocess.run(
        ["java", *JAVA_OPTIONS, "-cp", f"{libraries()}/*", "org.neo4j.cli.AdminTool", *arguments],
        cwd=cwd, env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:] != ["fetch"]:
        sys.exit("usage: server.py fetch")
    fetch()
