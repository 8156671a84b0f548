/** A telephone proved by a code: the bidders' door, its sessions, and the words of its message. Which bidder a contact speaks for is asked at every request. */
import { maskPhone } from "../../community/identity/rules.ts";
import type { Instant } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import { askAt, codeAt, type Door, tryAt } from "../../offices/signin/codes/actions.ts";
import { BIDDERS_CODES_PER_COMMUNITY, SESSION_LIFE_MS } from "../../offices/signin/rules.ts";
import { type Query, sql } from "../../platform/db.ts";
import { registerMessageKind } from "../../platform/outbox/kinds.ts";
import type { Scene } from "../../platform/scene.ts";
import { byTenderNumber } from "../store.ts";
import { tenderSession } from "./schema.ts";
import { contactContext } from "./sealed.ts";

const CODE = "tender.contact-code";

/** What a telephone is known as: from it nobody gets back to the number. */
export const contactIdOf = ({ keys, community }: Pick<Scene, "keys" | "community">, phone: string): string =>
  keys.index(phone, `tender-contact:${community.id}`).slice(0, 32);

/** The number of a contact, for sending; null for nobody. */
export async function phoneOf(scene: Scene, contactId: string): Promise<string | null> {
  const { db, community, keys } = scene;
  const [rows] = await db.read(
    db.all<{ sealed: string }>(
      sql`SELECT phone_sealed AS sealed FROM tender_contact WHERE community_id = ${community.id} AND contact_id = ${contactId}`,
    ),
  );
  return rows[0] ? keys.open(rows[0].sealed, contactContext(community.id, contactId)) : null;
}

/** The statement that keeps a number, once. */
export async function keepContact(
  scene: Scene,
  phone: string,
): Promise<{ readonly contactId: string; readonly statement: Query }> {
  const { db, community, keys, now } = scene;
  const contactId = contactIdOf(scene, phone);
  const sealed = await keys.seal(phone, contactContext(community.id, contactId));
  return {
    contactId,
    statement: db.run(
      sql`INSERT INTO tender_contact(community_id, contact_id, phone_sealed, phone_masked, first_at)
          SELECT ${community.id}, ${contactId}, ${sealed}, ${maskPhone(phone)}, CAST(${now} AS INTEGER)
          WHERE NOT EXISTS (SELECT 1 FROM tender_contact WHERE community_id = ${community.id} AND contact_id = ${contactId})`,
    ),
  };
}

// ——— Sessions ———

export interface OpenedContact {
  readonly sessionId: string;
  readonly contactId: string;
  readonly beganAt: Instant;
  readonly endsAt: Instant;
}

function opening(
  { db, community, random, now }: Scene,
  contactId: string,
  challengeId: string,
): { readonly opened: OpenedContact; readonly statements: readonly Query[] } {
  const opened = { sessionId: newId<string>(random), contactId, beganAt: now, endsAt: now + SESSION_LIFE_MS };
  return {
    opened,
    statements: [db.orm.insert(tenderSession).values({ communityId: community.id, challengeId, ...opened })],
  };
}

const DOOR: Door<OpenedContact> = {
  name: "bidder",
  messageKind: CODE,
  codesPerCommunity: BIDDERS_CODES_PER_COMMUNITY,
  findHolder: (scene, phone) => {
    const { db, community } = scene;
    return db.all(
      sql`SELECT contact_id AS holder, contact_id AS "to" FROM tender_contact
          WHERE community_id = ${community.id} AND contact_id = ${contactIdOf(scene, phone)}`,
    );
  },
  admit: async (scene, phone) => {
    const { contactId, statement } = await keepContact(scene, phone);
    return { holder: contactId, to: contactId, statements: [statement] };
  },
  findOpened: async (scene, challengeId) => {
    const { db, community, now } = scene;
    const [rows] = await db.read(
      db.all<OpenedContact & { ended: 0 | 1 }>(
        sql`SELECT s.session_id AS sessionId, s.contact_id AS contactId, s.began_at AS beganAt, s.ends_at AS endsAt,
                   EXISTS (SELECT 1 FROM tender_session_end e WHERE e.community_id = s.community_id AND e.session_id = s.session_id) AS ended
            FROM tender_session s WHERE s.community_id = ${community.id} AND s.challenge_id = ${challengeId} AND s.challenge_id <> ''`,
      ),
    );
    const [row] = rows;
    if (!row) return null;
    const { ended, ...opened } = row;
    return { live: ended === 0 && now < opened.endsAt ? opened : null };
  },
  open: async (scene, { challengeId, holder }) => opening(scene, holder, challengeId),
};

