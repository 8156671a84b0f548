/** A panel member's sheet: scoring, checking, committing to it, keeping a copy, revealing it. Markup and forms only. */
import { Hono } from "hono";
import type { AppContext, AppEnv } from "../../../platform/context.ts";
import { files, one } from "../../../platform/form-body.ts";
import { NOT_FOUND, type Problem, problemResponse } from "../../../platform/problem.tsx";
import { problemErrors } from "../../../platform/refused.tsx";
import { Actions, Button } from "../../../platform/ui/buttons.tsx";
import { ErrorSummary, Form } from "../../../platform/ui/forms.tsx";
import { Callout } from "../../../platform/ui/notices.tsx";
import { DataTable } from "../../../platform/ui/tables.tsx";
import { bidDocument } from "../../opening/documents.ts";
import { sayTotal } from "../../opening/opened.ts";
import { pointsField, reasonField, scoringProblem } from "../problems.ts";
import type { Given } from "../result/rules.ts";
import { commitSheet, openSheet, revealSheet } from "./actions.ts";
import { nameIn, type Scored, titleIn } from "./desk.tsx";
import { givenOf, PointsFields, type Typed, typedOf } from "./fields.tsx";
import { homePage } from "./member.tsx";
import { type Entered, enter, MemberPage, panelHref } from "./member-frame.tsx";
import { checkSheet, formatPoints, sheetOf } from "./rules.ts";

/** Mounted under /c/:slug. */
export const panelSheetPages = new Hono<AppEnv>();

const LineOf = ({ c, found }: { c: AppContext; found: Scored }) => {
  const { t } = c.var;
  return (
    <DataTable
      caption={t("报价", "Prices")}
      rows={found.compared.filter(({ voidWhy }) => voidWhy === null)}
      columns={[
        { label: t("标段", "Lot"), cell: ({ lotNo }) => String(lotNo) },
        { label: t("投标人", "Bidder"), head: true, cell: ({ name }) => name },
        {
          label: t("投标文件", "Documents"),
          cell: ({ lotNo, bidderNo, name }) => (
            <a href={`${panelHref(c.var.scene.community.slug)}/documents/${lotNo}/${bidderNo}`}>
              {t("看投标文件", "read the documents")}
              <span class="sr">{t(`（${name}）`, ` of ${name}`)}</span>
            </a>
          ),
        },
        {
          label: t("服务期报价（元）", "Over the term (yuan)"),
          number: true,
          cell: ({ totalHundredths }) => sayTotal(totalHundredths ?? 0),
        },
      ]}
    />
  );
};

function sheetPage(c: AppContext, entered: Entered, again?: { readonly problem?: Problem; readonly typed: Typed }) {
  const { t, scene, formToken } = c.var;
  const { found } = entered;
  const errors = problemErrors(c, again?.problem);
  return c.html(
    <MemberPage c={c} entered={entered} title={t("我的评分表", "My sheet")} path="/sheet" problem={again?.problem}>
      <p class="lead">
        {t(
          "只按公布的标准打分，每一项写理由；报价分和客观分由系统计算，不用您打。封存以前谁也看不到，封存以后不能改。",
          "By the published criteria alone, each with its reason; points for price and facts are computed. Nobody sees it before everybody's is in, and it stands once committed to.",
        )}
      </p>
      <LineOf c={c} found={found} />
      <Form action={`${panelHref(scene.community.slug)}/sheet`} token={formToken}>
        <ErrorSummary t={t} errors={errors} />
        <PointsFields
          c={c}
          kind="judged"
          lots={found.lots}
          titleOf={titleIn(found)}
          nameOf={nameIn(found)}
          typed={again?.typed ?? {}}
          errors={errors}
        />
        <Actions>
          <Button>{t("核对", "Check")}</Button>
        </Actions>
      </Form>
    </MemberPage>,
    (again?.problem?.status ?? 200) as 422,
  );
}

function reviewPage(c: AppContext, entered: Entered, given: readonly Given[], typed: Typed, problem?: Problem) {
  const { t, scene, formToken } = c.var;
  const { found } = entered;
  const base = panelHref(scene.community.slug);
  const fields = given.flatMap((one) => [pointsField(one), reasonField(one)]);
  const hidden = Object.fromEntries(fields.map((name) => [name, typed[name] ?? ""]));
  const titleOf = (key: string): string => found.scheme.criteria.find((one) => one.key === key)?.title ?? key;
  return c.html(
    <MemberPage c={c} entered={entered} title={t("核对评分表", "Check the sheet")} path="/sheet" problem={problem}>
      <DataTable
        caption={t("您的打分", "Your points")}
        rows={given}
        columns={[
          { label: t("标段", "Lot"), cell: ({ lotNo }) => String(lotNo) },
          { label: t("投标人", "Bidder"), head: true, cell: ({ lotNo, bidderNo }) => nameIn(found)(lotNo, bidderNo) },
          { label: t("评分项", "Criterion"), cell: ({ criterion }) => titleOf(criterion) },
          { label: t("得分", "Points"), number: true, cell: ({ points }) => formatPoints(points) },
          { label: t("理由", "Reason"), cell: ({ reason }) => reason },
        ]}
      />
      <Callout tone="warn">
        <p>
          {t(
            "封存后不能修改。公开记录里只写校验值；所有成员都封存以后，您再回来揭开。",
            "Once committed to it stands. The record carries its hash alone; you reveal it once everybody's is in.",
          )}
        </p>
      </Callout>
      <Form action={`${base}/commit`} token={formToken} hidden={hidden}>
        <Actions>
          <Button>{t("封存评分表", "Commit to the sheet")}</Button>
          <Button look="quiet" formaction={`${base}/sheet/again`}>
            {t("返回修改", "Back to change it")}
          </Button>
        </Actions>
      </Form>
    </MemberPage>,
    (problem?.status ?? 200) as 409,
  );
}

