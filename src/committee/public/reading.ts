/** Everything the committee's public page shows, in one round trip. Decides and writes nothing. */
import { listOpenNow } from "../../assembly/meeting/store.ts";
import { listMandates, type MandateRow } from "../../elections/store.ts";
import { dayOf, type Instant } from "../../kernel/day.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Contact } from "../contact/rules.ts";
import { contactOf, findContact } from "../contact/store.ts";
import { entityOf } from "../entity/actions.ts";
import { type EntityDuty, entityDuties } from "../entity/rules.ts";
import { type EntityRow, listEntityVersions, listReports } from "../entity/store.ts";
import { dutiesOf } from "../filing/actions.ts";
import type { FilingDuty } from "../filing/rules.ts";
import { listFilings } from "../filing/store.ts";
import { PRACTICE, type Practice } from "../practice/rules.ts";
import { type Committee, committeeOf } from "../seated/actions.ts";
import { firstMeetingDue, membersOf, nextMeetingBy } from "../seated/rules.ts";
import { listSeats } from "../seated/store.ts";
import { listResolutions, type ResolutionRow } from "../sessions/resolutions/store.ts";
import { findLastHeld, listSessions, type SessionRow } from "../sessions/store.ts";
import { seatsState, TERM_SETTINGS, termPhase } from "../standing/rules.ts";
import type { StandingShown } from "../standing/shown.tsx";
import { countUnderWayAnywhere, listElectedSeats } from "../standing/store.ts";

export const SESSIONS_SHOWN = 5;
export const RESOLUTIONS_SHOWN = 5;

export interface CommitteeView {
  readonly openNow: readonly { readonly number: number; readonly title: string; readonly closesAt: Instant }[];
  readonly committee: Committee;
  /** All of them, the newest first. */
  readonly mandates: readonly MandateRow[];
  readonly standing: StandingShown;
  readonly practice: Practice;
  readonly sessions: readonly SessionRow[];
  readonly resolutions: readonly ResolutionRow[];
  /** Whether there are more than are shown: counting all of them would cost more with every year. */
  readonly moreResolutions: boolean;
  readonly filings: readonly FilingDuty[];
  readonly entity: EntityRow | undefined;
  readonly entityDuties: readonly EntityDuty[];
  readonly contact: Contact;
  /** The first meeting of the members, where no chair is chosen and none was held (M10): the last day for it. */
  readonly firstMeetingBy: string | null;
  /** Where meetings are due every so many months: the last day for the next. */
  readonly nextMeetingBy: string | null;
}

/** The newest mandate's id or election as SQL, so that what belongs to it joins the same read. */
export const newestMandate = ({ community, now }: Scene, column: "mandate_id" | "election_id"): SQL =>
  sql`(SELECT ${sql.raw(column)} FROM mandate WHERE community_id = ${community.id} AND from_at <= CAST(${now} AS INTEGER)
       ORDER BY from_at DESC, number DESC LIMIT 1)`;

export async function readCommitteeView(scene: Scene): Promise<CommitteeView> {
  const { now } = scene;
  const today = dayOf(now);
  const ofMandate = newestMandate(scene, "mandate_id");
  const [
    openNow,
    mandates,
    seats,
    settings,
    terms,
    underWay,
    elected,
    sessions,
    lastHeld,
    resolutions,
    filings,
    entities,
    reports,
    contact,
  ] = await scene.db.read(
    listOpenNow(scene),
    listMandates(scene),
    listSeats(scene, now),
    listSettings(scene, PRACTICE),
    listSettings(scene, TERM_SETTINGS),
    countUnderWayAnywhere(scene),
    listElectedSeats(scene, newestMandate(scene, "election_id"), today),
    listSessions(scene, "public", { limit: SESSIONS_SHOWN, offset: 0 }),
    findLastHeld(scene, ofMandate),
    listResolutions(scene, { limit: RESOLUTIONS_SHOWN + 1, offset: 0 }),
    listFilings(scene, ofMandate),
    listEntityVersions(scene),
    listReports(scene),
    findContact(scene),
  );
  const begun = mandates.filter(({ fromAt }) => fromAt <= now);
  const committee = await committeeOf(scene, begun.slice(0, 1), seats, now);
  const practice = valuesFromRows(PRACTICE, settings);
  const term = valuesFromRows(TERM_SETTINGS, terms);
  const { mandate, sitters } = committee;
  const members = membersOf(sitters);
  const ranks = new Map(elected.map(({ tenureId, rank }) => [tenureId, rank]));
  const alternates = sitters
    .filter(({ standing }) => standing === "alternate")
    .map(({ name, tenureId }, at) => ({ name, tenureId, rank: ranks.get(tenureId) ?? at + 1 }))
    .toSorted((a, b) => a.rank - b.rank);
  const electionUnderWay = (underWay[0]?.underWay ?? 0) > 0;
  const heldAt = lastHeld[0]?.heldAt ?? null;
  const running = mandate !== null && now < mandate.untilAt;
  return {
    openNow,
    committee,
    mandates,
    standing: {
      mandate,
      members,
      alternates,
      electionUnderWay,
      settings: term,
      seats: mandate && seatsState({ ...mandate, sitting: members.length, alternates: alternates.length }),
      phase: mandate && termPhase(mandate, today, term.leadMonths.value, electionUnderWay),
    },
    practice,
    sessions,
    resolutions: resolutions.slice(0, RESOLUTIONS_SHOWN),
    moreResolutions: resolutions.length > RESOLUTIONS_SHOWN,
    filings: dutiesOf(mandate, seats, filings, practice, now),
    entity: entities.at(-1),
    entityDuties: entityDuties(entities.map(entityOf), reports, today),
    contact: contactOf(contact),
    firstMeetingBy: running ? firstMeetingDue(mandate.fromAt, seats, heldAt, now) : null,
    nextMeetingBy: running && heldAt !== null ? nextMeetingBy(dayOf(heldAt), practice.meetEveryMonths.value) : null,
  };
}
