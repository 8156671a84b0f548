/** The SQL of openings: what was released, what it opened, who signed. Reads, and statements for someone's batch. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Seat } from "../sealing/rules.ts";
import type { TenderKey } from "../store.ts";
import type { OpenedBid } from "./opened.ts";
import {
  tenderBidderKey,
  tenderOpenedBid,
  tenderOpenedFile,
  tenderOpening,
  tenderOpeningSignature,
  tenderRelease,
} from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;
type HereNow = Here & Pick<Scene, "now">;

export interface OpeningRow {
  /** JSON of LotOpening[]. */
  readonly lots: string;
  readonly checkpointSize: number;
  readonly begunBy: string;
  readonly begunAt: Instant;
  readonly leafHash: string;
}
export const findOpening = ({ db, community }: Here, key: TenderKey): Query<OpeningRow[]> =>
  db.all(
    sql`SELECT lots, checkpoint_size AS checkpointSize, begun_by AS begunBy, begun_at AS begunAt, leaf_hash AS leafHash
        FROM tender_opening WHERE community_id = ${community.id} AND tender_id = ${key}`,
  );
export const insertOpening = (
  { db, community, now }: HereNow,
  tenderId: string,
  row: Omit<OpeningRow, "begunAt">,
): Query => db.orm.insert(tenderOpening).values({ communityId: community.id, tenderId, begunAt: now, ...row });

export interface ReleaseRow {
  readonly seat: Seat;
  /** JSON {shareKey: share or null}. */
  readonly shares: string;
  readonly at: Instant;
  readonly leafHash: string;
}
export const listReleases = ({ db, community }: Here, key: TenderKey): Query<ReleaseRow[]> =>
  db.all(
    sql`SELECT seat, shares, at, leaf_hash AS leafHash FROM tender_release WHERE community_id = ${community.id} AND tender_id = ${key} ORDER BY seat`,
  );
/** The same without the shares, for pages that only say who released. */
export const listReleased = (
  { db, community }: Here,
  key: TenderKey,
): Query<{ seat: Seat; at: Instant; leafHash: string }[]> =>
  db.all(
    sql`SELECT seat, at, leaf_hash AS leafHash FROM tender_release WHERE community_id = ${community.id} AND tender_id = ${key} ORDER BY seat`,
  );
export const insertRelease = (
  { db, community, now }: HereNow,
  tenderId: string,
  row: Omit<ReleaseRow, "at"> & { readonly personId: string },
): Query => db.orm.insert(tenderRelease).values({ communityId: community.id, tenderId, at: now, ...row });

export interface BidderKeyRow {
  readonly lotNo: number;
  readonly bidderId: string;
  /** key|nonce in base64url. */
  readonly price: string;
  readonly documents: string;
  readonly at: Instant;
}
export const listBidderKeys = ({ db, community }: Here, key: TenderKey): Query<BidderKeyRow[]> =>
  db.all(
    sql`SELECT lot_no AS lotNo, bidder_id AS bidderId, price, documents, at FROM tender_bidder_key
        WHERE community_id = ${community.id} AND tender_id = ${key} ORDER BY lot_no, bidder_id`,
  );
export const insertBidderKey = (
  { db, community, now }: HereNow,
  tenderId: string,
  row: Omit<BidderKeyRow, "at"> & { readonly leafHash: string },
): Query => db.orm.insert(tenderBidderKey).values({ communityId: community.id, tenderId, at: now, ...row });

export interface OpenedFileRow {
  readonly lotNo: number;
  readonly bidderId: string;
  /** In FILES, for those who examine bids; empty where it did not open. */
  readonly fileId: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly fault: "" | "documents" | "not_pdf";
}
export const listOpenedFiles = ({ db, community }: Here, key: TenderKey): Query<OpenedFileRow[]> =>
  db.all(
    sql`SELECT lot_no AS lotNo, bidder_id AS bidderId, file_id AS fileId, sha256, bytes, fault FROM tender_opened_file
        WHERE community_id = ${community.id} AND tender_id = ${key} ORDER BY lot_no, bidder_id`,
  );
