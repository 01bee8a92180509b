"""Three questions about a graph of plans, cell by cell: workload, dependencies, overlap.

Runs as a script (``python docs/walkthrough.py kg-demo``) and opens as a notebook wherever ``# %%`` cells are known: VS
Code, Spyder, PyCharm, and Jupyter with jupytext. Build a graph first: ``kg demo``, or ``kg build plans -o kg-demo``.
"""

# %% The graph. What it holds is counted first: no figure below is better than what was read.
import sys

import kg
from queries.dependencies import dependencies
from queries.saved import ask, saved_queries
from queries.workload import workload

arguments = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
graph = kg.open(arguments[0] if arguments else "kg-demo")
documents = ask(graph, "documents").to_pandas()
print(documents[["city", "document", "status", "year", "actions", "tasks", "targets"]].to_string(index=False))

# %% Question 1, workload: who carries how much? A body counts once per item that prints it.
report = workload(graph)
loads = report.to_pandas()
print(loads.groupby("city").head(3)[["city", "body", "lead", "joint", "support", "share"]].to_string(index=False))

# %% How concentrated is that? The effective number of bodies is 1 / HHI: as many equal ones would be as concentrated.
for row in report.concentration:
    if row.of == "all":
        print(f"{row.city}: {row.bodies} bodies, effectively {row.effective:.1f}; the top three carry {row.top3:.0%}")

# %% Compare cities by shares, never by counts: one plan is longer than another. Here by line of work.
shares = (
    workload(graph, by="function").to_pandas().pivot_table(index="body", columns="city", values="share", fill_value=0)
)
widest = (shares.max(axis=1) - shares.min(axis=1)).sort_values(ascending=False, kind="stable")
print(shares.loc[widest.index[:5]].map("{:.1%}".format).to_string())

# %% And the sentences that prove it, for the body that carries most.
top = loads.sort_values(["total", "uid"], ascending=[False, True]).iloc[0]
quotes = ask(graph, "evidence", body=top["uid"]).to_pandas()
print(quotes[["role", "ref", "quote"]].head(5).to_string(index=False))

# %% Question 2, dependencies: who cannot deliver without whom?
network = dependencies(graph)
print(network.to_pandas().head(5).to_string(index=False))

# %% Who asks whom for support, and which bodies does the busiest one reach in two steps of shared items?
asking = ask(graph, "who_asks_whom", min_shared=1).to_pandas()
print(asking[["city", "lead_body", "support_body", "shared"]].head(5).to_string(index=False))
reached = ask(graph, "reach", body=top["uid"], steps=2).to_pandas()
print(f"{top['body']} reaches {len(reached)} bodies: {reached.groupby('step').size().to_dict()} by step")

# %% What loses its only lead without it?
lost = ask(graph, "lost_without", body=top["uid"]).to_pandas()
print(lost[["ref", "item", "left"]].head(5).to_string(index=False))

# %% Question 3, overlap: what do the cities do alike, and where do their numbers differ?
themes = ask(graph, "theme_coverage").to_pandas()
print(themes[["theme", "cities", "actions"]].head(5).to_string(index=False))
alike = ask(graph, "overlaps", city=top["city"]).to_pandas()
print(alike[["score", "city", "item", "other_city", "other_item"]].head(5).to_string(index=False))

# %% On which indicators do cities promise different numbers? One indicator, side by side.
apart = ask(graph, "disagreeing_targets").to_pandas()
print(apart[["indicator", "unit", "cities", "lowest", "highest"]].to_string(index=False))
if len(apart):
    side = ask(graph, "indicator_values", indicator=apart["indicator"].iloc[0]).to_pandas()
    print(side[["city", "op", "value", "unit", "deadline", "quote"]].to_string(index=False))

# %% Every saved question is asked like this; `kg query` lists them.
print(f"{len(saved_queries())} saved questions: {', '.join(saved_queries())}")
