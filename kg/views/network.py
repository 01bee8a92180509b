"""The page of the network: one scene at a time, a panel with the sentences behind each line."""

from __future__ import annotations

from functools import cache
from importlib import resources

from kg.output import Label
from kg.views.document import Href, nowhere
from kg.views.evidence import Evidence
from kg.views.facts import Facts
from kg.views.page import Page, short_name
from kg.views.scenes import Scene, body_scenes, function_scene, theme_scene
from kg.views.words import BODY_KINDS, both

#: Shape and colour (Okabe and Ito's palette, told apart by all) of a kind of node; both, so that neither is needed.
_LOOKS = {
    "bureau": ("dot", "#0072b2"),
    "office": ("dot", "#56b4e9"),
    "institution": ("dot", "#999999"),
    "party": ("star", "#d55e00"),
    "court": ("triangle", "#cc79a7"),
    "procuratorate": ("triangle", "#cc79a7"),
    "central-branch": ("square", "#009e73"),
    "enterprise": ("triangleDown", "#e69f00"),
    "development-zone": ("diamond", "#e69f00"),
    "local-government": ("diamond", "#009e73"),
    "people-organisation": ("hexagon", "#cc79a7"),
    "leading-group": ("hexagon", "#d55e00"),
    "collective": ("square", "#999999"),
    "function": ("dot", "#0072b2"),
    "city": ("square", "#009e73"),
    "theme": ("dot", "#e69f00"),
}
_OTHER = ("dot", "#999999")
_NAMES = {
    **BODY_KINDS,
    "function": Label("条线", "line of work"),
    "city": Label("城市", "city"),
    "theme": Label("主题", "theme"),
}


def network_page(facts: Facts, href: Href = nowhere, home: str | None = None, city: str | None = None) -> Page:
    """Give the network page of a graph: lines of work, cities and themes, and the bodies of each city.

    ``city`` is the uid of the city whose scene opens first.
    """
    cities = sorted(body_scenes(facts), key=lambda scene: scene.key)
    whole = [function_scene(facts), theme_scene(facts)] if len(cities) > 1 else [theme_scene(facts)]
    scenes = [scene for scene in (*whole, *cities) if scene.nodes]
    evidence = Evidence(facts, href)
    drawn = [_drawn(scene, evidence, href) for scene in scenes]
    first = f"city:{city}" if city else (cities[0].key if len(cities) == 1 else "functions")
    kinds = {node.kind for scene in scenes for node in scene.nodes}
    return Page(
        template="network.html",
        title=Label("协作网络", "Who works with whom"),
        values={
            "scenes": scenes,
            "first": first,
            "legend": [
                (_LOOKS.get(kind, _OTHER), _NAMES.get(kind, Label(kind, kind))) for kind in _LOOKS if kind in kinds
            ],
        },
        data={"scenes": drawn, "first": first, **evidence.data()},
        scripts=("network.js",),
        libraries=(_vis_network(),),
        home=home,
    )


def _drawn(scene: Scene, evidence: Evidence, href: Href) -> dict[str, object]:
    """A scene as vis-network takes it, put together by pyvis; what our own script reads besides is under ``own``."""
    from pyvis.network import Network

    net = Network(directed=True)
    largest = max((node.weight for node in scene.nodes), default=1) or 1
    for node in scene.nodes:
        shape, colour = _LOOKS.get(node.kind, _OTHER)
        x, y = scene.places[node.uid]
        own = {"name": both(node.name), "find": node.find[:400], "kind": node.kind, "href": href(node.uid),
               "facts": [[both(word), value] for word, value in node.facts]}  # fmt: skip
        net.add_node(
            node.uid, label=short_name(node.name.zh, 14), shape=shape, color=colour, x=x, y=y,
            size=round(8 + 22 * (node.weight / largest) ** 0.5, 1), own=own,
        )  # fmt: skip
    strongest = max((tie.weight for tie in scene.ties), default=1)
    for tie in scene.ties:
        own_tie = {"kind": tie.kind, "weight": tie.weight, "evidence": [evidence.of(duty) for duty in tie.proofs]}
        net.add_edge(tie.source, tie.target, width=round(0.6 + 5 * tie.weight / strongest, 2), own=own_tie)
    return {
        "key": scene.key, "name": both(scene.name), "nodes": net.nodes, "edges": net.edges,
        "hidden": [scene.hidden_nodes, scene.hidden_ties],
    }  # fmt: skip


@cache
def _vis_network() -> str:
    """The script of vis-network as the pyvis package carries it."""
    script = resources.files("pyvis").joinpath("templates", "lib", "vis-9.1.2", "vis-network.min.js")
    return script.read_text(encoding="utf-8").replace("</script", "<\\/script").strip()
