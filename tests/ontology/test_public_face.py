"""What the package promises to others: changing this list is changing the contract."""

import subprocess
import sys

import ontology


def test_the_public_names_are_these() -> None:
    assert ontology.__all__ == [
        "Action", "Citation", "DocumentFacts", "Finding", "Function", "KgError", "NodeType", "PolicyDocument",
        "PropertyType", "RelationType", "Responsibility", "Section", "Span", "Target", "Task", "Theme", "Unattributed",
        "Vocabulary",
    ]  # fmt: skip
    assert {name: getattr(ontology, name).__name__ for name in ontology.__all__} == {n: n for n in ontology.__all__}


def test_importing_the_package_loads_no_library_and_reads_no_vocabulary() -> None:
    code = "import ontology, sys; print([m for m in sys.modules if m.startswith(('rdflib', 'ontology.'))])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed == "[]\n"
