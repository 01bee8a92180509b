"""Name cores and the lines of work they stand for."""

import pytest

from kg.resolve import function_of
from kg.resolve.functions import folded_core, known_core


@pytest.mark.parametrize(
    ("core", "branch", "function", "why"),
    [
        ("发展改革", "bodies", "development-reform", "scheme"),
        ("市场监督管理", "bodies", "market-regulation", "scheme"),
        ("教育与科研", "bodies", "education", "scheme, first part: 教育"),
        ("公路养护管理", "bodies", "core:公路养护管理", "name core, unreviewed"),
        ("公路建设管理", "bodies", "transport", "scheme, general words left out: 公路"),
        ("甲乙区人社", "bodies", "human-resources-social-security", "scheme, last part: 人力资源和社会保障"),
        ("甲乙华润燃气", "enterprises", "gas-supply", "scheme, in the name: 华润燃气"),
        ("甲乙新区工程建设项目审批制度改革", "groups", "construction-approval-reform-group",
         "scheme, in the name: 工程建设项目审批制度改革"),
        ("水务", "bodies", "water-affairs", "scheme"),
        ("水务", "enterprises", "water-supply", "scheme"),
    ],
)  # fmt: skip
def test_how_a_function_is_found(core: str, branch: str, function: str, why: str) -> None:
    choice = function_of(core, branch)  # type: ignore[arg-type]
    assert (choice.function, choice.why) == (function, why)


def test_cores_are_compared_without_particles_and_with_one_word_for_supervision() -> None:
    assert folded_core("文化、体育和旅游监督管理") == "文化体育旅游监管"


def test_a_known_core_says_whether_the_body_has_the_work_by_name() -> None:
    by_name, carrier = known_core("政务服务数据管理"), known_core("行政审批")
    assert by_name is not None
    assert carrier is not None
    assert (by_name.full, by_name.named) == ("政务服务和数据管理", True)
    assert (carrier.full, carrier.named, carrier.function) == ("行政审批服务", False, "government-services-data")
    assert known_core("花卉研究") is None
