/** The SQL of witnesses and their cosignatures. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { VerifierKey } from "../note/key.ts";
import type { Here, HereNow } from "../store.ts";

export interface Witness {
  readonly keyName: string;
  readonly keyId: string;
  readonly vkey: string;
  /** Who it is, in words. */
  readonly label: string;
  readonly registeredAt: Instant;
}

export const listWitnesses = ({ db, community }: Here): Query<Witness[]> =>
  db.all<Witness>(
    sql`SELECT key_name AS keyName, key_id AS keyId, vkey, label, registered_at AS registeredAt
        FROM record_witness WHERE community_id = ${community.id} ORDER BY registered_at, key_name, key_id`,
  );

export const insertWitness = (
  { db, community, now }: HereNow,
  { name, keyId }: VerifierKey,
  vkey: string,
  label: string,
): Query =>
  db.run(
    sql`INSERT INTO record_witness(community_id, key_name, key_id, vkey, label, registered_at)
        VALUES (${community.id}, ${name}, ${keyId}, ${vkey}, ${label}, ${now})`,
  );

export interface Cosignature {
  readonly size: number;
  readonly keyName: string;
  readonly keyId: string;
  readonly label: string;
  /** The signature line with its newline. */
  readonly line: string;
  /** Seconds since 1970, by the witness's own clock. */
  readonly signedAt: number;
}

/** The cosignatures under the checkpoint of this size; without a size, under the latest checkpoint. */
export const listCosignatures = ({ db, community }: Here, size: number | null = null): Query<Cosignature[]> =>
  db.all<Cosignature>(
    sql`SELECT size, key_name AS keyName, key_id AS keyId, label, line, signed_at AS signedAt
        FROM record_cosignature JOIN record_witness USING (community_id, key_name, key_id)
        WHERE community_id = ${community.id} AND size = ${
          size === null
            ? sql`(SELECT size FROM record_checkpoint WHERE community_id = ${community.id} ORDER BY size DESC LIMIT 1)`
            : sql`${size}`
        }
        ORDER BY registered_at, key_name, key_id`,
  );

/** The newest checkpoint each witness has cosigned, with its size and the witness's time. */
export const listLastCosigned = ({ db, community }: Here): Query<Cosignature[]> =>
  db.all<Cosignature>(
    sql`SELECT max(size) AS size, key_name AS keyName, key_id AS keyId, label, line, signed_at AS signedAt
        FROM record_cosignature JOIN record_witness USING (community_id, key_name, key_id)
        WHERE community_id = ${community.id} GROUP BY key_name, key_id ORDER BY registered_at, key_name, key_id`,
  );

/** Adds a cosignature unless this witness's under this checkpoint is there already; the first one stays. */
export const insertCosignature = (
  { db, community, now }: HereNow,
  { size, keyName, keyId, line, signedAt }: Omit<Cosignature, "label">,
): Query =>
  db.run(
    sql`INSERT INTO record_cosignature(community_id, size, key_name, key_id, line, signed_at, received_at)
        SELECT ${community.id}, ${size}, ${keyName}, ${keyId}, ${line}, ${signedAt}, ${now}
        WHERE NOT EXISTS (SELECT 1 FROM record_cosignature
          WHERE community_id = ${community.id} AND size = ${size} AND key_name = ${keyName} AND key_id = ${keyId})`,
  );
