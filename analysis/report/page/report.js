// Runs in the reader's browser. Everything comes from the data block and is put in as text, so that
// no name of a file can become markup; nothing is fetched.
const { vega, vegaInterpreter } = globalThis;
const report = JSON.parse(document.getElementById("data").textContent);
const root = document.getElementById("report");

function element(name, parent, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

async function copy(text, button) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Some browsers keep the clipboard from pages that are files.
    const area = element("textarea", document.body, text);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  button.textContent = "Copied";
  setTimeout(() => button.textContent = label, 1500);
}

function copyButton(parent, label, text) {
  const button = element("button", parent, label, { type: "button" });
  button.addEventListener("click", () => copy(text, button));
}

const quoted = (cell) => {
  const text = cell === null ? "" : String(cell);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

function showTable(parent, { caption, columns, rows }) {
  const details = element("details", parent);
  details.open = rows.length <= 40;
  element("summary", details, `${caption} (${rows.length} rows)`);
  const csv = [columns, ...rows].map((row) => row.map(quoted).join(",")).join("\n");
  copyButton(details, "Copy as CSV", `${csv}\n`);
  const box = element("div", details, undefined, {
    class: "table",
    tabindex: "0",
    role: "region",
    "aria-label": caption,
  });
  const table = element("table", box);
  const head = element("tr", element("thead", table));
  for (const column of columns) element("th", head, column, { scope: "col" });
  const body = element("tbody", table);
  for (const row of rows) {
    const line = element("tr", body);
    for (const cell of row) {
      const kind = typeof cell === "number" ? "number" : "text";
      element("td", line, cell === null ? "–" : String(cell), { class: kind });
    }
  }
}

const tip = element("div", document.body, undefined, { id: "tip", role: "status" });
tip.hidden = true;

function showTip(_handler, event, _item, value) {
  tip.hidden = value === null || value === undefined || value === "";
  if (tip.hidden) return;
  tip.textContent = typeof value === "object"
    ? Object.entries(value).map(([name, of]) => `${name}: ${of}`).join("\n")
    : String(value);
  const { clientWidth } = document.documentElement;
  tip.style.left = `${Math.min(event.clientX + 14, clientWidth - tip.offsetWidth - 8)}px`;
  tip.style.top = `${event.clientY + 14}px`;
}

// Dates that are zoomed to: `zoom_day` holds the two ends, or nothing for all of them.
const ZOOM = "zoom_day";
const isZoomable = (view) => Object.hasOwn(view.getState().signals, ZOOM);

function zoomBy(view, wholeDomain, key) {
  const [from, to] = (view.signal(ZOOM) ?? wholeDomain).map(Number);
  const width = to - from;
  const moves = {
    "+": [from + width / 4, to - width / 4],
    "=": [from + width / 4, to - width / 4],
    "-": [from - width / 2, to + width / 2],
    ArrowLeft: [from - width / 5, to - width / 5],
    ArrowRight: [from + width / 5, to + width / 5],
    0: null,
  };
  if (!Object.hasOwn(moves, key)) return false;
  view.signal(ZOOM, moves[key]).runAsync();
  return true;
}

async function showChart(parent, { spec, description }) {
  const figure = element("figure", parent);
  const place = element("div", figure, undefined, {
    class: "chart",
    role: "img",
    tabindex: "0",
    "aria-label": description,
  });
  const view = new vega.View(vega.parse(spec, undefined, { ast: true }), {
    expr: vegaInterpreter.expressionInterpreter,
    renderer: "canvas",
    container: place,
    hover: true,
    tooltip: showTip,
    logLevel: vega.Error,
  });
  await view.runAsync();
  if (isZoomable(view)) {
    const whole = view.scale("x").domain();
    const bar = element("div", figure, undefined, { class: "zoom" });
    const buttons = [["Zoom in", "+"], ["Zoom out", "-"], ["Earlier", "ArrowLeft"], [
      "Later",
      "ArrowRight",
    ], ["All", "0"]];
    for (const [label, key] of buttons) {
      const button = element("button", bar, label, { type: "button" });
      button.addEventListener("click", () => zoomBy(view, whole, key));
    }
    element("span", bar, "or: drag, Ctrl and wheel; on the chart the keys + − 0 ← →");
    place.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && zoomBy(view, whole, event.key)) event.preventDefault();
    });
  }
  element("figcaption", figure, description);
}

function showClips(parent, clips) {
  const list = element("ul", parent, undefined, { class: "clips" });
  for (const { caption, image, audio, missing } of clips) {
    const item = element("li", list);
    if (image) element("img", item, undefined, { src: image, alt: `Spectrogram: ${caption}` });
    if (audio) {
      element("audio", item, undefined, { src: audio, controls: "", "aria-label": caption });
    }
    element("p", item, missing === undefined ? caption : `${caption}. ${missing}`);
  }
}

async function showSection(section) {
  const part = element("section", root, undefined, { id: section.id });
  element("h2", part, section.heading);
  for (const text of section.paragraphs ?? []) element("p", part, text);
  if (section.facts) {
    const facts = element("dl", part);
    for (const [name, value] of section.facts) {
      element("dt", facts, name);
      element("dd", facts, value);
    }
  }
  if (section.list) {
    const list = element("ul", part);
    for (const text of section.list) element("li", list, text);
  }
  for (const chart of section.charts ?? []) await showChart(part, chart);
  if (section.clips) showClips(part, section.clips);
  for (const table of section.tables ?? []) showTable(part, table);
  if (section.code !== undefined) {
    copyButton(part, "Copy", section.code);
    element("pre", part, section.code, { tabindex: "0" });
  }
}

document.title = report.title;
element("h1", root, report.title);
for (const notice of report.notices) element("p", root, notice, { class: "notice" });
const contents = element("nav", root, undefined, { "aria-label": "Contents" });
for (const { id, heading } of report.sections) element("a", contents, heading, { href: `#${id}` });
for (const section of report.sections) await showSection(section);
document.documentElement.dataset.ready = "true";
