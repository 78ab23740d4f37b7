import { gapsByHour, identicalFiles, songNearGaps, songNearMoments } from "../artefacts/mod.ts";
import { nameOf } from "./clip_audio.ts";
import type { ReportInput } from "./report_input.ts";
import type { ReportSection, ReportTable } from "./report_model.ts";
import { reportTable } from "./report_table.ts";

/** Is it the whales or the recorder? */
export function recorderSection({ gathered }: ReportInput): ReportSection {
  const { minutes, files } = gathered;
  const begins = songNearMoments(minutes, files.map(({ start }) => new Date(start)));
  return {
    id: "recorder",
    heading: "Is it the recorder?",
    paragraphs: [
      "Whales know nothing of files and of hours of maintenance. If song is more, or less, near " +
      "where files or effort begin and end than a little farther off, or follows the hours in which " +
      "gaps begin, look at the audio there. The same bytes under two names are the same song twice.",
    ],
    tables: [
      reportTable("Song within 2 min of where a file begins, beside up to 20 min from it", begins),
      reportTable(
        "Song within 10 min of a gap, beside up to an hour from it",
        songNearGaps(minutes),
      ),
      reportTable("Gaps by the hour that they begin in (UTC)", gapsByHour(minutes)),
      sameBytes(gathered.files),
    ],
  };
}

function sameBytes(files: ReportInput["gathered"]["files"]): ReportTable {
  return {
    caption: "Recordings of the same bytes under several names, by size and ETag",
    columns: ["group", "file", "start"],
    rows: identicalFiles(files).flatMap((group, i) =>
      group.map(({ uri, start }) => [i + 1, nameOf(uri), start])
    ),
  };
}
