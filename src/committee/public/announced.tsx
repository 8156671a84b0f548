/** What the committee's work adds to a community's home, the desk, the calendar and the feed. Registers; no page of its own. */
import {
  type DeskTask,
  registerDates,
  registerDeskSource,
  registerHomeSection,
  registerNews,
} from "../../assembly/public/announcing.ts";
import { findLatestMandate } from "../../elections/store.ts";
import { addDays, type Day, dayOf, type Instant } from "../../kernel/day.ts";
import { type Values, valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import type { Permission } from "../../platform/access.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { LinkList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import {
  committeeHref,
  deskEntityHref,
  deskFilingHref,
  deskSessionHref,
  deskSessionsHref,
  entityHref,
  filingsHref,
  resolutionHref,
  resolutionsHref,
  sessionHref,
} from "../addresses.ts";
import { entityOf } from "../entity/actions.ts";
import { listKeepers } from "../entity/reading.ts";
import { entityDuties, sealsAdrift } from "../entity/rules.ts";
import { listEntityVersions, listReports, listSealEvents } from "../entity/store.ts";
import { dutiesOf } from "../filing/actions.ts";
import { nextFiling } from "../filing/rules.ts";
import { listFilings } from "../filing/store.ts";
import { PRACTICE } from "../practice/rules.ts";
import { firstMeetingDue } from "../seated/rules.ts";
import { listSeats } from "../seated/store.ts";
import { HANDS } from "../sessions/desk/frame.tsx";
import { publishBy, resolutionNumber } from "../sessions/minutes/rules.ts";
import { listResolutions } from "../sessions/resolutions/store.ts";
import { holdBy } from "../sessions/rules.ts";
import {
  findLastHeld,
  listSessionNews,
  listSessions,
  listWaitingSessions,
  type WaitingSession,
} from "../sessions/store.ts";
import { REPORT_WORDS, SEAL_WORDS } from "../words.ts";
import { newestMandate } from "./reading.ts";
import { sessionItem } from "./sessions.tsx";

const SHOWN = 3;

registerHomeSection("committee", {
  where: "standing",
  place: 10,
  queries: (scene) =>
    [
      listResolutions(scene, { limit: SHOWN, offset: 0 }),
      listSessions(scene, "public", { limit: SHOWN, offset: 0 }),
      listSettings(scene, PRACTICE),
    ] as const,
  render: (c, [resolutions, sessions, settings]) => {
    const { t, lang, scene } = c.var;
    const { slug } = scene.community;
    const practice = valuesFromRows(PRACTICE, settings);
    const live = sessions.filter(({ state }) => state !== "published" && state !== "withdrawn");
    return (
      <section id="committee">
        <h2>{t("业主委员会", "The owners' committee")}</h2>
        <LinkList
          items={[
            ...live.map((row) => sessionItem(c, row, practice)),
            ...resolutions.map((row) => ({
              href: resolutionHref(slug, row.year, row.number),
              title: `${resolutionNumber(row.year, row.number)} ${row.title}`,
              note: t(`${sayDay(row.adoptedOn, lang)}通过的决议`, `resolved ${sayDay(row.adoptedOn, lang)}`),
            })),
          ]}
        />
        <p>
          <a href={committeeHref(slug)}>
            {t("成员、会议、决议、备案和账户", "Members, meetings, resolutions, filings and account")}
          </a>
          {resolutions.length > 0 ? (
            <>
              {t("；", "; ")}
              <a href={resolutionsHref(slug)}>{t("全部决议", "all resolutions")}</a>
            </>
          ) : null}
        </p>
      </section>
    );
  },
});

// ——— The desk ———

type PracticeValues = Values<typeof PRACTICE.specs>;
const say = (zh: string, en: string): Bilingual => ({ zh, en });
const by = (due: Day): Bilingual => say(`应不晚于${sayDay(due, "zh")}`, `due by ${sayDay(due, "en")}`);

interface TaskOf {
  readonly what: Bilingual;
  readonly permissions: readonly Permission[];
  readonly due?: Day | null;
  readonly note?: Bilingual | null;
  readonly notByAsker?: boolean;
}

