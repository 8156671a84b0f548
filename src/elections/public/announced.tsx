/** What elections add to a community's home, the desk, the calendar and the feed. Registers; no page of its own. */

import {
  type DeskTask,
  endingAt,
  registerDates,
  registerDeskSource,
  registerHomeSection,
  registerNews,
} from "../../assembly/public/announcing.ts";
import { dayOf, type Instant } from "../../kernel/day.ts";
import { registerMyCard } from "../../owners/cards.ts";
import type { Permission } from "../../platform/access.ts";
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { LinkList } from "../../platform/ui/facts.tsx";
import { sayDeadline } from "../../platform/ui/moments.ts";
import { sayAuthor } from "../acting.ts";
import { deskElectionHref, electionHref, electionsHref } from "../addresses.ts";
import { READS } from "../desk/reads.ts";
import { factsOf } from "../group/objecting.ts";
import { groupUntil, mayObjectToGroup } from "../group/rules.ts";
import { readMethod } from "../method/rules.ts";
import {
  countElections,
  type ElectionStanding,
  listElections,
  listElectionsStanding,
  listNewestElectionEvents,
} from "../store.ts";
import { courseFacts, dueWords } from "./course.tsx";
import { eventDetail, eventTitle } from "./events.tsx";
import { electionItem } from "./pages.tsx";
import { type NextKind, type NextStep, nextSteps } from "./rules.ts";

registerHomeSection("elections", {
  where: "now",
  place: 20,
  queries: (scene) => [listElectionsStanding(scene)] as const,
  render: (c, [rows]) => {
    const { t } = c.var;
    if (rows.length === 0) return null;
    return (
      <section id="elections">
        <h2>{t("正在进行的选举", "Elections under way")}</h2>
        <LinkList items={rows.map((row) => ({ ...electionItem(row, c), note: <NextInWords c={c} row={row} /> }))} />
      </section>
    );
  },
});

/** The next step in a line: what, and by when. */
const NextInWords = ({ c, row }: { c: AppContext; row: ElectionStanding }) => {
  const { t, lang, now } = c.var;
  return (
    <>
      {nextSteps(courseFacts(row), now).map((step, at) => (
        <>
          {at > 0 ? <br /> : null}
          {pick(step.what, lang)}
          {step.due === null ? "" : `${t("，", ", ")}${dueWords(step, c)}`}
        </>
      ))}
    </>
  );
};

registerHomeSection("elections-past", {
  where: "standing",
  place: 20,
  queries: (scene) => [countElections(scene)] as const,
  render: (c, [count]) => {
    const { t, scene } = c.var;
    if ((count[0]?.total ?? 0) === 0) return null;
    return (
      <p>
        <a href={electionsHref(scene.community.slug)}>
          {t("历次业主委员会选举的经过和依据", "Every election of the committee, with its course and its grounds")}
        </a>
      </p>
    );
  },
});

// ——— The owner's corner ———

registerMyCard("election-group", {
  place: 30,
  queries: ({ scene }) => [listElectionsStanding(scene)] as const,
  render: (c, _, [rows]) => {
    const { t, now, scene } = c.var;
    const open = rows.filter((row) => mayObjectToGroup(factsOf(row), now).ok);
    if (open.length === 0) return null;
    return (
      <section>
        <h3>{t("选举小组名单公示", "The group of an election is published")}</h3>
        <LinkList
          items={open.map((row) => ({
            href: `${electionHref(scene.community.slug, row.number)}/objection`,
            title: t("看名单，有异议就提出", "Read the list, and object where you see reason"),
            note: (
              <>
                {row.title}
                {nextSteps(courseFacts(row), now)
                  .filter(({ kind }) => kind === "object_to_group")
                  .map((step) => `${t("，", ", ")}${dueWords(step, c)}`)}
              </>
            ),
          }))}
        />
      </section>
    );
  },
});

// ——— The desk ———

/** Whom each step waits for, and where it is done below the election; what owners do is nobody's task at the desk. */
const TASKS: Partial<Record<NextKind, { readonly permissions: readonly Permission[]; readonly path: string }>> = {
  form_group: { permissions: ["election.prepare", "election.call"], path: "/group" },
  answer_objections: { permissions: ["election.appeal", "election.decide"], path: "/group/objections" },
  open_nominations: { permissions: ["election.decide"], path: "/open" },
  close_nominations: { permissions: ["election.decide"], path: "/close" },
};

