/** Filings and their clocks as the desk and the public page show them. Markup only. */
import { endOf } from "../../kernel/day.ts";
import type { AppContext } from "../../platform/context.ts";
import { pick, type T } from "../../platform/i18n.ts";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { Clock } from "../../platform/ui/steps.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { shortCode } from "../../record/rules.ts";
import { FILING_TONE, FILING_WORDS } from "../words.ts";
import { type FilingDuty, nextFiling } from "./rules.ts";
import type { FilingRow } from "./store.ts";

export const dutyWords = (duty: FilingDuty, { t, lang }: AppContext["var"]): string =>
  duty.about === "election"
    ? t(`选举产生（${sayDay(duty.on, lang)}就任）`, `Election (took office ${sayDay(duty.on, lang)})`)
    : t(
        `成员变更（${[sayDay(duty.on, lang), ...changeWords(duty, t)].join("，")}）`,
        `Change of members (${[sayDay(duty.on, lang), ...changeWords(duty, t)].join(", ")})`,
      );

const changeWords = ({ taken, left }: FilingDuty, t: T): string[] => [
  ...(taken > 0 ? [t(`新任${taken}人次`, `${taken} taken`)] : []),
  ...(left > 0 ? [t(`离任${left}人次`, `${left} left`)] : []),
];

/** What is due, above everything: the next day, or that it has passed. Nothing where all is filed. */
export const FilingClock = ({ c, duties }: { c: AppContext; duties: readonly FilingDuty[] }) => {
  const { t, lang, now } = c.var;
  const next = nextFiling(duties);
  if (!next) return null;
  return next.state === "overdue" ? (
    <Callout tone="bad" title={t("备案已逾期", "A filing is overdue")}>
      <p>
        {dutyWords(next, c.var)}
        {t(
          `，应在${sayDay(next.dueOn, lang)}以前向区县主管部门和街道备案（《物业管理条例》第十六条）。`,
          `: due by ${sayDay(next.dueOn, lang)} with the district authority and the street (Property Management Regulations art. 16).`,
        )}
      </p>
    </Callout>
  ) : (
    <Clock
      t={t}
      lang={lang}
      label={t(`备案截止：${dutyWords(next, c.var)}`, `File by: ${dutyWords(next, c.var)}`)}
      at={endOf(next.dueOn)}
      now={now}
    />
  );
};

export const DutyTable = ({ c, duties }: { c: AppContext; duties: readonly FilingDuty[] }) => {
  const { t, lang } = c.var;
  return (
    <DataTable
      caption={t("应备案的事", "What is to be filed")}
      rows={duties}
      empty={
        <EmptyState title={t("还没有要备案的事", "Nothing to file yet")}>
          {t("业委会就任以后，备案的期限会显示在这里。", "Once a committee has taken office its clock stands here.")}
        </EmptyState>
      }
      columns={[
        { label: t("事由", "What"), head: true, cell: (duty) => dutyWords(duty, c.var) },
        { label: t("截止", "Due"), cell: ({ dueOn }) => sayDay(dueOn, lang) },
        {
          label: t("现在", "Now"),
          cell: ({ state, filedOn }) => (
            <>
              <StatusWord tone={FILING_TONE[state]}>{pick(FILING_WORDS[state], lang)}</StatusWord>
              {filedOn === null ? null : <small class="quiet"> {sayDay(filedOn, lang)}</small>}
            </>
          ),
        },
      ]}
    />
  );
};

export const FilingTable = ({
  c,
  filings,
  fileHref,
}: {
  c: AppContext;
  filings: readonly FilingRow[];
  /** Of a receipt, for those who may open it. */
  fileHref?: ((fileId: string) => string) | undefined;
}) => {
  const { t, lang } = c.var;
  return (
    <DataTable
      caption={t("已递交的备案", "Filings made")}
      rows={filings}
      empty={<EmptyState title={t("还没有备案记录", "No filing recorded yet")} />}
      columns={[
        { label: t("递交日期", "Handed in"), head: true, cell: ({ filedOn }) => sayDay(filedOn, lang) },
        { label: t("成员截至", "As of"), cell: ({ asOf }) => sayDay(asOf, lang) },
        { label: t("备案机关", "With"), cell: ({ authority }) => authority },
        {
          label: t("回执", "Receipt"),
          cell: ({ receiptNo, fileId, fileName }) => (
            <>
              {receiptNo || "—"}
              {fileId && fileHref ? (
                <>
                  {" "}
                  <a href={fileHref(fileId)}>{fileName}</a>
                </>
              ) : null}
            </>
          ),
        },
        { label: t("记录编号", "Record"), cell: ({ leafHash }) => <code>{shortCode(leafHash)}</code> },
      ]}
    />
  );
};
