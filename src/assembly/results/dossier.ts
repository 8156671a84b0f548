/** The legality dossier of a meeting as named texts: what is kept for the year in which a decision can be challenged, and longer (CC 280, JI 12; D7, V9). Not how it is read or packed. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { isoInstant } from "../../kernel/day.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import { type ArchiveFile, bytesOf, jsonFile } from "../../platform/archive.ts";
import { translator } from "../../platform/i18n.ts";
import { cosignedNote, proofFileOf } from "../../record/actions.ts";
import { countPetition } from "../convening/rules.ts";
import { meetingHref } from "../meeting/addresses.ts";
import { stateWord } from "../meeting/events.ts";
import { meetingAnswer, resultAnswer, type Where } from "../public/answers.ts";
import { settingText, valueWords } from "../settings/explained.ts";
import { SETTING_NAMES } from "../settings/rules.ts";
import { noticeDocument, resultDocument } from "./dossier-documents.tsx";
import type { DossierFacts } from "./dossier-reading.ts";
import { readme } from "./dossier-readme.ts";

// A dossier is read by courts and authorities here, whatever language its maker works in; and one state has one file.
const zh = translator("zh");

/** Comma-separated, one header line, LF. No value here holds a comma or a quote: numbers, words of ours, hashes, instants. */
const csv = (
  path: string,
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): ArchiveFile => ({
  path,
  text: `${[header, ...rows].map((row) => row.join(",")).join("\n")}\n`,
});

