/** What of an audit stands on several pages: its state, its facts, findings, samples, the opinion. Markup only. */
import { meetingHref } from "../../assembly/meeting/addresses.ts";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { examineCreditCode } from "../../kernel/uscc.ts";
import type { AppContext } from "../../platform/context.ts";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { Steps } from "../../platform/ui/steps.tsx";
import { voucherHref } from "../books/addresses.ts";
import { BOOK_WORDS } from "../books/chart.ts";
import { isBook } from "../books/rules.ts";
import { voucherWords } from "../books/words.ts";
import type { AuditView } from "./actions.ts";
import { reportHref, sampleHref } from "./addresses.ts";
import type { Opinion } from "./fieldwork/rules.ts";
import type { FindingRow } from "./fieldwork/store.ts";
import { type AuditState, auditClock } from "./rules.ts";
import { type AuditRow, auditFrom, type ListedAudit, type OpinionRow } from "./store.ts";
import {
  askedWords,
  COMMISSION_WORDS,
  codeFindingWords,
  OPINION_MEANINGS,
  OPINION_WORDS,
  OUTCOME_WORDS,
  SEVERITY_WORDS,
  STAGE_WORDS,
  STAGES,
  STATE_WORDS,
} from "./words.ts";

export const booksWords = (books: readonly string[], lang: "zh" | "en"): string =>
  books.map((book) => (isBook(book) ? BOOK_WORDS[book][lang] : book)).join(lang === "zh" ? "、" : ", ");

/** What an audit is called: the books and the days. */
export const auditTitle = (row: Pick<AuditRow, "books" | "fromOn" | "toOn" | "number">, lang: "zh" | "en"): string =>
  lang === "zh"
    ? `第${row.number}号审计：${booksWords(row.books, "zh")}，${sayDay(row.fromOn, "zh")}至${sayDay(row.toOn, "zh")}`
    : `Audit no. ${row.number}: ${booksWords(row.books, "en")}, ${sayDay(row.fromOn, "en")} to ${sayDay(row.toOn, "en")}`;

const OPINION_TONES = { unqualified: "good", qualified: "note", adverse: "bad", disclaimer: "bad" } as const;

/** Its opinion if it has one, else where it stands and by how much it is late. */
export const AuditMark = ({
  c,
  row,
  opinion,
}: {
  c: AppContext;
  row: Pick<AuditRow, "state" | "dueOn">;
  opinion: Opinion | null;
}) => {
  const { t, lang, now } = c.var;
  if (opinion) return <StatusWord tone={OPINION_TONES[opinion]}>{OPINION_WORDS[opinion][lang]}</StatusWord>;
  const clock = auditClock(row.state, row.dueOn, dayOf(now));
  if (clock.state === "overdue")
    return (
      <StatusWord tone="bad">
        {t(
          `${STATE_WORDS[row.state].zh}，已逾期${clock.daysLate}天`,
          `${STATE_WORDS[row.state].en}, ${clock.daysLate} days late`,
        )}
      </StatusWord>
    );
  return <StatusWord tone={row.state === "ended" ? "off" : "active"}>{STATE_WORDS[row.state][lang]}</StatusWord>;
};

const stageOf = (state: AuditState): number =>
  state === "published" ? STAGES.length : STAGES.indexOf(state === "responses" ? "draft_sent" : state);

/** The five stages, and at which it is; where it was ended, that it went no further. */
export const AuditSteps = ({ c, view }: { c: AppContext; view: AuditView }) => {
  const { t, lang } = c.var;
  const { row } = view;
  const reached: AuditState =
    row.responseDueOn !== null
      ? "draft_sent"
      : view.samples.length > 0
        ? "fieldwork"
        : view.population
          ? "sampling"
          : "opened";
  const steps = STAGES.map((stage) => ({
    name: STAGE_WORDS[stage]![lang],
    ...(stage === "opened" ? { when: sayDay(dayOf(row.openedAt), lang) } : {}),
    ...(stage === "draft_sent" && row.responseDueOn !== null
      ? { when: t(`${sayDay(row.responseDueOn, "zh")}前`, `by ${sayDay(row.responseDueOn, "en")}`) }
      : {}),
    ...(stage === "published"
      ? {
          when:
            view.opinion === null
              ? t(`应在${sayDay(row.dueOn, "zh")}前`, `due ${sayDay(row.dueOn, "en")}`)
              : sayDay(dayOf(view.opinion.publishedAt), lang),
        }
      : {}),
  }));
  return (
    <Steps
      t={t}
      label={t("审计进程", "Course of the audit")}
      steps={steps}
      current={stageOf(row.state === "ended" ? reached : row.state)}
      {...(row.state === "ended" ? { stopped: STATE_WORDS.ended[lang] } : {})}
    />
  );
};

