/** Opens files packed by gzip. */
import { Gunzip } from "fflate";
import { MusterError } from "../errors.js";

/** Bytes that a packed file may hold; a small file can claim to be huge. */
export const MOST_BYTES = 2 ** 31 - 1;

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The bytes inside a gzip file, any other file as it is; throws INPUT_UNREADABLE or INPUT_TOO_LARGE. */
export function unpacked(name: string, bytes: Uint8Array): Uint8Array {
  if (!isGzip(bytes)) return bytes;
  const parts: Uint8Array[] = [];
  let size = 0;
  let complete = false;
  const gunzip = new Gunzip((part, last) => {
    parts.push(part);
    size += part.length;
    complete = last;
    if (size > MOST_BYTES)
      throw new MusterError("INPUT_TOO_LARGE", [
        { place: name, message: `unpacks to more than ${MOST_BYTES} bytes`, limit: MOST_BYTES },
      ]);
  });
  try {
    for (let k = 0; k < bytes.length; k += STEP) gunzip.push(bytes.subarray(k, k + STEP), k + STEP >= bytes.length);
  } catch (error) {
    if (error instanceof MusterError) throw error;
    throw damaged(name, error instanceof Error ? error.message : String(error));
  }
  if (!complete) throw damaged(name, "it ends too early");
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const STEP = 1 << 20;

const damaged = (name: string, message: string): MusterError =>
  new MusterError("INPUT_UNREADABLE", [{ place: name, message: `is a damaged gzip file: ${message}` }]);
