/** The public part of the rules on holding posts together: what is in force with its ground, and who holds office by a waiver. No route of its own. */
import { dayOf } from "../../../kernel/day.ts";
import type { AppContext } from "../../../platform/context.ts";
import { pick } from "../../../platform/i18n.ts";
import { sayDay } from "../../../platform/ui/moments.ts";
import { Details, EmptyState } from "../../../platform/ui/notices.tsx";
import { DataTable } from "../../../platform/ui/tables.tsx";
import { shortCode } from "../../../record/rules.ts";
import { isPostKind } from "../../rules.ts";
import { UNSAID } from "../../terms/actions.ts";
import type { PublicOverlap } from "../actions.ts";
import { ANSWER_WORDS, postsWords, RULE_REASONS, ruleWords } from "../explained.ts";
import type { StandingRule } from "./store.ts";

/** Why a rule is there and what it rests on, as a page says it. */
export const RuleReason = ({ c, rule }: { c: AppContext; rule: StandingRule }) => {
  const { lang } = c.var;
  const reason = RULE_REASONS[rule.key];
  return (
    <>
      {reason ? pick(reason, lang) : null}
      <small class="quiet"> {pick(rule.source, lang)}</small>
    </>
  );
};

export const Rules = ({ c, overlap }: { c: AppContext; overlap: PublicOverlap }) => {
  const { t, lang } = c.var;
  // A rule about posts that nobody can hold yet waits for them, and says nothing to a reader.
  const on = overlap.rules.filter(
    ({ answer, left, right }) => answer !== "off" && left.some(isPostKind) && right.some(isPostKind),
  );
  return (
    <>
      <h2>{t("哪些职务不能兼任", "Which posts are not held together")}</h2>
      <p>
        {t(
          "监督的人和被监督的人、物业服务企业的人和业主一方的人，不能是同一个人。遇到时登记不了任职，并说明是哪条规则；没有法律统一规定的，可以按管理规约或议事规则修改。",
          "Who supervises and who is supervised, the provider's people and the owners' side, are not the same people. Such an appointment is refused, with the rule that stands against it. What no law settles can be changed by the covenant or the rules of procedure.",
        )}
      </p>
      <Details summary={t(`${on.length}条规则和依据`, `${on.length} rules and their grounds`)}>
        <DataTable
          caption={t("兼任规则", "Rules")}
          quietCaption={true}
          rows={on}
          empty={<p>{t("没有启用这样的规则。", "No such rule is in force.")}</p>}
          columns={[
            { label: t("规则", "Rule"), head: true, cell: (rule) => pick(ruleWords(rule), lang) },
            { label: t("为什么，依据", "Why, and on what ground"), cell: (rule) => <RuleReason c={c} rule={rule} /> },
            {
              label: t("遇到时", "Then"),
              cell: (rule) =>
                rule.answer === "waiver"
                  ? t(
                      `由${postsWords(rule.waivedBy).zh}批准例外，否则不予登记`,
                      `refused without a waiver by ${postsWords(rule.waivedBy).en}`,
                    )
                  : pick(ANSWER_WORDS[rule.answer], lang),
            },
          ]}
        />
      </Details>
    </>
  );
};

export const Used = ({ c, overlap }: { c: AppContext; overlap: PublicOverlap }) => {
  const { t, lang } = c.var;
  return (
    <>
      <h2 id="waivers">{t("凭例外任职的", "Offices taken by a waiver")}</h2>
      <DataTable
        caption={t("凭例外任职的", "Offices taken by a waiver")}
        quietCaption={true}
        rows={overlap.waivers}
        empty={
          <EmptyState title={t("没有人凭例外任职", "Nobody holds office by a waiver")}>
            {t(
              "规则允许例外、又有人批准的，每一次都列在这里。",
              "Where a rule knows a waiver and one is granted, each use of it is listed here.",
            )}
          </EmptyState>
        }
        columns={[
          { label: t("姓名", "Name"), head: true, cell: ({ name }) => name ?? UNSAID },
          { label: t("职务", "Post"), cell: ({ postKind }) => pick(postsWords([postKind]), lang) },
          { label: t("规则", "Rule"), cell: ({ rule }) => (rule ? pick(ruleWords(rule), lang) : "—") },
          { label: t("批准", "Granted by"), cell: ({ grantedAs }) => pick(postsWords([grantedAs]), lang) },
          {
            label: t("任期", "Term"),
            cell: ({ fromAt, untilAt }) =>
              untilAt === null
                ? t(`${sayDay(dayOf(fromAt), lang)}起`, `since ${sayDay(dayOf(fromAt), lang)}`)
                : t(
                    `${sayDay(dayOf(fromAt), lang)}至${sayDay(dayOf(untilAt - 1), lang)}`,
                    `${sayDay(dayOf(fromAt), lang)} to ${sayDay(dayOf(untilAt - 1), lang)}`,
                  ),
          },
          { label: t("记录编号", "Record"), cell: ({ leafHash }) => <code>{shortCode(leafHash)}</code> },
        ]}
      />
    </>
  );
};
