/** The SQL of bidders: who registered, for which lots, with which papers, and what was found about them. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import { assertThat, type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { TenderKey } from "../store.ts";
import type { ConflictKind, Debarment, LicenceKind } from "./rules.ts";
import {
  tenderBidder,
  tenderBidderCorrection,
  tenderBidderLot,
  tenderBidderLotMove,
  tenderConfirmation,
  tenderConflict,
  tenderLicence,
  tenderLicenceReplaced,
} from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

/** A bidder as it stands in the table. Name and code are kept from the public until the opening (TB 22). */
export interface BidderRow {
  readonly bidderId: string;
  /** 1, 2, 3 … in the order of registration. */
  readonly bidderNo: number;
  readonly name: string;
  /** 18 characters. */
  readonly code: string;
  readonly codeDoubt: "" | "check";
  readonly contactId: string;
  readonly personsSealed: string;
  readonly representativeMasked: string;
  readonly controllerMasked: string;
  readonly representativeHash: string;
  readonly controllerHash: string;
  readonly incumbent: 0 | 1;
  /** JSON: the keys of what was declared. */
  readonly declarations: string;
  readonly registeredAt: Instant;
  readonly leafHash: string;
  /** How often it was corrected; what stands here is the newest entry. */
  readonly corrections: number;
  /** JSON: the numbers of the lots it bids for, without those it left, in order. */
  readonly lots: string;
}

/** The lots a bidder bids for, in order. */
export const lotsOf = ({ lots }: Pick<BidderRow, "lots">): readonly number[] =>
  (JSON.parse(lots) as number[]).toSorted((a, b) => a - b);

const BIDDER =
  sql.raw(`b.bidder_id AS bidderId, b.bidder_no AS bidderNo, b.name, b.code, b.code_doubt AS codeDoubt, b.contact_id AS contactId,
  b.persons_sealed AS personsSealed, b.representative_masked AS representativeMasked, b.controller_masked AS controllerMasked,
  b.representative_hash AS representativeHash, b.controller_hash AS controllerHash, b.incumbent, b.declarations, b.registered_at AS registeredAt,
  b.leaf_hash AS leafHash, b.corrections, (SELECT json_group_array(l.lot_no) FROM tender_bidder_lot l WHERE l.community_id = b.community_id
    AND l.tender_id = b.tender_id AND l.bidder_id = b.bidder_id
    AND (SELECT count(*) FROM tender_bidder_lot_move m WHERE m.community_id = l.community_id AND m.tender_id = l.tender_id
      AND m.bidder_id = l.bidder_id AND m.lot_no = l.lot_no) % 2 = 0) AS lots`);

/** Everyone who registered, in the order they did. */
export const listBidders = ({ db, community }: Here, key: TenderKey): Query<BidderRow[]> =>
  db.all(
    sql`SELECT ${BIDDER} FROM tender_bidder_now b WHERE b.community_id = ${community.id} AND b.tender_id = ${key} ORDER BY b.bidder_no`,
  );

export const findBidder = ({ db, community }: Here, key: TenderKey, bidderId: string): Query<BidderRow[]> =>
  db.all(
    sql`SELECT ${BIDDER} FROM tender_bidder_now b WHERE b.community_id = ${community.id} AND b.tender_id = ${key} AND b.bidder_id = ${bidderId}`,
  );

export const countBidders = ({ db, community }: Here, key: TenderKey): Query<{ total: number }[]> =>
  db.all(sql`SELECT count(*) AS total FROM tender_bidder WHERE community_id = ${community.id} AND tender_id = ${key}`);

type Insert<T extends { $inferInsert: unknown }> = Omit<T["$inferInsert"], "communityId">;

/** Its number is the next as it was read: the batch aborts with `bidders_changed_meanwhile` where another took it, or the code, or the contact. */
export const insertBidder = ({ db, community }: Here, row: Insert<typeof tenderBidder>): Query =>
  db.orm.insert(tenderBidder).values({ communityId: community.id, ...row });

export const insertBidderLot = ({ db, community }: Here, row: Insert<typeof tenderBidderLot>): Query =>
  db.orm.insert(tenderBidderLot).values({ communityId: community.id, ...row });

/** Everything ties are looked for in: entries into lots, leaving and coming back, corrections. What was read must still be all. */
const ENTRIES = ({ community }: Pick<Here, "community">, tenderId: TenderKey): SQL =>
  sql.join(
    ["tender_bidder_lot", "tender_bidder_lot_move", "tender_bidder_correction"].map(
      (table) =>
        sql`(SELECT count(*) FROM ${sql.raw(table)} WHERE community_id = ${community.id} AND tender_id = ${tenderId})`,
    ),
    sql` + `,
  );
export const countLotEntries = (here: Here, tenderId: TenderKey): Query<{ total: number }[]> =>
  here.db.all(sql`SELECT ${ENTRIES(here, tenderId)} AS total`);
