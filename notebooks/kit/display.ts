import { Resvg } from "@resvg/resvg-js";
import { ColumnTable } from "arquero";
import type { TopLevelSpec } from "vega-lite";
import { renderSvg } from "../../analysis/charts/mod.ts";

/** What a notebook shows: the same thing in several forms, of which the viewer takes the best. */
export type Forms = Record<string, unknown>;

/** Something that a notebook shows when a cell ends with it. */
export interface Shown {
  [key: symbol]: () => Forms | Promise<Forms>;
}

const DISPLAY = Symbol.for("Jupyter.display");
const FONT = "DejaVu Sans";

/**
 * A chart as interactive Vega-Lite (JupyterLab, VS Code), SVG (nbconvert) and PNG (GitHub), in one.
 *
 * @param spec What to draw.
 * @returns What a cell ends with.
 */
export function chart(spec: TopLevelSpec): Shown {
  return {
    async [DISPLAY](): Promise<Forms> {
      const svg = await renderSvg(spec);
      const font = {
        loadSystemFonts: true,
        defaultFontFamily: FONT,
        sansSerifFamily: FONT,
      };
      const png = new Resvg(svg, { background: "white", font }).render()
        .asPng();
      return {
        "application/vnd.vegalite.v5+json": spec,
        "image/svg+xml": svg,
        "image/png": Uint8Array.from(png).toBase64(),
        "text/plain": String(spec.description ?? "a chart"),
      };
    },
  };
}

/**
 * Audio with controls to play it.
 *
 * @param url A data URL of a WAV.
 * @param caption What it is.
 * @returns What a cell ends with.
 */
export function audio(url: string, caption: string): Shown {
  return {
    [DISPLAY]: () => ({
      "text/html": `<audio controls preload="metadata" src="${url}"></audio><p>${caption}</p>`,
      "text/plain": caption,
    }),
  };
}

/** Lets tables show as such, with their first rows and how many there are. */
export function showTables(limit = 12): void {
  const prototype = ColumnTable.prototype as unknown as Shown;
  prototype[DISPLAY] = function (this: ColumnTable): Forms {
    const size = `${this.numRows()} rows, ${this.numCols()} columns`;
    return {
      "text/html": `${this.toHTML({ limit })}<p>${size}</p>`,
      "text/plain": `${size}: ${this.columnNames().join(", ")}`,
    };
  } as unknown as () => Forms;
}
