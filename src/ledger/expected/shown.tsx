/** A month's comparison as public and desk pages both show it. Markup only. */
import { addMonths, type Day, dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import type { AppContext } from "../../platform/context.ts";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { bookHref } from "../books/addresses.ts";
import { CHARTS } from "../books/chart.ts";
import { type Period, periodOf } from "../books/rules.ts";
import { leaseHref } from "../leases/addresses.ts";
import { parkingHref } from "../parking/addresses.ts";
import { expectedHref } from "./addresses.ts";
import { type Comparison, daysOf, type Source } from "./rules.ts";
import type { BankCover, GapNote } from "./store.ts";

export const nameOf = (account: string, lang: "zh" | "en"): string =>
  CHARTS.common.find(({ code }) => code === account)?.name[lang] ?? account;
/** The month before. */
export const before = (period: Period): Period => periodOf(addMonths(`${period}-01`, -1));

const SourceLink = ({ c, source }: { c: AppContext; source: Source }) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  const { what, fen } = source;
  const amount = t(`${formatYuan(fen)}元`, `${formatYuan(fen)} yuan`);
  if (what.kind === "lease")
    return (
      <li>
        <a href={leaseHref(slug, what.number)}>{t(`租约第${what.number}号`, `lease no. ${what.number}`)}</a> {amount}
      </li>
    );
  return (
    <li>
      <a href={parkingHref(slug)}>
        {what.kind === "permits"
          ? t(`月租证${what.entries}张`, `${what.entries} permits`)
          : what.kind === "earned"
            ? t(`以前预收、属于本月的${what.entries}个月`, `${what.entries} months paid before`)
            : what.kind === "refunds"
              ? t(`月租证退费${what.entries}张`, `${what.entries} permits given back`)
              : t(`临停${what.entries}次`, `${what.entries} visits`)}
      </a>{" "}
      {amount}
    </li>
  );
};

/** By how much two columns differ, in words; nothing where they agree. */
const Apart = ({ c, row }: { c: AppContext; row: Comparison }) => {
  const { t } = c.var;
  const { gapFen, bankGapFen } = row;
  const said = [
    ...(gapFen === 0
      ? []
      : [
          gapFen < 0
            ? t(`账上比应收少${formatYuan(-gapFen)}`, `${formatYuan(-gapFen)} less booked than expected`)
            : t(`账上比应收多${formatYuan(gapFen)}`, `${formatYuan(gapFen)} more booked than expected`),
        ]),
    ...(bankGapFen === null || bankGapFen === 0
      ? []
      : [
          bankGapFen < 0
            ? t(`银行比账上少${formatYuan(-bankGapFen)}`, `${formatYuan(-bankGapFen)} less at the bank than booked`)
            : t(`银行比账上多${formatYuan(bankGapFen)}`, `${formatYuan(bankGapFen)} more at the bank than booked`),
        ]),
  ];
  return said.length === 0 ? (
    "0.00"
  ) : (
    <ul class="plain">
      {said.map((words) => (
        <li>{words}</li>
      ))}
    </ul>
  );
};

const Why = ({ c, row, note }: { c: AppContext; row: Comparison; note: GapNote | undefined }) => {
  const { t, lang, scene } = c.var;
  if (row.standing === "agrees") return <StatusWord tone="good">{t("一致", "agrees")}</StatusWord>;
  const said = note ? (
    <>
      {note.text}{" "}
      <a href={`/c/${scene.community.slug}/record/${note.leafHash}`}>
        {t(`${sayDay(dayOf(note.writtenAt), lang)}说明`, `said on ${sayDay(dayOf(note.writtenAt), lang)}`)}
      </a>
    </>
  ) : null;
  if (row.standing === "explained") return said;
  return (
    <>
      <StatusWord tone="bad">{t("没有说明", "unexplained")}</StatusWord>
      {said ? (
        <>
          {" "}
          {t("差额比上次说明时大了。上次说：", "It grew since this was said: ")}
          {said}
        </>
      ) : null}
    </>
  );
};

/** Of what is expected so many sources stand in the table of a month; all of them on pages of their own. */
const SOURCES_SHOWN = 30;
const SOURCES_A_PAGE = 100;
export const sourcesHref = (slug: string, period: Period, account: string, page = 1): string =>
  `${expectedHref(slug, period)}?of=${account}&page=${page}#sources`;