function taskOf(slug: string, row: ElectionStanding, step: NextStep, now: Instant): DeskTask[] {
  const task = TASKS[step.kind];
  // What cannot be done before its day is no task until then.
  if (!task || (step.sense === "from" && step.due !== null && now < step.due)) return [];
  if (step.kind === "open_nominations" && row.openObjections > 0) return [];
  const base = deskElectionHref(slug, row.number);
  const due = step.sense === "by" && step.due !== null ? step.due : null;
  return [
    {
      what: step.what,
      about: row.title,
      note: due === null ? null : { zh: `应不晚于${sayDeadline(due, "zh")}`, en: `due by ${sayDeadline(due, "en")}` },
      permissions: task.permissions,
      href: `${base}${task.path}`,
      waitingHref: base,
      due: due === null ? null : dayOf(due - 1),
      overdue: step.overdue,
      notByAsker: false,
    },
  ];
}

registerDeskSource("elections", {
  queries: ({ scene }) => [listElectionsStanding(scene)] as const,
  tasks: ({ scene, actor }, [rows]) =>
    rows.flatMap((row) => {
      const { slug } = scene.community;
      const steps = nextSteps(courseFacts(row), scene.now).flatMap((step) => taskOf(slug, row, step, scene.now));
      const base = deskElectionHref(slug, row.number);
      if (row.state !== "preparing" || row.groupDraft === null) return steps;
      const publish: DeskTask = {
        what: { zh: "核对并公布选举小组名单", en: "Check and publish the election group's list" },
        about: row.title,
        note: null,
        permissions: ["election.call", "election.decide"],
        href: `${base}/group/publish`,
        waitingHref: base,
        due: steps.find(({ href }) => href.endsWith("/group"))?.due ?? null,
        overdue: steps.find(({ href }) => href.endsWith("/group"))?.overdue ?? false,
        notByAsker: row.groupDraftedBy === actor.personId,
      };
      return [publish, ...steps.filter(({ href }) => !href.endsWith("/group"))];
    }),
  doors: [{ permissions: READS, path: "/elections", label: { zh: "业主委员会选举", en: "Elections" } }],
});

// ——— The calendar and the feed ———

registerDates("elections", {
  queries: (scene, most) => [listElections(scene, { limit: Math.min(most, 20), offset: 0 })] as const,
  entries: ({ t, base }, [rows]) =>
    rows.flatMap((row) => {
      const url = `${base}/elections/${row.number}`;
      const at = (name: string, instant: Instant | null, summary: string) =>
        instant === null
          ? []
          : [
              {
                // Hangs on the election and what the date is: a changed list or an extension moves the entry.
                uid: `${row.electionId}-${name}@commonhold`,
                sequence: row.version,
                stampAt: row.calledAt,
                summary: `${summary}${t("：", ": ")}${row.title}`,
                description: t(`${row.title}。详情：${url}`, `${row.title}. Details: ${url}`),
                url,
                cancelled: row.state === "ended",
                ...endingAt(instant),
              },
            ];
      const days = readMethod(row.method).groupPublicationDays.value;
      return [
        ...at(
          "group",
          row.groupPublishedAt === null ? null : groupUntil(row.groupPublishedAt, days),
          t("小组名单异议截止", "Objections to the group end"),
        ),
        ...at("nominations", row.nominationsCloseAt, t("提名截止", "Nominations close")),
      ];
    }),
});

registerNews("elections", {
  queries: (scene, most) => [listNewestElectionEvents(scene, most)] as const,
  entries: ({ t, lang, base }, [rows]) =>
    rows.map((row) => {
      const title = eventTitle(row.kind, lang);
      return {
        href: `${base}/elections/${row.number}#event-${row.eventNo}`,
        title: `${title}${t("：", ": ")}${row.title}`,
        summary: eventDetail(row, { t, lang }) || title,
        at: row.at,
        author: sayAuthor(row.byWords, t),
      };
    }),
});