/** Where the community is served, from the log's own name: the same whichever host the file is asked from. */
export function whereOf({ community, evidence }: Pick<DossierFacts, "community" | "evidence">): Where {
  const host = evidence.log.origin.split("/")[0] ?? "";
  const scheme = /^(localhost|127\.|\[)/.test(host) ? "http" : "https";
  return { origin: `${scheme}://${host}`, slug: community.slug };
}

/** Every file of the dossier, the README first, without the two that list the others. */
function filesOf(facts: DossierFacts): ArchiveFile[] {
  return [
    ...noticeFiles(facts),
    ...rollFiles(facts),
    ...votingFiles(facts),
    ...countFiles(facts),
    ...objectionFiles(facts),
    ...petitionFiles(facts),
    ...recordFiles(facts),
  ];
}

/** What was put to the owners, edition by edition: the exact text whose hash the record carries, and the same as a sheet. */
function noticeFiles(facts: DossierFacts): ArchiveFile[] {
  const { meeting } = facts;
  const { editions, rules } = meeting;
  const address = `${whereOf(facts).origin}${meetingHref(facts.community.slug, meeting.row.number)}`;
  return [
    ...editions.flatMap((edition): ArchiveFile[] => [
      { path: `notice/edition-${edition.row.edition}.json`, text: edition.row.manifest },
      {
        path: `notice/edition-${edition.row.edition}.html`,
        text: noticeDocument(facts, edition, address),
      },
    ]),
    jsonFile(
      "notice/editions.json",
      editions.map(({ row }) => ({
        edition: row.edition,
        madeAt: isoInstant(row.madeAt),
        why: row.why,
        manifestHash: row.manifestHash,
        leaf: row.leafHash,
      })),
    ),
    jsonFile(
      "notice/rules.json",
      SETTING_NAMES.map((name) => ({
        name,
        title: settingText(name).title.zh,
        value: rules[name].value,
        words: valueWords(name, rules).zh,
        clause: rules[name].clause,
      })),
    ),
    jsonFile("events.json", meetingAnswer(meeting, whereOf(facts), zh, "zh").events),
  ];
}

/** The frozen roll in all its versions: totals, root, and the salted leaf of each voter number. No name, no unit, no area of anybody. */
const rollFiles = ({ rolls }: DossierFacts): ArchiveFile[] => [
  jsonFile(
    "roll/versions.json",
    rolls.map(({ row }) => ({
      version: row.version,
      asOf: row.asOf,
      frozenAt: isoInstant(row.frozenAt),
      why: row.why,
      settings: JSON.parse(row.settings) as unknown,
      owners: row.owners,
      areaDm2: row.areaDm2,
      root: row.root,
      objectionsUntil: isoInstant(row.objectionsUntil),
      leaf: row.leafHash,
    })),
  ),
  ...rolls.map(({ row, leaves }) =>
    csv(
      `roll/leaves-v${row.version}.csv`,
      ["position", "voter", "leaf"],
      leaves.map(({ voterNo, leafHash }, position) => [position, voterNo, leafHash]),
    ),
  ),
];

/** That households were reached, and that ballots came in: numbers, instants, commitments; never a choice. */
const votingFiles = ({ deliveries, ballots, readings, sheets }: DossierFacts): ArchiveFile[] => [
  csv(
    "delivery/contacts.csv",
    ["voter", "event", "kind", "at"],
    deliveries.map(({ voterNo, eventNo, kind, at }) => [voterNo, eventNo, kind, isoInstant(at)]),
  ),
  csv(
    "ballots/ballots.csv",
    ["voter", "version", "channel", "castAt", "commitment", "leaf"],
    ballots.map((one) => [one.voterNo, one.version, one.channel, isoInstant(one.castAt), one.commitment, one.leafHash]),
  ),
  csv(
    "paper/readings.csv",
    ["voter", "paper", "reading", "receivedAt", "enteredAt", "photoSha256"],
    readings.map((one) => [
      one.voterNo,
      one.paperNo,
      one.entryNo,
      isoInstant(one.receivedAt),
      isoInstant(one.enteredAt),
      one.photo,
    ]),
  ),
  csv(
    "paper/sheets.csv",
    ["voter", "paper", "outcome", "settledAt", "ballotLeaf", "leaf"],
    sheets.map((one) => [
      one.voterNo,
      one.paperNo,
      one.outcome,
      isoInstant(one.settledAt),
      one.ballotLeaf,
      one.leafHash,
    ]),
  ),
];

/** Counts that were published, with every inequality; of one that was not, nothing but what the record says of it anyway. */
function countFiles(facts: DossierFacts): ArchiveFile[] {
  const { meeting } = facts;
  return meeting.runs.flatMap((run): ArchiveFile[] => [
    jsonFile(`count/run-${run.runNo}.json`, resultAnswer(meeting, run, whereOf(facts))),
    { path: `count/run-${run.runNo}.html`, text: resultDocument(facts, run) },
  ]);
}

/** Objections by number with their public answers; what owners wrote stays sealed, and so does what one household was told. */
const objectionFiles = ({ tickets, rollObjections }: DossierFacts): ArchiveFile[] => [
  jsonFile(
    "objections/tickets.json",
    tickets.map((ticket, at) => ({
      no: at + 1,
      about: ticket.about,
      madeAt: isoInstant(ticket.madeAt),
      dueOn: ticket.dueOn,
      wantsRecount: ticket.wantsRecount === 1,
      leaf: ticket.leafHash,
      answeredAt: ticket.answeredAt === null ? null : isoInstant(ticket.answeredAt),
      answer: ticket.answer,
    })),
  ),
  jsonFile(
    "objections/roll.json",
    rollObjections.map((one, at) => ({
      no: at + 1,
      raisedAt: isoInstant(one.raisedAt),
      dueAt: isoInstant(one.dueAt),
      leaf: one.leafHash,
      outcome: one.outcome,
      answeredAt: one.answeredAt === null ? null : isoInstant(one.answeredAt),
    })),
  ),
];

/** The petition the meeting was called on: how many signed, when; not who. */
function petitionFiles({ petition, meeting, entries }: DossierFacts): ArchiveFile[] {
  if (!petition) return [];
  const convened = entries.find(({ type }) => type === "petition.convened");
  const told = convened ? (JSON.parse(convened.entry) as { signed: Weighed; total: Weighed }) : null;
  const count = told ? countPetition(told.signed, told.total) : null;
  return [
    jsonFile("petition.json", {
      petition: petition.row.petitionId,
      subject: petition.row.subject,
      openedAt: isoInstant(petition.row.openedAt),
      signaturesRecorded: petition.signatures,
      basis: meeting.rules.petitionBasis,
      whenConvened: count && {
        signed: told?.signed,
        total: told?.total,
        leastOwners: count.leastOwners,
        leastAreaDm2: count.leastAreaDm2,
        byHeads: count.byHeads,
        byHeadsAndArea: count.byHeadsAndArea,
      },
    }),
  ];
}
interface Weighed {
  readonly owners: number;
  readonly areaDm2: number;
}

// Acts of the meeting have a proof each, to be dropped into the verifier; of ballots there are thousands, and the list of
// leaves proves them all at once.
const hasOwnProof = (type: string): boolean => /^(meeting|roll|petition)\./.test(type);

function recordFiles({ entries, evidence }: DossierFacts): ArchiveFile[] {
  const { log, checkpoint, cosignatures, leafHashes, prove } = evidence;
  return [
    { path: "record/entries.jsonl", text: entries.map(({ entry }) => `${entry}\n`).join("") },
    csv(
      "record/entries.csv",
      ["seq", "type", "leaf"],
      entries.map(({ seq, type, leafHash }) => [seq, type, leafHash]),
    ),
    { path: "record/leaves.txt", text: leafHashes.map((hash) => `${hash}\n`).join("") },
    { path: "record/checkpoint.txt", text: cosignedNote(checkpoint, cosignatures) },
    { path: "record/vkey.txt", text: `${log.vkey}\n` },
    ...entries
      .filter(({ type }) => hasOwnProof(type))
      .map((leaf) => ({
        path: `record/proofs/${String(leaf.seq).padStart(6, "0")}-${leaf.type}.tlog-proof`,
        text: proofFileOf({ leaf, checkpoint, hashes: prove(leaf.seq).map((hash) => hexToBytes(hash)) }, cosignatures),
      })),
  ];
}

const sha256Of = (bytes: Uint8Array): string => sha256Hex(bytes);

/** The dossier's files: README and manifest first, then by subject. The same state gives the same texts. */
export function dossierFiles(facts: DossierFacts): ArchiveFile[] {
  const { community, meeting, evidence, entries } = facts;
  const { row } = meeting;
  const files = filesOf(facts);
  const guide: ArchiveFile = { path: "README.txt", text: readme(facts) };
  const manifest = jsonFile("manifest.json", {
    format: "commonhold-dossier/v1",
    community,
    meeting: {
      id: row.meetingId,
      number: row.number,
      title: row.title,
      state: row.state,
      stateWords: stateWord(row.state, zh),
      edition: row.edition,
      manifestHash: row.manifestHash,
    },
    log: { origin: evidence.log.origin, vkey: evidence.log.vkey },
    checkpoint: { size: evidence.checkpoint.size, root: evidence.checkpoint.root },
    entries: entries.length,
    lastEntryAt: isoInstant(entries.at(-1)?.at ?? 0),
    files: [guide, ...files].map((file) => ({
      path: file.path,
      bytes: bytesOf(file).length,
      sha256: sha256Of(bytesOf(file)),
    })),
  });
  return [guide, manifest, ...files];
}
