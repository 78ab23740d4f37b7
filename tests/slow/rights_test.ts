import assert from "node:assert/strict";
import { join } from "node:path";
import { wavOf } from "../helpers/archive.ts";
import { megaptera } from "../helpers/command_line.ts";
import { plantHour } from "../helpers/planted_scores.ts";
import { taskFlags } from "../helpers/task_flags.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

Deno.test("each command works with its task's own rights", () =>
  withFolder(async (folder) => {
    const at = (name: string): string => join(folder, name);
    const sea = at("sea");
    await Deno.mkdir(sea);
    for (const hour of [0, 1]) {
      await Deno.writeFile(join(sea, `20210101_0${hour}0000.wav`), wavOf(9, hour));
    }
    const planted = at("planted");
    await plantHour(planted, Date.UTC(2021, 0, 1), (bin) => bin < 100 ? 0.9 : 0.1);
    const wav = join(sea, "20210101_000000.wav");
    const range = ["--start", "2021-01-01", "--stop", "2021-01-01T02Z", "--model", "demo"];
    const commands: string[][] = [
      ["score", sea, "--model", "demo", "--out", at("scores")],
      [
        "score",
        "--source",
        sea,
        "--date",
        "2021-01-01",
        "--model",
        "demo",
        "--engine",
        "tfjs",
        "--dry-run",
      ],
      ["inspect", sea],
      ["verify", at("scores"), "--deep"],
      ["calls", planted, "--out", at("calls.csv")],
      ["calls", planted, "--sensitivity"],
      ["presence", planted],
      ["presence", planted, "--out", at("presence.csv")],
      ["scores", "export", planted, "--out", at("scores.parquet")],
      ["report", planted, "--out", at("report.html")],
      [
        "evaluate",
        at("calls.csv"),
        at("calls.csv"),
        "--coverage",
        "2021-01-01T00:00:00Z/2021-01-01T01:00:00Z",
      ],
      ["simulate", "--start", "2021-01-01", "--stop", "2021-01-02", "--out", at("made")],
      ["model", "check", wav, "--model", "demo"],
      ["batch-range", ...range, "--source", sea, "--on", "local", "--out", at("run"), "--watch"],
      ["batch-status", "--out", at("run")],
      ["batch-logs", "--failed", "--out", at("run")],
      ["batch-cancel", "--out", at("run")],
      ["batch-retry", "--out", at("run")],
      ["batch-verify", "--out", at("run")],
    ];
    for (const args of commands) {
      const flags = await taskFlags(args[0]);
      const { code, out, err } = await megaptera(args, folder, {}, { flags });
      assert.doesNotMatch(out + err, /NotCapable|--allow-/, args.join(" "));
      assert.ok(code === 0 || code === 3, `${args.join(" ")} ended with ${code}\n${out}${err}`);
    }
  }));
