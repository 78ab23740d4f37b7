import assert from "node:assert/strict";
import { join } from "node:path";
import { megaptera } from "../helpers/command_line.ts";
import { wavOf } from "../helpers/archive.ts";
import { ObjectServer } from "../helpers/object_server.ts";
import { plantHour } from "../helpers/planted_scores.ts";
import { filesBelow, withFolder } from "../helpers/temporary_folder.ts";

/** What must not leave the process, however it is written. */
const HUSH = "hUsh5ecret";
const DAY = ["--date", "2021-01-01", "--hours", "0-2", "--model", "demo"];
const RANGE = ["--start", "2021-01-01", "--stop", "2021-01-01T02Z", "--model", "demo"];

/** Ways to let in by an address. */
const WAYS: ((address: string) => string)[] = [
  (address) => address.replace("://", `://me:${HUSH}@`),
  (address) => `${address}?X-Amz-Expires=9&X-Amz-Signature=${HUSH}`,
  (address) => `${address}?sv=2021&sig=${HUSH}%3D`,
  (address) => `${address}?access_key=${HUSH}`,
];

Deno.test("no secret leaves the process, wherever an address holds one and however it ends", () =>
  withFolder(async (folder) => {
    await using server = await ObjectServer.start();
    for (const hour of [0, 1]) {
      const bytes = wavOf(6, hour + 1);
      server.objects.set(`/sea/20210101_0${hour}0000.wav`, { bytes });
    }
    const { origin } = server;
    const scores = join(folder, "planted");
    await plantHour(scores, Date.UTC(2021, 0, 1), 0.9);
    const template = "/sea/{YYYYMMDD}_{HH}0000.wav";
    let outputs = 0;
    const out = (): string[] => ["--out", join(folder, `out${outputs++}`)];
    const runs = new Map<string[], number | "as it may">();
    for (const secret of WAYS) {
      const sites = join(folder, `sites${outputs}.json`);
      const place = { latitude: 36, longitude: -122, depthM: 9, timeZone: "UTC" };
      const site = { name: "here", title: "Here", ...place, source: secret(origin + template) };
      await Deno.writeTextFile(sites, JSON.stringify([site]));
      runs
        .set(["score", secret(`${origin}/sea/20210101_000000.wav`), "--model", "demo", ...out()], 0)
        .set(
          ["score", secret(`${origin}/sea/20210102_000000.wav`), "--model", "demo", ...out()],
          65,
        )
        .set(["score", "--source", secret(origin + template), ...DAY, "--log", "json", ...out()], 3)
        .set(
          ["score", "--source", secret(`${origin}/sea/{YYYY}{DD}.wav`), ...DAY, ...out()],
          "as it may",
        )
        .set(["score", "--source", secret(`s3://sea/${template}`), ...DAY, ...out()], "as it may")
        .set(["score", "--sites", sites, "--site", "here", ...DAY, ...out()], "as it may")
        .set(
          ["score", "--source", origin + template, ...DAY, "--out", secret("https://sea.org/o")],
          64,
        )
        .set(
          ["score", "--source", origin + template, ...DAY, "--out", secret("s3://sea/o")],
          "as it may",
        )
        .set(["score", "s3://sea/a.wav", "--model", "demo", "--endpoint", secret(origin)], 78)
        .set(["inspect", secret(`${origin}/sea/20210101_000000.wav`)], "as it may")
        .set(["calls", secret(`${origin}/sea`), ...out()], 64)
        .set(["calls", "s3://sea/scores", "--endpoint", secret(origin)], 78)
        .set(["presence", secret("s3://sea/scores"), ...out()], "as it may")
        .set(["verify", secret("s3://sea/scores"), "--endpoint", origin], "as it may")
        .set(["report", scores, "--endpoint", secret(origin), ...out()], 0)
        .set(["report", scores, "--audio", secret(`${origin}/sea`), ...out()], "as it may")
        .set(["model", "install", "--from", secret(`${origin}/a.tar.gz`)], "as it may")
        .set(
          ["evaluate", secret(`${origin}/calls.csv`), secret(`${origin}/marks.csv`)],
          "as it may",
        )
        .set(["batch-range", ...RANGE, "--source", secret(origin + template), "--dry-run"], 64)
        .set(["batch-range", ...RANGE, "--on", "local", "--source", secret(origin + template)], 64)
        .set(["batch-range", ...RANGE, "--on", "local", "--sites", sites, "--site", "here"], 64)
        .set(
          ["batch-range", ...RANGE, "--on", "local", "--source", "/", "--out", secret("s3://a")],
          64,
        )
        .set(["batch-status", "--out", secret("s3://sea/o")], 64)
        .set(["batch-retry", "--out", "s3://sea/o", "--endpoint", secret(origin)], 64)
        .set(["batch-doctor", "--recording", secret(`${origin}/sea/20210101_000000.wav`)], 78);
    }
    const container = ["--container", `apptainer:docker://me:${HUSH}@registry/image`];
    runs.set(
      ["batch-range", ...RANGE, "--on", "slurm", "--source", "/", ...container, ...out()],
      64,
    );
    const environment = {
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: HUSH,
      AWS_SESSION_TOKEN: HUSH,
      AWS_REGION: "us-west-2",
      AWS_ENDPOINT_URL: origin,
      AWS_MAX_ATTEMPTS: "1",
    };
    const odd: string[] = [];
    for (const [args, ends] of runs) {
      const what = args.join(" ").replaceAll(HUSH, "…");
      const { code, out, err } = await megaptera(["--verbose", ...args], folder, environment);
      const isOther = typeof ends === "number" ? code !== ends : code === 1;
      const isSaid = new RegExp(HUSH, "i").test(out + err);
      if (isOther || isSaid) odd.push(`${what}\nended with ${code}, not ${ends}:\n${out}${err}`);
    }
    assert.deepEqual(odd, []);
    await assertNoneBelow(folder);

    // How a run is given its secret instead: it is scored, and nothing of it is written down.
    const whole = WAYS[0](origin + template);
    const handedOver = [...RANGE, "--on", "local", "--source", origin + template, ...out()];
    const ended = await megaptera(["batch-range", ...handedOver, "--watch"], folder, {
      ...environment,
      MEGAPTERA_SOURCE: whole,
    });
    assert.equal(ended.code, 0, ended.out + ended.err);
    assert.match(ended.out, /hours {3}2 scored/);
    assert.doesNotMatch(ended.out + ended.err, new RegExp(HUSH, "i"));
    await assertNoneBelow(folder);
    const other = await megaptera(
      ["batch-range", ...handedOver.slice(0, -2), ...out(), "--watch"],
      folder,
      {
        ...environment,
        MEGAPTERA_SOURCE: `https://me:${HUSH}@elsewhere.org/a.wav`,
      },
    );
    assert.match(
      other.out,
      /MEGAPTERA_SOURCE https:\/\/elsewhere\.org\/a\.wav: set it to the plan's/,
    );
    assert.doesNotMatch(other.out + other.err, new RegExp(HUSH, "i"));
    await assertNoneBelow(folder);
  }));

/** Looks through every file: manifests, logs, plans, submissions, states, reports. */
async function assertNoneBelow(folder: string): Promise<void> {
  for (const name of await filesBelow(folder)) {
    // Those are the user's own.
    if (/^sites\d+\.json$/.test(name)) continue;
    const text = new TextDecoder().decode(await Deno.readFile(join(folder, name)));
    assert.ok(!text.toLowerCase().includes(HUSH.toLowerCase()), name);
  }
}
