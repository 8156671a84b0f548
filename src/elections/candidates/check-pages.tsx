/** The posts of checking, deciding and ruling, and the pages of the checklist and of the conditions. What they show beside a nomination is desk-check.tsx. */

import { Hono } from "hono";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { type FormBody, files, one, type Upload } from "../../platform/form-body.ts";
import { pick } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Confirm, RadioGroup } from "../../platform/ui/choices.tsx";
import { Field, FileField, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Fieldset, Form } from "../../platform/ui/forms.tsx";
import { ElectionDesk, electionBaseOf, electionOf } from "../desk/frame.tsx";
import type { Found as FoundCandidacy } from "../nominations/answering.ts";
import { findAtDesk, NominationDesk, onePage } from "../nominations/desk-one.tsx";
import { INTEREST_WORDS } from "../nominations/person/rules.ts";
import { readCandidacy } from "../nominations/reading.ts";
import { deskNominationHref } from "../nominations/words.ts";
import type { ElectionRow } from "../store.ts";
import { findingWord } from "./desk-check.tsx";
import { checkCandidacy, decideEligibility, openSheet } from "./eligibility/actions.ts";
import { ruleOnAppeal } from "./eligibility/appeals.ts";
import { criteriaFrom, findCriteria, saveCriteria } from "./eligibility/criteria.ts";
import {
  CONDITION_WORDS,
  CONDITIONS,
  type Condition,
  type Criteria,
  checklistOf,
  FINDINGS,
  type Found,
  isFinding,
  isLocal,
  LONGEST_CLAUSE,
  LONGEST_CONDITION,
  LONGEST_EVIDENCE,
  MOST_OWN_CONDITIONS,
} from "./eligibility/rules.ts";
import { listSheets } from "./eligibility/store.ts";
import { candidateProblem } from "./problems.ts";
import type { Outcome } from "./rules.ts";

/** Mounted under /c/:slug. */
export const checkPages = new Hono<AppEnv>();
const ONE = "/desk/elections/:number/nominations/:no";
const prepares = requires("election.prepare");
const decides = requires("election.decide");
const rules = requires("election.appeal");
const countOf = (body: FormBody, name: string): number =>
  /^\d{1,6}$/.test(one(body, name)) ? Number(one(body, name)) : 0;

// ——— The checklist ———

async function checklistPage(
  c: AppContext,
  { election, row }: FoundCandidacy,
  given?: { readonly found: readonly Found[]; readonly problem: Problem },
) {
  const { t, lang, scene, formToken } = c.var;
  const view = await readCandidacy(scene, election, row);
  const [sheets] = await scene.db.read(listSheets(scene, row.candidacyId));
  const found = given?.found ?? (sheets[0] ? await openSheet(scene, sheets[0]) : []);
  const base = deskNominationHref(scene.community.slug, election.number, row.number);
  const errors = problemErrors(c, given?.problem);
  return c.html(
    <NominationDesk
      c={c}
      election={election}
      number={row.number}
      path="/checklist"
      title={t(`核对参选条件：${view.name}`, `Check the conditions: ${view.name}`)}
      problem={given?.problem}
    >
      <p>
        {t(
          "逐项核对，写明凭什么。是不是业主由系统按名册核对。填好以后由另一个人决定。",
          "Line by line, each with its evidence. Whether they own is read from the roll. Another person decides then.",
        )}
      </p>
      <Form action={`${base}/checklist`} token={formToken} hidden={{ sheetNo: String(row.sheetNo) }} files>
        <ErrorSummary t={t} errors={errors} />
        {checklistOf(view.criteria)
          .filter(({ automatic }) => !automatic)
          .map(({ item, words, source, declared }) => {
            const known = found.find((one) => one.item === item);
            const answer = declared
              ? view.declaration?.answers.find(({ interest }) => interest === declared)
              : undefined;
            return (
              <Fieldset legend={pick(words, lang)} hint={t(`依据：${source}`, `Ground: ${source}`)}>
                {answer ? (
                  <p class="hint">
                    {t("本人申报：", "Declared: ")}
                    {pick(INTEREST_WORDS[answer.interest].question, lang)}
                    {t("——", ": ")}
                    {answer.applies ? t(`有，${answer.detail}`, `yes, ${answer.detail}`) : t("没有", "no")}
                  </p>
                ) : null}
                <RadioGroup
                  name={`finding-${item}`}
                  legend={t("核对结果", "Found")}
                  options={FINDINGS.map((finding) => ({ value: finding, label: findingWord(finding, c) }))}
                  {...(known ? { value: known.finding } : {})}
                  error={errorFor(errors, `finding-${item}`)}
                />
                <TextArea
                  name={`evidence-${item}`}
                  label={t("凭什么", "By what evidence")}
                  rows={2}
                  maxlength={LONGEST_EVIDENCE}
                  value={known?.evidence ?? ""}
                  error={errorFor(errors, `evidence-${item}`)}
                />
              </Fieldset>
            );
          })}
        <FileField
          name="papers"
          label={t("证据的照片或扫描件", "Photographs or scans of the evidence")}
          accept="image/jpeg,image/png,image/webp,application/pdf"
          multiple
          optional={t("选填", "optional")}
          error={errorFor(errors, "papers")}
        />
        <Actions>
          <Button>{t("保存核对表", "Save the checklist")}</Button>
          <ButtonLink look="quiet" href={base}>
            {t("返回", "Back")}
          </ButtonLink>
        </Actions>
      </Form>
    </NominationDesk>,
    (given?.problem.status ?? 200) as 422,
  );
}

