import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { WORKER_ARGUMENTS } from "../../batch/runner.ts";
import { wavOf } from "../helpers/archive.ts";
import { buildah, buildWorkerImage, HAS_BUILDAH, runProgram } from "../helpers/buildah.ts";
import { megaptera } from "../helpers/command_line.ts";
import { ObjectServer } from "../helpers/object_server.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const RANGE = ["--start", "2021-01-01", "--stop", "2021-01-01T03Z", "--model", "demo"];
const KEYS = {
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "testtest",
  AWS_REGION: "us-west-2",
};

Deno.test({
  name:
    "the image's worker scores a share as a user without rights, and writes nowhere but /scratch",
  ignore: !HAS_BUILDAH,
  fn: async () => {
    const folder = await Deno.makeTempDir();
    await using server = await ObjectServer.start();
    server.buckets.add("out");
    for (const hour of [0, 1, 2]) {
      server.objects.set(`/sea/20210101_0${hour}0000.wav`, { bytes: wavOf(8, hour + 1) });
    }
    try {
      await using image = await buildWorkerImage();
      // The same run, first on this machine.
      const where = ["--out", "s3://out/scores", "--endpoint", server.origin];
      const source = ["--source", "s3://sea/{YYYYMMDD}_{HH}0000.wav", "--region", "us-west-2"];
      const args = ["batch-range", ...RANGE, ...source, "--on", "local", "--watch", ...where];
      const planned = await megaptera(args, folder, KEYS);
      assert.equal(planned.code, 0, planned.err);
      const run = /^Run (\S+):/m.exec(planned.out)![1];
      const isScores = (path: string): boolean => path.startsWith("/out/scores/2021/");
      const scores = [...server.objects].filter(([path]) => isScores(path));
      for (const [path] of scores) server.objects.delete(path);

      const container = await buildah("from", "--pull-never", image.name);
      const format = "{{range .OCIv1.Config.Entrypoint}}{{println .}}{{end}}";
      const entryPoint = (await buildah("inspect", "--format", format, container)).split("\n");
      const environment = {
        ...KEYS,
        MEGAPTERA_OUT: "s3://out/scores",
        MEGAPTERA_RUN: run,
        MEGAPTERA_SUBMISSION: "1",
        MEGAPTERA_ENDPOINT: server.origin,
        AWS_BATCH_JOB_ATTEMPT: "2",
      };
      const said = Object.entries(environment).flatMap((
        [name, value],
      ) => ["-e", `${name}=${value}`]);
      await new Promise((done) => setTimeout(done, 1100)); // files are told apart by the second
      await Deno.writeTextFile(`${folder}/mark`, "");
      const ended = await runProgram("buildah", "run", ...said, container, "--", ...entryPoint);
      assert.equal(ended.code, 0, ended.err);
      assert.match(ended.out, /"event":"end","exit_code":0/);
      const text = new TextDecoder();
      for (const [path, { bytes }] of scores.filter(([path]) => path.endsWith(".csv"))) {
        assert.equal(text.decode(server.objects.get(path)!.bytes), text.decode(bytes), path);
      }
      const manifest = server.objects.get("/out/scores/2021/01/20210101_00.json")!;
      assert.match(text.decode(manifest.bytes), /"engine": "onnxruntime-node /);

      const mounted = await buildah("mount", container);
      const { out: touched } = await runProgram(
        ...["find", mounted, "-xdev", "-newer", `${folder}/mark`, "-type", "f"] as const,
      );
      const outside = touched.split("\n").filter((path) =>
        path !== "" && !/\/(scratch|etc|run|proc|sys|dev)\//.test(path.slice(mounted.length))
      );
      assert.deepEqual(outside, []);
      assert.equal(
        await buildah("inspect", "--format", "{{.OCIv1.Config.User}}", container),
        "1993:1993",
      );
      await buildah("rm", container);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("the image's entry point is the worker, with the permissions that it has elsewhere", async () => {
  const dockerfile = await Deno.readTextFile(`${ROOT}/Dockerfile`);
  const entryPoint: string[] = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(dockerfile)![1]);
  const names = (args: readonly string[]): string[] =>
    args.filter((arg) => arg.startsWith("--allow-")).map((arg) => arg.split("=")[0]).sort();
  assert.deepEqual(names(entryPoint), names(WORKER_ARGUMENTS));
  const variables = WORKER_ARGUMENTS.find((arg) => arg.startsWith("--allow-env="))!;
  assert.ok(entryPoint.includes(variables), "the same variables");
  assert.ok(entryPoint.includes("--allow-write=/scratch"));
  assert.equal(entryPoint.at(-1), "commands/batch_worker.ts");
});

Deno.test("anybody may write to the image's scratch folder, since memory that a job lays over it is root's", async () => {
  const dockerfile = await Deno.readTextFile(`${ROOT}/Dockerfile`);
  const stack = await Deno.readTextFile(`${ROOT}/batch/stack.yaml`);
  // A tmpfs takes the mode of the folder that it covers, and not its owner.
  assert.match(stack, /Tmpfs: \[\{ ContainerPath: \/scratch,/);
  assert.match(dockerfile, /^RUN mkdir -m 1777 \/scratch$/m);
  assert.match(dockerfile, /^USER 1993:1993$/m);
});
