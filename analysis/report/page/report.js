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

async function copy(text, pressed) {
  const label = pressed.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Some browsers keep the clipboard from pages that are files.
    const area = element("textarea", document.body, text);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  pressed.textContent = "Copied";
  setTimeout(() => pressed.textContent = label, 1500);
}

function button(parent, label, onClick) {
  element("button", parent, label, { type: "button" })
    .addEventListener("click", ({ target }) => onClick(target));
}

const fileName = (text) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60);

function download(blob, name) {
  const link = element("a", document.body, undefined, {
    href: URL.createObjectURL(blob),
    download: name,
  });
  link.click();
  link.remove();
  // Browsers read it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const quoted = (cell) => {
  const text = cell === null ? "" : String(cell);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const digits = (value, most) =>
  value.toLocaleString("en", { maximumSignificantDigits: Math.abs(value) >= 1000 ? 21 : most });

function duration(seconds) {
  if (seconds < 60) return `${digits(seconds, 2)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 100
    ? `${hours} h ${minutes % 60} min`
    : `${Math.round(seconds / 3600).toLocaleString("en")} h`;
}

// Numbers as people read them; the CSV has them as they are.
const shown = {
  seconds: duration,
  share: (value) => `${digits(100 * value, 3)} %`,
  chance: (value) => value < 0.001 ? "< 0.001" : digits(value, 2),
};

function cellText(cell, kind) {
  if (cell === null) return "–";
  if (typeof cell !== "number") return report.words.values[cell] ?? String(cell);
  return (shown[kind] ?? ((value) => digits(value, 3)))(cell);
}

function showTable(parent, { caption, columns, rows }) {
  const details = element("details", parent);
  const count = `${rows.length} row${rows.length === 1 ? "" : "s"}`;
  element("summary", details, `${caption} (${count})`);
  const csv = `${[columns, ...rows].map((row) => row.map(quoted).join(",")).join("\n")}\n`;
  const bar = element("p", details, undefined, { class: "buttons" });
  button(bar, "Download CSV", () => {
    download(new Blob([csv], { type: "text/csv" }), `${fileName(caption)}.csv`);
  });
  button(bar, "Copy as CSV", (target) => copy(csv, target));
  const box = element("div", details, undefined, {
    class: "table",
    tabindex: "0",
    role: "region",
    "aria-label": caption,
  });
  const table = element("table", box);
  const head = element("tr", element("thead", table));
  const wordsOf = (column) =>
    Object.hasOwn(report.words.columns, column) ? report.words.columns[column] : [column];
  for (const column of columns) element("th", head, wordsOf(column)[0], { scope: "col" });
  const body = element("tbody", table);
  for (const row of rows) {
    const line = element("tr", body);
    row.forEach((cell, i) => {
      const kind = typeof cell === "number" ? "number" : "text";
      element("td", line, cellText(cell, wordsOf(columns[i])[2]), { class: kind });
    });
  }
  const explained = columns.filter((column) => wordsOf(column).length > 1);
  if (explained.length === 0) return;
  const meanings = element("details", details, undefined, { class: "meanings" });
  element("summary", meanings, "What the columns mean, and their names in the CSV");
  const list = element("dl", meanings);
  for (const column of explained) {
    const [heading, meaning] = wordsOf(column);
    element("dt", list, heading);
    element("dd", list, `${meaning} (CSV: ${column})`);
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

// A chart for a page of a journal: 180 mm, and the pixels that are 180 mm at 96 to the inch.
const PAPER = { millimetres: 180, pixels: 680, pngScale: 6.25 };
const LEAST_WIDTH = 120;

const ruler = document.createElement("canvas").getContext("2d");

function wrapped(lines, font, width) {
  ruler.font = font;
  return [lines ?? []].flat().flatMap((line) => {
    const out = [""];
    for (const word of String(line).split(" ")) {
      const longer = out.at(-1) === "" ? word : `${out.at(-1)} ${word}`;
      if (out.at(-1) !== "" && ruler.measureText(longer).width > width) out.push(word);
      else out[out.length - 1] = longer;
    }
    return out;
  });
}

// A chart that is not wider than so many pixels, its title in as many lines as that takes.
async function chartView(spec, width, options) {
  const { title } = spec;
  const family = spec.config?.title?.font ?? spec.config?.text?.font ?? "sans-serif";
  const room = width - 30;
  const fitted = {
    ...spec,
    width: Math.min(spec.width, Math.max(LEAST_WIDTH, width - 90)),
    title: title && {
      ...title,
      text: wrapped(title.text, `bold ${title.fontSize ?? 13}px ${family}`, room),
      subtitle: wrapped(title.subtitle, `${title.subtitleFontSize ?? 12}px ${family}`, room),
    },
  };
  const view = new vega.View(vega.parse(fitted, undefined, { ast: true }), {
    expr: vegaInterpreter.expressionInterpreter,
    logLevel: vega.Error,
    ...options,
  });
  await view.runAsync();
  for (let tries = 0; tries < 3; tries++) {
    const over = widthOf(await view.toSVG()) - width;
    if (over <= 0 || view.width() <= LEAST_WIDTH) break;
    await view.width(Math.max(LEAST_WIDTH, Math.floor(view.width() - over))).runAsync();
  }
  return view;
}

const widthOf = (svg) => Number(/ width="([\d.]+)"/.exec(svg)[1]);

async function save(spec, kind) {
  const view = await chartView(spec, PAPER.pixels, { renderer: "none" });
  const name = `${fileName([spec.title?.text ?? "chart"].flat().join(" "))}.${kind}`;
  if (kind === "png") {
    const canvas = await view.toCanvas(PAPER.pngScale);
    canvas.toBlob((blob) => download(blob, name));
  } else {
    const svg = await view.toSVG();
    const millimetres = (pixels) => `${(pixels * PAPER.millimetres / PAPER.pixels).toFixed(2)}mm`;
    const sized = svg.replace(
      / width="([\d.]+)" height="([\d.]+)"/,
      (_, width, height) => ` width="${millimetres(width)}" height="${millimetres(height)}"`,
    );
    download(new Blob([sized], { type: "image/svg+xml" }), name);
  }
  view.finalize();
}

async function showChart(parent, { spec, description }) {
  const figure = element("figure", parent);
  const place = element("div", figure, undefined, {
    class: "chart",
    role: "img",
    tabindex: "0",
    "aria-label": description,
  });
  const bar = element("p", figure, undefined, { class: "buttons" });
  element("figcaption", figure, description);
  let view;
  let drawnWidth = 0;
  const draw = async () => {
    const width = place.clientWidth;
    // Nothing is laid out in what is folded; it is drawn when it opens.
    if (width === 0 || width === drawnWidth) return;
    drawnWidth = width;
    const old = view;
    view = await chartView(spec, width, {
      renderer: "svg",
      container: place,
      hover: true,
      tooltip: showTip,
    });
    old?.finalize();
  };
  await draw();
  new ResizeObserver(draw).observe(place);
  if ((spec.signals ?? []).some(({ name }) => name === ZOOM)) {
    let whole;
    const zoom = (key) => {
      if (!view.signal(ZOOM)) whole = view.scale("x").domain();
      return zoomBy(view, whole, key);
    };
    const buttons = [["Zoom in", "+"], ["Zoom out", "-"], ["Earlier", "ArrowLeft"], [
      "Later",
      "ArrowRight",
    ], ["All", "0"]];
    for (const [label, key] of buttons) button(bar, label, () => zoom(key));
    element("span", bar, "or: drag, Ctrl and wheel; on the chart the keys + − 0 ← →");
    place.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && zoom(event.key)) event.preventDefault();
    });
  }
  button(bar, "Download SVG", () => save(spec, "svg"));
  button(bar, "Download PNG", () => save(spec, "png"));
}

async function showClips(parent, clips) {
  const list = element("ul", parent, undefined, { class: "clips" });
  for (const { caption, picture, audio, missing } of clips) {
    const item = element("li", list);
    if (picture) await showChart(item, picture);
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
  if (section.figures) {
    const figures = element("ul", part, undefined, { class: "figures" });
    for (const [figure, words] of section.figures) {
      const item = element("li", figures);
      element("strong", item, figure);
      element("span", item, ` ${words}`);
    }
  }
  if (section.list) {
    const list = element("ul", part);
    for (const text of section.list) element("li", list, text);
  }
  for (const chart of section.charts ?? []) await showChart(part, chart);
  if (section.folded) {
    const details = element("details", part);
    element("summary", details, section.folded.summary);
    for (const text of section.folded.paragraphs) element("p", details, text);
    for (const chart of section.folded.charts) await showChart(details, chart);
  }
  if (section.clips.length > 0) await showClips(part, section.clips);
  for (const table of section.tables ?? []) showTable(part, table);
  if (section.code !== undefined) {
    button(part, "Copy", (target) => copy(section.code, target));
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