checkPages.get(`${ONE}/checklist`, prepares, async (c) => {
  const found = await findAtDesk(c);
  return found ? checklistPage(c, found) : c.notFound();
});

checkPages.post(`${ONE}/checklist`, prepares, async (c) => {
  const candidacy = await findAtDesk(c);
  if (!candidacy) return c.notFound();
  const { election, row } = candidacy;
  const body = await c.req.parseBody({ all: true });
  const [rows] = await c.var.scene.db.read(findCriteria(c.var.scene, row.electionId));
  const found = checklistOf(criteriaFrom(rows)).flatMap(({ item }): Found[] => {
    const finding = one(body, `finding-${item}`);
    return isFinding(finding) ? [{ item, finding, evidence: one(body, `evidence-${item}`) }] : [];
  });
  const papers = await Promise.all(
    files(body, "papers").map(async (file): Promise<Upload> => {
      return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
    }),
  );
  const asked = { found, papers, sheetNo: countOf(body, "sheetNo") };
  const done = await checkCandidacy(staffScene(c), row.electionId, row.number, asked);
  if (!done.ok) return checklistPage(c, candidacy, { found, problem: candidateProblem(done.error) });
  return c.redirect(`${deskNominationHref(c.var.scene.community.slug, election.number, row.number)}?done=1#check`, 303);
});

const outcomeOf = (body: FormBody): Outcome | null => {
  const typed = one(body, "outcome");
  return typed === "eligible" || typed === "ineligible" ? typed : null;
};
const CHOOSE = { zh: "请先选择结论。", en: "Choose the outcome first." };
const NOT_CHOSEN: Problem = {
  code: "candidate-outcome-missing",
  status: 422,
  title: CHOOSE,
  detail: CHOOSE,
};

checkPages.post(`${ONE}/decision`, decides, async (c) => {
  const candidacy = await findAtDesk(c);
  if (!candidacy) return c.notFound();
  const { election, row } = candidacy;
  const body = await c.req.parseBody({ all: true });
  const outcome = outcomeOf(body);
  if (!outcome) return onePage(c, candidacy, NOT_CHOSEN);
  const done = await decideEligibility(staffScene(c), row.electionId, row.number, {
    outcome,
    reason: one(body, "reason"),
    sheetNo: countOf(body, "sheetNo"),
    decisionNo: countOf(body, "decisionNo"),
  });
  if (!done.ok) return onePage(c, candidacy, withoutFields(candidateProblem(done.error)));
  return c.redirect(`${deskNominationHref(c.var.scene.community.slug, election.number, row.number)}?done=1#check`, 303);
});

/** On a page of many parts a message stands above, not beside a field further down. */
const withoutFields = ({ errors: _, ...problem }: Problem): Problem => problem;

checkPages.post(`${ONE}/ruling`, rules, async (c) => {
  const candidacy = await findAtDesk(c);
  if (!candidacy) return c.notFound();
  const { election, row } = candidacy;
  const body = await c.req.parseBody({ all: true });
  const outcome = outcomeOf(body);
  if (!outcome) return onePage(c, candidacy, NOT_CHOSEN);
  const asked = { outcome, reason: one(body, "reason") };
  const done = await ruleOnAppeal(staffScene(c), row.electionId, row.number, asked);
  if (!done.ok) return onePage(c, candidacy, withoutFields(candidateProblem(done.error)));
  return c.redirect(`${deskNominationHref(c.var.scene.community.slug, election.number, row.number)}?done=1#check`, 303);
});

// ——— The conditions ———

