import { type FileMetaData, parquetMetadata } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";

/** No codec makes a page of different times this much smaller. */
const MOST_RATIO = 200;
const SMALL_PAGE_BYTES = 1 << 16;

/**
 * Checks that a Parquet file of plain columns takes no more memory than its size allows. A few bytes
 * may say that they are millions of values, and the reader makes room for what they say.
 *
 * @param file The file's bytes.
 * @returns What it says of itself.
 * @throws {Error} Where it is damaged, or says more than it can hold.
 */
export function checkParquet(file: ArrayBuffer): FileMetaData {
  const metadata = parquetMetadata(file);
  let rows = 0;
  for (const group of metadata.row_groups) {
    rows += Number(group.num_rows);
    // A row of a call or a score takes a byte at least, as no two have one time.
    hold(rows >= 0 && rows <= file.byteLength, "it says that it has more rows than bytes");
    for (const { meta_data } of group.columns) {
      hold(meta_data !== undefined, "a column is not described");
      const first = meta_data.dictionary_page_offset ?? meta_data.data_page_offset;
      const start = Number(first < meta_data.data_page_offset ? first : meta_data.data_page_offset);
      const bytes = Number(meta_data.total_compressed_size);
      hold(start >= 0 && bytes >= 0 && start + bytes <= file.byteLength, "a column lies beyond it");
      checkPages(new DataView(file, start, bytes), Number(group.num_rows));
    }
  }
  return metadata;
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
