/** Drizzle's typed view of the tables of assets in migrations/0018. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const ledgerAsset = sqliteTable(
  "ledger_asset",
  {
    communityId: text("community_id").notNull(),
    assetId: text("asset_id").notNull(),
    kind: text("kind").notNull(),
    ground: text("ground"),
    code: text("code").notNull(),
    version: integer("version").notNull(),
    state: text("state").notNull(),
    addedBy: text("added_by").notNull(),
    addedAt: integer("added_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.assetId] })],
);

export const ledgerAssetVersion = sqliteTable(
  "ledger_asset_version",
  {
    communityId: text("community_id").notNull(),
    assetId: text("asset_id").notNull(),
    version: integer("version").notNull(),
    name: text("name").notNull(),
    place: text("place").notNull(),
    areaDm2: integer("area_dm2"),
    titleBasis: text("title_basis").notNull(),
    state: text("state").notNull(),
    remark: text("remark").notNull(),
    photos: text("photos").notNull(),
    fromOn: text("from_on").notNull(),
    writtenBy: text("written_by").notNull(),
    writtenAt: integer("written_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.assetId, t.version] })],
);
