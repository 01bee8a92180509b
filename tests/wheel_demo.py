"""Build the wheel, install it into an environment of its own, and run the demo outside the checkout."""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = {"kg", "ontology", "loaders", "queries"}


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\nexit code {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        outside = Path(folder)
        run(sys.executable, "-m", "build", "--wheel", "--outdir", outside / "dist", ROOT, cwd=outside)
        [wheel] = (outside / "dist").glob("*.whl")
        names = zipfile.ZipFile(wheel).namelist()
        tops = {name.split("/")[0] for name in names if not name.split("/")[0].endswith(".dist-info")}
        if tops != PACKAGES:
            sys.exit(f"the wheel holds {sorted(tops)}, expected {sorted(PACKAGES)}")
        run(sys.executable, "-m", "venv", outside / "venv", cwd=outside)
        python = outside / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        run(python, "-m", "pip", "install", "--quiet", "--constraint", ROOT / "constraints.txt", wheel, cwd=outside)
        shown = run(python, "-m", "kg", "demo", cwd=outside)
        if not (outside / "kg-demo" / "CURRENT").is_file():
            sys.exit(f"the demo left no graph:\n{shown}")
        run(python, "-m", "kg", "view", "network", "--graph", "kg-demo", "-o", "network.html", cwd=outside)
        if "vis-network" not in (outside / "network.html").read_text(encoding="utf-8"):
            sys.exit("the page made by the wheel lacks its scripts")
        print(f"wheel {wheel.name}: {len(names)} files, installed and shown outside the checkout")


if __name__ == "__main__":
    main()
