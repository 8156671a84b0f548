/** Bidders at the desk: who registered, their papers, the conflicts that were found, and what two people decide about each; officers' own ties. */

import { Hono } from "hono";
import { dayOf } from "../../../kernel/day.ts";
import { findPerson, openName } from "../../../offices/people/store.ts";
import { requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { one } from "../../../platform/form-body.ts";
import { newOnce } from "../../../platform/frame.ts";
import { pick } from "../../../platform/i18n.ts";
import type { Problem } from "../../../platform/problem.tsx";
import { problemErrors } from "../../../platform/refused.tsx";
import { Actions, Button } from "../../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../../platform/ui/choices.tsx";
import { Fact, FactList, LinkList } from "../../../platform/ui/facts.tsx";
import { Field, TextArea } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { sayDay } from "../../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../../platform/ui/notices.tsx";
import { StatusWord } from "../../../platform/ui/status.tsx";
import { DataTable } from "../../../platform/ui/tables.tsx";
import { sayAuthor } from "../../acting.ts";
import { TenderDesk, tenderBaseOf, tenderOf } from "../../desk/frame.tsx";
import { registerTenderActs } from "../../public/sections.ts";
import { onceOf } from "../../questions/pages.tsx";
import { deskInterestsHref } from "../addresses.ts";
import { licenceFile } from "../licences.tsx";
import { type BidderRow, countBidders, listBidders, listLicences, lotsOf } from "../store.ts";
import { CONFLICT_WORDS, LICENCE_WORDS } from "../words.ts";
import { answerConflict, decideConflict, declareInterest, RELATIONS } from "./actions.ts";
import { listProblem } from "./problems.ts";
import { isBetweenBidders, outcomesFor, standingOf } from "./rules.ts";
import { ConflictStatus } from "./status.tsx";
import { type ConflictRow, listConflicts } from "./store.ts";
import { OUTCOME_WORDS, RELATION_WORDS } from "./words.ts";

/** Mounted at /c/:slug. */
export const conflictPages = new Hono<AppEnv>();
const acts = requires("tender.draft", "tender.decide", "tender.witness");

conflictPages.get("/desk/tenders/:number/bidders", acts, async (c) => {
  const drafted = await tenderOf(c);
  if (!drafted) return c.notFound();
  const { t, lang, scene } = c.var;
  const { row } = drafted;
  const [bidders, licences, conflicts] = await scene.db.read(
    listBidders(scene, row.tenderId),
    listLicences(scene, row.tenderId),
    listConflicts(scene, row.tenderId),
  );
  const base = tenderBaseOf(c, row);
  const nameOf = (id: string): string => bidders.find(({ bidderId }) => bidderId === id)?.name ?? "";
  return c.html(
    <TenderDesk c={c} row={row} path="/bidders" title={t("投标人", "Bidders")}>
      {row.openedAt === null ? (
        <Callout tone="warn" title={t("开标以前不得告诉任何人", "Tell nobody before the opening")}>
          <p>
            {t(
              "谁登记了、有几家登记，开标以前不公开（《招标投标法》第二十二条）。",
              "Who registered, and how many, is told to nobody before the opening (Tendering Law, art. 22).",
            )}
          </p>
        </Callout>
      ) : null}
      <DataTable
        caption={t("登记的投标人", "Who registered")}
        quietCaption
        rows={bidders}
        empty={<EmptyState title={t("还没有人登记", "Nobody has registered yet")} />}
        columns={[
          { label: t("编号", "No."), number: true, cell: ({ bidderNo }: BidderRow) => String(bidderNo) },
          { label: t("名称", "Name"), head: true, cell: ({ name }) => name },
          {
            label: t("信用代码", "Code"),
            cell: ({ code, codeDoubt }) => (
              <>
                {code}
                {codeDoubt === "" ? null : (
                  <p class="hint">{t("校验不符，请核对执照", "Check fails: compare the licence")}</p>
                )}
              </>
            ),
          },
          { label: t("标段", "Lots"), cell: (each) => lotsOf(each).join("、") || t("已退出", "left") },
          {
            label: t("说明", "Note"),
            cell: ({ incumbent, corrections }) => (
              <>
                {incumbent === 1 ? <StatusWord tone="note">{t("现任服务企业", "Incumbent")}</StatusWord> : null}
                {corrections === 0 ? null : (
                  <p class="hint">{t(`更正过${corrections}次`, `corrected ${corrections} times`)}</p>
                )}
              </>
            ),
          },
          {
            label: t("证照", "Papers"),
            cell: ({ bidderNo, bidderId }) => (
              <ul>
                {licences
                  .filter((one) => one.bidderId === bidderId)
                  .map(({ kind, licenceNo, expiresOn, replacedBy }) => (
                    <li>
                      <a href={`${base}/bidders/${bidderNo}/licences/${licenceNo}`}>
                        {pick(LICENCE_WORDS[kind], lang)}
                      </a>
                      {expiresOn === ""
                        ? ""
                        : t(`（至${sayDay(expiresOn, lang)}）`, ` (until ${sayDay(expiresOn, lang)})`)}
                      {replacedBy === null ? "" : t("，已被替换", ", replaced")}
                    </li>
                  ))}
              </ul>
            ),
          },
        ]}
      />
      <h2>{t("利害关系", "Conflicts")}</h2>
      <LinkList
        items={conflicts.map((each) => ({
          href: `${base}/conflicts/${each.conflictNo}`,
          title: t(
            `第${each.conflictNo}项：${nameOf(each.bidderId)}`,
            `No. ${each.conflictNo}: ${nameOf(each.bidderId)}`,
          ),
          note: pick(CONFLICT_WORDS[each.kind], lang),
          status: <ConflictStatus c={c} row={each} />,
        }))}
        empty={<p>{t("没有发现。", "None was found.")}</p>}
      />
    </TenderDesk>,
  );
});

conflictPages.get("/desk/tenders/:number/bidders/:bidder/licences/:licence", acts, async (c) => {
  const drafted = await tenderOf(c);
  if (!drafted) return c.notFound();
  const { scene } = c.var;
  const [bidders, licences] = await scene.db.read(
    listBidders(scene, drafted.row.tenderId),
    listLicences(scene, drafted.row.tenderId),
  );
  const bidder = bidders.find(({ bidderNo }) => String(bidderNo) === c.req.param("bidder"));
  const licence = licences.find(
    ({ bidderId, licenceNo }) => bidderId === bidder?.bidderId && String(licenceNo) === c.req.param("licence"),
  );
  return licence ? licenceFile(c, licence.fileId) : c.notFound();
});

async function conflictHere(c: AppContext) {
  const drafted = await tenderOf(c);
  if (!drafted) return null;
  const { scene } = c.var;
  const [bidders, conflicts] = await scene.db.read(
    listBidders(scene, drafted.row.tenderId),
    listConflicts(scene, drafted.row.tenderId),
  );
  const conflict = conflicts.find(({ conflictNo }) => String(conflictNo) === c.req.param("conflict"));
  return conflict ? { row: drafted.row, bidders, conflict } : null;
}

/** The officer's name, or the other bidder's. */
async function otherName(c: AppContext, bidders: readonly BidderRow[], { kind, withId }: ConflictRow): Promise<string> {
  if (isBetweenBidders(kind)) return bidders.find(({ bidderId }) => bidderId === withId)?.name ?? "";
  const { scene } = c.var;
  const [rows] = await scene.db.read(findPerson(scene, withId));
  return rows[0] ? openName(scene, rows[0]) : "";
}

async function conflictPage(
  c: AppContext,
  typed?: { readonly problem: Problem; readonly outcome?: string; readonly text: string },
) {
  const found = await conflictHere(c);
  if (!found) return c.notFound();
  const { t, lang, formToken, actor } = c.var;
  const { row, bidders, conflict } = found;
  const errors = problemErrors(c, typed?.problem);
  const path = `/conflicts/${conflict.conflictNo}`;
  const action = `${tenderBaseOf(c, row)}${path}`;
  const standing = standingOf(conflict);
  return c.html(
    <TenderDesk
      c={c}
      row={row}
      path={path}
      title={t(`利害关系第${conflict.conflictNo}项`, `Conflict ${conflict.conflictNo}`)}
      problem={typed?.problem}
      done={t("已记录", "Recorded")}
    >
      <p>
        <ConflictStatus c={c} row={conflict} />
      </p>
      <p class="lead">{pick(CONFLICT_WORDS[conflict.kind], lang)}</p>
      <FactList>
        <Fact label={t("投标人", "Bidder")}>
          {bidders.find(({ bidderId }) => bidderId === conflict.bidderId)?.name ?? ""}
        </Fact>
        <Fact label={isBetweenBidders(conflict.kind) ? t("另一家", "The other") : t("工作人员", "Officer")}>
          {await otherName(c, bidders, conflict)}
        </Fact>
        <Fact label={t("标段", "Lot")}>{conflict.lotNo === 0 ? t("全部", "All") : String(conflict.lotNo)}</Fact>
        <Fact label={t("发现", "Found")}>{sayDay(dayOf(conflict.foundAt), lang)}</Fact>
        {conflict.outcome === null ? null : (
          <>
            <Fact label={t("主任的决定", "The chair's decision")}>
              {pick(OUTCOME_WORDS[conflict.outcome], lang)}（{sayAuthor(conflict.decidedByWords ?? "", t)}）
            </Fact>
            <Fact label={t("理由", "Reason")}>{conflict.reason}</Fact>
          </>
        )}
        {conflict.confirmed === null ? null : (
          <Fact label={t("监督意见", "The witness")}>
            {conflict.confirmed === 1 ? t("确认", "Confirmed") : t("不同意，请重新决定", "Turned down: decide anew")}（
            {sayAuthor(conflict.answeredByWords ?? "", t)}）{conflict.why}
          </Fact>
        )}
      </FactList>
      <p class="hint">
        {t(
          "负责人相同、控股或者管理关系的，不得投同一标段；与招标人有利害关系、可能影响公正的，不得投标（《招标投标法实施条例》第三十四条）。",
          "Bidders under one head or in one hand may not bid for one lot, nor those whose tie to the owners' side may sway it (Regulation, art. 34).",
        )}
      </p>
      {standing === "undecided" && actor.permissions.has("tender.decide") ? (
        <Form action={action} token={formToken}>
          <ErrorSummary t={t} errors={errors} />
          <RadioGroup
            name="outcome"
            legend={t("怎样处理", "What follows")}
            value={typed?.outcome}
            error={errorFor(errors, "outcome")}
            options={outcomesFor(conflict.kind).map((value) => ({ value, label: pick(OUTCOME_WORDS[value], lang) }))}
          />
          <TextArea
            name="reason"
            label={t("理由", "Reason")}
            hint={t(
              "查了什么，依据是什么。开标以后公开，写企业，不写人名和号码。",
              "What was looked into, and on what ground. Public after the opening: name companies, not people or numbers.",
            )}
            value={typed?.text ?? ""}
            error={errorFor(errors, "reason")}
          />
          <Actions>
            <Button>{t("提出，请监督人员确认", "Decide; the witness confirms")}</Button>
          </Actions>
        </Form>
      ) : null}
      {standing === "proposed" && actor.permissions.has("tender.witness") ? (
        <Form action={`${action}/answer`} token={formToken} hidden={{ decision: String(conflict.decisionNo) }}>
          <ErrorSummary t={t} errors={errors} />
          <TextArea
            name="why"
            label={t("意见", "Your words")}
            hint={t("不同意的，写明理由", "Where you turn it down, say why")}
            optional={t("确认的可不填", "none needed to confirm")}
            rows={3}
            value={typed?.text ?? ""}
            error={errorFor(errors, "why")}
          />
          <Actions>
            <Button name="answer" value="confirm">
              {t("确认", "Confirm")}
            </Button>
            <Button name="answer" value="refuse" look="quiet">
              {t("不同意", "Turn down")}
            </Button>
          </Actions>
        </Form>
      ) : null}
    </TenderDesk>,
    (typed?.problem.status ?? 200) as 422,
  );
}

conflictPages.get("/desk/tenders/:number/conflicts/:conflict", acts, (c) => conflictPage(c));

conflictPages.post("/desk/tenders/:number/conflicts/:conflict", requires("tender.decide"), async (c) => {
  const found = await conflictHere(c);
  if (!found) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const asked = { outcome: one(body, "outcome"), reason: one(body, "reason") };
  const { row, conflict } = found;
  const decided = await decideConflict(staffScene(c), row.tenderId, conflict.conflictNo, asked);
  if (!decided.ok)
    return conflictPage(c, { problem: listProblem(decided.error), outcome: asked.outcome, text: asked.reason });
  return c.redirect(`${tenderBaseOf(c, row)}/conflicts/${conflict.conflictNo}?done=1`, 303);
});

conflictPages.post("/desk/tenders/:number/conflicts/:conflict/answer", requires("tender.witness"), async (c) => {
  const found = await conflictHere(c);
  if (!found) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const why = one(body, "why");
  const { row, conflict } = found;
  const answered = await answerConflict(staffScene(c), row.tenderId, conflict.conflictNo, {
    decisionNo: Number(one(body, "decision")),
    confirms: one(body, "answer") === "confirm",
    why,
  });
  if (!answered.ok) return conflictPage(c, { problem: listProblem(answered.error), text: why });
  return c.redirect(`${tenderBaseOf(c, row)}/conflicts/${conflict.conflictNo}?done=1`, 303);
});

registerTenderActs("bidders", {
  queries: (scene, key) => [listConflicts(scene, key), countBidders(scene, key)] as const,
  actsOf: (tender, _, [conflicts]) => {
    if (tender.noticedAt === null) return [];
    const open = conflicts.filter((one) => standingOf(one) !== "settled").length;
    return [
      {
        label:
          open > 0
            ? { zh: `投标人（${open}项利害关系待处理）`, en: `Bidders (${open} conflicts wait)` }
            : { zh: "投标人", en: "Bidders" },
        path: "/bidders",
        permissions: ["tender.draft", "tender.decide", "tender.witness"],
        isStep: open > 0,
        notYet: null,
      },
    ];
  },
});

// ——— Officers' own ties ———

const declares = requires("tender.read");

function interestPage(
  c: AppContext,
  typed?: { readonly problem: Problem; readonly values: Readonly<Record<string, string>> },
) {
  const { t, lang, scene, formToken } = c.var;
  const errors = problemErrors(c, typed?.problem);
  const value = (name: string): string => typed?.values[name] ?? "";
  return c.html(
    <TenderDesk
      c={c}
      row={null}
      path="/interests"
      title={t("申报利害关系", "Declare your ties")}
      problem={typed?.problem}
      done={t("已申报", "Declared")}
    >
      <p class="lead">
        {t(
          "本人、配偶、直系亲属经营、任职或者持股的企业，请申报。有投标人与申报相符的，系统会提示另外两人处理。亲属姓名加密保存。",
          "Declare companies that you, your spouse or your lineal kin run, work in or own. A bidder that fits is put before two others. Names of kin are kept encrypted.",
        )}
      </p>
      <Form action={deskInterestsHref(scene.community.slug)} token={formToken} once={newOnce()}>
        <ErrorSummary t={t} errors={errors} />
        <RadioGroup
          name="relation"
          legend={t("与谁有关", "Whose tie it is")}
          value={value("relation")}
          error={errorFor(errors, "relation")}
          options={RELATIONS.map((one) => ({ value: one, label: pick(RELATION_WORDS[one], lang) }))}
        />
        <Field
          name="company"
          label={t("企业名称", "Company")}
          optional={t("选填", "optional")}
          value={value("company")}
          error={errorFor(errors, "company")}
        />
        <Field
          name="code"
          label={t("统一社会信用代码", "Credit code")}
          optional={t("选填", "optional")}
          value={value("code")}
          error={errorFor(errors, "code")}
        />
        <Field
          name="kin"
          label={t("亲属姓名", "Kinsperson's name")}
          optional={t("选填", "optional")}
          value={value("kin")}
          error={errorFor(errors, "kin")}
        />
        <Actions>
          <Button>{t("申报", "Declare")}</Button>
        </Actions>
      </Form>
    </TenderDesk>,
    (typed?.problem.status ?? 200) as 422,
  );
}

conflictPages.get("/desk/interests", declares, (c) => interestPage(c));
conflictPages.post("/desk/interests", declares, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const asked = {
    relation: one(body, "relation"),
    company: one(body, "company"),
    code: one(body, "code"),
    kin: one(body, "kin"),
  };
  const declared = await declareInterest(staffScene(c), asked, onceOf(body));
  if (!declared.ok) return interestPage(c, { problem: listProblem(declared.error), values: asked });
  return c.redirect(`${deskInterestsHref(c.var.scene.community.slug)}?done=1`, 303);
});
