import assert from "node:assert/strict";
import { join } from "node:path";
import type { ScoreArguments } from "../../../commands/score/what_to_score.ts";
import { knownHosts } from "../../../commands/score/fence.ts";
import { findSite } from "../../../pipeline/timeline/mod.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";

const MARS = { source: findSite("mars").source, site: findSite("mars") };
const BUCKET = "pacific-sound-16khz.s3.us-west-2.amazonaws.com";

Deno.test("the hosts of a public bucket and of an S3 server are known, others are not", () =>
  withFolder(async (folder) => {
    const config = join(folder, "config");
    const hosts = (
      options: Partial<ScoreArguments>,
      files: string[] = [],
      variables: Record<string, string> = {},
    ) => {
      const read = (name: string): string | undefined =>
        ({ AWS_CONFIG_FILE: config, ...variables })[name];
      const asked = { out: "scores", ...options } as ScoreArguments;
      const source = files.length > 0 ? undefined : MARS;
      return knownHosts({ files, options: asked, source }, read);
    };
    assert.deepEqual(await hosts({}), [BUCKET]);
    const open = { unsigned: true, region: "cn-north-1" };
    assert.deepEqual(await hosts(open, ["s3://sea/a.wav", "s3://my.sea/b/", "c.wav"]), [
      "sea.s3.cn-north-1.amazonaws.com.cn",
      "s3.cn-north-1.amazonaws.com.cn",
    ]);
    const own = { endpoint: "http://127.0.0.1:7070", out: "s3://mine/scores" };
    assert.deepEqual(await hosts(own), ["127.0.0.1:7070"]);
    const keys = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
    assert.deepEqual(await hosts(own, ["s3://sea/a.wav"], keys), ["127.0.0.1:7070"]);

    const unknown = [
      await hosts(own, ["s3://sea/a.wav"]),
      await hosts(own, ["s3://sea/a.wav"], { ...keys, AWS_PROFILE: "lab" }),
      await hosts({ ...open, endpoint: "sea.org" }, ["s3://sea/a.wav"]),
      await hosts({ ...open, region: "us-iso-east-1" }, ["s3://sea/a.wav"]),
      await hosts(open, ["s3://sea-{YYYY}/a.wav"]),
      await hosts(open, ["s3://sea--usw2-az1--x-s3/a.wav"]),
      await hosts({}, ["a.wav"]),
      await hosts({ unsigned: true }, ["s3://sea/a.wav"]),
      await hosts({ region: "us-west-2" }, ["s3://sea/a.wav"]),
      await hosts({ ...open, out: "s3://mine/scores" }, ["s3://sea/a.wav"]),
      await hosts(open, ["s3://sea/a.wav", "https://sea.org/a.wav"]),
      await hosts({}, [], { AWS_ENDPOINT_URL_S3: "http://127.0.0.1:1" }),
      await hosts({}, [], { AWS_USE_FIPS_ENDPOINT: "true" }),
    ];
    assert.deepEqual(unknown, unknown.map(() => undefined));
    await Deno.writeTextFile(config, "[default]\nuse_dualstack_endpoint = true\n");
    assert.equal(await hosts({}), undefined);
  }));
