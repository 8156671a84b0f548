/** What tenders add to a community's home, the desk, the calendar and the feed. Registers; no page of its own. */

import {
  type DeskTask,
  endingAt,
  registerDates,
  registerDeskSource,
  registerHomeSection,
  registerNews,
} from "../../assembly/public/announcing.ts";
import { dayOf, type Instant } from "../../kernel/day.ts";
import { LinkList } from "../../platform/ui/facts.tsx";
import { sayAuthor } from "../acting.ts";
import { deskTenderHref, tendersHref } from "../addresses.ts";
import { isUnderWay, TENDER_STATES } from "../rules.ts";
import {
  countPublicTenders,
  listNewestTenderEvents,
  listPublicTenders,
  listTendersIn,
  type TenderRow,
} from "../store.ts";
import { tenderEventDetail, tenderEventTitle } from "./events.tsx";
import { tenderItem } from "./pages.tsx";

const UNDER_WAY = TENDER_STATES.filter(isUnderWay);
const PUBLIC_UNDER_WAY = UNDER_WAY.filter((state) => state !== "draft");

registerHomeSection("tenders", {
  where: "now",
  place: 30,
  queries: (scene) => [listTendersIn(scene, PUBLIC_UNDER_WAY)] as const,
  render: (c, [rows]) => {
    const { t } = c.var;
    if (rows.length === 0) return null;
    return (
      <section id="tenders">
        <h2>{t("正在选聘物业服务", "Choosing who serves the estate")}</h2>
        <LinkList items={rows.map((row) => tenderItem(row, c))} />
      </section>
    );
  },
});

registerHomeSection("tenders-past", {
  where: "standing",
  place: 40,
  queries: (scene) => [countPublicTenders(scene)] as const,
  render: (c, [count]) => {
    const { t, scene } = c.var;
    if ((count[0]?.total ?? 0) === 0) return null;
    return (
      <p>
        <a href={tendersHref(scene.community.slug)}>
          {t("历次选聘：方案、开标、评分和合同", "Every tender: scheme, opening, scores and contract")}
        </a>
      </p>
    );
  },
});

/** What a tender waits for by its course; the later parts of the room tell their own. */
function courseTasks(row: TenderRow, slug: string, now: Instant): DeskTask[] {
  const base = deskTenderHref(slug, row.number);
  const task = (
    what: DeskTask["what"],
    path: string,
    permissions: DeskTask["permissions"],
    due: Instant | null,
  ): DeskTask => ({
    what,
    about: row.title,
    note: null,
    permissions,
    href: `${base}${path}`,
    waitingHref: base,
    due: due === null ? null : dayOf(due),
    overdue: false,
    notByAsker: false,
  });
  if (row.state === "draft")
    return [task({ zh: "完成选聘方案", en: "Finish the tender's scheme" }, "", ["tender.draft"], null)];
  if (row.state === "decided")
    return [task({ zh: "发布选聘公告", en: "Announce the tender" }, "/notice", ["tender.decide"], null)];
  if (row.state === "noticed" && row.closesAt !== null && now >= row.closesAt)
    return [task({ zh: "登记投标截止", en: "Log the closing of bids" }, "/close", ["tender.decide"], row.closesAt)];
  return [];
}

registerDeskSource("tenders", {
  queries: ({ scene }) => [listTendersIn(scene, UNDER_WAY)] as const,
  tasks: ({ scene }, [rows]) => rows.flatMap((row) => courseTasks(row, scene.community.slug, scene.now)),
  doors: [
    {
      permissions: ["tender.read", "tender.draft", "tender.decide"],
      path: "/tenders",
      label: { zh: "选聘物业服务", en: "Tenders" },
    },
  ],
});

registerDates("tenders", {
  queries: (scene, most) => [listPublicTenders(scene, { limit: Math.min(most, 20), offset: 0 })] as const,
  entries: ({ t, base }, [rows]) =>
    rows.flatMap((row) => {
      const url = `${base}/tenders/${row.number}`;
      const at = (name: string, instant: Instant | null, summary: string) =>
        instant === null
          ? []
          : [
              {
                // Hangs on the tender and what the date is: an amendment moves the entry.
                uid: `${row.tenderId}-${name}@commonhold`,
                sequence: row.version,
                stampAt: row.draftedAt,
                summary: `${summary}${t("：", ": ")}${row.title}`,
                description: t(`${row.title}。详情：${url}`, `${row.title}. Details: ${url}`),
                url,
                cancelled: row.state === "cancelled",
                ...endingAt(instant),
              },
            ];
      return [
        ...at("questions", row.questionsUntil, t("选聘提问截止", "Questions on the tender end")),
        ...at("closing", row.closesAt, t("投标截止、公开开标", "Bids close and are opened")),
        ...at("standstill", row.standingUntil, t("中标候选人异议截止", "Objections to the candidates end")),
      ];
    }),
});

registerNews("tenders", {
  queries: (scene, most) => [listNewestTenderEvents(scene, most)] as const,
  entries: ({ t, lang, base }, [rows]) =>
    rows.map((row) => {
      const title = tenderEventTitle(row.kind, lang);
      return {
        href: `${base}/tenders/${row.number}#event-${row.eventNo}`,
        title: `${title}${t("：", ": ")}${row.title}`,
        summary: tenderEventDetail(row, { t, lang }) || title,
        at: row.at,
        author: sayAuthor(row.byWords, t),
      };
    }),
});
