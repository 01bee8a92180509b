"""``kg schema``: the vocabulary, as the ontology defines it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.cli.shared import Output, kg_command, language, output_options
from kg.output import Column, Label, Table
from ontology.vocabulary import NodeType, RelationType, Vocabulary, vocabulary


@kg_command(
    "schema",
    zh="打印图谱中节点和关系的类型及属性，中英文对照。",
    en="Print the kinds of nodes and relations of the graph and their properties, in Chinese and English.",
    examples=("kg schema", "kg schema --format md -o schema.md"),
)
@output_options
def command(output: Output) -> None:
    """Print the schema."""
    output.write(*schema_tables())


def schema_tables() -> list[Table]:
    """Kinds of nodes, kinds of relations, and the properties of both."""
    words = vocabulary()
    return [_nodes(words), _relations(words), _properties(words)]


def _meaning() -> Column:
    return Column(f"comment_{language()}", "含义", "meaning", drop=1)


def _both_meanings() -> tuple[Column, ...]:
    other = "en" if language() == "zh" else "zh"
    return _meaning(), Column(f"comment_{other}", "含义（英文）", "meaning (Chinese)", drop=2)


def _nodes(words: Vocabulary) -> Table:
    columns = (
        Column("label", "标签", "label"),
        Column("zh", "中文", "Chinese"),
        Column("en", "英文", "English"),
        *_both_meanings(),
    )
    rows = [
        {
            "label": node.label,
            "zh": node.zh,
            "en": node.en,
            "comment_zh": node.comment_zh,
            "comment_en": node.comment_en,
        }
        for node in words.node_types.values()
    ]
    return Table("nodes", columns, rows, Label("节点", "Nodes"))


def _relations(words: Vocabulary) -> Table:
    columns = (
        Column("name", "关系", "relation"),
        Column("pairs", "从 → 到", "from → to"),
        Column("zh", "中文", "Chinese"),
        Column("en", "英文", "English"),
        *_both_meanings(),
    )
    rows = [
        {
            "name": relation.name,
            "pairs": _pairs(relation),
            "zh": relation.zh,
            "en": relation.en,
            "comment_zh": relation.comment_zh,
            "comment_en": relation.comment_en,
        }
        for relation in words.relation_types.values()
    ]
    return Table("relations", columns, rows, Label("关系", "Relations"))


def _pairs(relation: RelationType) -> str:
    """What the relation joins: Department → Action, Task."""
    targets: dict[str, list[str]] = {}
    for source, target in relation.pairs:
        targets.setdefault(source, []).append(target)
    together: dict[str, list[str]] = {}
    for source, found in targets.items():
        together.setdefault(", ".join(found), []).append(source)
    return "; ".join(f"{', '.join(sources)} → {found}" for found, sources in together.items())


def _properties(words: Vocabulary) -> Table:
    columns = (
        Column("of", "属于", "of"),
        Column("name", "属性", "property"),
        Column("kind", "类型", "type"),
        Column("zh", "中文", "Chinese"),
        Column("en", "英文", "English"),
        *_both_meanings(),
    )
    rows = [*_property_rows(words.node_types.values()), *_property_rows(words.relation_types.values())]
    return Table("properties", columns, rows, Label("属性", "Properties"), section="of")


def _property_rows(owners: Iterable[NodeType | RelationType]) -> Iterator[dict[str, object]]:
    for owner in owners:
        name = owner.label if isinstance(owner, NodeType) else owner.name
        for property_type in owner.properties:
            yield {
                "of": name,
                "name": property_type.name,
                "kind": property_type.kind,
                "zh": property_type.zh,
                "en": property_type.en,
                "comment_zh": property_type.comment_zh,
                "comment_en": property_type.comment_en,
            }
