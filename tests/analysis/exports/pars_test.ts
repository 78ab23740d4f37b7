import assert from "node:assert/strict";
import fc from "fast-check";
import {
  checkPars,
  parseParsSettings,
  type ParsFiles,
  type ParsSettings,
  presenceToPars,
} from "../../../analysis/exports/mod.ts";
import { PARS_SETTINGS } from "../../helpers/pars_settings.ts";

const DAY_MS = 86_400_000;
const ZERO = Date.UTC(2021, 0, 1);

const settings = (change: Record<string, unknown> = {}): ParsSettings =>
  parseParsSettings(JSON.stringify({ ...PARS_SETTINGS, ...change }), "pars.json");
const day = (number: number, effortSeconds: number, positiveSeconds: number | null) => ({
  startMs: ZERO + number * DAY_MS,
  stopMs: ZERO + (number + 1) * DAY_MS,
  effortSeconds,
  positiveSeconds,
});
const DAYS = [
  day(0, 86_400, 59),
  day(1, 86_400, 60),
  day(2, 86_400, 5),
  day(3, 0, null),
  day(4, 7200, 10),
  day(5, 7200, 900),
  day(7, 43_200, 0),
];

function columnsOf(files: ParsFiles, ...names: string[]): string[] {
  const [header, ...rows] = files["detectiondata.csv"].trimEnd().split("\n")
    .map((row) => row.split(","));
  return rows.map((row) => names.map((name) => row[header.indexOf(name)]).join(" "));
}

Deno.test("PARS: a day is possibly detected unless a person confirmed it, and never absent unheard", () => {
  const files = presenceToPars(DAYS, settings());
  assert.deepEqual(
    columnsOf(
      files,
      "detection_start_datetime",
      "detection_effort_secs",
      "detection_result_code",
      "detection_sound_source_code",
      "detection_call_type_code",
      "detection_n_validated",
    ),
    [
      "2021-01-01T00:00:00Z 86400 NOT_DETECTED   ",
      "2021-01-02T00:00:00Z 86400 POSSIBLY_DETECTED HUWH HUWH_SONG 0",
      "2021-01-03T00:00:00Z 86400 DETECTED HUWH HUWH_SONG 4",
      "2021-01-04T00:00:00Z 0 NOT_AVAILABLE   ",
      "2021-01-05T00:00:00Z 7200 NOT_AVAILABLE   ",
      "2021-01-06T00:00:00Z 7200 POSSIBLY_DETECTED HUWH HUWH_SONG 0",
      "2021-01-07T00:00:00Z 0 NOT_AVAILABLE   ",
      "2021-01-08T00:00:00Z 43200 NOT_DETECTED   ",
    ],
  );
  assert.deepEqual(checkPars(files), []);
  assert.match(files["metadata.csv"], /^deployment_organization_code,deployment_code,project_name/);
  assert.match(files["metadata.csv"], /,2022-01-01T08:00:00Z,.*,"icListen, HF",/);
});

Deno.test("PARS: detections lie within what was analysed, also where monitoring starts in a day", () => {
  const metadata = { ...PARS_SETTINGS.metadata, monitoring_start_datetime: "2021-01-02T06:00:00Z" };
  const days = [day(0, 0, null), day(1, 64_800, 0), ...DAYS.slice(2)];
  const files = presenceToPars(days, settings({ metadata }));
  const times = columnsOf(files, "analysis_start_datetime", "detection_start_datetime");
  assert.equal(times[0], "2021-01-02T06:00:00Z 2021-01-02T06:00:00Z");
  assert.equal(times[1], "2021-01-02T06:00:00Z 2021-01-03T00:00:00Z");
  assert.deepEqual(checkPars(files), []);
});

