# Two commands: `make demo` shows what the software does, `make test` checks it. Everything else serves them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-neo4j neo4j-server test-browser screenshots lint bench wheel-demo clean

demo: $(VENV)/installed
	$(BIN)/kg demo

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest

# Pages in a real browser: Chromium must be on the path.
test-browser: $(VENV)/installed-dev
	$(BIN)/python -m pytest -m browser

# Pictures of every page of the sample plans, into screenshots/.
screenshots: $(VENV)/installed-dev
	$(BIN)/python bench/screenshots.py

# The libraries of the Neo4j server that tests run on, once (130 MB; needs Java 17 and Maven).
neo4j-server: $(VENV)/installed-dev
	$(BIN)/python tests/neo4j_server/server.py fetch

test-neo4j: neo4j-server
	$(BIN)/python -m pytest -m neo4j

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/installed-dev
	$(BIN)/python bench/whole_process.py

# The wheel as users get it: built, installed into an environment of its own, run outside the checkout.
wheel-demo: $(VENV)/installed-dev
	$(BIN)/python tests/wheel_demo.py

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	touch $@

clean:
	rm -rf $(VENV) dist kg-demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
