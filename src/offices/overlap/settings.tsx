/** Changing what is wished for, and a rule on holding posts together: two forms, each with the version it was made from. */
import { Hono } from "hono";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one, several } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { NOT_FOUND, type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { CheckboxGroup, Confirm, RadioGroup } from "../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import { fieldErrors, WholeRefusal } from "../forms.tsx";
import { POST_KINDS } from "../rules.ts";
import { switchOf } from "../terms/place.ts";
import { saveWish } from "./actions.ts";
import { type RuleAsked, saveRule } from "./conflicts/actions.ts";
import { maySetRule, RULE_ANSWERS, RULE_KINDS, type RuleAnswer, type RuleKind, WAIVERS } from "./conflicts/rules.ts";
import { listRuleRows, rulesFromRows, type StandingRule } from "./conflicts/store.ts";
import { ANSWER_WORDS, KIND_WORDS, postsWords } from "./explained.ts";
import { manages, overlapCrumbs, overlapDeskOf, postsOf } from "./place.ts";
import { overlapProblem } from "./problems.ts";
import { findWish, wishFrom } from "./store.ts";

export const overlapSettings = new Hono<AppEnv>();

/** The version of a setting that a form was made from; what is no number is none that stands. */
const seenOf = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : -1);

interface WishForm {
  readonly least: string;
  readonly share: string;
  readonly chair: string;
  readonly source: string;
  readonly seen: string;
}

function wishPage(c: AppContext, given: WishForm, once: string, problem?: Problem) {
  const { t, lang, formToken } = c.var;
  const errors = fieldErrors(problem, lang);
  const title = t("修改期望", "Change the wishes");
  return (
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={overlapCrumbs(c, true)} switchHref={switchOf(c)}>
      <h1>{title}</h1>
      <WholeRefusal c={c} problem={problem} />
      <Callout tone="info">
        <p>
          {t(
            "期望只用来在公开页面上对照，不影响任何人参选、当选、就任，也不影响计票。",
            "A wish is only compared with on the public page. It decides nobody's candidacy, election or seat, and no count.",
          )}
        </p>
      </Callout>
      <Form action={`${overlapDeskOf(c)}/wish`} token={formToken} once={once} hidden={{ seen: given.seen }}>
        <ErrorSummary t={t} errors={errors} />
        <Field
          name="least"
          inputmode="numeric"
          width={4}
          label={t("业委会中至少几位支部成员", "At least so many of the branch in the committee")}
          hint={t("0 表示不作期望", "0 wishes nothing")}
          value={given.least}
          error={errorFor(errors, "least")}
        />
        <Field
          name="share"
          width={6}
          label={t("至少占席位的几分之几", "At least this share of the seats")}
          hint={t("写成分数，例如 1/3；不填表示不作期望", "As a fraction, such as 1/3; empty wishes nothing")}
          value={given.share}
          error={errorFor(errors, "share")}
          optional={t("选填", "optional")}
        />
        <Confirm
          name="chair"
          label={t("期望业委会主任由支部书记经选举担任", "The committee's chair is the branch secretary, by election")}
          checked={given.chair !== ""}
        />
        <Field
          name="source"
          label={t("依据的文件或条款", "Document or clause it rests on")}
          hint={t("公开显示", "Public")}
          value={given.source}
          error={errorFor(errors, "source")}
        />
        <Actions>
          <Button>{t("保存，写入公开记录", "Save, in the public record")}</Button>
          <ButtonLink look="quiet" href={overlapDeskOf(c)}>
            {t("取消", "Cancel")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>
  );
}

overlapSettings.get("/desk/overlap/wish", manages, async (c) => {
  const [rows] = await c.var.scene.db.read(findWish(c.var.scene));
  const { wish, version, source } = wishFrom(rows);
  const given = {
    least: String(wish.least),
    share: wish.share ? `${wish.share.part}/${wish.share.whole}` : "",
    chair: wish.chairIsSecretary ? "yes" : "",
    source,
    seen: String(version),
  };
  return c.html(wishPage(c, given, newOnce()));
});

overlapSettings.post("/desk/overlap/wish", manages, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const given: WishForm = {
    least: one(body, "least"),
    share: one(body, "share"),
    chair: one(body, "chair"),
    source: one(body, "source"),
    seen: one(body, "seen"),
  };
  const once = one(body, "_once") || newOnce();
  const asked = { ...given, chairIsSecretary: given.chair !== "" };
  const done = await saveWish(staffScene(c), asked, seenOf(given.seen), once);
  if (done.ok) return c.redirect(`${overlapDeskOf(c)}?done=wish`, 303);
  const problem = overlapProblem(done.error);
  return c.html(wishPage(c, given, once, problem), problem.status);
});