/** Asks for a code for any number: whoever wants to bid, or to ask, is not known here yet. See `askAt`. */
export const askForContactCode = (scene: Scene, typed: string, onceKey: string) => askAt(DOOR, scene, typed, onceKey);
/** Tries a code; a right one opens a session for the contact. See `tryAt`. */
export const tryContactCode = (scene: Scene, challengeId: string, typed: string) =>
  tryAt(DOOR, scene, challengeId, typed);
export const codeOfContact = (scene: Pick<Scene, "keys" | "community">, challengeId: string): string =>
  codeAt(DOOR, scene, challengeId);

/** Opens a session without a code: for the demo and for tests. */
export async function openContactSession(scene: Scene, phone: string): Promise<OpenedContact> {
  const { contactId, statement } = await keepContact(scene, phone);
  const { opened, statements } = opening(scene, contactId, "");
  const written = await scene.db.write([statement, ...statements]);
  if (!written.ok) throw new Error(`a contact's session was refused: ${written.error.code}`);
  return opened;
}

/** Who a session speaks for in one tender: the contact, and the bidder it registered there. */
export interface SignedIn {
  readonly sessionId: string;
  readonly contactId: string;
  readonly phoneMasked: string;
  /** Null for a tender that is not there. */
  readonly tenderId: string | null;
  readonly bidderId: string | null;
  readonly bidderNo: number | null;
  readonly name: string | null;
  readonly code: string | null;
}

/** One row while the session lives, none after. */
export const findSignedIn = (
  scene: Pick<Scene, "db" | "community" | "now">,
  sessionId: string,
  tenderNumber: number,
): Query<SignedIn[]> => {
  const { db, community, now } = scene;
  return db.all(
    sql`SELECT s.session_id AS sessionId, s.contact_id AS contactId, k.phone_masked AS phoneMasked, t.tender_id AS tenderId,
               b.bidder_id AS bidderId, b.bidder_no AS bidderNo, b.name, b.code
        FROM tender_session s
        JOIN tender_contact k ON k.community_id = s.community_id AND k.contact_id = s.contact_id
        LEFT JOIN tender t ON t.community_id = s.community_id AND t.tender_id = ${byTenderNumber(scene, tenderNumber)}
        LEFT JOIN tender_bidder_now b ON b.community_id = t.community_id AND b.tender_id = t.tender_id AND b.contact_id = s.contact_id
        WHERE s.community_id = ${community.id} AND s.session_id = ${sessionId} AND s.ends_at > CAST(${now} AS INTEGER)
          AND NOT EXISTS (SELECT 1 FROM tender_session_end e WHERE e.community_id = s.community_id AND e.session_id = s.session_id)`,
  );
};

/** Signs a browser out; a repeat finds it done. */
export async function signOutContact(scene: Scene, sessionId: string): Promise<void> {
  const { db, community, now } = scene;
  await db.write([
    db.run(
      sql`INSERT INTO tender_session_end(community_id, session_id, ended_at)
          SELECT ${community.id}, ${sessionId}, CAST(${now} AS INTEGER)
          WHERE NOT EXISTS (SELECT 1 FROM tender_session_end WHERE community_id = ${community.id} AND session_id = ${sessionId})`,
    ),
  ]);
}

registerMessageKind(CODE, {
  name: { zh: "选聘联系人验证码", en: "A tender contact's code" },
  render: async (scene, params, contactId) => {
    const phone = await phoneOf(scene, contactId);
    if (!phone) return { skip: "no number" };
    const code = codeOfContact(scene, String(params.challenge));
    return {
      phone,
      text: `【小区共治】${scene.community.name}选聘物业服务：您的验证码是 ${code}，5 分钟内有效。任何人都不会向您索要验证码，请勿告诉他人。`,
    };
  },
});