/** Who asked for it, who audits what, and what is doubtful about the firm's code. */
export const EngagementFacts = ({ c, row }: { c: AppContext; row: AuditRow }) => {
  const { t, lang, scene } = c.var;
  const doubts = examineCreditCode(row.creditCode).findings;
  return (
    <FactList>
      <Fact label={t("由谁要求", "Asked for by")}>{COMMISSION_WORDS[row.commission][lang]}</Fact>
      <Fact label={t("依据", "Rests on")}>
        {row.basis}
        {row.meeting === null ? null : (
          <>
            <br />
            <a href={meetingHref(scene.community.slug, row.meeting)}>
              {t(
                `业主大会第${row.meeting}次会议议题${row.item}，已通过`,
                `Owners' meeting no. ${row.meeting}, item ${row.item}, carried`,
              )}
            </a>
          </>
        )}
      </Fact>
      <Fact label={t("账簿", "Books")}>{booksWords(row.books, lang)}</Fact>
      <Fact label={t("审计的日子", "Days audited")}>
        {t(
          `${sayDay(row.fromOn, "zh")}至${sayDay(row.toOn, "zh")}`,
          `${sayDay(row.fromOn, "en")} to ${sayDay(row.toOn, "en")}`,
        )}
      </Fact>
      <Fact label={t("审计机构", "Firm")}>
        {row.firm}
        <br />
        <small class="hint">{t(`统一社会信用代码 ${row.creditCode}`, `credit code ${row.creditCode}`)}</small>
        {doubts.length === 0 ? null : (
          <>
            <br />
            <StatusWord tone="note">
              {t("代码请再核对：", "Check the code: ")}
              {doubts.map((finding) => codeFindingWords(finding)[lang]).join(t("；", "; "))}
            </StatusWord>
          </>
        )}
      </Fact>
      <Fact label={t("主办人员", "Led by")}>{row.auditorShown}</Fact>
      <Fact label={t("范围", "Scope")}>{row.scope}</Fact>
      <Fact label={t("最迟公布", "Opinion due")}>{sayDay(row.dueOn, lang)}</Fact>
      {row.endedWhy === null ? null : (
        <Fact label={t("为什么终止", "Why it ended")}>
          {row.endedWhy}（{sayInstant(row.endedAt!, lang)}）
        </Fact>
      )}
      <Fact label={t("公开记录", "Public record")}>
        <a href={`/c/${scene.community.slug}/record/${row.leafHash}`}>
          {t("立项的条目和证明", "The entry of its opening")}
        </a>
      </Fact>
    </FactList>
  );
};

/** `common/2026-03/12` as a link to the public voucher. */
export const VoucherLink = ({ c, reference }: { c: AppContext; reference: string }) => {
  const [book = "", period = "", number = ""] = reference.split("/");
  const { lang, scene } = c.var;
  return isBook(book) ? (
    <a href={voucherHref(scene.community.slug, { book, period, number: Number(number) })}>
      {voucherWords({ period, number: Number(number) })[lang]}
    </a>
  ) : (
    reference
  );
};

/** The samples drawn, each with the page that says how to draw it again. */
export const Samples = ({ c, view }: { c: AppContext; view: AuditView }) => {
  const { t, scene } = c.var;
  return (
    <LinkList
      items={view.samples.map(({ sampleNo, asked, drawn, drawnAt }) => ({
        href: sampleHref(scene.community.slug, view.row.number, sampleNo),
        title: t(`第${sampleNo}次：${askedWords(asked).zh}`, `Sample ${sampleNo}: ${askedWords(asked).en}`),
        note: t(
          `抽到${drawn.length}张，${sayInstant(drawnAt, "zh")}`,
          `${drawn.length} vouchers, ${sayInstant(drawnAt, "en")}`,
        ),
      }))}
    />
  );
};

const SEVERITY_TONES = { minor: "note", significant: "active", serious: "bad" } as const;

