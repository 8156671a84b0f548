/** What statements add to a community's home, the desk, the calendar and the feed. Registers; no page of its own. */
import {
  type DeskTask,
  endingAt,
  registerDates,
  registerDeskSource,
  registerHomeSection,
  registerNews,
} from "../../assembly/public/announcing.ts";
import { endOf, startOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { LinkList } from "../../platform/ui/facts.tsx";
import { accountsHref, deskLedgerHref } from "../books/addresses.ts";
import { BOOK_WORDS } from "../books/chart.ts";
import { firstDayOf } from "../books/rules.ts";
import { clockQueries, clocksFrom } from "./actions.ts";
import { deskStatementHref, deskStatementsHref, statementHref, statementsHref } from "./addresses.ts";
import { Clocks } from "./clocks.tsx";
import { listDrafts, listNewestVersions, listTold, statementFrom } from "./store.ts";
import { clockWords, spanWords, statementTitle } from "./words.ts";

registerHomeSection("ledger-statements", {
  where: "standing",
  place: 40,
  queries: (scene) => [...clockQueries(scene), listTold(scene, "common", 1)] as const,
  render: (c, [books, settings, told]) => {
    const { t, lang, scene } = c.var;
    const { slug } = scene.community;
    if (books.length === 0) return null;
    const last = told[0] ? statementFrom(told[0]) : null;
    return (
      <section id="accounts">
        <h2>{t("公共收益", "Common revenue")}</h2>
        <Clocks c={c} clocks={clocksFrom(scene, [books, settings])} />
        <LinkList
          items={[
            ...(last
              ? [
                  {
                    href: statementHref(slug, last.number!),
                    title: statementTitle(last, lang),
                    note: t(
                      `收入${formatYuan(last.content.incomeFen)}元，结余${formatYuan(last.content.closingFen)}元`,
                      `Income ${formatYuan(last.content.incomeFen)}, left ${formatYuan(last.content.closingFen)} yuan`,
                    ),
                  },
                ]
              : []),
            { href: accountsHref(slug), title: t("全部账目，每一笔都能查", "All accounts, to the last voucher") },
          ]}
        />
      </section>
    );
  },
});

// ——— The desk ———

registerDeskSource("ledger-statements", {
  queries: ({ scene }) => [...clockQueries(scene), listDrafts(scene)] as const,
  tasks: ({ scene, actor }, [books, settings, drafts]) => {
    const { slug } = scene.community;
    const clocks = clocksFrom(scene, [books, settings]);
    const about = (zh: string, en: string) => ({ zh, en });
    const waiting = drafts.map((row): DeskTask => {
      const clock = clocks.find(({ book }) => book === row.book);
      return {
        what: about("公布收支公示", "Publish the statement"),
        about: statementTitle(row, "zh"),
        note: about("起草的人不能自己公布", "Not by whoever drafted it"),
        permissions: ["ledger.approve"],
        href: deskStatementHref(slug, row.draftId),
        waitingHref: statementsHref(slug),
        due: clock?.dueOn ?? null,
        overdue: clock?.state === "overdue",
        notByAsker: row.draftedBy === actor.personId,
      };
    });
    const due = clocks
      .filter(({ book, state }) => state !== "running" && !drafts.some((row) => row.book === book))
      .map(
        (clock): DeskTask => ({
          what: clock.ready
            ? about("核对并起草收支公示", "Check and draft the statement")
            : about("结账，准备收支公示", "Close the months for the statement"),
          about: `${BOOK_WORDS[clock.book].zh} ${spanWords(clock.span).zh}`,
          note: clockWords(clock),
          permissions: ["ledger.close"],
          href: clock.ready
            ? `${deskStatementsHref(slug)}/next/${clock.book}`
            : `${deskLedgerHref(slug)}/${clock.book}`,
          waitingHref: statementsHref(slug),
          due: clock.dueOn,
          overdue: clock.state === "overdue",
          notByAsker: false,
        }),
      );
    return [...waiting, ...due];
  },
});

// ——— Dates and news ———

registerDates("ledger-statements", {
  queries: (scene) => clockQueries(scene),
  entries: ({ t, base }, rows) =>
    // Which day a statement is due does not hang on today.
    clocksFrom({ now: 0 }, rows).map((clock) => ({
      uid: `statement-${clock.book}-${clock.span.from}@commonhold`,
      sequence: 0,
      stampAt: startOf(firstDayOf(clock.span.from)),
      ...endingAt(endOf(clock.dueOn)),
      summary: t(
        `${BOOK_WORDS[clock.book].zh}${spanWords(clock.span).zh}收支公示截止`,
        `Statement due: ${BOOK_WORDS[clock.book].en}, ${spanWords(clock.span).en}`,
      ),
      description: t("最迟在这一天公布", "Published by the end of this day"),
      url: `${base}/accounts`,
      cancelled: false,
    })),
});

registerNews("ledger-statements", {
  queries: (scene, most) => [listNewestVersions(scene, most)] as const,
  entries: ({ t, lang, base }, [rows]) =>
    rows.map((row) => ({
      href: `${base}/accounts/statements/${row.number}${row.version === 1 ? "" : `?version=${row.version}`}`,
      title:
        row.version === 1
          ? t(`公布：${statementTitle(row, lang)}`, `Published: ${statementTitle(row, lang)}`)
          : t(`更正：${statementTitle(row, lang)}`, `Corrected: ${statementTitle(row, lang)}`),
      summary: row.version === 1 ? t("收支、结余和银行核对都可以点开", "Every figure opens to its vouchers") : row.why,
      at: row.endedAt,
      author: t("业主委员会", "Owners' committee"),
    })),
});
