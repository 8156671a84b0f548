/** The papers behind the demo's vouchers, small and real: an invoice as PDF, a photographed receipt as PNG. What they show was bought from nobody. */
import { zlibSync } from "fflate";
import { type Fen, plainYuan } from "../../kernel/money.ts";
import type { Attachment } from "../../ledger/books/store.ts";
import type { Query } from "../../platform/db.ts";
import { putFile } from "../../platform/files.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { must } from "../seeding.ts";

export interface Paper {
  readonly name: string;
  readonly bytes: Uint8Array;
}
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A page that says in Latin letters what it is, when and how much: enough to be opened and told from the next. */
export function invoice(name: string, on: string, amountFen: Fen): Paper {
  const drawn = `BT /F1 20 Tf 60 760 Td (INVOICE ${on}) Tj 0 -36 Td (CNY ${plainYuan(amountFen)}) Tj ET`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${drawn.length}>>stream\n${drawn}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, at) => {
    const offset = text.length;
    text += `${at + 1} 0 obj${object}endobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const end = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`;
  return { name: `${name}.pdf`, bytes: ascii(text + end) };
}

const WIDTH = 180;
const HEIGHT = 260;

/** A till receipt on a table as a telephone photographs it: pale paper, grey lines, their lengths told by `seed`. */
export function receipt(name: string, seed: number): Paper {
  const rows = new Uint8Array((WIDTH + 1) * HEIGHT);
  for (let y = 0; y < HEIGHT; y += 1)
    for (let x = 0; x < WIDTH; x += 1) {
      const onPaper = x > 24 && x < WIDTH - 24 && y > 14 && y < HEIGHT - 14;
      const line = Math.floor((y - 30) / 14);
      const isLine = onPaper && y > 30 && y < HEIGHT - 40 && (y - 30) % 14 < 4;
      const length = 50 + ((line * 37 + seed * 13) % 60);
      rows[y * (WIDTH + 1) + 1 + x] = isLine && x > 36 && x < 36 + length ? 90 : onPaper ? 242 : 168;
    }
  return { name: `${name}.png`, bytes: png(rows) };
}

function png(rows: Uint8Array): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, WIDTH);
  view.setUint32(4, HEIGHT);
  header[8] = 8; // bits a pixel, grey
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("IDAT", zlibSync(rows)),
    chunk("IEND", new Uint8Array()),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function chunk(kind: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(ascii(kind), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

/** Of the chunks of a PNG (ISO 3309). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Puts papers into the store; their rows join the batch of what they stand behind. */
export async function putIn(
  scene: StaffScene,
  papers: readonly Paper[],
): Promise<{ readonly attachments: readonly Attachment[]; readonly files: readonly Query[] }> {
  const attachments: Attachment[] = [];
  const files: Query[] = [];
  for (const paper of papers) {
    const { stored, statement } = must(await putFile(scene, paper, scene.actor.personId, "private"), paper.name);
    attachments.push({ fileId: stored.fileId, name: stored.name, sha256: stored.sha256 });
    files.push(statement);
  }
  return { attachments, files };
}
