"""The page of findings: what is doubtful in the reading or in the plans, each with its place."""

from __future__ import annotations

from kg.output import Label
from kg.views.document import Href, nowhere
from kg.views.facts import Facts
from kg.views.page import Page
from kg.views.sections import Cell, Filter, Grid, Row, Section, sections_page, text
from kg.views.words import ABOUT, SEVERITIES, known, plain
from ontology.findings import advice, message


def findings_page(facts: Facts, href: Href = nowhere, home: str | None = None) -> Page:
    """Give the page of findings: errors and warnings first, then what is only listed."""
    found = [
        (facts.documents[uid], finding)
        for uid in facts.documents
        for finding in facts.findings.get(uid, ())
        if finding.severity != "info"
    ]
    hints = sum(finding.severity == "info" for findings in facts.findings.values() for finding in findings)
    heads = (
        (Label("级别", "severity"), ""),
        (Label("关于", "about"), ""),
        (Label("城市", "city"), ""),
        (Label("文件", "document"), ""),
        (Label("发现", "finding"), ""),
        (Label("原文", "quote"), ""),
        (Label("建议", "advice"), ""),
    )
    rows = []
    for plan, finding in sorted(found, key=lambda pair: (pair[1].severity != "error",)):
        way = href(plan.uid)
        place = f"{way}#p{finding.span.start}" if way and finding.span else way
        cells = (
            Cell(known(SEVERITIES, finding.severity), None, f"tag {finding.severity}"),
            Cell(known(ABOUT, finding.about)),
            text(plan.city.name, href(plan.city.uid)),
            text(plan.name, way),
            Cell(Label(message(finding, "zh"), message(finding, "en")), place),
            Cell(plain(finding.quote), None, "quote" if finding.quote else ""),
            Cell(Label(advice(finding, "zh"), advice(finding, "en"))),
        )
        rows.append(Row(cells, {"city": (plan.city.name,), "about": (finding.about,), "code": (finding.code,)}))
    cities = list(dict.fromkeys(plan.city.name for plan, _ in found))
    codes = sorted({finding.code for _, finding in found})
    return sections_page(
        Label("存疑之处", "Findings"),
        [Section(Label(f"错误与警告（{len(rows)}）", f"Errors and warnings ({len(rows)})"), grid=Grid(heads, rows))],
        lead=Label(
            f"另有 {hints} 处提示级发现，见 kg lint --severity info。",
            f"{hints} more of severity info are listed by kg lint --severity info.",
        ),
        filters=(
            Filter("about", Label("关于", "about"), [(about, ABOUT[about]) for about in ABOUT]),
            Filter("code", Label("代码", "code"), [(code, plain(code)) for code in codes]),
            Filter("city", Label("城市", "city"), [(name, plain(name)) for name in cities]),
        ),
        home=home,
    )
