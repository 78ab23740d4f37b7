import assert from "node:assert/strict";
import fc from "fast-check";
import { openSource } from "../../../pipeline/places/schemes.ts";
import type { RemoteAccess } from "../../../pipeline/places/remote_access.ts";
import { SourceFault } from "../../../pipeline/places/source.ts";

/** Where the suite puts its files, and how it reads them. */
export interface SourceHome {
  /** Puts a file there. */
  put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Its place, as `openSource` takes it. */
  place(name: string): string;
  /** How it is asked. */
  access(): RemoteAccess;
}

/** Bytes that differ from place to place. */
export function pattern(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = Math.imul(i + seed, 2654435761) >>> 11;
  return bytes;
}

/** What every source promises, whatever it reads from. */
export async function rangeSourceSuite(test: Deno.TestContext, home: SourceHome): Promise<void> {
  const bytes = pattern(3_000_000);
  await home.put("song é #1.wav", bytes);
  await home.put("short.wav", pattern(10));
  await home.put("empty.wav", new Uint8Array(0));

  await test.step("it says how long it is and which version", async () => {
    const access = home.access();
    const source = await openSource(home.place("song é #1.wav"), access);
    assert.equal(source.sizeBytes, bytes.length);
    assert.match(source.version, /^[\w:.+-]{6,}$/);
    assert(!source.uri.includes("?"));
    source.close();
    source.close(); // twice is no fault
    access.close();
  });

  await test.step("any spans are read right, with and without being told before", async () => {
    const span = fc.record({
      offset: fc.nat(bytes.length + 10),
      length: fc.oneof(fc.nat(5000), fc.nat(bytes.length)),
      told: fc.option(fc.tuple(fc.nat(bytes.length), fc.nat(bytes.length))),
    });
    const property = fc.asyncProperty(
      fc.array(span, { minLength: 1, maxLength: 8 }),
      fc.boolean(),
      async (spans, atOnce) => {
        const access = home.access();
        const source = await openSource(home.place("song é #1.wav"), access);
        const read = async ({ offset, length, told }: (typeof spans)[number]): Promise<void> => {
          if (told) source.willRead?.(told[0], told[0] + told[1]);
          const expected = bytes.subarray(offset, offset + length);
          const got = await source.read(offset, length);
          assert(Buffer.compare(got, expected) === 0, `bytes from ${offset}`);
        };
        if (atOnce) await Promise.all(spans.map(read));
        else for (const each of spans) await read(each);
        source.close();
        access.close();
      },
    );
    await fc.assert(property, { numRuns: 25 });
  });

  await test.step("a read is cut at the end", async () => {
    const access = home.access();
    const source = await openSource(home.place("short.wav"), access);
    assert.deepEqual(await source.read(7, 1e15), pattern(10).slice(7));
    assert.equal((await source.read(10, 5)).length, 0);
    assert.equal((await source.read(100, 5)).length, 0);
    assert.throws(() => source.read(-1, 5), RangeError);
    assert.throws(() => source.read(0, 0.5), RangeError);
    source.close();
    access.close();
  });

  await test.step("an empty file can be opened and has no bytes", async () => {
    const access = home.access();
    const source = await openSource(home.place("empty.wav"), access);
    assert.equal(source.sizeBytes, 0);
    assert.equal((await source.read(0, 100)).length, 0);
    source.close();
    access.close();
  });

  await test.step("a file that is not there is missing, in a sentence that names it", async () => {
    const access = home.access();
    await assert.rejects(openSource(home.place("nothing.wav"), access), (error) => {
      assert(error instanceof SourceFault);
      assert.equal(error.reason, "missing");
      assert.equal(error.kind, "data");
      assert.match(error.message, /^Cannot read .*nothing\.wav as there is no such file.*\.$/);
      return true;
    });
    access.close();
  });
}
