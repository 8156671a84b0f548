/** A tender in bidding and its registered bidders, written into a Worker's stopped database: the journeys here are about what comes after. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { schemeOf } from "../unit/tender-scheme-of-test.ts";

export interface Announced {
  readonly communityId: string;
  readonly number: number;
  /** The sessions of the bidders' telephones, in their order. */
  readonly sessions: readonly string[];
}

const walk = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });

const HASH = "0".repeat(64);
const DAY_MS = 86_400_000;

/** Announced an hour ago, closing in two days, with so many companies registered for its lot. */
export function announceTender(folder: string, slug: string, bidders: number): Announced {
  for (const path of walk(folder).filter((one) => /D1DatabaseObject.*\.sqlite$/.test(one))) {
    const db = new DatabaseSync(path);
    try {
      const community = db.prepare("SELECT community_id AS id FROM community WHERE slug = ?");
      const found = community.get(slug) as { id: string } | undefined;
      if (found) return insert(db, found.id, bidders);
    } catch {
      // The directory of objects itself, without our tables.
    } finally {
      db.close();
    }
  }
  throw new Error(`no database holds ${slug}`);
}

function insert(db: DatabaseSync, communityId: string, bidders: number): Announced {
  const now = Date.now();
  const tenderId = "tendersealed0001";
  const scheme = schemeOf();
  const add = (table: string, row: Record<string, string | number>): void => {
    const names = Object.keys(row);
    db.prepare(`INSERT INTO ${table}(${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`).run(
      ...Object.values(row),
    );
  };
  const here = { community_id: communityId };
  const { next } = db
    .prepare("SELECT coalesce(max(number), 0) + 1 AS next FROM tender WHERE community_id = ?")
    .get(communityId) as { next: number };
  add("tender", {
    ...here,
    tender_id: tenderId,
    number: next,
    title: scheme.title,
    state: "noticed",
    drafted_by: "test",
    drafted_at: now - 2 * DAY_MS,
    decided_at: now - DAY_MS,
    decided_words: "业主委员会决议",
    noticed_edition: 1,
    noticed_at: now - 3_600_000,
    questions_until: now - 1,
    closes_at: now + 2 * DAY_MS,
  });
  add("tender_scheme", {
    ...here,
    tender_id: tenderId,
    edition: 1,
    scheme: JSON.stringify(scheme),
    scheme_hash: HASH,
    why: "",
    made_by: "test",
    made_at: now - 2 * DAY_MS,
    leaf_hash: HASH,
  });
  const sessions = Array.from({ length: bidders }, (_, at) => {
    const nth = at + 1;
    const contact = `contact${nth}`.padEnd(32, "0");
    add("tender_contact", {
      ...here,
      contact_id: contact,
      phone_sealed: "1.x",
      phone_masked: "139****0000",
      first_at: now,
    });
    const session = `sealing-session-${nth}`;
    const ends = now + 30 * DAY_MS;
    add("tender_session", {
      ...here,
      session_id: session,
      contact_id: contact,
      challenge_id: "",
      began_at: now,
      ends_at: ends,
    });
    add("tender_bidder", {
      ...here,
      tender_id: tenderId,
      bidder_id: `sealedbidder000${nth}`,
      bidder_no: nth,
      name: `重庆保洁第${nth}服务有限公司`,
      code: `9150022700000000${nth}X`,
      code_doubt: "",
      contact_id: contact,
      persons_sealed: "1.x",
      representative_masked: "钱*",
      controller_masked: "钱*",
      representative_hash: HASH,
      controller_hash: HASH,
      incumbent: 0,
      declarations: "[]",
      registered_at: now - 1,
      leaf_hash: HASH,
    });
    add("tender_bidder_lot", {
      ...here,
      tender_id: tenderId,
      bidder_id: `sealedbidder000${nth}`,
      lot_no: 1,
      joined_at: now,
      leaf_hash: HASH,
    });
    return session;
  });
  return { communityId, number: next, sessions };
}
