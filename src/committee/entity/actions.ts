/** Recording the committee's legal person, its account, reports and seals: load, ask the rules, write with the leaf (S4, R6). No HTTP. */
import { bytesToHex } from "@noble/hashes/utils.js";
import { dayOf } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { listTenuresFrom, type TenureRow } from "../../offices/terms/store.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { commit, SALT_BYTES } from "../../record/rules.ts";
import { appendLeaf } from "../../record/store.ts";
import { authorOf } from "../acting.ts";
import { isMemberPost } from "../seated/rules.ts";
import {
  type Entity,
  type EntityAsked,
  type EntityFault,
  type EntityRemark,
  entityDuties,
  maskAccount,
  mayRecordSeal,
  mayReport,
  type ReportKind,
  type ReportRefusal,
  readEntity,
  type SealEvent,
  type SealKind,
  type SealRefusal,
  sealsNow,
} from "./rules.ts";
import {
  type EntityRow,
  insertEntity,
  insertReport,
  insertSealEvent,
  listEntityVersions,
  listReports,
  listSealEvents,
} from "./store.ts";

/** A stored version as the rules ask. */
export const entityOf = (row: EntityRow): Entity & { readonly version: number } => row;

/** What a community's account number is sealed under: it opens nowhere else. */
const sealOf = (communityId: string): string => `committee-account:${communityId}`;
const contextOf = ({ community }: Pick<Scene, "community">): string => sealOf(community.id);

registerSealed({ table: "committee_entity", column: "account_sealed", key: ["version"], contextOf: sealOf });

/** Posts whose holders represent the legal person or keep seals: members, and the secretary for keeping. */
export const mayRepresent = ({ postKind }: Pick<TenureRow, "postKind">): boolean => isMemberPost(postKind);
export const mayKeep = ({ postKind }: Pick<TenureRow, "postKind">): boolean =>
  isMemberPost(postKind) || postKind === "secretary" || postKind === "supervisor";

export type EntityRefusal =
  | { readonly reason: "entity_faulty"; readonly faults: readonly EntityFault[] }
  | KeyReused
  | { readonly reason: "entity_changed_meanwhile" };

/**
 * Records a further version. `seen` is the version the form was filled in from, 0 for none: of two who change it at once one is
 * told. The number is sealed; the record has a commitment to it, and in whose name the account is in clear.
 */
export async function recordEntity(
  scene: StaffScene,
  asked: EntityAsked,
  seen: number,
  once: string,
): Promise<Result<{ readonly version: number; readonly remarks: readonly EntityRemark[] }, EntityRefusal>> {
  const { db, now, actor, keys } = scene;
  const [versions, tenures] = await db.read(listEntityVersions(scene), listTenuresFrom(scene, now));
  // The version the form was filled in from; whether it is still the newest, the write says.
  const latest = versions.find(({ version }) => version === seen);
  const tenureIds = tenures.filter((one) => mayRepresent(one) && one.fromAt <= now).map(({ tenureId }) => tenureId);
  const read = readEntity(asked, { hasAccount: (latest?.accountSealed ?? "") !== "", tenureIds }, dayOf(now));
  if (!read.ok) return err({ reason: "entity_faulty", faults: read.error });
  const { entity, account, remarks } = read.value;
  const keepsAccount = account === null && entity.holderKind !== "none";
  const accountSealed =
    account === null ? (keepsAccount ? (latest?.accountSealed ?? "") : "") : await keys.seal(account, contextOf(scene));
  const accountMasked = account === null ? (keepsAccount ? (latest?.accountMasked ?? "") : "") : maskAccount(account);
  const number = account ?? (accountSealed === "" ? "" : await keys.open(accountSealed, contextOf(scene)));
  const version = seen + 1;
  const salt = scene.random(SALT_BYTES);
  const leaf = appendLeaf(
    scene,
    "committee.entity_recorded",
    {
      version,
      form: entity.form,
      name: entity.name,
      supervisingUnit: entity.supervisingUnit,
      registrationAuthority: entity.registrationAuthority,
      creditCode: entity.creditCode,
      registeredOn: entity.registeredOn ?? "",
      representative: entity.representativeTenureId,
      holder: entity.holderKind,
      account: commit(salt, { bank: entity.bank, name: entity.holderName, number }),
      changedOn: entity.changedOn,
      document: commit(salt, { document: entity.document }),
      by: authorOf(scene).words,
    },
    "committee-entity",
  );
  const insert = insertEntity(scene, {
    version,
    ...entity,
    accountSealed,
    accountMasked,
    salt: bytesToHex(salt),
    recordedBy: actor.personId,
    recordedAt: now,
    leafHash: leaf.leafHash,
  });
  const key = { key: once, body: keys.index(JSON.stringify([asked, seen]), "once:entity") };
  const written = await writeOnce(scene, key, [insert, leaf.statement], { version, remarks });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (["entity_changed_meanwhile", "unique:committee_entity"].includes(written.error.code))
    return err({ reason: "entity_changed_meanwhile" });
  throw new Error(`the legal person was refused by ${written.error.code}`);
}

