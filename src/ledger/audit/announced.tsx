/** What audits add to a community's home, the desk, the calendar and the feed. Registers; no page of its own. */
import {
  type DeskTask,
  endingAt,
  registerDates,
  registerDeskSource,
  registerHomeSection,
  registerNews,
} from "../../assembly/public/announcing.ts";
import { registerHandoverPack } from "../../committee/handover/announcing.ts";
import { type Day, dayOf, endOf } from "../../kernel/day.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import type { Scene } from "../../platform/scene.ts";
import { LinkList } from "../../platform/ui/facts.tsx";
import { listBooks } from "../books/store.ts";
import {
  auditHref,
  auditsHref,
  deskAuditHref,
  deskAuditsHref,
  findingsHref,
  packHref,
  sheetHref,
} from "./addresses.ts";
import { YearClock, yearFrom } from "./clocks.tsx";
import { openMonths } from "./rules.ts";
import { AUDIT_SETTINGS } from "./settings.ts";
import { AuditMark, auditTitle } from "./shown.tsx";
import { auditFrom, listAudits, listPublishedAudits, listRunningAudits, type RunningAudit } from "./store.ts";
import { OPINION_WORDS } from "./words.ts";

/** Opinions that can cover last year between them. */
const LAST_FEW = 8;

const clockQueries = (scene: Scene) =>
  [
    listBooks(scene),
    listSettings(scene, AUDIT_SETTINGS),
    listPublishedAudits(scene, LAST_FEW),
    listRunningAudits(scene),
  ] as const;

registerHomeSection("ledger-audits", {
  where: "standing",
  place: 45,
  queries: clockQueries,
  render: (c, [books, settings, published, running]) => {
    const { t, lang, scene, now } = c.var;
    const { slug } = scene.community;
    const clock = yearFrom(dayOf(now), books, valuesFromRows(AUDIT_SETTINGS, settings), published.map(auditFrom));
    if (!clock && published.length === 0 && running.length === 0) return null;
    const shown = [...running.map((row) => ({ ...row, opinion: null })), ...published.slice(0, 1)];
    return (
      <section id="audits">
        <h2>{t("账目审计", "Audits of the books")}</h2>
        <YearClock c={c} clock={clock} />
        <LinkList
          items={[
            ...shown.map((row) => ({
              href: auditHref(slug, row.number),
              title: auditTitle(auditFrom(row), lang),
              note: row.firm,
              status: <AuditMark c={c} row={row} opinion={row.opinion} />,
            })),
            {
              href: auditsHref(slug),
              title: t("全部审计，抽样可以自己重抽", "All audits; draw the samples again yourself"),
            },
          ]}
        />
      </section>
    );
  },
});

// ——— The desk ———

const say = (zh: string, en: string) => ({ zh, en });
const MAY_SAMPLE = say("抽样", "Draw the sample");

/** What there is to do on one audit at its stage, by whom and by when. */
function tasksOf(
  slug: string,
  row: RunningAudit,
  facts: {
    readonly personId: string;
    readonly today: Day;
    readonly closed: ReadonlyMap<"common" | "fund" | "working", string | null>;
  },
): DeskTask[] {
  const { personId, today, closed } = facts;
  const audit = auditFrom(row);
  const own = (what: DeskTask["what"], href: string): DeskTask => ({
    what,
    about: auditTitle(audit, "zh"),
    note: null,
    permissions: ["audit.work"],
    href,
    waitingHref: auditHref(slug, row.number),
    due: row.dueOn,
    overdue: today > row.dueOn,
    notByAsker: row.auditorPersonId !== personId,
  });
  const here = deskAuditHref(slug, row.number);
  switch (row.state) {
    case "opened": {
      const open = openMonths(audit.books, row.toOn, closed);
      if (open.length === 0) return [own(say("固定总体，抽样", "Freeze the population and draw"), here)];
      const close = own(say("结账，审计才能抽样", "Close the months for the audit"), deskAuditHref(slug, row.number));
      return [{ ...close, permissions: ["ledger.close"], notByAsker: false }];
    }
    case "sampling":
      return [own(MAY_SAMPLE, here)];
    case "fieldwork":
      return [own(say("核对抽到的凭证", "Tick the sampled vouchers"), sheetHref(slug, row.number))];
    default: {
      const conclude =
        row.unconcluded > 0
          ? own(say("对审计发现下结论", "Conclude on the findings"), findingsHref(slug, row.number))
          : own(say("公布审计意见", "Publish the opinion"), here);
      if (row.unanswered === 0) return [conclude];
      const answer: DeskTask = {
        ...own(
          say(`答复${row.unanswered}项审计发现`, `Answer ${row.unanswered} findings of the audit`),
          findingsHref(slug, row.number),
        ),
        permissions: ["audit.respond"],
        due: row.responseDueOn,
        overdue: row.responseDueOn !== null && today > row.responseDueOn,
        notByAsker: false,
      };
      return row.responseDueOn !== null && today > row.responseDueOn ? [answer, conclude] : [answer];
    }
  }
}