Deno.test("PARS: effort outside of the monitored time is neither lost nor counted into other hours", () => {
  const monitored = (start: string, end: string): ParsFiles => {
    const times = { monitoring_start_datetime: start, monitoring_end_datetime: end };
    const metadata = { ...PARS_SETTINGS.metadata, ...times };
    return presenceToPars(
      [day(0, 86_400, 9), day(1, 86_400, 99)],
      settings({ metadata, confirmed: [] }),
    );
  };
  const message = (day: string, seconds: number): RegExp =>
    new RegExp(`as 86400 s of ${day} have scores, and by the settings ${seconds} s of it were`);
  assert.throws(() => monitored("2021-01-02T00:00:00Z", "2022-01-01T00:00:00Z"), {
    message: message("2021-01-01", 0),
  });
  assert.throws(() => monitored("2021-01-01T00:00:00Z", "2021-01-02T12:00:00Z"), {
    message: message("2021-01-02", 43_200),
  });
  const files = monitored("2021-01-01T00:00:00Z", "2021-01-02T23:59:59Z");
  assert.deepEqual(columnsOf(files, "detection_effort_secs"), ["86400", "86399"]);
});

Deno.test("PARS: any presence passes the published rules, a row a day", () => {
  const row = fc.record({
    number: fc.integer({ min: 0, max: 300 }),
    effort: fc.integer({ min: 0, max: 86_400 }),
  });
  const rows = fc.uniqueArray(row, {
    selector: ({ number }) => number,
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(rows, fc.integer({ min: 0, max: 100 }), (list, bouts) => {
      const days = list.toSorted((a, b) => a.number - b.number)
        .map(({ number, effort }) => day(number, effort, effort === 0 ? null : bouts % effort));
      const files = presenceToPars(days, settings({ confirmed: [] }));
      assert.deepEqual(checkPars(files), []);
      const results = columnsOf(files, "detection_result_code");
      const length = (days[days.length - 1].stopMs - days[0].startMs) / DAY_MS;
      assert.equal(results.length, length);
      assert.ok(!results.includes("DETECTED"));
      days.filter(({ effortSeconds }) => effortSeconds === 0).forEach(({ startMs }) => {
        assert.equal(results[(startMs - days[0].startMs) / DAY_MS], "NOT_AVAILABLE");
      });
    }),
    { seed: 2, numRuns: 50 },
  );
});

Deno.test("PARS: optional columns are there, empty, and a platform that moves has its positions", () => {
  const still = presenceToPars(DAYS, settings());
  assert.match(
    still["metadata.csv"],
    /,deployment_platform_id,dynamic_management_platform,deployment_url\n/,
  );
  assert.match(still["metadata.csv"], /,,,\n$/);
  assert.match(still["detectiondata.csv"], /,localization_method_code,(?:localization_\w+,?){3}\n/);
  assert.equal("gpsdata.csv" in still, false);
  const optional = { deployment_platform_id: "B1", dynamic_management_platform: false };
  const drifting = { deployment_platform_type_code: "DRIFTING_BUOY", ...optional };
  const metadata = { ...PARS_SETTINGS.metadata, ...drifting };
  const positions = [
    { datetime: "2021-01-01T00:00:00-01:00", latitude: 36.713, longitude: -122.1 },
    { datetime: "2021-01-02T00:00:00Z", latitude: 36, longitude: -122 },
  ];
  const files = presenceToPars(DAYS, settings({ metadata, positions }));
  assert.equal(
    files["gpsdata.csv"],
    "deployment_code,datetime,latitude,longitude\nMARS_2021,2021-01-01T01:00:00Z,36.7130,-122.1\n" +
      "MARS_2021,2021-01-02T00:00:00Z,36,-122\n",
  );
  assert.match(files["metadata.csv"], /,B1,FALSE,\n$/);
  assert.deepEqual(checkPars(files), []);
  const { "gpsdata.csv": _, ...without } = files;
  assert.deepEqual(checkPars(without), ["the DRIFTING_BUOY of MARS_2021 lacks positions"]);
  assert.match(checkPars({ ...still, "gpsdata.csv": files["gpsdata.csv"] })[0], /must not have/);
  assert.throws(
    () => settings({ metadata }),
    /"positions" .* DRIFTING_BUOY moves: give where it was/,
  );
  assert.throws(() => settings({ positions }), /"positions" .* does not move, so it has none/);
});

Deno.test("PARS: the check finds what the published rules forbid", () => {
  const files = presenceToPars(DAYS, settings());
  const damaged = (from: string | RegExp, to: string): string[] =>
    checkPars({
      "metadata.csv": files["metadata.csv"].replace(from, to),
      "detectiondata.csv": files["detectiondata.csv"].replace(from, to),
    });
  const finds = (from: string | RegExp, to: string, message: RegExp): void => {
    assert.ok(damaged(from, to).some((fault) => message.test(fault)), String(damaged(from, to)));
  };
  finds(
    "analysis_detector_code",
    "Analysis_detector_code",
    /lacks the column analysis_detector_code/,
  );
  finds("a foundation", "N/A", /metadata\.csv line 2: project_funding is a placeholder: N\/A/);
  finds("a foundation", "", /project_funding is empty/);
  finds("36.7125", "136.7125", /deployment_latitude can't be 136/);
  finds(",10,0,5,", ",10000,0,5,", /analysis_sample_rate_khz can't be 10000/);
  finds(",10,0,5,", ",10,5.5,5,", /analysis_min_frequency_khz is after analysis_max_frequency_khz/);
  finds("2021-01-09T00:00:00Z", "2021-01-09T00:00:00", /analysis_end_datetime can't be/);
  finds("2021-01-09T00:00:00Z", "2021-01-01T12:00:00Z", /detection_end_datetime is after/);
  finds("HUWH_SONG,0", "HUWH_SONG,", /POSSIBLY_DETECTED asks for detection_n_validated/);
  finds("NOT_AVAILABLE", "UNKNOWN", /detection_result_code can't be UNKNOWN/);
  finds("deployment_url", "url", /metadata\.csv lacks the column deployment_url/);
  finds(/^MARS_2021/m, "MARS_2022", /no metadata of the deployment MARS_2022/);
});

Deno.test("PARS: settings and days that can't be are refused", () => {
  const rejects = (run: () => unknown, message: RegExp): void => {
    assert.throws(run, { name: "MegapteraError", message });
  };
  const metadata = PARS_SETTINGS.metadata;
  const changed = (change: Record<string, unknown>) => () =>
    settings({ metadata: { ...metadata, ...change } });
  rejects(changed({ site_code: "n/a" }), /pars\.json .*"metadata\.site_code" .* no placeholder/);
  rejects(changed({ recording_sample_rate_khz: 256_000 }), /recording_sample_rate_khz.* in kHz/);
  rejects(changed({ deployment_organization_code: "Mbari" }), /a code in capitals/);
  rejects(
    changed({ monitoring_start_datetime: "2021-01-01T00:00:00" }),
    /monitoring_start_datetime/,
  );
  rejects(changed({ monitoring_end_datetime: "2019-01-01T00:00:00Z" }), /it is not before 2020/);
  rejects(() => settings({ least_positive_seconds: 0 }), /"least_positive_seconds"/);
  rejects(() => parseParsSettings("{", "pars.json"), /pars\.json as it is not JSON/);
  rejects(() => presenceToPars([], settings()), /days of UTC, each once/);
  const hour = { ...day(0, 3600, 0), stopMs: ZERO + 3_600_000 };
  rejects(() => presenceToPars([hour], settings()), /--by day --zone UTC/);
  rejects(() => presenceToPars([day(0, 3600, 0)], settings()), /2021-01-03 was confirmed/);
  const late = [day(900, 3600, 0)];
  rejects(() => presenceToPars(late, settings({ confirmed: [] })), /lie outside of the settings/);
});
