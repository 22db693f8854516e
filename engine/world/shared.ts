/** Typed arrays over shared memory, so that a World crosses to worker threads without a copy. */
interface TypedArrayClass<T> {
  new (buffer: SharedArrayBuffer): T;
  readonly BYTES_PER_ELEMENT: number;
}

export function shared<T extends { set(source: ArrayLike<number>): void; readonly length: number }>(
  type: TypedArrayClass<T>,
  source: number | ArrayLike<number>,
): T {
  const length = typeof source === "number" ? source : source.length;
  const array = new type(new SharedArrayBuffer(length * type.BYTES_PER_ELEMENT));
  if (typeof source !== "number") array.set(source);
  return array;
}