registerDeskSource("ledger-audits", {
  queries: ({ scene }) => clockQueries(scene),
  tasks: ({ scene, actor }, [books, settings, published, running]) => {
    const { slug, name } = scene.community;
    const today = dayOf(scene.now);
    const closed = new Map(books.map(({ book, closedThrough }) => [book, closedThrough]));
    const tasks = running.flatMap((row) => tasksOf(slug, row, { personId: actor.personId, today, closed }));
    const clock = yearFrom(today, books, valuesFromRows(AUDIT_SETTINGS, settings), published.map(auditFrom));
    if (!clock || clock.state === "done") return tasks;
    const isUnderWay = running.some(
      ({ toOn, books: audited }) => toOn >= `${clock.year}-01-01` && audited.includes("common"),
    );
    if (isUnderWay) return tasks;
    const engage: DeskTask = {
      what: say(`安排${clock.year}年的账目审计`, `Have the books of ${clock.year} audited`),
      about: name,
      note: null,
      permissions: ["audit.engage"],
      href: `${deskAuditsHref(slug)}/new`,
      waitingHref: auditsHref(slug),
      due: clock.dueOn,
      overdue: clock.state === "overdue",
      notByAsker: false,
    };
    return [...tasks, engage];
  },
  doors: [
    {
      permissions: ["ledger.read", "audit.read"],
      path: "/ledger/audits",
      label: say("账目审计", "Audits of the books"),
    },
  ],
});

registerHandoverPack("ledger-audits", {
  label: say("离任审计资料包", "Papers for a term-end audit"),
  note: say(
    "账簿、凭证索引、银行核对、租约和决定，一次下载，可以离线重算",
    "Books, vouchers, reconciliations, leases and decisions in one download, to be recomputed offline",
  ),
  href: packHref,
});

// ——— Dates and news ———

registerDates("ledger-audits", {
  queries: (scene) => [listRunningAudits(scene)] as const,
  entries: ({ t, lang, base }, [rows]) =>
    rows.flatMap((row) => {
      const title = auditTitle(auditFrom(row), lang);
      const entry = (uid: string, on: Day, summary: string) => ({
        uid: `${uid}-${row.engagementId}@commonhold`,
        sequence: 0,
        stampAt: row.openedAt,
        ...endingAt(endOf(on)),
        summary,
        description: title,
        url: `${base}/accounts/audits/${row.number}`,
        cancelled: false,
      });
      return [
        entry("audit", row.dueOn, t("审计意见公布截止", "Audit opinion due")),
        ...(row.responseDueOn === null || row.unanswered === 0
          ? []
          : [
              entry(
                "audit-answers",
                row.responseDueOn,
                t("业委会答复审计发现截止", "The committee's answers to the audit due"),
              ),
            ]),
      ];
    }),
});

registerNews("ledger-audits", {
  queries: (scene, most) =>
    [listAudits(scene, { limit: most, before: 99_999_999 }), listPublishedAudits(scene, most)] as const,
  entries: ({ t, lang, base }, [opened, published]) => [
    ...opened.map((row) => ({
      href: `${base}/accounts/audits/${row.number}#opened`,
      title: t(`审计立项：${auditTitle(auditFrom(row), lang)}`, `Audit opened: ${auditTitle(auditFrom(row), lang)}`),
      summary: row.firm,
      at: row.openedAt,
      author: t("业主委员会", "Owners' committee"),
    })),
    ...published.map((row) => ({
      href: `${base}/accounts/audits/${row.number}`,
      title: t(`审计意见：${OPINION_WORDS[row.opinion!].zh}`, `Audit opinion: ${OPINION_WORDS[row.opinion!].en}`),
      summary: auditTitle(auditFrom(row), lang),
      at: row.publishedAt!,
      author: row.firm,
    })),
  ],
});
