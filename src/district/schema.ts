/** Drizzle's typed view of the overview of communities; migrations/0012 is the truth, and a test compares the two. The sums are kept by its triggers. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { EntityForm } from "../committee/entity/rules.ts";

export const districtRow = sqliteTable("district_row", {
  communityId: text("community_id").notNull().primaryKey(),
  district: text("district").notNull(),
  street: text("street").notNull(),
  slug: text("slug").notNull(),
  name: text("name").notNull(),
  asOf: integer("as_of").notNull(),
  branch: integer("branch").notNull(),
  committee: integer("committee").notNull(),
  hadCommittee: integer("had_committee").notNull(),
  seats: integer("seats").notNull(),
  termFrom: text("term_from"),
  termUntil: text("term_until"),
  termEnding: integer("term_ending").notNull(),
  entityForm: text("entity_form").$type<EntityForm>(),
  entity: integer("entity"),
  publishedOn: text("published_on"),
  publishedLately: integer("published_lately").notNull(),
  duties: integer("duties"),
  dutiesOverdue: integer("duties_overdue"),
  overdue: integer("overdue"),
  overlapSeats: integer("overlap_seats"),
  overlapLeast: integer("overlap_least"),
  overlapMost: integer("overlap_most"),
  chairIsSecretary: integer("chair_is_secretary"),
});

export const districtTotal = sqliteTable(
  "district_total",
  {
    district: text("district").notNull(),
    /** Empty: the whole district. */
    street: text("street").notNull(),
    asOf: integer("as_of").notNull(),
    communities: integer("communities").notNull(),
    branches: integer("branches").notNull(),
    committees: integer("committees").notNull(),
    termEnding: integer("term_ending").notNull(),
    entityKnown: integer("entity_known").notNull(),
    entities: integer("entities").notNull(),
    publishedLately: integer("published_lately").notNull(),
    dutiesKnown: integer("duties_known").notNull(),
    duties: integer("duties").notNull(),
    dutiesOverdue: integer("duties_overdue").notNull(),
    overdue: integer("overdue").notNull(),
    overlapKnown: integer("overlap_known").notNull(),
    overlapSeats: integer("overlap_seats").notNull(),
    overlapLeast: integer("overlap_least").notNull(),
    overlapMost: integer("overlap_most").notNull(),
    overlapSome: integer("overlap_some").notNull(),
    chairsKnown: integer("chairs_known").notNull(),
    chairsSecretary: integer("chairs_secretary").notNull(),
  },
  (t) => [primaryKey({ columns: [t.district, t.street] })],
);
