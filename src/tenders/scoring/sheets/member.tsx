/** What a member of the panel does through their own link: declare, score, commit to the sheet, reveal it. Markup and forms only. */
import { Hono } from "hono";
import type { Child } from "hono/jsx";
import type { AppContext, AppEnv } from "../../../platform/context.ts";
import { files, one } from "../../../platform/form-body.ts";
import { frameOf } from "../../../platform/frame.ts";
import { pick } from "../../../platform/i18n.ts";
import { Page } from "../../../platform/layout.tsx";
import { NOT_FOUND, type Problem, problemResponse } from "../../../platform/problem.tsx";
import { problemErrors, Refused } from "../../../platform/refused.tsx";
import { Actions, Button, ButtonLink, PostButton } from "../../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../../platform/ui/facts.tsx";
import { Field, FileField } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { Callout, Details } from "../../../platform/ui/notices.tsx";
import { DataTable } from "../../../platform/ui/tables.tsx";
import { tenderHref } from "../../addresses.ts";
import { sayTotal } from "../../opening/opened.ts";
import { declareFree, declareTie } from "../panel/actions.ts";
import { openPanelLink } from "../panel/links.ts";
import { findPanelMember, forgetPanel, type PanelSession, writePanelCookie } from "../panel/session.ts";
import type { MemberRow } from "../panel/store.ts";
import { pointsField, reasonField, scoringProblem } from "../problems.ts";
import type { Given } from "../result/rules.ts";
import { COMBINING_WORDS } from "../settings.ts";
import { commitSheet, findScored, openSheet, revealSheet } from "./actions.ts";
import { nameIn, type Scored, titleIn } from "./desk.tsx";
import { givenOf, PointsFields, type Typed, typedOf } from "./fields.tsx";
import { checkSheet, formatPoints, sheetOf } from "./rules.ts";

/** Mounted under /c/:slug. */
export const panelMemberPages = new Hono<AppEnv>();

const panelHref = (slug: string): string => `/c/${slug}/panel`;

// Changes nothing, so that a preview that opens it does no harm; the redirect takes the token out of the address bar.
panelMemberPages.get("/panel/link/:token", async (c) => {
  const { scene } = c.var;
  const opened = await openPanelLink(scene, c.req.param("token"));
  if (!opened) return problemResponse(c, NOT_FOUND);
  await writePanelCookie(c, opened);
  return c.redirect(panelHref(scene.community.slug), 303);
});

panelMemberPages.post("/panel/leave", (c) => {
  forgetPanel(c);
  return c.redirect(`/c/${c.var.scene.community.slug}`, 303);
});

interface Entered {
  readonly session: PanelSession;
  readonly row: MemberRow;
  readonly found: Scored;
}

async function enter(c: AppContext): Promise<Entered | null> {
  const member = await findPanelMember(c);
  if (!member) return null;
  const found = await findScored(c.var.scene, member.session.tenderId);
  return found ? { ...member, found } : null;
}

const Frame = (props: {
  c: AppContext;
  entered: Entered;
  title: string;
  path?: string;
  problem?: Problem | undefined;
  children?: Child;
}) => {
  const { c, title, problem } = props;
  const { t, scene } = c.var;
  const { slug } = scene.community;
  return (
    <Page
      {...frameOf(c)}
      title={title}
      isPrivate={true}
      switchHref={`${panelHref(slug)}${props.path ?? ""}?lang=${t("en", "zh")}`}
      breadcrumb={props.path ? [{ href: panelHref(slug), label: t("评审", "Scoring") }] : []}
    >
      <h1>{title}</h1>
      <Refused c={c} problem={problem?.errors ? undefined : problem} />
      {props.children}
    </Page>
  );
};

// ——— Where it stands, and the next step ———

