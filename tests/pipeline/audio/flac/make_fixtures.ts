// Makes the fixtures again: deno run --allow-read --allow-write --allow-run=flac make_fixtures.ts
import { fixturePath, fixtures } from "./fixtures.ts";
import { encode } from "./flac_command.ts";

for (const fixture of fixtures) await encode(fixturePath(fixture.name), fixture, fixture.args);
