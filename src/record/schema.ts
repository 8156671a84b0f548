/** Drizzle's typed view of the record's tables; migrations/0002 is the truth, and a test compares the two. */
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const recordLeaf = sqliteTable(
  "record_leaf",
  {
    communityId: text("community_id").notNull(),
    seq: integer("seq").notNull(),
    leafHash: text("leaf_hash").notNull(),
    at: integer("at").notNull(),
    type: text("type").notNull(),
    subject: text("subject").notNull().default(""),
    entry: text("entry").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.communityId, table.seq] }),
    index("record_leaf_by_hash").on(table.communityId, table.leafHash),
    index("record_leaf_by_subject").on(table.communityId, table.subject, table.seq),
  ],
);

export const recordNode = sqliteTable(
  "record_node",
  {
    communityId: text("community_id").notNull(),
    level: integer("level").notNull(),
    position: integer("position").notNull(),
    hash: text("hash").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.level, table.position] })],
);

export const recordLog = sqliteTable("record_log", {
  communityId: text("community_id").notNull().primaryKey(),
  origin: text("origin").notNull(),
  vkey: text("vkey").notNull(),
  openedAt: integer("opened_at").notNull(),
});

export const recordCheckpoint = sqliteTable(
  "record_checkpoint",
  {
    communityId: text("community_id").notNull(),
    size: integer("size").notNull(),
    previousSize: integer("previous_size").notNull(),
    root: text("root").notNull(),
    note: text("note").notNull(),
    madeAt: integer("made_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.size] })],
);

export const recordWitness = sqliteTable(
  "record_witness",
  {
    communityId: text("community_id").notNull(),
    keyName: text("key_name").notNull(),
    keyId: text("key_id").notNull(),
    vkey: text("vkey").notNull(),
    label: text("label").notNull(),
    registeredAt: integer("registered_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.keyName, table.keyId] })],
);

export const recordCosignature = sqliteTable(
  "record_cosignature",
  {
    communityId: text("community_id").notNull(),
    size: integer("size").notNull(),
    keyName: text("key_name").notNull(),
    keyId: text("key_id").notNull(),
    line: text("line").notNull(),
    signedAt: integer("signed_at").notNull(),
    receivedAt: integer("received_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.communityId, table.size, table.keyName, table.keyId] }),
    foreignKey({
      columns: [table.communityId, table.size],
      foreignColumns: [recordCheckpoint.communityId, recordCheckpoint.size],
    }),
    foreignKey({
      columns: [table.communityId, table.keyName, table.keyId],
      foreignColumns: [recordWitness.communityId, recordWitness.keyName, recordWitness.keyId],
    }),
  ],
);
