/** The SQL of the links under which households rate. Who rated is not told by them. Decides nothing. */
import type { Day } from "../../../kernel/day.ts";
import type { PartyId } from "../../../kernel/id.ts";
import { type Query, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import type { ServicePeriod } from "../rules.ts";
import { tenderRatingInvitation } from "../schema.ts";

type Here = Pick<Scene, "db" | "community">;

export interface RatingLinkRow {
  readonly period: ServicePeriod;
  readonly headKey: string;
  readonly partyId: PartyId;
  readonly actsId: PartyId;
  readonly tokenHash: string;
}
const LINK = sql.raw("period, head_key AS headKey, party_id AS partyId, acts_id AS actsId, token_hash AS tokenHash");

/** The link whose token has this hash: one row or none. */
export const findRatingLink = ({ db, community }: Here, tokenHash: string): Query<RatingLinkRow[]> =>
  db.all(
    sql`SELECT ${LINK} FROM tender_rating_link WHERE community_id = ${community.id} AND token_hash = ${tokenHash}`,
  );
export const findRatingLinkOf = (
  { db, community }: Here,
  period: ServicePeriod,
  headKey: string,
): Query<RatingLinkRow[]> =>
  db.all(
    sql`SELECT ${LINK} FROM tender_rating_link WHERE community_id = ${community.id} AND period = ${period} AND head_key = ${headKey}`,
  );

const PER_STATEMENT = 2_000;
export const insertRatingLinks = ({ db, community }: Here, links: readonly RatingLinkRow[]): Query[] => {
  const statements: Query[] = [];
  for (let start = 0; start < links.length; start += PER_STATEMENT)
    statements.push(
      db.run(
        sql`INSERT INTO tender_rating_link(community_id, period, head_key, party_id, acts_id, token_hash)
            SELECT ${community.id}, value ->> 'period', value ->> 'headKey', value ->> 'partyId', value ->> 'actsId', value ->> 'tokenHash'
            FROM json_each(${JSON.stringify(links.slice(start, start + PER_STATEMENT))})`,
      ),
    );
  return statements;
};

export interface InvitationRow {
  readonly period: ServicePeriod;
  readonly households: number;
  readonly untilOn: Day;
  readonly invitedAt: number;
}
/** To how many households word of the latest periods went, the newest first. */
export const listRatingInvitations = ({ db, community }: Here, most: number): Query<InvitationRow[]> =>
  db.all(
    sql`SELECT period, households, until_on AS untilOn, invited_at AS invitedAt FROM tender_rating_invitation
        WHERE community_id = ${community.id} ORDER BY period DESC LIMIT CAST(${most} AS INTEGER)`,
  );
export const insertRatingInvitation = (
  { db, community }: Here,
  row: Omit<typeof tenderRatingInvitation.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderRatingInvitation).values({ communityId: community.id, ...row });

/** Which of these contracts a household has rated in a period; its key is another for each contract. */
export const listRatedContracts = (
  { db, community }: Here,
  period: ServicePeriod,
  keys: readonly { readonly contractId: string; readonly household: string }[],
): Query<{ contractId: string }[]> =>
  db.all(
    sql`SELECT r.contract_id AS contractId FROM json_each(${JSON.stringify(keys)}) j CROSS JOIN tender_rating r
        ON r.community_id = ${community.id} AND r.contract_id = j.value ->> 'contractId' AND r.period = ${period} AND r.household = j.value ->> 'household'`,
  );
