import assert from "node:assert/strict";
import { MegapteraError } from "../../../core/errors.ts";
import {
  SourceFault,
  type SourceFaultReason,
  UNKNOWN_VERSION,
} from "../../../pipeline/places/mod.ts";
import { HEAD_BYTES } from "../../../pipeline/places/remote_source.ts";
import type { FaultRule } from "../../helpers/fault_proxy.ts";
import type { StoredObject } from "../../helpers/object_server.ts";
import { behindProxy, PROTOCOLS } from "./behind_proxy.ts";
import { pattern } from "./range_source_suite.ts";

const bytes = pattern(500_000);

/** Checks a source's own fault, in one sentence. */
function isFault(reason: SourceFaultReason, words: RegExp): (error: unknown) => true {
  return (error) => {
    assert(error instanceof SourceFault, String(error));
    assert.equal(error.reason, reason, error.message);
    assert.match(error.message, /^Cannot read \S+\.wav as .*\.$/);
    assert.match(error.message, words);
    return true;
  };
}

/** What ends with a fault, however often it is tried. */
const LASTING: readonly {
  name: string;
  rule: FaultRule;
  reason: SourceFaultReason;
  words: RegExp;
  tries: number;
}[] = [
  {
    name: "a whole file for every range",
    rule: { from: 2, range: null },
    reason: "wrong answer",
    words: /answered 200 to a range/,
    tries: 3,
  },
  {
    name: "every range short",
    rule: { from: 2, range: `bytes=${HEAD_BYTES}-${HEAD_BYTES + 9}` },
    reason: "wrong answer",
    words: /sent bytes \d+ to \d+ where \d+ to 499999 were asked for/,
    tries: 3,
  },
  {
    name: "a wrong Content-Range",
    rule: { from: 2, headers: { "content-range": `bytes ${HEAD_BYTES + 1}-499999/500000` } },
    reason: "wrong answer",
    words: /sent bytes \d+ to 499999/,
    tries: 3,
  },
  {
    name: "no Content-Range",
    rule: { from: 2, headers: { "content-range": null } },
    reason: "wrong answer",
    words: /does not say which range/,
    tries: 3,
  },
  {
    name: "a wrong Content-Length",
    rule: { from: 2, headers: { "content-length": "7" } },
    reason: "wrong answer",
    words: /announced 7 bytes for a range of 4\d{5}/,
    tries: 3,
  },
  {
    name: "a truncated object, whose bodies end as if they were whole",
    rule: { from: 2, endAfter: 0, headers: { "content-length": null } },
    reason: "wrong answer",
    words: /announced bytes and sent none/,
    tries: 3,
  },
  {
    name: "another total size than before",
    rule: { from: 2, headers: { "content-range": `bytes ${HEAD_BYTES}-499999/500001` } },
    reason: "changed",
    words: /replaced while it was being read/,
    tries: 1,
  },
  {
    name: "a 403 in the middle",
    rule: { from: 2, status: 403, code: "AccessDenied" },
    reason: "forbidden",
    words: /403/,
    tries: 1,
  },
  {
    name: "a 416 in the middle",
    rule: { from: 2, status: 416, code: "InvalidRange" },
    reason: "wrong answer",
    words: /416/,
    tries: 1,
  },
];

