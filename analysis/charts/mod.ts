/** Charts: data in, Vega-Lite specification out. */
export { COLOURS } from "./colours.ts";
export { hourChart, type HourChartData, type NamedSpan } from "./hour_chart.ts";
export { melImage } from "./mel_image.ts";
export { renderSvg } from "./render_svg.ts";
