"use strict";
// The network page: shows one scene with vis-network, at places computed beforehand; nothing moves by itself.
(() => {
  const { data, words, show, inside, changed, searchers, find, save, png } = page;
  const TIES = {
    support: { color: { color: "#9fb3c8", highlight: "#0b5394" }, arrows: "to", dashes: false },
    joint: { color: { color: "#a9c8e3", highlight: "#0b5394" }, arrows: "", dashes: [5, 4] },
    note: { color: { color: "#d9c7a0", highlight: "#b0441f" }, arrows: "to", dashes: [2, 4] },
    theme: { color: { color: "#c3d3c9", highlight: "#00805f" }, arrows: "", dashes: false },
  };
  const KINDS = {
    support: ["牵头 → 配合", "lead → support"], joint: ["共同牵头", "joint leads"],
    note: ["通用说明", "by a document-wide note"], theme: ["举措涉及主题", "actions about the theme"],
  };
  const box = document.getElementById("network");
  const chooser = document.getElementById("scene");
  const least = document.getElementById("least");
  const ties = [...document.querySelectorAll("[data-tie]")];
  const options = {
    physics: false, interaction: { hover: true, keyboard: { enabled: true, bindToWindow: false }, hideEdgesOnDrag: true },
    nodes: { font: { face: "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif", size: 14, color: "#1b1f24", strokeWidth: 4, strokeColor: "#ffffff" }, widthConstraint: { maximum: 150 }, scaling: { label: { drawThreshold: 8 } } },
    edges: { smooth: { enabled: true, type: "continuous", roundness: 0.15 }, arrowStrikethrough: false, arrows: { to: { scaleFactor: 0.45 } } },
  };
  let scene, network, nodes, edges;

  function open(key) {
    scene = data.scenes.find((one) => one.key === key) || data.scenes[0];
    chooser.value = scene.key;
    nodes = new vis.DataSet(scene.nodes.map((node) => ({ ...node, label: named(node) })));
    edges = new vis.DataSet(scene.edges.map((edge, id) => ({ id, ...edge, ...TIES[edge.own.kind] })));
    const most = Math.max(1, ...scene.edges.map((edge) => edge.own.weight));
    least.max = String(Math.min(most, 30));
    least.value = "1";
    if (network) network.destroy();
    network = new vis.Network(box, { nodes, edges }, options);
    network.on("click", clicked);
    network.on("doubleClick", ({ nodes: [id] }) => { if (id !== undefined) follow(id); });
    network.once("afterDrawing", () => { network.fit({ animation: false }); box.dataset.ready = scene.key; });
    sift();
  }
  const short = (text, longest) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
  const named = (node) => short(words(node.own.name), document.documentElement.dataset.lang === "zh" ? 14 : 26);

  function sift() {
    const on = new Set(ties.filter((box) => box.checked).map((box) => box.dataset.tie).concat("theme"));
    const floor = Number(least.value);
    document.getElementById("least-value").textContent = least.value;
    const there = (edge) => on.has(edge.own.kind) && edge.own.weight >= floor;
    edges.update(scene.edges.map((edge, id) => ({ id, hidden: !there(edge) })));
    const count = scene.edges.filter(there).length;
    const [moreNodes, moreTies] = scene.hidden;
    const left = scene.edges.length - count + moreTies;
    document.getElementById("said").textContent = words([
      `显示 ${scene.nodes.length} 个节点、${count} 条联系；未显示 ${moreNodes} 个节点、${left} 条联系（较弱的或已筛除的）。点击节点或连线可看原文，双击节点打开其页面。`,
      `${scene.nodes.length} nodes and ${count} ties are shown; ${moreNodes} nodes and ${left} ties are not (the weaker ones, or filtered out). Click a node or line for its sentences, double-click a node for its page.`,
    ]);
  }

  function follow(id) {
    const href = inside(nodes.get(id).own.href);
    if (href) location.href = href;
  }
  function clicked({ nodes: [id], edges: [line] }) {
    if (id !== undefined) showNode(nodes.get(id));
    else if (line !== undefined) showTie(edges.get(line));
  }
  function showNode(node) {
    const mine = scene.edges.filter((edge) => edge.from === node.id || edge.to === node.id)
      .sort((one, other) => other.own.weight - one.own.weight);
    const partners = mine.slice(0, 12).map((edge) => {
      const other = nodes.get(edge.from === node.id ? edge.to : edge.from);
      return [KINDS[edge.own.kind], `${words(other.own.name)} (${edge.own.weight})`];
    });
    const evidence = [...new Set(mine.flatMap((edge) => edge.own.evidence))];
    show({ title: node.own.name, href: node.own.href, facts: [...node.own.facts, ...partners],
      evidence: evidence.slice(0, 8), more: rest(evidence.length - 8) });
  }
  function showTie(edge) {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    show({ title: `${words(from.own.name)} ${edge.own.kind === "support" || edge.own.kind === "note" ? "→" : "—"} ${words(to.own.name)}`,
      facts: [[["联系", "tie"], KINDS[edge.own.kind]], [["共同举措", "shared actions"], String(edge.own.weight)]],
      evidence: edge.own.evidence, more: rest(edge.own.weight - edge.own.evidence.length) });
  }
  const rest = (count) => (count > 0 ? [`另有 ${count} 处未列出`, `${count} more places are not listed`] : null);

  // A search shows what it means: matching nodes stay, the rest grows pale.
  searchers.push((wanted) => {
    const matching = scene.nodes.filter((node) => wanted.length && wanted.every((word) =>
      `${node.own.name.join(" ")} ${node.own.find}`.toLowerCase().includes(word)));
    nodes.update(scene.nodes.map((node) => ({ id: node.id, opacity: !wanted.length || matching.includes(node) ? 1 : 0.15 })));
    return matching.length;
  });
  find.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const first = nodes.get({ filter: (node) => node.opacity === 1 })[0];
    if (!first || !find.value) return;
    network.focus(first.id, { scale: 1, animation: false });
    network.selectNodes([first.id]);
    showNode(first);
  });

  function svg() {
    const escape = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
    const xs = scene.nodes.map((node) => node.x), ys = scene.nodes.map((node) => node.y);
    const [left, top] = [Math.min(...xs) - 120, Math.min(...ys) - 60];
    const [width, height] = [Math.max(...xs) - left + 120, Math.max(...ys) - top + 60];
    const place = new Map(scene.nodes.map((node) => [node.id, node]));
    const lines = edges.get({ filter: (edge) => !edge.hidden }).map((edge) => {
      const [from, to] = [place.get(edge.from), place.get(edge.to)];
      return `<line x1="${from.x - left}" y1="${from.y - top}" x2="${to.x - left}" y2="${to.y - top}" stroke="${edge.color.color}" stroke-width="${edge.width}"/>`;
    });
    const dots = scene.nodes.map((node) => `<circle cx="${node.x - left}" cy="${node.y - top}" r="${node.size}" fill="${node.color}"/>` +
      `<text x="${node.x - left}" y="${node.y - top + node.size + 14}" font-size="14" font-family="sans-serif" text-anchor="middle">${escape(named(node))}</text>`);
    return { width, height, source: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${lines.join("")}${dots.join("")}</svg>` };
  }
  document.getElementById("svg").addEventListener("click", () => save(new Blob([svg().source], { type: "image/svg+xml" }), "network.svg"));
  document.getElementById("png").addEventListener("click", () => { const { source, width, height } = svg(); png(source, width, height, "network.png"); });
  document.getElementById("fit").addEventListener("click", () => network.fit({ animation: false }));
  chooser.addEventListener("change", () => open(chooser.value));
  least.addEventListener("input", sift);
  for (const box of ties) box.addEventListener("change", sift);
  changed.push(() => {
    for (const choice of chooser.options) choice.textContent = words(data.scenes.find((one) => one.key === choice.value).name);
    nodes.update(scene.nodes.map((node) => ({ id: node.id, label: named(node) })));
    sift();
  });
  page.network = () => network;
  open(data.first);
})();
