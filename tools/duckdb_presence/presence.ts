// deno-lint-ignore-file no-console
// Hourly presence of a folder of score files by DuckDB, told the columns: without a median filter.
// Has a configuration and lock of its own, so that `deno task` does not fetch DuckDB.
import { DuckDBInstance } from "@duckdb/node-api";

const [folder, threshold] = Deno.args;
const started = performance.now();
const connection = await (await DuckDBInstance.create()).connect();
const reader = await connection.runAndReadAll(`
  select epoch_ms(date_trunc('hour', timestamp))::double as hour,
    count(raw_score)::double as effort,
    (count(*) filter (raw_score >= ${Number(threshold)}))::double as positive
  from read_csv('${folder.replaceAll("'", "''")}/**/*.csv', header = true,
    columns = {'timestamp': 'TIMESTAMP', 'raw_score': 'DOUBLE'})
  group by 1 order by 1`);
const rows = reader.getRows() as number[][];
const seconds = (performance.now() - started) / 1000;
console.log(JSON.stringify({ seconds, rows }));
