/** Where bytes of a file come from: a file on disk that is read in parts, or bytes in memory. */
export interface ByteSource {
  /** Said in errors. */
  readonly name: string;
  /** Bytes in all. */
  readonly size: number;
  /** `length` bytes from `offset`; both lie within the file. The array may be reused by the next call. */
  read(offset: number, length: number): Uint8Array;
}

export const sourceOf = (name: string, bytes: Uint8Array): ByteSource => ({
  name,
  size: bytes.byteLength,
  read: (offset, length) => bytes.subarray(offset, offset + length),
});
