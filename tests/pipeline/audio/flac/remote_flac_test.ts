import assert from "node:assert/strict";
import { openRecording } from "../../../../pipeline/audio/mod.ts";
import { RemoteAccess } from "../../../../pipeline/places/mod.ts";
import { ObjectServer } from "../../../helpers/object_server.ts";
import { withFolder } from "../../../helpers/temporary_folder.ts";
import { encode, hasFlac } from "./flac_command.ts";

const RATE = 16000;

Deno.test({
  name: "of a FLAC file far away little more is fetched than what is read of it",
  ignore: !hasFlac,
  fn: () =>
    withFolder(async (folder) => {
      const shape = { channels: 1, bits: 16, sampleRateHz: RATE, frames: 600 * RATE };
      await encode(`${folder}/a.flac`, shape, ["-8"]);
      const bytes = await Deno.readFile(`${folder}/a.flac`);
      await using server = await ObjectServer.start();
      server.objects.set("/sea/a.flac", { bytes });
      const local = await openRecording(`${folder}/a.flac`);
      for (const [from, to] of [[0, 600], [0, 150], [200, 400], [450, 600]]) {
        const access = new RemoteAccess();
        const remote = await openRecording(`${server.origin}/sea/a.flac`, access);
        server.requests.length = 0;
        remote.willRead?.(from * RATE, to * RATE);
        for (let second = from; second < to; second += 30) {
          const count = Math.min(30, to - second) * RATE;
          const expected = await local.read(second * RATE, count, 0);
          assert.deepEqual(await remote.read(second * RATE, count, 0), expected);
        }
        const share = bytes.length * (to - from) / 600;
        // The head, the tail, looking for both places, and the last batch.
        const extra = access.bytesFetched - share;
        assert(extra < 700_000, `${extra} bytes more than ${share} from ${from} to ${to}`);
        assert(server.requests.length < 20, `${server.requests.length} requests`);
        remote.close();
        access.close();
      }
      local.close();
    }),
});
