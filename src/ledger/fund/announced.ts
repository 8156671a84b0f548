/** What the maintenance fund adds to the desk, the calendar and the feed: what waits for whom, by when, and what was decided. Registers; no page of its own. */
import {
  type DeskTask,
  endingAt,
  registerDates,
  registerDeskSource,
  registerNews,
} from "../../assembly/public/announcing.ts";
import { type Day, dayOf, endOf, startOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { type BookRow, listBooks } from "../books/store.ts";
import { deskLowHref, deskProjectHref, deskYearsHref, fundHref, fundProjectHref } from "./addresses.ts";
import { yearOf } from "./asking/actions.ts";
import { countLow } from "./asking/store.ts";
import { factsOf, readClocks } from "./projects/actions.ts";
import { stateOf } from "./projects/rules.ts";
import { listOwing, listProjects, type ProjectRow, projectFrom } from "./projects/store.ts";
import { transferClock } from "./rules.ts";
import { clockSettings, FUND_SETTINGS } from "./settings.ts";
import { CLOCK_WORDS } from "./shown.tsx";
import { listModes, listTransfers } from "./store.ts";
import { PATH_WORDS } from "./words.ts";
import { clocksFrom } from "./yearly/shown.tsx";
import { listPublishedYears, type PublishedYear } from "./yearly/store.ts";

const MOST = 40;
/** The day of the scene as a row, so that entries made of rows alone know which years are over. */
const dayRow = ({ db, now }: Scene): Query<{ today: Day }[]> => db.all(sql`SELECT ${dayOf(now)} AS today`);
const ALL = 99_999_999;

const clockQueries = (scene: Pick<Scene, "db" | "community">) =>
  [
    listOwing(scene, MOST),
    listModes(scene, 50),
    listTransfers(scene, 1),
    listSettings(scene, FUND_SETTINGS),
    listBooks(scene),
    listPublishedYears(scene),
  ] as const;
/** The year that was over last, while it is not published; older ones are told of in public. */
const yearsOwed = (
  books: readonly BookRow[],
  years: readonly PublishedYear[],
  settings: Parameters<typeof clocksFrom>[2],
  today: Day,
) => clocksFrom(books, years, settings, today).filter(({ doneOn }) => doneOn === null);

/** Who confirms an emergency that waits: the committee's chair, then the street. */
const confirming = (
  row: ProjectRow,
): { readonly zh: string; readonly en: string; readonly by: DeskTask["permissions"] }[] => {
  if (row.path !== "emergency" || stateOf(factsOf(row)) !== "proposed") return [];
  const has = (kind: string) => row.steps.some((step) => step.kind === kind);
  return [
    ...(has("committee_confirmed")
      ? []
      : [
          {
            zh: "确认应急使用（业委会）",
            en: "Confirm the emergency for the committee",
            by: ["ledger.approve"] as const,
          },
        ]),
    ...(has("street_confirmed")
      ? []
      : [
          {
            zh: "确认应急使用（街道、居委会）",
            en: "Confirm the emergency for the street",
            by: ["fund.confirm"] as const,
          },
        ]),
  ];
};

registerDeskSource("ledger-fund", {
  queries: ({ scene }) => [...clockQueries(scene), countLow(scene, yearOf(dayOf(scene.now)))] as const,
  tasks: ({ scene, actor }, [owing, modes, notices, stored, books, years, counts]) => {
    const { slug } = scene.community;
    const today = dayOf(scene.now);
    const settings = valuesFromRows(FUND_SETTINGS, stored);
    const rows = owing.map(projectFrom);
    const task = (row: ProjectRow, what: DeskTask["what"], more: Partial<DeskTask>): DeskTask => ({
      what,
      about: row.title,
      note: null,
      permissions: ["ledger.draft"],
      href: deskProjectHref(slug, row.number),
      waitingHref: fundProjectHref(slug, row.number),
      due: null,
      overdue: false,
      notByAsker: false,
      ...more,
    });
    const works = rows.flatMap((row) => [
      ...confirming(row).map(({ zh, en, by }) =>
        task(row, { zh, en }, { permissions: by, notByAsker: row.proposedBy === actor.personId }),
      ),
      ...readClocks(row, modes, clockSettings(settings), today)
        .filter(({ doneOn }) => doneOn === null)
        .map(({ kind, dueOn, isOverdue }) => task(row, CLOCK_WORDS[kind], { due: dueOn, overdue: isOverdue })),
    ]);
    const transfer = transferClock(notices[0] ?? null, modes, settings.transferDays.value, today);
    const notAsked = (counts[0]?.units ?? 0) - (counts[0]?.asked ?? 0);
    const page = fundHref(slug);
    const general = (what: DeskTask["what"], more: Partial<DeskTask>): DeskTask => ({
      what,
      about: scene.community.name,
      note: null,
      permissions: ["ledger.approve"],
      href: `/c/${slug}/desk/ledger/fund/units`,
      waitingHref: page,
      due: null,
      overdue: false,
      notByAsker: false,
      ...more,
    });
    return [
      ...works,
      ...(transfer?.isOverdue
        ? [
            general(
              { zh: "催办维修资金划转", en: "See to the hand-over of the fund" },
              { due: transfer.dueOn, overdue: true },
            ),
          ]
        : []),
      ...yearsOwed(books, years, settings, today).map(({ year, dueOn, isOverdue }) =>
        general(
          { zh: `公布${year}年维修资金账目`, en: `Publish the fund's year ${year}` },
          { href: `${deskYearsHref(slug)}/${year}`, due: dueOn, overdue: isOverdue },
        ),
      ),
      ...(notAsked > 0
        ? [
            general(
              { zh: "提醒业主续交维修资金", en: "Ask owners to top up the fund" },
              {
                permissions: ["ledger.draft"],
                href: deskLowHref(slug),
                note: {
                  zh: `${notAsked}户不足首期的30%，今年还没有提醒`,
                  en: `${notAsked} units below 30 % of the first deposit, not asked this year`,
                },
              },
            ),
          ]
        : []),
    ];
  },
  doors: [
    { permissions: ["ledger.read"], path: "/ledger/fund/units", label: { zh: "维修资金分户账", en: "Fund by unit" } },
    {
      permissions: ["ledger.read", "fund.confirm"],
      path: "/ledger/fund/projects",
      label: { zh: "维修工程", en: "Works" },
    },
  ],
});

registerDates("ledger-fund", {
  queries: (scene) => [...clockQueries(scene), dayRow(scene)] as const,
  entries: ({ t, lang, base }, [owing, modes, notices, stored, books, published, days]) => {
    const settings = valuesFromRows(FUND_SETTINGS, stored);
    const at = (uid: string, stampAt: number, day: string, summary: string, url: string) => ({
      uid: `${uid}@commonhold`,
      sequence: 0,
      stampAt,
      ...endingAt(endOf(day)),
      summary,
      description: t("最迟在这一天完成，过期公开显示", "Done by the end of this day; overdue shows in public"),
      url,
      cancelled: false,
    });
    // Which day something is due does not hang on today.
    const works = owing.map(projectFrom).flatMap((row) =>
      readClocks(row, modes, clockSettings(settings), "9999-12-31")
        .filter(({ doneOn }) => doneOn === null)
        .map(({ kind, dueOn }) =>
          at(
            `${row.projectId}-${kind}`,
            row.proposedAt,
            dueOn,
            `${CLOCK_WORDS[kind][lang]}${t("：", ": ")}${row.title}`,
            `${base}/accounts/fund/projects/${row.number}`,
          ),
        ),
    );
    const years = yearsOwed(books, published, settings, days[0]!.today).map(({ year, dueOn }) =>
      at(
        `fund-year-${year}`,
        startOf(`${year + 1}-01-01`),
        dueOn,
        t(`公布${year}年维修资金账目截止`, `The fund's year ${year} is published`),
        `${base}/accounts/fund/years/${year}`,
      ),
    );
    const notice = notices[0] ?? null;
    const transfer = transferClock(notice, modes, settings.transferDays.value, "9999-12-31");
    return transfer && transfer.doneOn === null && notice
      ? [
          ...works,
          ...years,
          at(
            `fund-transfer-${notice.number}`,
            notice.noticedAt,
            transfer.dueOn,
            t("主管部门划转维修资金截止", "The authority hands the fund over"),
            `${base}/accounts/fund`,
          ),
        ]
      : [...works, ...years];
  },
});

registerNews("ledger-fund", {
  queries: (scene, most) =>
    [listProjects(scene, { limit: Math.min(most, MOST), before: ALL }), listPublishedYears(scene)] as const,
  entries: ({ t, lang, base }, [rows, years]) => [
    ...years.map(({ year, edition, publishedAt }) => ({
      href: `${base}/accounts/fund/years/${year}?edition=${edition}`,
      title: t(
        `公布${year}年维修资金账目（第${edition}版）`,
        `The fund's year ${year} is published (edition ${edition})`,
      ),
      summary: t("与银行核对后定稿", "Frozen once the bank agreed"),
      at: publishedAt,
      author: t("业主委员会", "Owners' committee"),
    })),
    ...rows.map(projectFrom).map((row) => ({
      href: `${base}/accounts/fund/projects/${row.number}`,
      title: t(`维修资金工程：${row.title}`, `Works from the fund: ${row.title}`),
      summary: t(
        `${PATH_WORDS[row.path].zh}，预算${formatYuan(row.estimateFen)}元`,
        `${PATH_WORDS[row.path][lang]}, estimate ${formatYuan(row.estimateFen)} yuan`,
      ),
      at: row.proposedAt,
      author: t("业主委员会", "Owners' committee"),
    })),
  ],
});
