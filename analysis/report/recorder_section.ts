import { gapsByHour, songNearGaps } from "../artefacts/mod.ts";
import type { ReportInput } from "./report_input.ts";
import type { ReportSection } from "./report_model.ts";
import { reportTable } from "./report_table.ts";

/** Is it the whales or the recorder? */
export function recorderSection({ gathered }: ReportInput): ReportSection {
  const near = songNearGaps(gathered.minutes);
  const gaps = gapsByHour(gathered.hours);
  return {
    id: "recorder",
    heading: "Is it the recorder?",
    paragraphs: [
      "Whales know nothing of files and of hours of maintenance. If song is more, or less, near " +
      "where effort begins and ends than a little farther off, or follows the hours in which gaps " +
      "begin, look at the audio there.",
    ],
    tables: [
      reportTable("Song within 10 min of a gap, beside up to an hour from it", near),
      reportTable("Gaps by the hour that they begin in (UTC)", gaps),
    ],
  };
}
