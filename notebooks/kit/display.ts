import { Resvg } from "@resvg/resvg-js";
import type { TopLevelSpec } from "vega-lite";
import { renderSvg } from "../../analysis/charts/mod.ts";
import { DISPLAY, type Forms, type Shown } from "./show_tables.ts";

export { showTables } from "./show_tables.ts";

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