export const assertLotEntries = (here: Here, tenderId: string, total: number): Query =>
  assertThat(here.db, "bidders_changed_meanwhile", sql`${ENTRIES(here, tenderId)} = CAST(${total} AS INTEGER)`);

// ——— Corrections, and lots that were left ———

export const insertCorrection = ({ db, community }: Here, row: Insert<typeof tenderBidderCorrection>): Query =>
  db.orm.insert(tenderBidderCorrection).values({ communityId: community.id, ...row });

/** Contacts that spoke for a bidder before it changed its telephone, its first among them. */
export const listFormerContacts = (
  { db, community }: Here,
  key: TenderKey,
): Query<{ bidderId: string; contactId: string }[]> =>
  db.all(
    sql`SELECT bidder_id AS bidderId, contact_id AS contactId FROM tender_bidder WHERE community_id = ${community.id} AND tender_id = ${key}
        UNION SELECT bidder_id, contact_id FROM tender_bidder_correction WHERE community_id = ${community.id} AND tender_id = ${key}`,
  );

/** How often a bidder moved in each lot it ever entered: odd, and it is out. */
export const listLotMoves = (
  { db, community }: Here,
  key: TenderKey,
  bidderId: string,
): Query<{ lotNo: number; moves: number }[]> =>
  db.all(
    sql`SELECT l.lot_no AS lotNo, (SELECT count(*) FROM tender_bidder_lot_move m WHERE m.community_id = l.community_id AND m.tender_id = l.tender_id
               AND m.bidder_id = l.bidder_id AND m.lot_no = l.lot_no) AS moves
        FROM tender_bidder_lot l WHERE l.community_id = ${community.id} AND l.tender_id = ${key} AND l.bidder_id = ${bidderId} ORDER BY l.lot_no`,
  );
export const insertLotMove = ({ db, community }: Here, row: Insert<typeof tenderBidderLotMove>): Query =>
  db.orm.insert(tenderBidderLotMove).values({ communityId: community.id, ...row });

// ——— Licences ———

export interface LicenceRow {
  readonly bidderId: string;
  readonly licenceNo: number;
  readonly kind: LicenceKind;
  readonly number: string;
  readonly issuer: string;
  readonly expiresOn: Day | "";
  /** 1: it ends while the contract runs. */
  readonly endsWithin: 0 | 1;
  readonly fileId: string;
  readonly fileName: string;
  readonly fileHash: string;
  readonly addedAt: Instant;
  readonly leafHash: string;
  /** The paper that took its place, 0 where it was only taken back; null of one that stands. */
  readonly replacedBy: number | null;
}
const LICENCE = sql.raw(
  `l.bidder_id AS bidderId, l.licence_no AS licenceNo, l.kind, l.number, l.issuer, l.expires_on AS expiresOn, l.ends_within AS endsWithin,
  l.file_id AS fileId, l.file_name AS fileName, l.file_hash AS fileHash, l.added_at AS addedAt, l.leaf_hash AS leafHash,
  (SELECT r.by_licence_no FROM tender_licence_replaced r WHERE r.community_id = l.community_id AND r.tender_id = l.tender_id
    AND r.bidder_id = l.bidder_id AND r.licence_no = l.licence_no) AS replacedBy`,
);
/** The papers that stand. */
export const standingLicences = <L extends Pick<LicenceRow, "replacedBy">>(rows: readonly L[]): L[] =>
  rows.filter(({ replacedBy }) => replacedBy === null);

/** The papers of every bidder of a tender, or of one. */
export const listLicences = ({ db, community }: Here, key: TenderKey, bidderId?: string): Query<LicenceRow[]> =>
  db.all(
    sql`SELECT ${LICENCE} FROM tender_licence l WHERE l.community_id = ${community.id} AND l.tender_id = ${key}
        AND ${bidderId === undefined ? sql`true` : sql`l.bidder_id = ${bidderId}`} ORDER BY l.bidder_id, l.licence_no`,
  );

export const insertLicenceReplaced = ({ db, community }: Here, row: Insert<typeof tenderLicenceReplaced>): Query =>
  db.orm.insert(tenderLicenceReplaced).values({ communityId: community.id, ...row });

export const insertLicence = ({ db, community }: Here, row: Insert<typeof tenderLicence>): Query =>
  db.orm.insert(tenderLicence).values({ communityId: community.id, ...row });

// ——— Confirmations ———

export interface ConfirmationRow {
  readonly bidderId: string;
  readonly edition: number;
  readonly confirmedAt: Instant;
}

export const listConfirmations = ({ db, community }: Here, key: TenderKey): Query<ConfirmationRow[]> =>
  db.all(
    sql`SELECT bidder_id AS bidderId, edition, confirmed_at AS confirmedAt FROM tender_confirmation
        WHERE community_id = ${community.id} AND tender_id = ${key} ORDER BY bidder_id, edition`,
  );