async function homePage(c: AppContext, entered: Entered, problem?: Problem, typed: Typed = {}) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const { found, row } = entered;
  const { tender, panel, scheme } = found;
  const errors = problemErrors(c, problem);
  const name = tender.title;
  return c.html(
    <Frame c={c} entered={entered} title={t(`评审：${name}`, `Scoring: ${name}`)} problem={problem}>
      <FactList>
        <Fact label={t("您是", "You are")}>
          {t(`评审组${row.memberNo}号成员`, `member ${row.memberNo} of the panel`)}
        </Fact>
        <Fact label={t("评审组", "The panel")}>
          {t(
            `${scheme.panel.size}人，专家${scheme.panel.experts}人`,
            `${scheme.panel.size}, ${scheme.panel.experts} experts`,
          )}
        </Fact>
        {panel ? (
          <Fact label={t("怎样合成", "How points are combined")}>{pick(COMBINING_WORDS[panel.combining], lang)}</Fact>
        ) : null}
        <Fact label={t("选聘页面", "The tender's page")}>
          <a href={tenderHref(slug, tender.number)}>{tender.title}</a>
        </Fact>
      </FactList>
      <Next c={c} entered={entered} />
      {row.answeredAt === null ? (
        <>
          <h2>{t("先申报利害关系", "First: does anything tie you?")}</h2>
          <p>
            {t(
              "与投标人有劳动、亲属或其他经济关系的，与业主委员会委员有近亲属关系的，不得参加评审（《招标投标法》第三十七条）。",
              "Who works for a bidder, or is tied to one by kinship or money, or is close kin of a committee member, does not score (TB 37).",
            )}
          </p>
          <Bidders c={c} found={found} />
          <Form action={`${panelHref(slug)}/declare`} token={formToken}>
            <ErrorSummary t={t} errors={errors} />
            <RadioGroup
              name="tied"
              legend={t("我的声明", "My declaration")}
              value={typed.tied ?? "no"}
              options={[
                {
                  value: "no",
                  label: t(
                    "我与投标人、业委会委员没有利害关系，并为评审保密",
                    "Nothing ties me to a bidder or the committee, and I keep the scoring confidential",
                  ),
                },
                { value: "yes", label: t("有利害关系，我回避", "Something does; I stand back") },
              ]}
            />
            <Field
              name="why"
              label={t("是什么关系", "What it is")}
              hint={t("只有经办人看得到，不公开。", "Seen by the desk alone, not public.")}
              value={typed.why ?? ""}
              maxlength={120}
              optional={t("回避时填", "where you stand back")}
              error={errorFor(errors, "why")}
            />
            <Actions>
              <Button>{t("提交声明", "Declare")}</Button>
            </Actions>
          </Form>
        </>
      ) : null}
      <PostButton action={`${panelHref(slug)}/leave`} token={formToken} look="link">
        {t("退出这个浏览器", "Sign this browser out")}
      </PostButton>
    </Frame>,
    (problem?.status ?? 200) as 422,
  );
}

const Bidders = ({ c, found }: { c: AppContext; found: Scored }) => {
  const { t } = c.var;
  const names = [...new Set(found.compared.map(({ name }) => name))];
  return names.length === 0 ? null : (
    <p>
      {t("投标人：", "Bidders: ")}
      {names.join(t("、", ", "))}
    </p>
  );
};

