"""Documents in: one file to one :class:`~ontology.records.PolicyDocument`, with the place of everything it says."""

from loaders.extract import to_json
from loaders.files import find_files
from loaders.reader import read_document, read_file

__all__ = ["find_files", "read_document", "read_file", "to_json"]