export type ReportingRefusal = ReportRefusal;

/** Records that a report was sent, or a change registered. The same again is the same. */
export async function recordReport(
  scene: StaffScene,
  asked: {
    readonly kind: ReportKind;
    readonly subject: number;
    readonly sentOn: string;
    readonly document: string;
  },
): Promise<Result<true, ReportingRefusal>> {
  const { db, now, actor } = scene;
  const [versions, reports] = await db.read(listEntityVersions(scene), listReports(scene));
  const duties = entityDuties(versions.map(entityOf), reports, dayOf(now));
  const document = asked.document.trim();
  const sent = reports.find(({ kind, subject }) => kind === asked.kind && subject === asked.subject);
  if (sent && sent.sentOn === asked.sentOn && sent.document === document) return ok(true);
  const may = mayReport(duties, asked, dayOf(now));
  if (!may.ok) return may;
  const leaf = appendLeaf(
    scene,
    "committee.entity_reported",
    { kind: asked.kind, subject: asked.subject, sentOn: asked.sentOn, by: authorOf(scene).words },
    "committee-entity",
  );
  const insert = insertReport(scene, {
    kind: asked.kind,
    subject: asked.subject,
    sentOn: asked.sentOn,
    document,
    recordedBy: actor.personId,
    recordedAt: now,
    leafHash: leaf.leafHash,
  });
  const written = await db.write([insert, leaf.statement]);
  if (written.ok) return ok(true);
  if (["reported_already", "unique:committee_entity_report"].includes(written.error.code))
    return err({ reason: "reported_already", on: asked.sentOn });
  throw new Error(`a report was refused by ${written.error.code}`);
}

/** Records that a seal was made, handed over or declared invalid. The same again is the same. */
export async function recordSeal(
  scene: StaffScene,
  asked: {
    readonly sealId: string | null;
    readonly kind: SealKind;
    readonly event: SealEvent;
    readonly keeperTenureId: string;
    readonly onDay: string;
    readonly document: string;
  },
): Promise<Result<{ readonly sealId: string }, SealRefusal | { readonly reason: "seal_changed_meanwhile" }>> {
  const { db, now, actor } = scene;
  const [events, tenures] = await db.read(listSealEvents(scene), listTenuresFrom(scene, now));
  const keepers = tenures.filter((one) => mayKeep(one) && one.fromAt <= now).map(({ tenureId }) => tenureId);
  const known = events.filter(({ sealId }) => sealId === asked.sealId);
  const kind = known[0]?.kind ?? asked.kind;
  const repeated = sealsNow(events).find(
    (one) =>
      one.kind === kind &&
      (asked.event === "made" || one.sealId === asked.sealId) &&
      one.event === asked.event &&
      one.onDay === asked.onDay &&
      (asked.event === "invalidated" || one.keeperTenureId === asked.keeperTenureId),
  );
  if (repeated) return ok({ sealId: repeated.sealId });
  const may = mayRecordSeal(events, { ...asked, kind }, keepers, dayOf(now));
  if (!may.ok) return may;
  const sealId = asked.event === "made" ? newId<string>(scene.random) : (asked.sealId ?? "");
  const eventNo = asked.event === "made" ? 1 : known.length + 1;
  const keeperTenureId = asked.event === "invalidated" ? "" : asked.keeperTenureId;
  const leaf = appendLeaf(
    scene,
    "committee.seal_recorded",
    {
      seal: sealId,
      no: eventNo,
      kind,
      event: asked.event,
      keeper: keeperTenureId,
      on: asked.onDay,
      by: authorOf(scene).words,
    },
    sealId,
  );
  const insert = insertSealEvent(scene, {
    sealId,
    eventNo,
    kind,
    event: asked.event,
    keeperTenureId,
    onDay: asked.onDay,
    document: asked.document.trim(),
    recordedBy: actor.personId,
    recordedAt: now,
    leafHash: leaf.leafHash,
  });
  const written = await db.write([insert, leaf.statement]);
  if (written.ok) return ok({ sealId });
  if (written.error.code === "seal_exists") return err({ reason: "seal_exists", kind });
  if (["seal_changed_meanwhile", "unique:committee_seal"].includes(written.error.code))
    return err({ reason: "seal_changed_meanwhile" });
  throw new Error(`a seal was refused by ${written.error.code}`);
}
