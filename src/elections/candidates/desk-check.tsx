/** Checking a person at the desk, deciding on them, and ruling on their appeal: each by another person, on the page of their nomination. Markup only; the posts are check-pages.tsx. */
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { TextArea } from "../../platform/ui/fields.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { type StatusTone, StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import type { CandidacyView } from "../nominations/reading.ts";
import { readEligibility } from "./eligibility/actions.ts";
import { checklistOf, type Finding, mayDecide } from "./eligibility/rules.ts";
import { Decisions } from "./eligibility/shown.tsx";
import { candidateProblem } from "./problems.ts";
import { LONGEST_REASON } from "./rules.ts";

const TONE: Record<Finding, StatusTone> = { met: "good", not_met: "bad", unclear: "note" };
export const findingWord = (finding: Finding, c: AppContext): string =>
  ({
    met: c.var.t("符合", "met"),
    not_met: c.var.t("不符合", "not met"),
    unclear: c.var.t("没有查清", "unclear"),
  })[finding];

/** The checklist as it stands, the decision form for who may decide, the ruling for who may rule. */
export const CheckSections = async ({ c, view, base }: { c: AppContext; view: CandidacyView; base: string }) => {
  const { t, scene, actor } = c.var;
  const { row, election } = view;
  if (row.answer !== "accepted" || row.withdrawnAt !== null) return null;
  const facts = await readEligibility(scene, election, row);
  const moves = ["nominating", "examining", "standing", "voting"].includes(election.state);
  return (
    <section id="check">
      <h2>{t("参选条件", "Conditions")}</h2>
      <DataTable
        caption={t("核对表", "The checklist")}
        quietCaption
        rows={checklistOf(view.criteria)}
        columns={[
          {
            label: t("条件", "Condition"),
            head: true,
            cell: ({ words, source }) => (
              <>
                {pick(words, c.var.lang)}
                <br />
                <span class="hint">{source}</span>
              </>
            ),
          },
          {
            label: t("核对结果", "Found"),
            cell: ({ item, automatic }) => {
              if (automatic)
                return (
                  <StatusWord tone={facts.isOwnerToday ? "good" : "bad"}>
                    {facts.isOwnerToday
                      ? t("今日名册上是业主", "on the roll today")
                      : t("已不在名册上", "not on the roll any more")}
                  </StatusWord>
                );
              const found = facts.found?.find((one) => one.item === item);
              return found ? (
                <StatusWord tone={TONE[found.finding]}>{findingWord(found.finding, c)}</StatusWord>
              ) : (
                <StatusWord tone="waiting">{t("还没有核对", "not checked yet")}</StatusWord>
              );
            },
          },
          {
            label: t("证据", "Evidence"),
            cell: ({ item, automatic }) =>
              automatic
                ? t(
                    "系统按当天名册核对，公布时再核对一次",
                    "compared with the day's roll, and once more when the list comes out",
                  )
                : (facts.found?.find((one) => one.item === item)?.evidence ?? "—"),
          },
        ]}
      />
      {moves && actor.permissions.has("election.prepare") ? (
        <Actions>
          <ButtonLink look={facts.sheet === null ? "primary" : "quiet"} href={`${base}/checklist`}>
            {facts.sheet === null ? t("填写核对表", "Fill in the checklist") : t("重新核对", "Check again")}
          </ButtonLink>
        </Actions>
      ) : null}
      <Decisions c={c} candidacyId={row.candidacyId} />
      {moves && actor.permissions.has("election.decide") ? (
        <DecideForm c={c} view={view} base={base} facts={facts} />
      ) : null}
      {row.appealedAt !== null && row.ruling === null && actor.permissions.has("election.appeal") ? (
        <RuleForm c={c} base={base} />
      ) : null}
    </section>
  );
};

const DecideForm = (props: {
  c: AppContext;
  view: CandidacyView;
  base: string;
  facts: Awaited<ReturnType<typeof readEligibility>>;
}) => {
  const { c, view, base, facts } = props;
  const { t, lang, formToken, actor } = c.var;
  const options = (["eligible", "ineligible"] as const).filter((outcome) => mayDecide(facts, outcome).ok);
  if (facts.sheet?.checkedBy === actor.personId)
    return (
      <Callout title={t("由另一个人决定", "Another person decides")}>
        <p>{t("核对表是您填的。", "You filled in the checklist.")}</p>
      </Callout>
    );
  if (options.length === 0) {
    const may = mayDecide(facts, "eligible");
    const problem = may.ok ? null : candidateProblem(may.error);
    return problem ? (
      <Callout title={problem.title[lang]}>
        <p>{problem.detail[lang]}</p>
      </Callout>
    ) : null;
  }
  return (
    <>
      <h3>{view.row.decisionNo === 0 ? t("作出决定", "Decide") : t("重新决定", "Decide anew")}</h3>
      <Form
        action={`${base}/decision`}
        token={formToken}
        hidden={{ sheetNo: String(view.row.sheetNo), decisionNo: String(view.row.decisionNo) }}
      >
        <RadioGroup
          name="outcome"
          legend={t("决定", "Decision")}
          hint={t(
            "决定跟着核对表走：有一项不符合，就不能决定为符合；都符合，就不能决定为不符合。",
            "It follows from the checklist: with a line unmet nobody is let through, with none unmet nobody is kept out.",
          )}
          options={options.map((outcome) => ({
            value: outcome,
            label: outcome === "eligible" ? t("符合条件", "Eligible") : t("不符合条件", "Not eligible"),
          }))}
          {...(options.length === 1 ? { value: options[0]! } : {})}
        />
        <TextArea
          name="reason"
          label={t("理由", "Why")}
          hint={t(
            "给本人看，加密保存；公开记录里只有密封值。",
            "For the person, kept encrypted; the record has it sealed.",
          )}
          rows={3}
          maxlength={LONGEST_REASON}
        />
        <Actions>
          <Button>{t("决定", "Decide")}</Button>
        </Actions>
      </Form>
    </>
  );
};

const RuleForm = ({ c, base }: { c: AppContext; base: string }) => {
  const { t, formToken } = c.var;
  return (
    <>
      <h3>{t("裁定申诉", "Rule on the appeal")}</h3>
      <Form action={`${base}/ruling`} token={formToken}>
        <RadioGroup
          name="outcome"
          legend={t("裁定", "Ruling")}
          options={[
            { value: "eligible", label: t("申诉成立，符合条件", "The appeal is right: eligible") },
            { value: "ineligible", label: t("维持，不符合条件", "The decision stands: not eligible") },
          ]}
        />
        <TextArea name="reason" label={t("理由", "Why")} rows={3} maxlength={LONGEST_REASON} />
        <Actions>
          <Button>{t("裁定", "Rule")}</Button>
        </Actions>
      </Form>
    </>
  );
};
