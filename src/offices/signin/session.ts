/** The staff cookie, and who it is: session, person and offices held now, in one round trip. Not how a code is checked. */
import type { Instant } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import type { Actor } from "../../platform/access.ts";
import type { AppContext } from "../../platform/context.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { clearCookie, readCookie, readToken, signToken, writeCookie } from "../../platform/session.ts";
import { titleNow } from "../bodies/posts/store.ts";
import { nameNow } from "../bodies/store.ts";
import { openName } from "../people/store.ts";
import { permissionsOf } from "../rules.ts";
import { cookieEndsAt, isRenewalDue } from "./rules.ts";

const COOKIE = "ch_staff";

export interface StaffSession {
  readonly sessionId: string;
  readonly beganAt: Instant;
}

/** Signs the session into the browser's cookie; an hour from `now`, never past the session's end. */
export async function writeStaffCookie(c: AppContext, session: StaffSession): Promise<void> {
  const { scene, now } = c.var;
  const seconds = Math.floor((cookieEndsAt(session.beganAt, now) - now) / 1000);
  if (seconds <= 0) return;
  const claims = { sid: session.sessionId, cid: scene.community.id, began: session.beganAt, renewed: now };
  writeCookie(c, COOKIE, await signToken(c.env, "staff", claims, now, seconds), seconds);
}

export const clearStaffCookie = (c: AppContext): void => clearCookie(c, COOKIE);

interface HeldPost {
  readonly sessionId: string;
  readonly personId: PersonId;
  readonly nameSealed: string;
  readonly kind: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly bodyZh: string;
  readonly bodyEn: string;
}

/** The posts held at this instant by the person of a live session; no rows when it has ended or nothing is held. */
const listPostsOfSession = ({ db, community, now }: Scene, sessionId: string): Query<HeldPost[]> =>
  db.all(
    sql`SELECT s.session_id AS sessionId, s.person_id AS personId, n.name_sealed AS nameSealed, p.kind, ${titleNow("title_zh")} AS titleZh,
               ${titleNow("title_en")} AS titleEn, ${nameNow("name_zh")} AS bodyZh, ${nameNow("name_en")} AS bodyEn
        FROM staff_session s
        JOIN office_person n ON n.community_id = s.community_id AND n.person_id = s.person_id
        JOIN office_span h ON h.community_id = s.community_id AND h.person_id = s.person_id
        JOIN office_post p ON p.community_id = s.community_id AND p.post_id = h.post_id
        JOIN office_body b ON b.community_id = s.community_id AND b.body_id = p.body_id
        WHERE s.community_id = ${community.id} AND s.session_id = ${sessionId} AND s.ends_at > CAST(${now} AS INTEGER)
          AND NOT EXISTS (SELECT 1 FROM staff_session_end e WHERE e.community_id = s.community_id AND e.session_id = s.session_id)
          AND h.from_at <= CAST(${now} AS INTEGER) AND h.until_at > CAST(${now} AS INTEGER)
        ORDER BY p.position, p.post_id`,
  );

/**
 * Who is signed in to this community and what they may do at this instant; null for strangers, for a cookie that is forged,
 * expired or another community's, a session that was ended, and a person who holds no office any more. One round trip; renews the
 * cookie on the way and writes nothing.
 */
export async function findStaffActor(c: AppContext): Promise<Actor | null> {
  const { scene, now, lang } = c.var;
  const cookie = readCookie(c, COOKIE);
  if (!cookie) return null;
  const claims = await readToken(c.env, "staff", cookie, now);
  const { sid, cid, began, renewed } = claims ?? {};
  if (typeof sid !== "string" || cid !== scene.community.id) return null;
  if (typeof began !== "number" || typeof renewed !== "number") return null;
  const [posts] = await scene.db.read(listPostsOfSession(scene, sid));
  const first = posts[0];
  if (!first) return null;
  if (isRenewalDue({ beganAt: began, renewedAt: renewed }, now))
    await writeStaffCookie(c, { sessionId: sid, beganAt: began });
  return {
    personId: first.personId,
    sessionId: first.sessionId,
    name: await openName(scene, first),
    posts: posts.map(({ kind, titleZh, titleEn, bodyZh, bodyEn }) => ({
      kind,
      title: lang === "en" ? titleEn : titleZh,
      body: lang === "en" ? bodyEn : bodyZh,
    })),
    permissions: permissionsOf(posts.map(({ kind }) => kind)),
  };
}
