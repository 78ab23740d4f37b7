import { parquetMetadata, parquetSchema } from "hyparquet";
import { parquetHeader, readColumn } from "hyparquet/src/column.js";
import { DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { getTreePath } from "hyparquet/src/schema.js";
import { MegapteraError } from "../../core/mod.ts";
import type { Bout } from "../../pipeline/bouts/mod.ts";
import { CALL_COLUMNS } from "./bout_fields.ts";
import { boutOfFields } from "./bout_of_fields.ts";

/**
 * Reads bouts as Parquet back.
 *
 * @param bytes The file.
 * @param name How to name the file in errors.
 * @returns The bouts.
 * @throws {MegapteraError} `data`, naming the file and the row.
 */
export function parseParquetBouts(bytes: Uint8Array<ArrayBuffer>, name: string): Bout[] {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  let rows: Record<string, unknown>[];
  try {
    rows = parquetRows(file, CALL_COLUMNS);
  } catch (cause) {
    throw new MegapteraError("data", `Cannot read ${name} as it is not a whole Parquet file.`, {
      cause,
    });
  }
  return rows.map((row, i) =>
    boutOfFields(
      { ...row, start: iso(row.start), end: iso(row.end), peak_time: iso(row.peak_time) },
      `${name}, row ${i + 1}`,
    )
  );
}

/** Formats a time; of one that can't be, words that are refused as no time. */
function iso(value: unknown): unknown {
  if (!(value instanceof Date)) return value;
  return Number.isNaN(value.getTime()) ? "no time" : value.toISOString();
}

/** No codec makes a page of different times this much smaller. */
const MOST_RATIO = 200;
const SMALL_PAGE_BYTES = 1 << 16;

/**
 * Reads the rows of a Parquet file of plain columns. A few bytes may say that they are millions of
 * values, and hyparquet makes room for what they say: so all that a column says of its size is held to
 * the bytes that are there, before it is read. Its columns are read one after another, as hyparquet's
 * own functions leave the faults of several to nobody.
 *
 * @param file The file's bytes.
 * @param names The columns that are wanted; those that are not there are left out.
 * @returns The rows.
 * @throws {Error} Where it is damaged, or says more than it can hold.
 */
function parquetRows(
  file: ArrayBuffer,
  names: readonly string[],
): Record<string, unknown>[] {
  const metadata = parquetMetadata(file);
  const schema = parquetSchema(metadata);
  const rows: Record<string, unknown>[] = [];
  for (const group of metadata.row_groups) {
    const first = rows.length;
    const count = Number(group.num_rows);
    // A row of a bout takes a byte at least, as no two have one time.
    hold(
      count >= 0 && first + count <= file.byteLength,
      "it says that it has more rows than bytes",
    );
    for (let row = 0; row < count; row++) rows.push({});
    for (const { meta_data: column } of group.columns) {
      const name = column?.path_in_schema.join(".") ?? "";
      if (!column || !names.includes(name)) continue;
      const first = column.dictionary_page_offset ?? column.data_page_offset;
      const start = Number(first < column.data_page_offset ? first : column.data_page_offset);
      const bytes = Number(column.total_compressed_size);
      hold(start >= 0 && bytes >= 0 && start + bytes <= file.byteLength, "a column lies beyond it");
      checkPages(new DataView(file, start, bytes), count);
      const schemaPath = getTreePath(schema, column.path_in_schema);
      const decoder = {
        ...column,
        pathInSchema: column.path_in_schema,
        schemaPath,
        element: schemaPath[schemaPath.length - 1].element,
        parsers: DEFAULT_PARSERS,
      };
      const reader = { view: new DataView(file, start, bytes), offset: 0 };
      const select = { groupStart: 0, groupRows: count, selectStart: 0, selectEnd: count };
      const values = readColumn(reader, select, decoder).data.flatMap((page) => Array.from(page));
      hold(values.length === count, "a column has fewer values than rows");
      values.forEach((value, row) => rows[rows.length - count + row][name] = value);
    }
  }
  return rows;
}

/** Walks over the pages of a column, each of which says how much it will be. */
function checkPages(view: DataView<ArrayBuffer>, rows: number): void {
  const reader = { view, offset: 0 };
  let values = 0;
  while (values < rows && reader.offset < view.byteLength) {
    const header = parquetHeader(reader);
    const compressed = Number(header.compressed_page_size);
    const whole = Number(header.uncompressed_page_size);
    hold(compressed >= 0 && reader.offset + compressed <= view.byteLength, "a page lies beyond it");
    hold(whole <= SMALL_PAGE_BYTES + MOST_RATIO * compressed, "a page is too large to be true");
    const { data_page_header: one, data_page_header_v2: two, dictionary_page_header } = header;
    const held = Number(one?.num_values ?? two?.num_values ?? 0);
    values += held;
    hold(held >= 0 && values <= rows, "a column has more values than rows");
    // Values of a dictionary are written out, each in a bit at least.
    const listed = Number(dictionary_page_header?.num_values ?? 0);
    hold(listed >= 0 && listed <= 8 * whole, "a dictionary is too large to be true");
    reader.offset += compressed;
  }
}

function hold(isTrue: boolean, words: string): asserts isTrue {
  if (!isTrue) throw new RangeError(words);
}
