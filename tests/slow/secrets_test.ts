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

/** Of a server that nobody trusts: a pair made for this test by `openssl req -x509`. */
const UNTRUSTED = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBkDCCATagAwIBAgIUPDTOgXRAbcnX8++2PW5PwC7JTRMwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyODAxMDg1NFoYDzIxMjYxMTA0
MDEwODU0WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARXx2AoKlSLLFMd0+grKv18tXfHCSfE0Vv1jRcZsg0UC5wjwIXMp4a2
xFKHRAIi+Hb34N7jzuNAWTovb5RQC5Ozo2QwYjAdBgNVHQ4EFgQUAeGX30WzVy8t
kZEEnH+I8cEhCQkwHwYDVR0jBBgwFoAUAeGX30WzVy8tkZEEnH+I8cEhCQkwDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUC
IHzXhzswKpPn6uFjwV/uu9vA28mTCbHiziFs51R7cHYDAiEAs461TBSuveIgD/+t
iTS6JRY0Kx9Q4JAF9HcEszfXIM0=
-----END CERTIFICATE-----`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgt1BF3ZzBy+ti6C0h
52W1jOcbzjbvX4uVS0UtghVy+gahRANCAARXx2AoKlSLLFMd0+grKv18tXfHCSfE
0Vv1jRcZsg0UC5wjwIXMp4a2xFKHRAIi+Hb34N7jzuNAWTovb5RQC5Oz
-----END PRIVATE KEY-----`,
};

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

Deno.test("nor by faults of connections, by what is written for people, or by an output of before", () =>
  withFolder(async (folder) => {
    await using server = await ObjectServer.start();
    for (const hour of [0, 1]) {
      server.objects.set(`/sea/20210101_0${hour}0000.wav`, { bytes: wavOf(6, hour + 1) });
    }
    const { origin } = server;
    const local = { hostname: "127.0.0.1", port: 0, onListen: (): void => {} };
    await using distrusted = Deno.serve({ ...local, ...UNTRUSTED }, () => new Response());
    const tls = `https://127.0.0.1:${distrusted.addr.port}`;
    // It sends on to nobody by an address that lets in.
    await using leading = Deno.serve(
      local,
      () => Response.redirect(`http://127.0.0.1:1/a.wav?X-Amz-Signature=${HUSH}`, 302),
    );
    const scores = join(folder, "planted");
    await plantHour(scores, Date.UTC(2021, 0, 1), 0.9);
    const template = "/sea/{YYYYMMDD}_{HH}0000.wav";
    const odd: string[] = [];
    const run = async (
      args: string[],
      ends: number | "as it may",
      environment: Record<string, string> = {},
    ): Promise<string> => {
      const { code, out, err } = await megaptera(["--verbose", ...args], folder, environment);
      const isOther = typeof ends === "number" ? code !== ends : code === 1;
      const isSaid = new RegExp(HUSH, "i").test(out + err);
      const what = args.join(" ").replaceAll(HUSH, "…");
      if (isOther || isSaid) odd.push(`${what}\nended with ${code}, not ${ends}:\n${out}${err}`);
      return out;
    };
    let outputs = 0;
    const out = (): string[] => ["--out", join(folder, `out${outputs++}`)];
    const model = ["--model", "demo"];
    for (const secret of WAYS) {
      await run(["score", secret(`${tls}/sea/20210101_000000.wav`), ...model, ...out()], 78);
      await run(["score", "--source", secret(tls + template), ...DAY, ...out()], 78);
      await run(["report", scores, "--audio", secret("s3://sea"), ...out()], "as it may");
      const page = ["report", scores, "--region", secret("s3://sea"), "--endpoint", secret(origin)];
      await run([...page, ...out()], 0);
      await run(
        ["calls", scores, "--calibration", secret("s3://sea/c.json"), ...out()],
        "as it may",
      );
      await run(["score", "a.wav", "--model", secret("s3://sea/a.onnx"), ...out()], "as it may");
      for (const command of ["report", "calls", "presence", "scores export"]) {
        await run([...command.split(" "), scores, "--out", secret("https://sea.org/a")], 64);
      }
    }
    const { port } = leading.addr;
    await run(["score", `http://127.0.0.1:${port}/20210101_000000.wav`, ...model, ...out()], 75);
    const s3 = ["score", "s3://sea/20210101_000000.wav", ...model, "--region", "us-west-2"];
    const keys = { AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: HUSH };
    for (const name of ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "HTTP_PROXY", "HTTPS_PROXY"]) {
      await run([...s3, ...out()], "as it may", { ...keys, [name]: WAYS[0](origin) });
    }

    // A worker that fails by an address that it alone was given, and what is said of it later.
    const where = out();
    const range = ["batch-range", ...RANGE, "--on", "local", "--source", tls + template];
    const given = { MEGAPTERA_SOURCE: WAYS[0](tls + template) };
    await run([...range, ...where, "--watch"], 65, given);
    const commands = [["batch-status"], ["batch-verify"], ["batch-retry", "--watch"], [
      "batch-cancel",
    ]];
    for (const command of commands) await run([...command, ...where], "as it may", given);
    assert.match(await run(["batch-logs", "--failed", ...where], 0), /the server can't be trusted/);
    await assertNoneBelow(folder);

    // A plan that holds one, as those of before may.
    for await (const { name } of Deno.readDir(join(where[1], "runs"))) {
      if (name === "index") continue;
      const path = join(where[1], "runs", name, "plan.json");
      const plan = await Deno.readTextFile(path);
      assert.ok(plan.includes(tls));
      await Deno.writeTextFile(path, plan.replace(tls, WAYS[0](tls)));
      for (const command of [...commands, ["batch-logs", "--failed"]]) {
        await run([...command, ...where], "as it may");
      }
      await Deno.remove(path);
    }
    assert.deepEqual(odd, []);
    await assertNoneBelow(folder);
  }));

/** Looks through every file: manifests, logs, plans, submissions, states, reports. */
async function assertNoneBelow(folder: string): Promise<void> {
  for (const name of await filesBelow(folder)) {
    // Those are the user's own.
    if (/^sites\d+\.json$/.test(name)) continue;
    const text = name + new TextDecoder().decode(await Deno.readFile(join(folder, name)));
    assert.ok(!text.toLowerCase().includes(HUSH.toLowerCase()), name);
  }
}