export const insertConfirmation = ({ db, community }: Here, row: Insert<typeof tenderConfirmation>): Query =>
  db.orm.insert(tenderConfirmation).values({ communityId: community.id, ...row });

// ——— Conflicts ———

export interface ConflictRow {
  readonly conflictNo: number;
  readonly kind: ConflictKind;
  readonly lotNo: number;
  readonly bidderId: string;
  /** Another bidder, or a person of the offices. */
  readonly withId: string;
  readonly foundAt: Instant;
  readonly leafHash: string;
}

export const insertConflict = ({ db, community }: Here, row: Insert<typeof tenderConflict>): Query =>
  db.orm.insert(tenderConflict).values({ communityId: community.id, ...row });

export const findLastConflict = ({ db, community }: Here, key: TenderKey): Query<{ last: number }[]> =>
  db.all(
    sql`SELECT coalesce(max(conflict_no), 0) AS last FROM tender_conflict WHERE community_id = ${community.id} AND tender_id = ${key}`,
  );

/** What was found of one bidder before. */
export const listConflictsNoted = (
  { db, community }: Here,
  key: TenderKey,
  bidderId: string,
): Query<Pick<ConflictRow, "kind" | "lotNo" | "withId">[]> =>
  db.all(
    sql`SELECT kind, lot_no AS lotNo, with_id AS withId FROM tender_conflict
        WHERE community_id = ${community.id} AND tender_id = ${key} AND bidder_id = ${bidderId}`,
  );

// ——— What a bidder is compared with ———

/** The bars in force that were entered against a code, over or not: one officer entered each, another confirmed it. */
export const listDebarmentsOf = ({ db, community }: Here, code: string): Query<Debarment[]> =>
  db.all(
    sql`SELECT d.code, d.reason, d.begins_on AS beginsOn, d.ends_on AS endsOn, e.lifted_on AS liftedOn
        FROM tender_debarment d
        JOIN tender_debarment_step s ON s.community_id = d.community_id AND s.debarment_id = d.debarment_id AND s.step_no = 1 AND s.kind = 'confirmed'
        LEFT JOIN tender_debarment_lifted e ON e.community_id = d.community_id AND e.debarment_id = d.debarment_id
        WHERE d.community_id = ${community.id} AND d.code = ${code} ORDER BY d.ends_on DESC`,
  );

/** Persons who hold one of these posts now, with the keyed hashes they are found by; a name may stand twice where several posts are held. */
export const listOfficersNow = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  kinds: readonly string[],
): Query<{ personId: string; nameSealed: string; phoneHash: string }[]> =>
  db.all(
    sql`SELECT DISTINCT n.person_id AS personId, n.name_sealed AS nameSealed, f.phone_hash AS phoneHash
        FROM office_post p
        JOIN office_span h ON h.community_id = p.community_id AND h.post_id = p.post_id
        JOIN office_person n ON n.community_id = h.community_id AND n.person_id = h.person_id
        JOIN office_person_phone f ON f.community_id = n.community_id AND f.person_id = n.person_id
        WHERE p.community_id = ${community.id} AND p.kind IN (SELECT value FROM json_each(${JSON.stringify(kinds)}))
          AND h.from_at <= CAST(${now} AS INTEGER) AND h.until_at > CAST(${now} AS INTEGER)
          AND f.version = (SELECT max(m.version) FROM office_person_phone m WHERE m.community_id = f.community_id AND m.person_id = f.person_id)`,
  );

/** Declared interests that speak of this company, or of kin of one of these names. */
export const listInterestsIn = (
  { db, community }: Here,
  asked: { readonly code: string; readonly company: string; readonly kinHashes: readonly string[] },
): Query<{ personId: string; sameCompany: 0 | 1; kinNamed: 0 | 1 }[]> =>
  db.all(
    sql`SELECT person_id AS personId, max((code <> '' AND code = ${asked.code}) OR (company <> '' AND company = ${asked.company})) AS sameCompany,
               max(kin_hash <> '' AND kin_hash IN (SELECT value FROM json_each(${JSON.stringify(asked.kinHashes)}))) AS kinNamed
        FROM tender_interest WHERE community_id = ${community.id} GROUP BY person_id`,
  );

/** Owners of today's roll who bear one of these names, with the keyed hash of their certificate where the roll has the whole number. */
export const listOwnersNamed = (
  { db, community }: Here,
  nameHashes: readonly string[],
): Query<{ idHash: string | null }[]> =>
  db.all(
    sql`SELECT d.id_hash AS idHash FROM party_detail d
        WHERE d.community_id = ${community.id} AND d.name_hash IN (SELECT value FROM json_each(${JSON.stringify(nameHashes)}))`,
  );