/** A finding with its vouchers, the committee's answer and the conclusion. `level` is the rank of its heading. */
export const Finding = ({ c, finding, isOverdue }: { c: AppContext; finding: FindingRow; isOverdue: boolean }) => {
  const { t, lang } = c.var;
  return (
    <>
      <h3 id={`finding-${finding.findingNo}`}>
        {t(`发现${finding.findingNo}`, `Finding ${finding.findingNo}`)}{" "}
        <StatusWord tone={SEVERITY_TONES[finding.severity]}>{SEVERITY_WORDS[finding.severity][lang]}</StatusWord>
      </h3>
      <p>{finding.text}</p>
      <FactList>
        {finding.vouchers.length === 0 ? null : (
          <Fact label={t("涉及凭证", "Vouchers")}>
            {finding.vouchers.map((reference, at) => (
              <>
                {at === 0 ? "" : t("、", ", ")}
                <VoucherLink c={c} reference={reference} />
              </>
            ))}
          </Fact>
        )}
        {finding.amountFen === 0 ? null : (
          <Fact label={t("涉及金额", "Amount")}>
            {t(`${formatYuan(finding.amountFen)}元`, `${formatYuan(finding.amountFen)} yuan`)}
          </Fact>
        )}
        <Fact label={t("建议", "Recommended")}>{finding.recommendation}</Fact>
        <Fact label={t("业委会答复", "The committee answers")}>
          {finding.response ??
            (isOverdue || finding.outcome !== null
              ? t("到期没有答复", "No answer by the day")
              : t("还没有答复", "Not answered yet"))}
        </Fact>
        {finding.outcome === null ? null : (
          <Fact label={t("审计结论", "Concluded")}>
            {OUTCOME_WORDS[finding.outcome][lang]}
            {t("：", ": ")}
            {finding.conclusion}
          </Fact>
        )}
      </FactList>
    </>
  );
};

/** The opinion in its words, what its kind means, and the report with its hash. */
export const OpinionShown = ({ c, number, opinion }: { c: AppContext; number: number; opinion: OpinionRow }) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  return (
    <FactList>
      <Fact label={t("审计意见", "Opinion")}>
        <StatusWord tone={OPINION_TONES[opinion.opinion]}>{OPINION_WORDS[opinion.opinion][lang]}</StatusWord>
        <br />
        <small class="hint">{OPINION_MEANINGS[opinion.opinion][lang]}</small>
      </Fact>
      <Fact label={t("审计人员的话", "In the auditor's words")}>{opinion.words}</Fact>
      <Fact label={t("审计报告", "Report")}>
        <a href={reportHref(slug, number)}>{opinion.reportName}</a>
        <br />
        <small class="hint num">{t(`校验值 ${opinion.reportSha256}`, `SHA-256 ${opinion.reportSha256}`)}</small>
      </Fact>
      <Fact label={t("公布", "Published")}>{sayInstant(opinion.publishedAt, lang)}</Fact>
      <Fact label={t("公开记录", "Public record")}>
        <a href={`/c/${slug}/record/${opinion.leafHash}`}>{t("审计意见的条目和证明", "Its entry and proof")}</a>
      </Fact>
    </FactList>
  );
};

export const AUDITS_A_PAGE = 20;
export const NEWEST_AUDIT = 99_999_999;

/** Audits, the newest first, each leading where `href` says, and the way to earlier ones; `rows` holds one more than a page where there are. */
export const AuditList = ({
  c,
  rows,
  href,
  list,
  empty,
}: {
  c: AppContext;
  rows: readonly ListedAudit[];
  href: (number: number) => string;
  list: string;
  empty: string;
}) => {
  const { t, lang } = c.var;
  const shown = rows.slice(0, AUDITS_A_PAGE);
  return (
    <>
      <LinkList
        items={shown.map((row) => ({
          href: href(row.number),
          title: auditTitle(auditFrom(row), lang),
          note: row.firm,
          status: <AuditMark c={c} row={row} opinion={row.opinion} />,
        }))}
        empty={<EmptyState title={t("还没有审计", "No audit yet")}>{empty}</EmptyState>}
      />
      {rows.length > AUDITS_A_PAGE ? (
        <p>
          <a href={`${list}?before=${shown.at(-1)!.number}`}>{t("更早的审计", "Earlier audits")}</a>
        </p>
      ) : null}
    </>
  );
};
