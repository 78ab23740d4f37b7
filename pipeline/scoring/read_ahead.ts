/**
 * Reads items in their order, some of them ahead of the one in hand.
 *
 * @param items What to read.
 * @param ahead How many are read at the same time, ≥ 1.
 * @param read Reads one.
 * @returns What was read, in order; a fault comes when its item's turn comes.
 */
export async function* readAhead<Item, Read>(
  items: readonly Item[],
  ahead: number,
  read: (item: Item) => Promise<Read>,
): AsyncGenerator<Read> {
  const pending: Promise<Read>[] = [];
  for (let next = 0; next < items.length || pending.length > 0;) {
    while (next < items.length && pending.length < ahead) {
      const promise = read(items[next++]);
      // It is awaited in its turn; until then its fault is not unhandled.
      promise.catch(() => {});
      pending.push(promise);
    }
    yield await pending.shift()!;
  }
}