/** What waits in one meeting, each for whom it waits. */
function sessionTasks(
  slug: string,
  row: WaitingSession,
  practice: PracticeValues,
  me: string,
  now: Instant,
): DeskTask[] {
  const today = dayOf(now);
  const own = row.practice === null ? practice : (JSON.parse(row.practice) as PracticeValues);
  const make = ({ what, permissions, due = null, note, notByAsker = false }: TaskOf): DeskTask => ({
    what,
    about: row.title,
    note: note ?? (due === null ? null : by(due)),
    permissions,
    href: deskSessionHref(slug, row.number),
    waitingHref: row.state === "draft" || row.reachedAt === null ? committeeHref(slug) : sessionHref(slug, row.number),
    due,
    overdue: due !== null && due < today,
    notByAsker,
  });
  switch (row.state) {
    case "draft":
      return [
        make({
          what: say("完成议题并公告业委会会议", "Complete and announce the committee's meeting"),
          permissions: ["committee.call", "committee.record"],
        }),
      ];
    case "requested":
      return row.reachedAt === null
        ? [
            make({
              what: say("一起提议召开业委会会议", "Join in asking for a meeting"),
              permissions: ["committee.sign"],
              note: say("三分之一以上委员提议就应当开会", "a third of the members are enough"),
              notByAsker: row.hasAsked === 1,
            }),
          ]
        : [
            make({
              what: say("公告委员提议的会议", "Announce the meeting members asked for"),
              permissions: ["committee.call"],
              due: holdBy(row.reachedAt),
            }),
          ];
    case "noticed":
      return row.holdsAt !== null && row.holdsAt <= now
        ? [
            make({
              what: say("记录到会和表决", "Record presence and votes"),
              permissions: ["committee.record"],
              due: publishBy(row.holdsAt, own.publishDays.value),
            }),
          ]
        : [];
    case "recorded": {
      const due = publishBy(row.heldAt ?? now, own.publishDays.value);
      const signing =
        row.unsigned > 0
          ? [
              make({
                what: say("核对会议记录并签字", "Check the minutes and sign"),
                permissions: ["committee.sign"],
                due,
                note: say(
                  `还有${row.unsigned}位没有签字；${by(due).zh}`,
                  `${row.unsigned} have not signed; ${by(due).en}`,
                ),
                notByAsker: row.isToSign === 0,
              }),
            ]
          : [];
      // Until the last day publication waits for every signature.
      const publishing =
        row.unsigned === 0 || today >= due
          ? [
              make({
                what: say("公布会议记录和决议", "Publish minutes and resolutions"),
                permissions: ["committee.publish"],
                due,
                notByAsker: row.draftedBy === me,
              }),
            ]
          : [];
      return [...signing, ...publishing];
    }
    case "published":
    case "withdrawn":
      return [];
  }
}

/** A report is a task from so many days before it is due. */
const REPORT_AHEAD_DAYS = 60;

