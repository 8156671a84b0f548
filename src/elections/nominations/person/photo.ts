/** A candidate's photograph as it is published: the picture alone. Where and when it was taken, and whatever else hides in the file, stays out. Pure. */
import { concatBytes } from "@noble/hashes/utils.js";

export const LARGEST_PHOTO_BYTES = 2 * 1024 * 1024;

const JPEG_START = [0xff, 0xd8, 0xff] as const;
const PNG_START = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
const begins = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

/** The photograph without its metadata; null when it is no whole JPEG or PNG. How a JPEG is to be turned is kept. */
export function plainPhoto(bytes: Uint8Array): Uint8Array | null {
  if (begins(bytes, JPEG_START)) return plainJpeg(bytes);
  if (begins(bytes, PNG_START)) return plainPng(bytes);
  return null;
}

const ORIENTATION = 0x0112;
const [APP0, APP1, APP14, APP15, COMMENT, SCAN, END] = [0xe0, 0xe1, 0xee, 0xef, 0xfe, 0xda, 0xd9] as const;

/** Segment by segment: tables, frames and scans stay, applications' own data and comments go, and whatever follows the end. */
function plainJpeg(bytes: Uint8Array): Uint8Array | null {
  const kept: Uint8Array[] = [];
  let orientation = 1;
  for (let at = 2; at + 4 <= bytes.length || bytes[at + 1] === END; ) {
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xff) return null;
    if (marker === END) {
      const head = Uint8Array.of(0xff, 0xd8);
      const turned = orientation === 1 ? [] : [orientationSegment(orientation)];
      return concatBytes(head, ...turned, ...kept, Uint8Array.of(0xff, END));
    }
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    const after = at + 2 + length;
    if (length < 2 || after > bytes.length) return null;
    if (marker === APP1) orientation = orientationOf(bytes.subarray(at + 4, after)) ?? orientation;
    const isApplications = marker >= APP0 && marker <= APP15 && marker !== APP14;
    const until = marker === SCAN ? scanEnd(bytes, after) : after;
    // APP14 says how the colours are coded; without it some pictures change them.
    if (!isApplications && marker !== COMMENT) kept.push(bytes.subarray(at, until));
    at = until;
  }
  return null;
}

/** Where the coded picture ends: at the next marker that is neither a stuffed byte nor a restart. */
function scanEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    const next = bytes[at + 1]!;
    if (bytes[at] === 0xff && next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

/** The orientation (2–8) that Exif asks for; null when there is none. */
function orientationOf(segment: Uint8Array): number | null {
  if (!begins(segment, [0x45, 0x78, 0x69, 0x66, 0, 0])) return null;
  const view = new DataView(segment.buffer, segment.byteOffset + 6, segment.length - 6);
  if (view.byteLength < 10) return null;
  const little = view.getUint16(0) === 0x4949;
  const first = view.getUint32(4, little);
  if (first + 2 > view.byteLength) return null;
  const entries = view.getUint16(first, little);
  for (let entry = 0; entry < entries; entry += 1) {
    const at = first + 2 + entry * 12;
    if (at + 10 > view.byteLength) return null;
    if (view.getUint16(at, little) !== ORIENTATION) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 2 && value <= 8 ? value : null;
  }
  return null;
}

/** The least Exif there is: one entry, how to turn the picture. */
const orientationSegment = (orientation: number): Uint8Array =>
  Uint8Array.of(
    ...[0xff, APP1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0],
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1],
    ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0],
    ...[0, 0, 0, 0],
  );

const PNG_KEPT = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT"];

function plainPng(bytes: Uint8Array): Uint8Array | null {
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0);
    const after = at + 12 + length;
    if (after > bytes.length) return null;
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (PNG_KEPT.includes(name)) kept.push(bytes.subarray(at, after));
    if (name === "IEND") return concatBytes(...kept);
    at = after;
  }
  return null;
}
