"use strict";
// What every page does: language, search, filters, the panel of one item with its evidence, the reader of a document's
// text, pictures to take away. Text from the data is only ever set as text.
const page = (() => {
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  // Words are [Chinese, English], a text that is the same in both, or a number in the page's list of words.
  const words = (pair) => typeof pair === "number" ? words(data.words[pair]) : (Array.isArray(pair) ? pair[root.dataset.lang === "zh" ? 0 : 1] : pair);

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined) made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }

  // An address from the data is followed only inside this site.
  const inside = (href) => (typeof href === "string" && /^[\w./#%-]+$/.test(href) && !href.startsWith("//") ? href : null);

  // ---- language
  const changed = [];
  function speak(language) {
    root.lang = root.dataset.lang = language;
    try { localStorage.setItem("kg.lang", language); } catch { /* a file without storage keeps the language it opened in */ }
    for (const tell of changed) tell();
  }
  $("#language").addEventListener("click", () => speak(root.dataset.lang === "zh" ? "en" : "zh"));
  try {
    const kept = localStorage.getItem("kg.lang");
    if (kept === "zh" || kept === "en") root.lang = root.dataset.lang = kept;
  } catch { /* as above */ }

  // ---- search and filters: an item is there when every filter and all words of the search take it
  const items = $$("[data-find]");
  const find = $("#find");
  const filters = $$("[data-filter]");
  const searchers = [];
  let at = -1;
  function taken(item, wanted) {
    return filters.every((filter) => {
      if (filter.type === "checkbox") {
        const has = (item.dataset[filter.dataset.filter] || "").split("|").includes(filter.value);
        return filter.checked || !has;
      }
      return !filter.value || (item.dataset[filter.dataset.filter] || "").split("|").includes(filter.value);
    }) && wanted.every((word) => item.dataset.find.toLowerCase().includes(word) || item.textContent.toLowerCase().includes(word));
  }
  function sift() {
    const wanted = find.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const item of items) {
      const there = taken(item, wanted);
      // A text keeps its surroundings: what is not meant grows pale.
      if ("keep" in item.dataset) item.classList.toggle("miss", !there);
      else item.hidden = !there;
      left += there ? 1 : 0;
    }
    for (const group of $$("[data-group]")) group.hidden = !$$("[data-find]", group).some((item) => !item.hidden);
    at = -1;
    const more = searchers.map((search) => search(wanted)).reduce((sum, count) => sum + count, 0);
    $("#found").textContent = wanted.length || left < items.length ? String(left + more) : "";
  }
  // What the page was asked to show first; a reader can change it.
  for (const [name, values] of Object.entries(data.preset || {})) {
    for (const filter of filters.filter((one) => one.dataset.filter === name)) {
      if (filter.type === "checkbox") filter.checked = values.includes(filter.value);
      else [filter.value] = values;
    }
  }
  find.addEventListener("input", sift);
  for (const filter of filters) filter.addEventListener("change", sift);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "/" && !typing) { event.preventDefault(); find.focus(); find.select(); }
    if (event.key === "Escape") { if (typing && find.value) { find.value = ""; sift(); } else hide(); }
    if (event.key === "Enter" && event.target === find) step(event.shiftKey ? -1 : 1);
    if (event.key === "Enter" && event.target.matches("[data-item]")) open(event.target.dataset.item);
  });
  function step(by) {
    const left = items.filter((item) => !item.hidden && !item.classList.contains("miss"));
    if (!left.length) return;
    at = (at + by + left.length) % left.length;
    left[at].scrollIntoView({ block: "center" });
    for (const item of items) item.classList.toggle("here", item === left[at]);
  }

  // ---- the panel: an item is {title, facts: [[label, value]], quotes: [text], evidence: [number], more, href}
  const panel = $("#panel");
  function hide() { panel.hidden = true; }
  $(".close", panel).addEventListener("click", hide);
  function open(key) {
    const item = (data.items || {})[key];
    if (item) show(item);
  }
  function show(item) {
    const content = $(".content", panel);
    const facts = element("dl");
    for (const [label, value] of item.facts || []) facts.append(element("dt", {}, words(label)), element("dd", {}, String(words(value))));
    const list = element("ol", { class: "evidence" });
    for (const quote of item.quotes || []) list.append(element("li", {}, element("blockquote", {}, quote)));
    for (const number of item.evidence || []) list.append(proof(data.evidence[number]));
    const href = inside(item.href);
    content.replaceChildren(
      element("h2", {}, href ? element("a", { href }, words(item.title)) : words(item.title)), facts, list,
      item.more ? element("p", { class: "note" }, words(item.more)) : "",
    );
    panel.hidden = false;
    panel.scrollTop = 0;
  }
  // Evidence is {d: document, r: ref, h: heading, q: quote, s: start, e: end}.
  function proof(evidence) {
    const from = data.documents[evidence.d];
    const place = element("div", { class: "place" }, [from.city, from.name, evidence.r, words(evidence.h)].filter(Boolean).join(" · "));
    const made = element("li", {}, element("blockquote", {}, evidence.q), place);
    const button = element("button", { type: "button" }, words(["在原文中查看", "see it in the text"]));
    button.addEventListener("click", () => visit(evidence));
    made.append(button);
    return made;
  }
  document.addEventListener("click", (event) => {
    const item = event.target.closest("[data-item]");
    if (item && !event.target.closest("a")) open(item.dataset.item);
    const seen = event.target.closest("[data-evidence]");
    if (seen) visit(data.evidence[seen.dataset.evidence]);
  });

  // ---- the reader: the text of a document with one place marked
  const reader = $("#reader");
  $(".close", reader).addEventListener("click", () => reader.close());
  const unpacked = new Map();
  async function text(number) {
    if (!unpacked.has(number)) {
      const bytes = Uint8Array.from(atob(data.documents[number].text), (letter) => letter.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
      unpacked.set(number, [...await new Response(stream).text()]); // by code points, as the graph counts
    }
    return unpacked.get(number);
  }
  // Marks that turn the direction of writing are shown by their code, as everywhere.
  const visible = (words) => words.replace(/[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (mark) => `[U+${mark.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);
  function visit(evidence) {
    const href = inside(data.documents[evidence.d].href);
    if (href) location.href = `${href}#p${evidence.s}`;
    else read(evidence);
  }
  async function read(evidence) {
    const letters = await text(evidence.d);
    const part = (start, end) => visible(letters.slice(start, end).join(""));
    const mark = element("mark", { class: "here" }, part(evidence.s, evidence.e));
    $(".name", reader).textContent = data.documents[evidence.d].name;
    $(".text", reader).replaceChildren(part(0, evidence.s), mark, part(evidence.e));
    reader.showModal();
    mark.scrollIntoView({ block: "center" });
  }

  // ---- switches that turn a class of the page on and off
  for (const box of $$("[data-off]")) box.addEventListener("change", () => document.body.classList.toggle(`off-${box.dataset.off}`, !box.checked));

  // ---- pictures to take away: SVG as it is drawn, PNG at twice its size
  const KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight", "font-family", "text-anchor", "opacity"];
  function drawn(svg) {
    const copy = svg.cloneNode(true);
    const [from, to] = [[svg, ...$$("*", svg)], [copy, ...$$("*", copy)]];
    from.forEach((source, index) => {
      const style = getComputedStyle(source);
      for (const name of KEPT) if (source !== svg) to[index].setAttribute(name, style.getPropertyValue(name));
      if (style.display === "none") to[index].setAttribute("display", "none");
    });
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    const box = svg.viewBox.baseVal;
    copy.setAttribute("width", box.width);
    copy.setAttribute("height", box.height);
    return { source: new XMLSerializer().serializeToString(copy), width: box.width, height: box.height };
  }
  function save(blob, name) {
    const link = element("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  function png(source, width, height, name) {
    const image = new Image();
    const address = URL.createObjectURL(new Blob([source], { type: "image/svg+xml" }));
    image.addEventListener("load", () => {
      const canvas = element("canvas", { width: width * 2, height: height * 2 });
      const brush = canvas.getContext("2d");
      brush.fillStyle = "#ffffff";
      brush.fillRect(0, 0, canvas.width, canvas.height);
      brush.drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(blob, name));
      URL.revokeObjectURL(address);
    });
    image.src = address;
  }
  for (const figure of $$("figure[data-name]")) {
    const svg = $("svg", figure);
    if (!svg) continue;
    const buttons = element("div", { class: "export" });
    for (const kind of ["SVG", "PNG"]) {
      const button = element("button", { type: "button" }, kind);
      button.addEventListener("click", () => {
        const { source, width, height } = drawn(svg);
        if (kind === "SVG") save(new Blob([source], { type: "image/svg+xml" }), `${figure.dataset.name}.svg`);
        else png(source, width, height, `${figure.dataset.name}.png`);
      });
      buttons.append(button);
    }
    figure.append(buttons);
  }

  // ---- paper shows what is folded
  addEventListener("beforeprint", () => { for (const fold of $$("details")) fold.open = true; });

  if (data.preset) sift();
  return { data, words, element, show, hide, open, read, save, png, inside, changed, searchers, sift, find };
})();