export const insertOpenedFile = ({ db, community, now }: HereNow, tenderId: string, row: OpenedFileRow): Query =>
  db.orm.insert(tenderOpenedFile).values({ communityId: community.id, tenderId, at: now, ...row });

/** A bid as it was read out. */
export interface OpenedBidRow {
  readonly lotNo: number;
  readonly bidderNo: number;
  readonly bidderId: string;
  readonly name: string;
  readonly code: string;
  readonly bidNo: number;
  /** JSON {key: fen}. */
  readonly prices: string;
  readonly totalHundredths: number | null;
  readonly voidWhy: string | null;
  readonly openedBy: "keyholders" | "bidder" | "nobody";
  /** key|nonce of the price sheet in base64url; empty where nobody could open it. */
  readonly secret: string;
  /** The opened documents, for `getFile(…, "private")`; empty where there are none. */
  readonly fileId: string;
  readonly at: Instant;
  readonly leafHash: string;
}
const OPENED = sql.raw(
  `o.lot_no AS lotNo, o.bidder_no AS bidderNo, o.bidder_id AS bidderId, o.name, o.code, o.bid_no AS bidNo, o.prices,
  o.total_hundredths AS totalHundredths, o.void_why AS voidWhy, o.opened_by AS openedBy, o.secret, o.file_id AS fileId, o.at, o.leaf_hash AS leafHash`,
);

/** Every bid of an opened tender, by lot and in the order of registration; empty before the opening. Rows grow with the bids alone. */
export const listOpenedBids = ({ db, community }: Here, key: TenderKey): Query<OpenedBidRow[]> =>
  db.all(
    sql`SELECT ${OPENED} FROM tender_opened_bid o WHERE o.community_id = ${community.id} AND o.tender_id = ${key} ORDER BY o.lot_no, o.bidder_no`,
  );
/** The row as whoever scores it reads it. */
export const openedBidOf = ({
  lotNo,
  bidderId,
  bidderNo,
  name,
  code,
  prices,
  totalHundredths,
  voidWhy,
}: OpenedBidRow): OpenedBid => ({
  lotNo,
  bidderId,
  bidderNo,
  name,
  code,
  prices: JSON.parse(prices) as Record<string, number>,
  totalHundredths,
  voidWhy,
});
export const insertOpenedBid = (
  { db, community, now }: HereNow,
  tenderId: string,
  row: Omit<OpenedBidRow, "at">,
): Query => db.orm.insert(tenderOpenedBid).values({ communityId: community.id, tenderId, at: now, ...row });

/** The latest amendment that bids rest on: one row, its edition null where there is none. */
export const findTouched = ({ db, community }: Here, key: TenderKey): Query<{ edition: number | null }[]> =>
  db.all(
    sql`SELECT max(edition) AS edition FROM tender_amendment WHERE community_id = ${community.id} AND tender_id = ${key} AND touches = 1`,
  );

export interface OpeningSignatureRow {
  readonly personId: string;
  readonly words: string;
  readonly at: Instant;
  readonly leafHash: string;
}
export const listOpeningSignatures = ({ db, community }: Here, key: TenderKey): Query<OpeningSignatureRow[]> =>
  db.all(
    sql`SELECT person_id AS personId, words, at, leaf_hash AS leafHash FROM tender_opening_signature
        WHERE community_id = ${community.id} AND tender_id = ${key} ORDER BY at, person_id`,
  );
export const insertOpeningSignature = (
  { db, community, now }: HereNow,
  tenderId: string,
  row: Omit<OpeningSignatureRow, "at">,
): Query => db.orm.insert(tenderOpeningSignature).values({ communityId: community.id, tenderId, at: now, ...row });
