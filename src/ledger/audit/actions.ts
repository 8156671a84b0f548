/** Opening an audit, ending one, and publishing its opinion: load, ask the rules, write with the leaf. No HTTP. */
import { decisionHolds, readDecision } from "../../assembly/results/reading.ts";
import { type Day, dayOf, startOf } from "../../kernel/day.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { examineCreditCode } from "../../kernel/uscc.ts";
import { openName } from "../../offices/people/store.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { sql } from "../../platform/db.ts";
import { type FileFault, putFile, type StoredFile } from "../../platform/files.ts";
import { findAnswer, type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import type { Book } from "../books/rules.ts";
import { listBooks } from "../books/store.ts";
import { personIn } from "../questions/rules.ts";
import { mayOpine, type OpinionRefusal } from "./fieldwork/rules.ts";
import { countProgress, type FindingRow, findingFrom, listFindings, standing } from "./fieldwork/store.ts";
import {
  type ActRefusal,
  basisWords,
  citedItem,
  type EndRefusal,
  type EngagementAsked,
  type EngagementFault,
  engagementFaults,
  mayEnd,
  mayWork,
} from "./rules.ts";
import { commitNextSeed } from "./sampling/seeds.ts";
import {
  findPopulation,
  listSamples,
  listSeeds,
  type PopulationRow,
  type SampleRow,
  type SeedRow,
  sampleFrom,
} from "./sampling/store.ts";
import { AUDIT_SETTINGS } from "./settings.ts";
import {
  type AuditKey,
  type AuditRow,
  assertAuditorNow,
  assertNoConflict,
  auditFrom,
  findAudit,
  findOpinion,
  heldFrom,
  insertAudit,
  insertOpinion,
  listAuditedPosts,
  listAuditors,
  moveAudit,
  type OpinionRow,
} from "./store.ts";

// ——— Reading ———

export interface AuditView {
  readonly row: AuditRow;
  readonly population: PopulationRow | null;
  /** The last one is that of the next sample. */
  readonly seeds: readonly SeedRow[];
  readonly samples: readonly SampleRow[];
  readonly findings: readonly FindingRow[];
  readonly opinion: OpinionRow | null;
  readonly items: number;
  readonly ticked: number;
  readonly exceptions: number;
  /** Of the book: the last closed month; null while none is. Only books that were opened. */
  readonly closed: ReadonlyMap<Book, string | null>;
}

export const viewQueries = (scene: Scene, key: AuditKey) =>
  [
    findAudit(scene, key),
    findPopulation(scene, key),
    listSeeds(scene, key),
    listSamples(scene, key),
    listFindings(scene, key),
    findOpinion(scene, key),
    countProgress(scene, key),
    listBooks(scene),
  ] as const;

/** An audit with everything that belongs to it but its working sheet; null when there is none. One round trip. */
export async function viewAudit(scene: Scene, key: AuditKey): Promise<AuditView | null> {
  const [rows, population, seeds, samples, findings, opinion, progress, books] = await scene.db.read(
    ...viewQueries(scene, key),
  );
  const row = rows[0];
  if (!row) return null;
  return {
    row: auditFrom(row),
    population: population[0] ?? null,
    seeds,
    samples: samples.map(sampleFrom),
    findings: findings.map(findingFrom),
    opinion: opinion[0] ?? null,
    ...(progress[0] ?? { items: 0, ticked: 0, exceptions: 0 }),
    closed: new Map(books.map(({ book, closedThrough }) => [book, closedThrough])),
  };
}

// ——— Opening ———

export type OpeningRefusal =
  | KeyReused
  | { readonly reason: "engagement_faulty"; readonly faults: readonly [EngagementFault, ...EngagementFault[]] };

/** Who can be engaged: the holders of an auditor's post, in clear. */
export async function readAuditors(
  scene: Scene,
): Promise<
  readonly { readonly personId: string; readonly name: string; readonly masked: string; readonly lastOn: Day | null }[]
> {
  const [rows] = await scene.db.read(listAuditors(scene, scene.now));
  return Promise.all(
    rows.map(async (row) => ({
      personId: row.personId,
      name: await openName(scene, row),
      masked: row.nameMasked,
      lastOn: row.untilAt === null ? null : dayOf(row.untilAt - 1),
    })),
  );
}

/**
 * Opens an audit. The seed of its first sample is committed to in the same entry: before anybody knows what it will be drawn from.
 * Whoever kept the books or decided over them on any of its days is refused, also where they come to between the check and the write.
 */
export async function openAudit(
  scene: StaffScene,
  asked: EngagementAsked,
  once: string,
): Promise<Result<{ readonly engagementId: string }, OpeningRefusal>> {
  const body = { key: once, body: JSON.stringify(asked) };
  const first = await findAnswer<{ engagementId: string }>(scene, body);
  if (first) return first;
  const [books, auditors, posts, settings] = await scene.db.read(
    listBooks(scene),
    listAuditors(scene, scene.now),
    listAuditedPosts(scene, asked.auditorPersonId),
    listSettings(scene, AUDIT_SETTINGS),
  );
  const auditor = auditors.find(({ personId }) => personId === asked.auditorPersonId);
  const cited = citedItem(asked);
  const item = cited === "unreadable" ? null : cited;
  const decision = item === null ? null : await readDecision(scene, item.meeting, item.item);
  const today = dayOf(scene.now);
  const [fault, ...others] = engagementFaults(asked, {
    today,
    openBooks: books.map(({ book }) => book),
    isAuditor: auditor !== undefined,
    held: heldFrom(posts),
    ownersMayAsk: valuesFromRows(AUDIT_SETTINGS, settings).ownersRequest.value === "yes",
    decision,
  });
  if (fault || !auditor)
    return err({ reason: "engagement_faulty", faults: [fault ?? { reason: "no_auditor" }, ...others] });
  const engagementId = newId<string>(scene.random);
  const basis = basisWords(asked);
  const creditCode = examineCreditCode(asked.creditCode).code;
  const sorted = [...new Set(asked.books)].sort();
  const seed = await commitNextSeed(scene, engagementId, 1);
  const leaf = appendLeaf(
    scene,
    "audit.opened",
    {
      audit: engagementId,
      commission: asked.commission,
      basis: sha256Hex(basis),
      ...(item === null ? {} : { meeting: item.meeting, item: item.item }),
      books: sorted,
      from: asked.fromOn,
      to: asked.toOn,
      firm: asked.firm.trim(),
      creditCode,
      scope: sha256Hex(asked.scope.trim()),
      due: asked.dueOn,
      commitment: seed.commitment,
    },
    engagementId,
  );
  const insert = insertAudit(scene, {
    engagementId,
    commission: asked.commission as AuditRow["commission"],
    basis,
    meeting: item?.meeting ?? null,
    item: item?.item ?? null,
    books: JSON.stringify(sorted),
    fromOn: asked.fromOn,
    toOn: asked.toOn,
    firm: asked.firm.trim(),
    creditCode,
    auditorPersonId: auditor.personId,
    auditorShown: auditor.nameMasked,
    scope: asked.scope.trim(),
    dueOn: asked.dueOn,
    openedBy: scene.actor.personId,
    openedAt: scene.now,
    leafHash: leaf.leafHash,
  });
  const written = await writeOnce(
    scene,
    body,
    [
      insert,
      seed.statement,
      assertNoConflict(scene, auditor.personId, startOf(asked.fromOn)),
      ...(decision ? [decisionHolds(scene, decision.meetingId)] : []),
      leaf.statement,
    ],
    { engagementId },
  );
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  // Somebody came to a post, or the decision was annulled, meanwhile: asked again, the rules say so.
  if (written.error.code === "auditor_in_conflict" || written.error.code === "decision_not_published")
    return openAudit(scene, asked, once);
  throw new Error(`an audit was refused by ${written.error.code}`);
}

// ——— The opinion ———

export type PublishingRefusal =
  | ActRefusal
  | OpinionRefusal
  | FileFault
  | { readonly reason: "unknown_audit" }
  | { readonly reason: "access_over" }
  | { readonly reason: "report_missing" }
  | { readonly reason: "report_not_pdf"; readonly name: string }
  | { readonly reason: "names_a_person"; readonly field: string; readonly found: string };

export interface OpinionAsked {
  readonly opinion: string;
  readonly words: string;
  readonly report: { readonly name: string; readonly bytes: Uint8Array } | null;
}

/** Publishes the opinion with its report, and with it every finding, response and conclusion. A repeat finds it done. */
export async function publishOpinion(
  scene: StaffScene,
  engagementId: string,
  asked: OpinionAsked,
): Promise<Result<{ readonly number: number }, PublishingRefusal>> {
  const view = await viewAudit(scene, engagementId);
  if (!view) return err({ reason: "unknown_audit" });
  const { row } = view;
  if (view.opinion?.opinion === asked.opinion && view.opinion.words === asked.words.trim())
    return ok({ number: row.number });
  const work = mayWork(row, scene.actor.personId, ["draft_sent", "responses"]);
  if (!work.ok) return work;
  const open = standing(view.findings)
    .filter(({ outcome }) => outcome === null)
    .map(({ findingNo }) => findingNo);
  const may = mayOpine(asked, open);
  if (!may.ok) return may;
  const found = personIn(asked.words, []);
  if (found !== null) return err({ reason: "names_a_person", field: "words", found });
  if (!asked.report) return err({ reason: "report_missing" });
  const put = await putFile(scene, asked.report, scene.actor.personId, "public");
  if (!put.ok) return put;
  const { stored, statement } = put.value;
  if (stored.mediaType !== "application/pdf") return err({ reason: "report_not_pdf", name: stored.name });
  return writeOpinion(scene, view, may.value, stored, [statement]);
}

async function writeOpinion(
  scene: StaffScene,
  { row, findings }: AuditView,
  { opinion, words }: { readonly opinion: OpinionRow["opinion"]; readonly words: string },
  report: StoredFile,
  files: Parameters<Scene["db"]["write"]>[0],
): Promise<Result<{ readonly number: number }, PublishingRefusal>> {
  const { engagementId, number } = row;
  const leaf = appendLeaf(
    scene,
    "audit.published",
    {
      audit: engagementId,
      opinion,
      words: sha256Hex(words),
      report: report.sha256,
      findings: standing(findings).map(({ findingNo, severity, outcome }) => ({
        finding: findingNo,
        severity,
        outcome: outcome ?? "",
      })),
    },
    engagementId,
  );
  const insert = insertOpinion(scene, {
    engagementId,
    opinion,
    words,
    reportFileId: report.fileId,
    reportName: report.name,
    reportSha256: report.sha256,
    publishedBy: scene.actor.personId,
    publishedAt: scene.now,
    leafHash: leaf.leafHash,
  });
  const written = await scene.db.write([
    ...files,
    insert,
    ...moveAudit(scene, engagementId, row.state, sql`state = 'published'`),
    assertAuditorNow(scene, scene.actor.personId),
    leaf.statement,
  ]);
  if (written.ok) return ok({ number });
  if (written.error.code === "access_over") return err({ reason: "access_over" });
  const again = await viewAudit(scene, engagementId);
  if (again?.opinion?.opinion === opinion && again.opinion.words === words) return ok({ number });
  return err({ reason: "wrong_audit_state", state: again?.row.state ?? "ended", needs: ["draft_sent", "responses"] });
}

export type EndingRefusal =
  | EndRefusal
  | { readonly reason: "unknown_audit" }
  | { readonly reason: "names_a_person"; readonly field: string; readonly found: string };

/** Ends an audit without an opinion, for a reason that everybody reads. A repeat with the same reason finds it done. */
export async function endAudit(
  scene: StaffScene,
  engagementId: string,
  why: string,
): Promise<Result<{ readonly number: number }, EndingRefusal>> {
  const [rows] = await scene.db.read(findAudit(scene, engagementId));
  const row = rows[0];
  if (!row) return err({ reason: "unknown_audit" });
  if (row.state === "ended" && row.endedWhy === why.trim()) return ok({ number: row.number });
  const may = mayEnd(row, why);
  if (!may.ok) return may;
  const found = personIn(may.value, []);
  if (found !== null) return err({ reason: "names_a_person", field: "why", found });
  const leaf = appendLeaf(
    scene,
    "audit.ended",
    { audit: engagementId, stage: row.state, why: may.value },
    engagementId,
  );
  const written = await scene.db.write([
    ...moveAudit(
      scene,
      engagementId,
      row.state,
      sql`state = 'ended', ended_by = ${scene.actor.personId}, ended_at = CAST(${scene.now} AS INTEGER), ended_why = ${may.value}, end_leaf = ${leaf.leafHash}`,
    ),
    leaf.statement,
  ]);
  // Somebody moved it on meanwhile, or ended it: asked again, the rules answer for what it is now.
  return written.ok ? ok({ number: row.number }) : endAudit(scene, engagementId, why);
}