/** Everything an account was to bring in during a month, a page. */
export const SourcePages = (props: { c: AppContext; period: Period; row: Comparison; page: number }) => {
  const { c, period, row, page } = props;
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const shown = row.sources.slice((page - 1) * SOURCES_A_PAGE, page * SOURCES_A_PAGE);
  return (
    <section id="sources">
      <h2>
        {t(
          `${nameOf(row.account, lang)}应收的全部${row.sources.length}项，共${formatYuan(row.expectedFen)}元`,
          `All ${row.sources.length} that make ${formatYuan(row.expectedFen)} yuan expected of ${nameOf(row.account, lang)}`,
        )}
      </h2>
      <ul>
        {shown.map((source) => (
          <SourceLink c={c} source={source} />
        ))}
      </ul>
      <Pager
        t={t}
        page={page}
        pages={Math.ceil(row.sources.length / SOURCES_A_PAGE)}
        href={(n) => sourcesHref(slug, period, row.account, n)}
      />
    </section>
  );
};

/** The table of a month: expected, booked, at the bank, and why they differ. */
export const ComparisonTable = ({
  c,
  period,
  rows,
  notes,
}: {
  c: AppContext;
  period: Period;
  rows: readonly Comparison[];
  notes: readonly GapNote[];
}) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  return (
    <DataTable
      caption={t("应收、账上、银行（元）", "Expected, booked and at the bank, in yuan")}
      rows={rows}
      empty={
        <EmptyState title={t("这个月没有应收的，账上也没有", "Nothing was expected, and nothing is booked")}>
          {t("有了租约和停车收入，这里会逐项比较。", "Once there are leases and parking, each is compared here.")}
        </EmptyState>
      }
      columns={[
        { label: t("来源", "From"), head: true, cell: ({ account }) => nameOf(account, lang) },
        {
          label: t("应收", "Expected"),
          number: true,
          cell: ({ expectedFen }) => formatYuan(expectedFen),
        },
        {
          label: t("账上", "Booked"),
          number: true,
          cell: ({ account, bookedFen }) => (
            <a href={`${bookHref(slug, "common", period)}/of/${account}`}>{formatYuan(bookedFen)}</a>
          ),
        },
        {
          label: t("银行", "Bank"),
          number: true,
          cell: ({ bankFen }) => (bankFen === null ? t("还没有流水", "no statement") : formatYuan(bankFen)),
        },
        { label: t("相差（元）", "Apart, in yuan"), cell: (row) => <Apart c={c} row={row} /> },
        {
          label: t("说明", "Why"),
          cell: (row) => <Why c={c} row={row} note={notes.filter(({ account }) => account === row.account).at(-1)} />,
        },
        {
          label: t("应收的组成", "Made of"),
          cell: ({ account, sources }) =>
            sources.length === 0 ? (
              "—"
            ) : (
              <ul>
                {sources.slice(0, SOURCES_SHOWN).map((source) => (
                  <SourceLink c={c} source={source} />
                ))}
                {sources.length > SOURCES_SHOWN ? (
                  <li>
                    <a href={sourcesHref(slug, period, account)}>
                      {t(`全部${sources.length}项`, `all ${sources.length}`)}
                    </a>
                  </li>
                ) : null}
              </ul>
            ),
        },
      ]}
    />
  );
};

/** How far statements reach, in words. */
function reachOf({ var: { t, lang } }: AppContext, to: Day | null, { fromOn, toOn }: { fromOn: Day; toOn: Day }) {
  if (to === null || to < fromOn)
    return t(
      "这个月的银行流水还没有导入，银行一栏要等导入后才有数。",
      "No statement of the month was taken in yet; the bank's column waits for it.",
    );
  return to < toOn
    ? t(
        `银行流水导入到${sayDay(to, lang)}，后面的还没有。`,
        `Statements reach ${sayDay(to, lang)}, not the end of the month.`,
      )
    : t("这个月的银行流水已经导入。", "The month's statements were taken in.");
}

/** How far the bank's statements reach, and what lies there that nobody booked. */
export const BankReach = ({ c, period, bank }: { c: AppContext; period: Period; bank: BankCover }) => {
  const { t } = c.var;
  return (
    <>
      <p class="hint">{reachOf(c, bank.statementsTo, daysOf(period))}</p>
      <p class="hint">
        {t(
          "银行一栏：凭证已经与银行流水逐笔对上的部分，扣除所含税款；用预收款、押金抵的，钱在收到时已经对过。",
          "At the bank: what of the booked is matched to lines of the bank's statements, less the tax contained. What is set off against money received before was matched then.",
        )}
      </p>
      {bank.openLines > 0 ? (
        <Callout
          tone="warn"
          title={t(
            `银行这个月还有${bank.openLines}笔进账没有对上凭证，共${formatYuan(bank.openFen)}元`,
            `${bank.openLines} payments of the month, ${formatYuan(bank.openFen)} yuan, are no voucher yet`,
          )}
        >
          <p>
            {t(
              "它们可能是还没有记账的收入，出纳要逐笔对账或补记。",
              "They may be income that is not booked; the treasurer matches or books each.",
            )}
          </p>
        </Callout>
      ) : null}
    </>
  );
};
