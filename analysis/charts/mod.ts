/**
 * Charts: data in, Vega-Lite specification out.
 *
 * @module
 */
export { CHART_WIDTH, type ChartTexts } from "./chart_frame.ts";
export { COLOURS } from "./colours.ts";
export { dielChart, type DielChartData } from "./diel_chart.ts";
export { histogramChart, type HistogramChartData } from "./histogram_chart.ts";
export { hourChart, type HourChartData, type NamedSpan } from "./hour_chart.ts";
export { lightChart, type LightChartData } from "./light_chart.ts";
export { melImage } from "./mel_image.ts";
export { type MinuteColumns, minuteImage } from "./minute_image.ts";
export { precisionRecallChart, type PrecisionRecallData } from "./precision_recall_chart.ts";
export { presenceChart, type PresenceChartData } from "./presence_chart.ts";
export { renderSvg } from "./render_svg.ts";
export { seasonChart, type SeasonChartData } from "./season_chart.ts";
export { yearChart, type YearChartData } from "./year_chart.ts";
export { nightRects } from "./night_rects.ts";