async function criteriaPage(
  c: AppContext,
  row: ElectionRow,
  given?: { readonly criteria: Criteria; readonly problem: Problem },
) {
  const { t, lang, scene, formToken } = c.var;
  const base = electionBaseOf(c, row);
  const [rows] = await scene.db.read(findCriteria(scene, row.electionId));
  const criteria = given?.criteria ?? criteriaFrom(rows);
  const errors = problemErrors(c, given?.problem);
  const isOpen = row.state === "preparing";
  return c.html(
    <ElectionDesk
      c={c}
      row={row}
      path="/criteria"
      title={t("候选人条件", "Conditions for candidates")}
      problem={given?.problem}
      done={t("已保存，并写入公开记录", "Saved, and in the public record")}
    >
      <p>
        {t(
          "前四项全国都要求。其余是一些地方的规定，采用哪一项就写明依据，没有依据的不采用。开始提名以后不能再改。",
          "The first four are asked everywhere. The others are local: each needs its clause, and is not asked without. They stand once nominations open.",
        )}
      </p>
      <ul>
        {CONDITIONS.filter((condition) => !isLocal(condition)).map((condition) => (
          <li>
            {pick(CONDITION_WORDS[condition].words, lang)}
            <span class="hint">
              {t("　依据：", " — ")}
              {CONDITION_WORDS[condition].article}
            </span>
          </li>
        ))}
      </ul>
      {isOpen ? (
        <Form action={`${base}/criteria`} token={formToken} hidden={{ version: String(rows[0]?.version ?? 0) }}>
          <ErrorSummary t={t} errors={errors} />
          {CONDITIONS.filter(isLocal).map((condition) => (
            <Fieldset legend={pick(CONDITION_WORDS[condition].words, lang)}>
              <Confirm
                name="local"
                value={condition}
                label={t("本小区采用", "Asked here")}
                checked={criteria.local[condition] !== undefined}
              />
              <Field
                name={`clause-${condition}`}
                label={t("依据的条款", "The clause")}
                hint={t(`例如：${CONDITION_WORDS[condition].article}`, `Such as ${CONDITION_WORDS[condition].article}`)}
                maxlength={LONGEST_CLAUSE}
                optional={t("采用的必填", "needed where it is asked")}
                value={criteria.local[condition] ?? ""}
                error={errorFor(errors, `clause-${condition}`)}
              />
            </Fieldset>
          ))}
          {Array.from({ length: Math.min(criteria.own.length + 1, MOST_OWN_CONDITIONS) }, (_, at) => (
            <Fieldset
              legend={t(
                `管理规约、议事规则的其他条件（${at + 1}）`,
                `A condition of the covenant or rules (${at + 1})`,
              )}
            >
              <Field
                name={`own-${at}`}
                label={t("条件", "Condition")}
                maxlength={LONGEST_CONDITION}
                optional={t("选填", "optional")}
                value={criteria.own[at]?.words ?? ""}
                error={errorFor(errors, `own-${at}`)}
              />
              <Field
                name={`ownClause-${at}`}
                label={t("依据的条款", "The clause")}
                maxlength={LONGEST_CLAUSE}
                optional={t("选填", "optional")}
                value={criteria.own[at]?.clause ?? ""}
              />
            </Fieldset>
          ))}
          <Field
            name="appealDays"
            label={t("对“不符合条件”申诉的天数", "Days to appeal against “not eligible”")}
            inputmode="numeric"
            width={4}
            value={Number.isNaN(criteria.appealDays) ? "" : String(criteria.appealDays)}
            error={errorFor(errors, "appealDays")}
          />
          <Actions>
            <Button>{t("保存条件", "Save")}</Button>
            <ButtonLink look="quiet" href={base}>
              {t("返回", "Back")}
            </ButtonLink>
          </Actions>
        </Form>
      ) : (
        <p class="hint">{t("提名已经开始，条件不能再改。", "Nominations have opened; the conditions stand.")}</p>
      )}
    </ElectionDesk>,
    (given?.problem.status ?? 200) as 422,
  );
}

function criteriaFromForm(body: FormBody): Criteria {
  const raw = body.local;
  const chosen = (Array.isArray(raw) ? raw : [raw]).filter((one): one is string => typeof one === "string");
  const local: Partial<Record<Condition, string>> = {};
  for (const condition of CONDITIONS)
    if (chosen.includes(condition)) local[condition] = one(body, `clause-${condition}`).trim();
  const own = Array.from({ length: MOST_OWN_CONDITIONS }, (_, at) => ({
    words: one(body, `own-${at}`).trim(),
    clause: one(body, `ownClause-${at}`).trim(),
  })).filter(({ words, clause }) => words !== "" || clause !== "");
  const days = one(body, "appealDays").trim();
  return { local, own, appealDays: /^\d{1,3}$/.test(days) ? Number(days) : Number.NaN };
}

checkPages.get("/desk/elections/:number/criteria", prepares, async (c) => {
  const row = await electionOf(c);
  return row ? criteriaPage(c, row) : c.notFound();
});

checkPages.post("/desk/elections/:number/criteria", prepares, async (c) => {
  const row = await electionOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const criteria = criteriaFromForm(body);
  const saved = await saveCriteria(staffScene(c), row.electionId, criteria, countOf(body, "version"));
  if (!saved.ok) return criteriaPage(c, row, { criteria, problem: candidateProblem(saved.error) });
  return c.redirect(`${electionBaseOf(c, row)}/criteria?done=1`, 303);
});