const Next = ({ c, entered }: { c: AppContext; entered: Entered }) => {
  const { t, scene, formToken } = c.var;
  const { row, found } = entered;
  const { panel, tender } = found;
  const base = panelHref(scene.community.slug);
  if (row.answeredAt === null) return null;
  if (row.revealedAt !== null)
    return (
      <Callout tone="good" title={t("您的评分表已揭开", "Your sheet is revealed")}>
        <p>
          {t(
            "您的评审已完成。公示中标候选人时，评分和名单一并公开。",
            "You are done. It is public with the candidates.",
          )}
        </p>
      </Callout>
    );
  if (row.committedAt !== null)
    return panel?.scoringClosedAt == null ? (
      <Callout tone="good" title={t("您的评分表已封存", "Your sheet is committed to")}>
        <p>{t("等所有成员都封存以后，再回到这里揭开。", "Come back to reveal it once everybody's is in.")}</p>
        <p>
          <a href={`${base}/sheet.json`} download="sheet.json">
            {t("下载我的评分表（自己留存）", "Keep a copy of my sheet")}
          </a>
        </p>
      </Callout>
    ) : (
      <Callout tone="warn" title={t("所有评分表都已封存，请揭开", "Every sheet is in: please reveal yours")}>
        <p>{t("系统会核对它与封存时的校验值一致。", "It is held against the commitment.")}</p>
        <PostButton action={`${base}/reveal`} token={formToken}>
          {t("揭开我的评分表", "Reveal my sheet")}
        </PostButton>
        <Details summary={t("用自己留存的文件揭开", "Reveal from the copy you kept")}>
          <Form action={`${base}/reveal`} token={formToken} files>
            <FileField name="file" label={t("评分表文件", "The sheet's file")} accept=".json" />
            <Actions>
              <Button look="quiet">{t("用文件揭开", "Reveal from the file")}</Button>
            </Actions>
          </Form>
        </Details>
      </Callout>
    );
  if (tender.state === "qualified" && panel?.scoringOpenedAt != null)
    return (
      <Actions>
        <ButtonLink href={`${base}/sheet`}>{t("开始打分", "Score the bids")}</ButtonLink>
      </Actions>
    );
  return (
    <Callout title={t("已收到您的声明", "Your declaration is in")}>
      <p>{t("评审开始后，请用同一个链接回来打分。", "Come back through the same link once the scoring is open.")}</p>
    </Callout>
  );
};

panelMemberPages.get("/panel", async (c) => {
  const entered = await enter(c);
  return entered ? homePage(c, entered) : problemResponse(c, NOT_FOUND);
});
panelMemberPages.post("/panel/declare", async (c) => {
  const entered = await enter(c);
  if (!entered) return problemResponse(c, NOT_FOUND);
  const { scene } = c.var;
  const typed = typedOf(await c.req.parseBody({ all: true }));
  const isTied = typed.tied === "yes";
  const done = isTied
    ? await declareTie(scene, entered.session, typed.why ?? "")
    : await declareFree(scene, entered.session);
  if (!done.ok) return homePage(c, entered, scoringProblem(done.error), typed);
  if (isTied) forgetPanel(c);
  return c.redirect(isTied ? `/c/${scene.community.slug}` : panelHref(scene.community.slug), 303);
});

// ——— The sheet ———

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
    <Frame c={c} entered={entered} title={t("我的评分表", "My sheet")} path="/sheet" problem={again?.problem}>
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
    </Frame>,
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
    <Frame c={c} entered={entered} title={t("核对评分表", "Check the sheet")} path="/sheet" problem={problem}>
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
    </Frame>,
    (problem?.status ?? 200) as 409,
  );
}

panelMemberPages.get("/panel/sheet", async (c) => {
  const entered = await enter(c);
  if (!entered) return problemResponse(c, NOT_FOUND);
  return entered.row.committedAt === null && entered.found.panel?.scoringOpenedAt != null
    ? sheetPage(c, entered)
    : c.redirect(panelHref(c.var.scene.community.slug), 303);
});
panelMemberPages.post("/panel/sheet", async (c) => {
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
panelMemberPages.post("/panel/sheet/again", async (c) => {
  const entered = await enter(c);
  if (!entered) return problemResponse(c, NOT_FOUND);
  const typed = typedOf(await c.req.parseBody({ all: true }));
  return sheetPage(c, entered, { typed });
});
panelMemberPages.post("/panel/commit", async (c) => {
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

panelMemberPages.get("/panel/sheet.json", async (c) => {
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

panelMemberPages.post("/panel/reveal", async (c) => {
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
