/**
 * Draws answers as Vega-Lite charts, and spectrograms as images.
 *
 * @module
 */
export { CHART_WIDTH, type ChartTexts, COLOURS } from "./chart_frame.ts";
export { clipChart, type ClipChartData } from "./clip_chart.ts";
export { dielChart, type DielChartData } from "./diel_chart.ts";
export { histogramChart, type HistogramChartData } from "./histogram_chart.ts";
export { hourChart, type HourChartData, type NamedSpan } from "./hour_chart.ts";
export { type MelImage, melImage, type MinuteColumns, minuteImage } from "./images.ts";
export { lightChart, type LightChartData } from "./light_chart.ts";
export { monthHourChart, type MonthHourChartData } from "./month_hour_chart.ts";
export { precisionRecallChart, type PrecisionRecallData } from "./precision_recall_chart.ts";
export { presenceChart, type PresenceChartData } from "./presence_chart.ts";
export { renderSvg } from "./render_svg.ts";
export { seasonChart, type SeasonChartData } from "./season_chart.ts";
export { seasonsChart, type SeasonsChartData } from "./seasons_chart.ts";
export { nightRects } from "./shading.ts";
export { yearChart, type YearChartData } from "./year_chart.ts";
