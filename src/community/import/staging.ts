/** A read file between its check and its confirmation: what is kept of it, and how it is sealed. */
import { Buffer } from "node:buffer";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Scene } from "../../platform/scene.ts";
import { type Hashes, masksOf } from "../personal.ts";
import type { Draft } from "./draft.ts";
import { type Finding, Findings } from "./findings.ts";
import type { Prepared } from "./recognise.ts";

/** What is staged of a file, sealed: the draft, what was found, and the keyed hashes, which are the slow part. */
export interface Staged {
  readonly draft: Draft;
  readonly findings: readonly Finding[];
  readonly notes: readonly Bilingual[];
  readonly hashes: readonly Hashes[];
}

/** Parts of a staged file: as base64 each stays below the 2 MB that D1 takes in one value. */
const PART_BYTES = 1_000_000;
const partContext = (communityId: string, jobId: string): string => `roll-import:${communityId}:${jobId}`;

export const preparedFrom = ({ draft, hashes }: Staged): Prepared[] =>
  draft.people.map(({ facts }, at) => ({ fingerprint: hashes[at]!, masks: masksOf(facts) }));

/** Findings of the file, to which comparing adds its own. */
export function findingsFrom(staged: Staged): Findings {
  const findings = new Findings();
  for (const { level, code, row, column, value, message } of staged.findings)
    findings.add(level, code, { row, value, ...(column ? { column } : {}) }, message.zh, message.en);
  return findings;
}

/** Compressed before it is sealed: a roll's JSON is mostly repetition, and the fastest setting takes most of it. Base64, as the rows' columns are text. */
export async function sealStaged({ keys, community }: Scene, jobId: string, staged: Staged): Promise<string[]> {
  const packed = deflateRawSync(JSON.stringify(staged), { level: 1 });
  const parts: Promise<string>[] = [];
  for (let start = 0; start < packed.length; start += PART_BYTES)
    parts.push(
      keys
        .sealBytes(packed.subarray(start, start + PART_BYTES), partContext(community.id, jobId))
        .then((sealed) => Buffer.from(sealed).toString("base64")),
    );
  return Promise.all(parts);
}

export async function openStaged(
  { keys, community }: Scene,
  jobId: string,
  parts: readonly { sealed: string }[],
): Promise<Staged> {
  const opened = await Promise.all(
    parts.map(({ sealed }) => keys.openBytes(Buffer.from(sealed, "base64"), partContext(community.id, jobId))),
  );
  return JSON.parse(new TextDecoder().decode(inflateRawSync(Buffer.concat(opened)))) as Staged;
}
