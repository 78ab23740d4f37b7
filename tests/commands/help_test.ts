import assert from "node:assert/strict";
import { join } from "node:path";
import { runHere } from "../helpers/command_line.ts";
import { plantHour } from "../helpers/planted_scores.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

const COMMANDS = [
  ...[
    "score",
    "demo",
    "example",
    "model install",
    "model show",
    "model check",
    "inspect",
    "verify",
  ],
  ...["evaluate", "calls", "presence", "report", "scores export", "simulate", "batch-range"],
  ...["batch-status", "batch-logs", "batch-cancel", "batch-retry", "batch-verify", "batch-setup"],
  ...["batch-teardown", "batch-push", "batch-doctor"],
];

Deno.test("without a command, what to do first is said in three commands", () =>
  withFolder(async (folder) => {
    const { code, out } = await runHere([], folder);
    assert.equal(code, 0);
    assert.deepEqual(
      [...out.matchAll(/^ {2}megaptera (\w+)/gm)].map(([, name]) => name),
      ["demo", "inspect", "score"],
    );
    assert.ok(out.split("\n").length < 10);
  }));

Deno.test("the help of each command ends in examples that use options it has", () =>
  withFolder(async (folder) => {
    for (const command of COMMANDS) {
      const { out } = await runHere([...command.split(" "), "--help"], folder);
      const [help, examples] = out.split("Examples:\n");
      const lines = examples.trim().split("\n");
      assert.ok(lines.length === 1 || lines.length === 2, command);
      for (const line of lines) {
        assert.match(line, new RegExp(`^ *megaptera ${command}( |$)`));
        for (const [option] of line.matchAll(/--[a-z-]+/g)) {
          assert.ok(help.includes(`${option} `), `${command} has no ${option}`);
        }
      }
      const [, servers] = help.split("S3 and other servers:\n");
      if (servers === undefined) continue;
      assert.doesNotMatch(servers, /:\n/, `${command}: nothing comes after servers`);
      assert.doesNotMatch(help.split("S3 and other servers:\n")[0], /--(endpoint|unsigned)/);
    }
    const { out } = await runHere(["calls", "--help"], folder);
    assert.match(out.replaceAll(/\s+/g, " "), /--threshold <score> .*\(default: 0\.5, a convent/);
  }));

Deno.test("a mistyped command or option is suggested, a missing argument is shown with an example", () =>
  withFolder(async (folder) => {
    const cases: [args: string[], words: RegExp][] = [
      [["cals"], /unknown command 'cals'\n\(Did you mean calls\?\)/],
      [["score", "--ot", "x"], /unknown option '--ot'\n\(Did you mean --out\?\)/],
      [
        ["calls"],
        /missing required argument 'scores'\nUsage: megaptera calls .*\nExample: megaptera calls /,
      ],
      [
        ["simulate"],
        /required option '--start <day>' .*\nUsage: megaptera simulate .*\nExample: .* --stop /,
      ],
      [["model", "check"], /'wav'\nUsage: megaptera model check .*\nExample: .* RECORDING\.wav\n/],
    ];
    for (const [args, words] of cases) {
      const { code, err } = await runHere(args, folder);
      assert.equal(code, 64);
      assert.match(err, words);
    }
  }));

Deno.test("each command names the next one with the user's own paths, beside its result", () =>
  withFolder(async (folder) => {
    const scores = join(folder, "my scores");
    await plantHour(scores, Date.UTC(2021, 0, 1), (bin) => bin < 100 ? 0.9 : 0.1);
    const quoted = `'${scores}'`;
    const run = async (...args: string[]): Promise<{ out: string; next: string | undefined }> => {
      const { code, out, err } = await runHere(args, folder);
      assert.ok(code === 0 || code === 3, err);
      return { out, next: /^Next: (.*)$/m.exec(err)?.[1] };
    };
    const bouts = join(folder, "calls.csv");
    assert.equal(
      (await run("calls", scores, "--threshold", "0.6", "--edges", "zero", "--out", bouts)).next,
      `megaptera presence ${quoted} --threshold 0.6 --edges zero --by day --out presence.csv`,
    );
    const table = await run("presence", scores, "--median", "11", "--schedule", "10m/30m");
    assert.equal(
      table.next,
      `megaptera report ${quoted} --median 11 --schedule 600s/1800s --out report.html`,
    );
    assert.doesNotMatch(table.out, /Next/);
    assert.equal((await run("verify", scores)).next, `megaptera calls ${quoted} --out calls.csv`);
    const made = join(folder, "made");
    const days = ["--start", "2021-01-01", "--stop", "2021-01-02"];
    const simulated = await run("simulate", ...days, "--site", "mars", "--out", made);
    assert.equal(simulated.next, `megaptera report '${made}' --site mars`);
  }));
