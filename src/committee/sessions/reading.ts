/** One meeting of the committee with its names opened, for pages, the API and the filing, in one round trip. Decides and writes nothing. */
import type { Instant } from "../../kernel/day.ts";
import { openName } from "../../offices/people/store.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Scene } from "../../platform/scene.ts";
import { type AuthorisationRow, listUsableAuthorisations } from "../delegation/store.ts";
import { PRACTICE, type Practice } from "../practice/rules.ts";
import { itemsOf, practiceOf } from "./actions.ts";
import { minutesQueries, type Recorded, recordedOf } from "./minutes/actions.ts";
import type { Choice, Stance } from "./minutes/rules.ts";
import { listResolutionsOf, type ResolutionRow } from "./resolutions/store.ts";
import type { SessionItem } from "./rules.ts";
import { findSession, listRequests, type SessionKey, type SessionRow } from "./store.ts";

/** Someone of the roll call, with what they said to each item and to the minutes. */
export interface Attendant {
  readonly personId: string;
  readonly name: string;
  readonly title: Bilingual;
  readonly standing: "member" | "alternate";
  readonly present: boolean;
  /** By item number; empty for whoever had no vote. */
  readonly votes: ReadonlyMap<number, { readonly choice: Choice; readonly why: string }>;
  readonly signature: {
    readonly stance: Stance;
    readonly remark: string;
    readonly way: "session" | "scan";
    readonly at: Instant;
    readonly fileId: string | null;
  } | null;
}

export interface SessionView {
  readonly row: SessionRow;
  /** Of the mandate it was called under: 第几届. */
  readonly mandateNumber: number;
  readonly items: readonly SessionItem[];
  /** That it was announced with, or what holds today. */
  readonly practice: Practice;
  /** How many members have asked for it; who they were is theirs to say. */
  readonly asking: number;
  readonly askers: readonly string[];
  readonly recorded: Recorded | null;
  readonly attendants: readonly Attendant[];
  readonly resolutions: readonly ResolutionRow[];
  readonly authorisations: readonly AuthorisationRow[];
}

const findMandateNumber = ({ db, community }: Scene, key: SessionKey): Query<{ number: number }[]> =>
  db.all(
    sql`SELECT m.number FROM committee_session s JOIN mandate m ON m.community_id = s.community_id AND m.mandate_id = s.mandate_id
        WHERE s.community_id = ${community.id} AND s.session_id = ${key}`,
  );

/** Null when there is no such meeting; whether the reader may see it is the page's to say. */
export async function readSession(scene: Scene, key: SessionKey): Promise<SessionView | null> {
  const [rows, numbers, settings, requests, resolutions, authorisations, minutes, presences, votes, signatures] =
    await scene.db.read(
      findSession(scene, key),
      findMandateNumber(scene, key),
      listSettings(scene, PRACTICE),
      listRequests(scene, key),
      listResolutionsOf(scene, key),
      listUsableAuthorisations(scene, "9999-12-31", key),
      ...minutesQueries(scene, key),
    );
  const row = rows[0];
  if (!row) return null;
  const practice = practiceOf(row) ?? valuesFromRows(PRACTICE, settings);
  const recorded = recordedOf(row, practice, minutes, presences, votes, signatures);
  return {
    row,
    mandateNumber: numbers[0]?.number ?? 0,
    items: itemsOf(row),
    practice,
    asking: requests.length,
    askers: requests.map(({ personId }) => personId),
    recorded,
    attendants: recorded ? await attendantsOf(scene, recorded) : [],
    resolutions,
    authorisations,
  };
}

const attendantsOf = (scene: Scene, { presences, votes, signatures }: Recorded): Promise<Attendant[]> =>
  Promise.all(
    presences.map(async (row): Promise<Attendant> => {
      const signed = signatures.find(({ personId }) => personId === row.personId);
      return {
        personId: row.personId,
        name: await openName(scene, row),
        title: { zh: row.titleZh, en: row.titleEn },
        standing: row.standing,
        present: row.present === 1,
        votes: new Map(
          votes
            .filter(({ personId }) => personId === row.personId)
            .map(({ itemNo, choice, why }) => [itemNo, { choice, why }]),
        ),
        signature: signed
          ? { stance: signed.stance, remark: signed.remark, way: signed.way, at: signed.at, fileId: signed.fileId }
          : null,
      };
    }),
  );

/** Whether the public sees a meeting: announced ones, and a request from when enough members have made it. */
export const isPublic = ({ state, noticedAt, reachedAt }: SessionRow): boolean =>
  noticedAt !== null || (state === "requested" && reachedAt !== null);
