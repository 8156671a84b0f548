/** The SQL of finding an owner by name: units held on a day by parties whose newest name has a keyed hash. Decides nothing. */
import type { Day } from "../../kernel/day.ts";
import type { PartyId, UnitId } from "../../kernel/id.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { PartyKind, UnitPlace } from "../rules.ts";
import type { Here } from "../store.ts";

export interface NamedHolding extends UnitPlace {
  readonly unitId: UnitId;
  readonly partyId: PartyId;
  readonly kind: PartyKind;
  readonly maskedName: string;
}

/** A namesake may own many units; more than this are not looked at. */
const MOST_UNITS = 200;

export const listHoldingsNamed = ({ db, community }: Here, day: Day, nameHash: string): Query<NamedHolding[]> =>
  db.all(
    sql`SELECT u.unit_id AS unitId, u.building, u.entrance, u.room, d.party_id AS partyId, d.kind, d.masked_name AS maskedName
        FROM party_detail d
        JOIN holding h ON h.community_id = d.community_id AND h.party_id = d.party_id AND h.role = 'owner' AND h.voided_by IS NULL
          AND h.from_on <= ${day} AND (h.to_on IS NULL OR h.to_on > ${day})
        JOIN unit u ON u.community_id = h.community_id AND u.unit_id = h.unit_id
        WHERE d.community_id = ${community.id} AND d.name_hash = ${nameHash}
          AND d.version = (SELECT max(n.version) FROM party_detail n WHERE n.community_id = d.community_id AND n.party_id = d.party_id)
        ORDER BY u.sort_key LIMIT ${MOST_UNITS}`,
  );