// ——— One rule ———

interface RuleForm {
  readonly kind: string;
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly answer: string;
  readonly months: string;
  readonly waivedBy: readonly string[];
  readonly source: string;
  readonly seen: string;
}

const kindOf = (text: string): RuleKind => RULE_KINDS.find((kind) => kind === text) ?? "exclusive";
const answerOf = (text: string): RuleAnswer => RULE_ANSWERS.find((answer) => answer === text) ?? "refuse";

function rulePage(c: AppContext, key: string, given: RuleForm, once: string, problem?: Problem) {
  const { t, lang, formToken } = c.var;
  const errors = fieldErrors(problem, lang);
  const isNew = key === "new";
  const title = isNew ? t("增加一条规则", "Add a rule") : t("修改规则", "Change a rule");
  // A rule may name posts that this version does not know yet; they stay in it.
  const kinds = [...new Set<string>([...POST_KINDS, ...given.left, ...given.right])];
  const choices = kinds.map((kind) => ({ value: kind, label: pick(postsWords([kind]), lang) }));
  return (
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={overlapCrumbs(c, true)} switchHref={switchOf(c)}>
      <h1>{title}</h1>
      <WholeRefusal c={c} problem={problem} />
      {isNew ? null : (
        <FactList>
          <Fact label={t("一边", "One side")}>{pick(postsWords(given.left), lang)}</Fact>
          <Fact label={t("另一边", "Other side")}>{pick(postsWords(given.right), lang)}</Fact>
        </FactList>
      )}
      <p>
        {t(
          "改动从保存起生效，只管以后的任职；已经在任的人不受影响。党组织职务和业委会职务之间不能设这样的规则。",
          "A change holds from the moment it is saved, for offices taken later; whoever is in office stays. No such rule can stand between a party post and a post of the committee.",
        )}
      </p>
      <Form action={`${overlapDeskOf(c)}/rules/${key}`} token={formToken} once={once} hidden={{ seen: given.seen }}>
        <ErrorSummary t={t} errors={errors} />
        <RadioGroup
          name="kind"
          legend={t("哪一种规则", "Which kind of rule")}
          value={given.kind}
          options={RULE_KINDS.map((kind) => ({ value: kind, label: pick(KIND_WORDS[kind], lang) }))}
        />
        <RadioGroup
          name="answer"
          legend={t("遇到时怎么办", "What happens then")}
          value={given.answer}
          options={RULE_ANSWERS.map((answer) => ({ value: answer, label: pick(ANSWER_WORDS[answer], lang) }))}
        />
        <Field
          name="months"
          inputmode="numeric"
          width={4}
          label={t("离任后隔几个月", "Months after leaving")}
          hint={t("只用于“离任后隔一段时间才能担任”", "Only for posts not held straight after one another")}
          value={given.months}
          error={errorFor(errors, "months")}
          optional={t("选填", "optional")}
        />
        <CheckboxGroup
          name="waivedBy"
          legend={t("谁可以批准例外", "Who may waive it")}
          hint={t("只用于“有例外许可才予登记”", "Only where a waiver is possible")}
          values={given.waivedBy}
          error={errorFor(errors, "waivedBy")}
          options={WAIVERS.map((kind) => ({ value: kind, label: pick(postsWords([kind]), lang) }))}
        />
        <Field
          name="source"
          label={t("依据的文件或条款", "Document or clause it rests on")}
          hint={t("公开显示，例如“管理规约第二十条”", "Public, such as 管理规约第二十条")}
          value={given.source}
          error={errorFor(errors, "source")}
        />
        <Details
          summary={isNew ? t("哪些职务", "Which posts") : t("修改涉及的职务", "Change which posts")}
          open={isNew || errors.some(({ field }) => field === "left" || field === "right")}
        >
          <CheckboxGroup
            name="left"
            legend={t(
              "一边的职务（有先后的，是先离任的职务）",
              "Posts on one side (the one left first, where there is an order)",
            )}
            values={given.left}
            error={errorFor(errors, "left")}
            options={choices}
          />
          <CheckboxGroup
            name="right"
            legend={t("另一边的职务（有先后的，是后担任的职务）", "Posts on the other side (the one taken later)")}
            values={given.right}
            error={errorFor(errors, "right")}
            options={choices}
          />
        </Details>
        <Actions>
          <Button>{t("保存，写入公开记录", "Save, in the public record")}</Button>
          <ButtonLink look="quiet" href={overlapDeskOf(c)}>
            {t("取消", "Cancel")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>
  );
}

/** The rule of an address, "new" for one to come; null where there is none, or it is not this person's to set. */
async function ruleOf(c: AppContext): Promise<{ readonly key: string; readonly rule: StandingRule | null } | null> {
  const key = c.req.param("key") ?? "";
  if (key === "new") return { key, rule: null };
  const [rows] = await c.var.scene.db.read(listRuleRows(c.var.scene));
  const rule = rulesFromRows(rows).find((each) => each.key === key);
  return rule && maySetRule(postsOf(c), rule) ? { key, rule } : null;
}

overlapSettings.get("/desk/overlap/rules/:key", manages, async (c) => {
  const found = await ruleOf(c);
  if (!found) return problemResponse(c, NOT_FOUND);
  const { key, rule } = found;
  const given: RuleForm = {
    kind: rule?.kind ?? "exclusive",
    left: rule?.left ?? [],
    right: rule?.right ?? [],
    answer: rule?.answer ?? "refuse",
    months: rule && rule.months > 0 ? String(rule.months) : "",
    waivedBy: rule?.waivedBy ?? [],
    source: rule && rule.version > 0 ? rule.source.zh : "",
    seen: String(rule?.version ?? 0),
  };
  return c.html(rulePage(c, key, given, newOnce()));
});

overlapSettings.post("/desk/overlap/rules/:key", manages, async (c) => {
  const found = await ruleOf(c);
  if (!found) return problemResponse(c, NOT_FOUND);
  const body = await c.req.parseBody({ all: true });
  const { key } = found;
  const given: RuleForm = {
    kind: one(body, "kind"),
    left: several(body, "left"),
    right: several(body, "right"),
    answer: one(body, "answer"),
    months: one(body, "months"),
    waivedBy: several(body, "waivedBy"),
    source: one(body, "source"),
    seen: one(body, "seen"),
  };
  const once = one(body, "_once") || newOnce();
  const known = new Set<string>([...POST_KINDS, ...(found.rule?.left ?? []), ...(found.rule?.right ?? [])]);
  const asked: RuleAsked = {
    ...given,
    key: key === "new" ? "" : key,
    kind: kindOf(given.kind),
    answer: answerOf(given.answer),
    left: given.left.filter((kind) => known.has(kind)),
    right: given.right.filter((kind) => known.has(kind)),
    waivedBy: given.waivedBy.filter((kind) => (WAIVERS as readonly string[]).includes(kind)),
  };
  const done = await saveRule(staffScene(c), asked, seenOf(given.seen), once);
  if (done.ok) return c.redirect(`${overlapDeskOf(c)}?done=rule`, 303);
  const problem = overlapProblem(done.error);
  return c.html(rulePage(c, key, given, once, problem), problem.status);
});