panelSheetPages.get("/panel/sheet", async (c) => {
  const entered = await enter(c);
  if (!entered) return problemResponse(c, NOT_FOUND);
  return entered.row.committedAt === null && entered.found.panel?.scoringOpenedAt != null
    ? sheetPage(c, entered)
    : c.redirect(panelHref(c.var.scene.community.slug), 303);
});
panelSheetPages.post("/panel/sheet", async (c) => {
  const entered = await enter(c);
  if (!entered) return problemResponse(c, NOT_FOUND);
  const typed = typedOf(await c.req.parseBody({ all: true }));
  const { found, session } = entered;
  const sheet = sheetOf(session.tenderId, session.memberNo, givenOf("judged", found.lots, typed));
  const checked = checkSheet(found.lots, sheet);
  return checked.ok
    ? reviewPage(c, entered, sheet.given, typed)
    : sheetPage(c, entered, { problem: scoringProblem(checked.error), typed });
});
panelSheetPages.post("/panel/sheet/again", async (c) => {
  const entered = await enter(c);
  if (!entered) return problemResponse(c, NOT_FOUND);
  const typed = typedOf(await c.req.parseBody({ all: true }));
  return sheetPage(c, entered, { typed });
});
panelSheetPages.post("/panel/commit", async (c) => {
  const entered = await enter(c);
  if (!entered) return problemResponse(c, NOT_FOUND);
  const { scene } = c.var;
  const typed = typedOf(await c.req.parseBody({ all: true }));
  const given = givenOf("judged", entered.found.lots, typed);
  const done = await commitSheet(scene, entered.session, given);
  if (done.ok) return c.redirect(panelHref(scene.community.slug), 303);
  const problem = scoringProblem(done.error);
  return problem.errors ? sheetPage(c, entered, { problem, typed }) : homePage(c, entered, problem);
});

// Whoever has not said that nothing ties them reads nothing, nor does anybody read what is not compared.
panelSheetPages.get("/panel/documents/:lot/:bidder", async (c) => {
  const entered = await enter(c);
  const at = { lot: c.req.param("lot"), bidder: c.req.param("bidder") };
  const isCompared = entered?.found.compared.some(
    ({ lotNo, bidderNo, voidWhy }) => voidWhy === null && String(lotNo) === at.lot && String(bidderNo) === at.bidder,
  );
  if (!entered || entered.row.answeredAt === null || !isCompared) return problemResponse(c, NOT_FOUND);
  return bidDocument(c, entered.session.tenderId, at);
});

panelSheetPages.get("/panel/sheet.json", async (c) => {
  const entered = await enter(c);
  const kept = entered ? await openSheet(c.var.scene, entered.session) : null;
  if (!kept) return problemResponse(c, NOT_FOUND);
  return c.body(JSON.stringify(kept, null, 2), 200, {
    "content-type": "application/json; charset=utf-8",
    "content-disposition": 'attachment; filename="sheet.json"',
  });
});

/** What a kept file says; null for anything that is none. */
async function readKept(file: File): Promise<{ readonly given: readonly Given[]; readonly nonce: string } | null> {
  if (file.size > 1_000_000) return null;
  try {
    const kept = JSON.parse(await file.text()) as { sheet?: { given?: unknown }; nonce?: unknown };
    const given = kept.sheet?.given;
    if (!Array.isArray(given) || typeof kept.nonce !== "string") return null;
    const isGiven = (one: unknown): one is Given => {
      const each = one as Partial<Given> | null;
      return (
        typeof each?.lotNo === "number" &&
        typeof each.bidderNo === "number" &&
        typeof each.criterion === "string" &&
        typeof each.points === "number" &&
        typeof each.reason === "string"
      );
    };
    return given.every(isGiven) ? { given, nonce: kept.nonce } : null;
  } catch {
    return null;
  }
}

panelSheetPages.post("/panel/reveal", async (c) => {
  const entered = await enter(c);
  if (!entered) return problemResponse(c, NOT_FOUND);
  const { scene } = c.var;
  const body = await c.req.parseBody({ all: true });
  const [file] = files(body, "file");
  const kept = file ? await readKept(file) : undefined;
  if (kept === null) return homePage(c, entered, { ...scoringProblem({ reason: "nonce_malformed" }) });
  const done = await revealSheet(scene, entered.session, kept);
  if (done.ok) return c.redirect(panelHref(scene.community.slug), 303);
  return homePage(c, entered, scoringProblem(done.error), { why: one(body, "why") });
});