registerDeskSource("committee-work", {
  queries: ({ scene, actor }) =>
    [
      listWaitingSessions(scene, actor.personId),
      findLatestMandate(scene, scene.now),
      listSeats(scene, scene.now),
      listSettings(scene, PRACTICE),
      listFilings(scene, newestMandate(scene, "mandate_id")),
      findLastHeld(scene, newestMandate(scene, "mandate_id")),
      listEntityVersions(scene),
      listReports(scene),
      listSealEvents(scene),
      listKeepers(scene),
    ] as const,
  tasks: (
    { scene, actor },
    [sessions, mandates, seats, settings, filings, lastHeld, entities, reports, seals, keepers],
  ) => {
    const { now } = scene;
    const { slug } = scene.community;
    const today = dayOf(now);
    const practice = valuesFromRows(PRACTICE, settings);
    const mandate = mandates[0] ?? null;
    const about = mandate ? `第${mandate.number}届业主委员会` : "业主委员会";
    const base = { about, notByAsker: false };
    const due = nextFiling(dutiesOf(mandate, seats, filings, practice, now));
    const running = mandate !== null && now < mandate.untilAt;
    const first = running ? firstMeetingDue(mandate.fromAt, seats, lastHeld[0]?.heldAt ?? null, now) : null;
    const heldUntil = new Map(keepers.map(({ tenureId, untilAt }) => [tenureId, untilAt]));
    const adrift = sealsAdrift(seals, (tenureId) => heldUntil.get(tenureId) ?? null, now);
    return [
      ...sessions.flatMap((row) => sessionTasks(slug, row, practice, actor.personId, now)),
      ...(first === null
        ? []
        : [
            {
              ...base,
              what: say("开第一次会，推选主任和副主任", "Hold the first meeting and choose the chair"),
              note: by(first),
              permissions: ["committee.sign", "committee.record"] as const,
              href: deskSessionsHref(slug),
              waitingHref: committeeHref(slug),
              due: first,
              overdue: today > first,
            },
          ]),
      ...(due === null
        ? []
        : [
            {
              ...base,
              what:
                due.about === "election"
                  ? say("向主管部门和街道备案", "File the committee with the authority")
                  : say("备案成员变更", "File the change of members"),
              note: by(due.dueOn),
              permissions: ["committee.record"] as const,
              href: deskFilingHref(slug),
              waitingHref: filingsHref(slug),
              due: due.dueOn,
              overdue: due.state === "overdue",
            },
          ]),
      ...entityDuties(entities.map(entityOf), reports, today)
        .filter(({ sentOn, dueOn }) => sentOn === null && dueOn <= addDays(today, REPORT_AHEAD_DAYS))
        .map((duty) => ({
          ...base,
          what: REPORT_WORDS[duty.kind],
          note: by(duty.dueOn),
          permissions: ["committee.record"] as const,
          href: deskEntityHref(slug),
          waitingHref: entityHref(slug),
          due: duty.dueOn,
          overdue: duty.state === "overdue",
        })),
      ...adrift.map(({ kind }) => ({
        ...base,
        what: say("登记印章交接", "Record who keeps the seal now"),
        note: say(`${SEAL_WORDS[kind].zh}：保管人已离任`, `${SEAL_WORDS[kind].en}: its keeper has left office`),
        permissions: ["committee.record"] as const,
        href: deskEntityHref(slug),
        waitingHref: entityHref(slug),
        due: null,
        overdue: false,
      })),
    ];
  },
  doors: [{ permissions: HANDS, path: "/committee", label: { zh: "业委会工作", en: "Committee" } }],
});

// ——— The calendar and the feed ———

const AN_HOUR = 3_600_000;
const MOST = 20;

registerDates("committee", {
  queries: (scene, most) => [listSessions(scene, "public", { limit: Math.min(most, MOST), offset: 0 })] as const,
  entries: ({ t, base }, [rows]) =>
    rows.flatMap((row) => {
      if (row.holdsAt === null || row.noticedAt === null) return [];
      const url = `${base}/committee/meetings/${row.number}`;
      return [
        {
          uid: `${row.sessionId}-held@commonhold`,
          sequence: row.version,
          stampAt: row.noticedAt,
          startsAt: row.holdsAt,
          endsAt: row.holdsAt + 2 * AN_HOUR,
          summary: t(`业委会会议：${row.title}`, `Committee meeting: ${row.title}`),
          description: t(`地点：${row.place}。议题：${url}`, `At ${row.place}. Agenda: ${url}`),
          url,
          cancelled: row.state === "withdrawn",
        },
      ];
    }),
});

registerNews("committee", {
  queries: (scene, most) => [listSessionNews(scene, most)] as const,
  entries: ({ t, base }, [rows]) =>
    rows.map((row) => {
      const published = row.what === "published";
      const title = published
        ? t("公布业委会会议记录和决议", "Minutes and resolutions of the committee")
        : t("公告业委会会议", "Meeting of the committee announced");
      return {
        // Announcing and publishing are two entries of one page.
        href: `${base}/committee/meetings/${row.number}${published ? "#minutes" : ""}`,
        title: `${title}${t("：", ": ")}${row.title}`,
        summary: published
          ? t(`作出${row.resolutions}项决议`, `${row.resolutions} resolutions`)
          : row.calledBy === "members"
            ? t("三分之一以上委员提议", "a third of the members asked for it")
            : title,
        at: row.at,
        author: t("业主委员会", "The owners' committee"),
      };
    }),
});