for (const protocol of PROTOCOLS) {
  for (const { name, rule, reason, words, tries } of LASTING) {
    Deno.test(`${protocol}: ${name} is never taken for the bytes`, async () => {
      for (const told of [false, true]) {
        await behindProxy(protocol, { bytes }, [rule], async ({ open, proxy }) => {
          const source = await open();
          if (told) source.willRead?.(0, bytes.length);
          await assert.rejects(source.read(0, bytes.length), isFault(reason, words));
          assert.equal(proxy.requests.length, 1 + tries);
          source.close();
        });
      }
    });
  }

  Deno.test(`${protocol}: what is missing or forbidden is asked for once, and told apart`, () =>
    behindProxy(protocol, { bytes }, [], async ({ open, proxy, server }) => {
      await assert.rejects(open("none.wav"), isFault("missing", /there is no such file/));
      server.forbidden.add("/sea/a.wav");
      await assert.rejects(open(), isFault("forbidden", /403 \w+/));
      assert.equal(proxy.requests.length, 2);
    }));

  Deno.test(`${protocol}: a server that stays away is given up in time, and named`, () =>
    behindProxy(protocol, { bytes }, [{ from: 2, status: 503 }], async ({ open, slept }) => {
      const source = await open();
      const words = /503.*\(tried \d+ times in 600 s\): run the same command again later\.$/;
      await assert.rejects(source.read(70_000, 10), isFault("unreachable", words));
      assert(slept() > 550_000 && slept() <= 600_000);
      source.close();
    }));

  for (const how of ["412", "ETag", "weak ETag", "time", "size"] as const) {
    if (protocol === "s3" && how === "weak ETag") continue;
    Deno.test(`${protocol}: a file that is replaced while it is read is noticed by its ${how}`, () => {
      const version = (n: number): StoredObject => ({
        bytes: pattern(how === "size" ? 500_000 + n : 500_000, n),
        ...how === "weak ETag" ? { etag: `W/"${n}"` } : {},
        ...how === "time" || how === "size" ? { etag: null } : {},
        ...how === "time" ? { lastModified: `Fri, 01 Jan 2021 00:00:0${n} GMT` } : {},
      });
      // Where the condition is lost on the way, the answer's own ETag still tells.
      const rules: FaultRule[] = how === "ETag" ? [{ dropsConditions: true }] : [];
      return behindProxy(protocol, version(1), rules, async ({ open, server }) => {
        const source = await open();
        const first = await source.read(0, 100_000);
        assert(Buffer.compare(first, version(1).bytes.subarray(0, 100_000)) === 0);
        server.objects.set("/sea/a.wav", version(2));
        await assert.rejects(
          source.read(100_000, 300_000),
          isFault("changed", /replaced while it was being read.*nothing of the two was mixed/),
        );
        source.close();
      });
    });
  }

  const undated: StoredObject = { bytes, etag: '"one"' };
  const [time, later] = [1, 2].map((n) => `Fri, 01 Jan 2021 00:00:0${n} GMT`);

  Deno.test(`${protocol}: an answer without the first one's ETag is held to its time of change`, async () => {
    const dated = { ...undated, lastModified: time };
    const without = { from: 2, headers: { etag: null }, dropsConditions: true };
    await behindProxy(protocol, dated, [without], async ({ open, server }) => {
      const source = await open();
      assert.equal((await source.read(0, 100_000)).length, 100_000);
      server.objects.set("/sea/a.wav", { bytes: pattern(500_000, 2), lastModified: later });
      await assert.rejects(source.read(100_000, 300_000), isFault("changed", /was replaced/));
      source.close();
    });
  });

  Deno.test(`${protocol}: an answer that no longer says of which version it is, is refused`, async () => {
    const without = { from: 2, headers: { etag: null }, dropsConditions: true };
    await behindProxy(protocol, undated, [without], async ({ open, proxy }) => {
      const source = await open();
      const words = /no longer says of which version/;
      await assert.rejects(source.read(0, 100_000), isFault("wrong answer", words));
      assert.equal(proxy.requests.length, 4);
      source.close();
    });
  });

  Deno.test(`${protocol}: where nothing tells versions apart, size and first bytes are compared`, async () => {
    const unpinned = { bytes, etag: null };
    await behindProxy(protocol, unpinned, [], async ({ open, server, proxy }) => {
      const source = await open();
      assert.equal(source.version, UNKNOWN_VERSION);
      await source.read(0, 100_000);
      await source.confirm?.();
      assert.match(proxy.requests.at(-1)!, / bytes=0-4095$/);
      server.objects.set("/sea/a.wav", { bytes: pattern(500_000, 2), etag: null });
      await source.read(200_000, 100_000);
      await assert.rejects(source.confirm!(), isFault("changed", /was replaced/));
      source.close();
      server.objects.set("/sea/a.wav", { bytes: pattern(500_001, 2), etag: null });
      const other = await open();
      server.objects.set("/sea/a.wav", unpinned);
      await assert.rejects(other.read(100_000, 10), isFault("changed", /was replaced/));
      other.close();
    });
    await behindProxy(protocol, undated, [], async ({ open, proxy }) => {
      const source = await open();
      await source.confirm?.();
      assert.equal(proxy.requests.length, 1, "who tells versions apart is not asked again");
      source.close();
    });
  });

  Deno.test(`${protocol}: a run that is stopped ends its reads at once, with its reason`, async () => {
    const stop = new AbortController();
    const rules = [{ from: 2, stallAfter: 10 }];
    await behindProxy(protocol, { bytes }, rules, async ({ open }) => {
      const source = await open();
      setTimeout(() => stop.abort(new Error("stopped")), 50);
      await assert.rejects(source.read(0, bytes.length), /stopped/);
      await assert.rejects(source.read(0, bytes.length), /stopped/);
      source.close();
    }, { signal: stop.signal });
  });

  Deno.test(`${protocol}: closing a source ends what is on its way`, () =>
    behindProxy(protocol, { bytes }, [{ from: 2, stallAfter: 10 }], async ({ open }) => {
      const source = await open();
      source.willRead?.(0, bytes.length);
      setTimeout(() => source.close(), 50);
      await assert.rejects(source.read(0, bytes.length), TypeError);
      await assert.rejects(source.read(0, bytes.length), TypeError);
    }));
}

/** Faults of S3 that concern whatever is asked of it, and what is said of them. */
const SETTINGS: readonly { rule: FaultRule; kind: string; words: RegExp }[] = [
  {
    rule: {
      status: 301,
      code: "PermanentRedirect",
      headers: { "x-amz-bucket-region": "eu-west-1" },
    },
    kind: "configuration",
    words: /the bucket sea is in the region eu-west-1: use --region eu-west-1\.$/,
  },
  {
    rule: {
      status: 400,
      code: "AuthorizationHeaderMalformed",
      headers: { "x-amz-bucket-region": "us-west-2" },
    },
    kind: "configuration",
    words: /use --region us-west-2\.$/,
  },
  { rule: { status: 404, code: "NoSuchBucket" }, kind: "data", words: /there is no bucket sea/ },
  { rule: { status: 400, code: "ExpiredToken" }, kind: "denied", words: /ExpiredToken.*log in/ },
  { rule: { status: 403, code: "InvalidAccessKeyId" }, kind: "denied", words: /--unsigned\.$/ },
  { rule: { status: 403, code: "SignatureDoesNotMatch" }, kind: "denied", words: /log in anew/ },
];

for (const { rule, kind, words } of SETTINGS) {
  Deno.test(`s3: ${rule.status} ${rule.code} is a fault of the run, not of one file`, () =>
    behindProxy("s3", { bytes }, [rule], async ({ open, proxy }) => {
      await assert.rejects(open(), (error) => {
        assert(error instanceof MegapteraError && !(error instanceof SourceFault));
        assert.equal(error.kind, kind);
        assert.match(error.message, /^Cannot read s3:\/\/sea\/a\.wav as /);
        assert.match(error.message, words);
        return true;
      });
      assert.equal(proxy.requests.length, 1);
    }));
}
