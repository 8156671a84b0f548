/** What budgets add to the desk and the feed. Registers; no page of its own. */
import { type DeskTask, registerDeskSource, registerNews } from "../../assembly/public/announcing.ts";
import { budgetsHref, deskBudgetHref } from "./addresses.ts";
import { listPublished, listWaitingBudgets } from "./store.ts";
import { budgetTitle } from "./words.ts";

const NEXT = {
  waiting: { what: { zh: "复核年度预算", en: "Review a budget" }, permissions: ["ledger.review"] },
  reviewed: { what: { zh: "批准年度预算", en: "Approve a budget" }, permissions: ["ledger.approve"] },
  approved: { what: { zh: "公布年度预算", en: "Publish a budget" }, permissions: ["ledger.close", "ledger.approve"] },
} as const;

registerDeskSource("ledger-budget", {
  queries: ({ scene }) => [listWaitingBudgets(scene)] as const,
  tasks: ({ scene, actor }, [rows]) => {
    const { slug } = scene.community;
    return rows.flatMap((row): DeskTask[] => {
      if (row.state !== "waiting" && row.state !== "reviewed" && row.state !== "approved") return [];
      const { what, permissions } = NEXT[row.state];
      const hands = row.state === "approved" ? [] : [row.draftedBy, row.reviewedBy];
      return [
        {
          what,
          about: budgetTitle(row, "zh"),
          note: null,
          permissions,
          href: deskBudgetHref(slug, row.budgetId),
          waitingHref: budgetsHref(slug),
          due: null,
          overdue: false,
          notByAsker: hands.includes(actor.personId),
        },
      ];
    });
  },
  doors: [{ permissions: ["ledger.read"], path: "/ledger/budget", label: { zh: "年度预算", en: "Budgets" } }],
});

registerNews("ledger-budget", {
  queries: (scene, most) => [listPublished(scene, most)] as const,
  entries: ({ t, lang, base }, [rows]) =>
    rows.map((row) => ({
      href: `${base}/accounts/budget/${row.book}/${row.year}${row.version === 1 ? "" : `?version=${row.version}`}`,
      title:
        row.version === 1
          ? t(`公布：${budgetTitle(row, lang)}`, `Published: ${budgetTitle(row, lang)}`)
          : t(`调整：${budgetTitle(row, lang)}`, `Revised: ${budgetTitle(row, lang)}`),
      summary: row.version === 1 ? t("每个科目都可以对照实际", "Every account stands against what was done") : row.why,
      at: row.publishedAt,
      author: t("业主委员会", "Owners' committee"),
    })),
});
