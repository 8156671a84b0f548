/** Budgets at the desk: what waits, one version with the acts of whoever may, and saying why more was spent. The form that drafts one is form.tsx. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { settingsRoutes } from "../../offices/settings/pages.tsx";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink, PostButton } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { deskLedgerHref, readBook, readCount } from "../books/addresses.ts";
import { BOOK_WORDS } from "../books/chart.ts";
import { deskCrumbs } from "../books/desk.tsx";
import type { Book } from "../books/rules.ts";
import { accountsFrom, listAccounts, listBooks } from "../books/store.ts";
import {
  approveBudget,
  type BudgetActRefusal,
  explainOverspend,
  publishBudget,
  readYear,
  refuseBudget,
  reviewBudget,
  withdrawBudget,
} from "./actions.ts";
import {
  budgetHref,
  deskBudgetHref,
  deskBudgetsHref,
  explainHref,
  newBudgetHref,
  readYearNumber,
} from "./addresses.ts";
import { budgetProblem } from "./problems.ts";
import { Revised } from "./public.tsx";
import { LONGEST_WHY, mayApprove, mayPublish, mayRefuse, mayReview, mayWithdraw } from "./rules.ts";
import { BUDGET_SETTINGS } from "./settings.ts";
import { PlannedTable, StandingTable } from "./shown.tsx";
import { type BudgetRow, budgetFrom, findBudget, listPublished, listVersionsOf, listWaitingBudgets } from "./store.ts";
import { BUDGET_STATE_WORDS, BUDGET_TONES, budgetTitle } from "./words.ts";

/** Mounted at /c/:slug. */
export const deskBudgetRoutes = new Hono<AppEnv>();
const reads = requires("ledger.read");
const LISTED = 12;

deskBudgetRoutes.route(
  "/",
  settingsRoutes({
    kit: BUDGET_SETTINGS,
    path: "/desk/ledger/budget/settings",
    title: { zh: "预算的规则", en: "Rules of budgets" },
    intro: {
      zh: "年度预算由谁批准，按议事规则在这里设定。改动不影响已经批准的预算。",
      en: "Who approves a year's budget is set here by the rules of procedure. Budgets approved already keep theirs.",
    },
    manage: "ledger.manage",
    see: ["ledger.read", "audit.read"],
  }),
);

export const budgetCrumbs = (c: AppContext) => [
  ...deskCrumbs(c),
  { href: deskBudgetsHref(c.var.scene.community.slug), label: c.var.t("年度预算", "Budgets") },
];

deskBudgetRoutes.get("/desk/ledger/budget", reads, async (c) => {
  const { t, lang, scene, actor, now } = c.var;
  const { slug } = scene.community;
  const [books, waiting, published] = await scene.db.read(
    listBooks(scene),
    listWaitingBudgets(scene),
    listPublished(scene, LISTED),
  );
  const drafts = actor.permissions.has("ledger.draft");
  const thisYear = Number(dayOf(now).slice(0, 4));
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("年度预算", "Budgets")}
      breadcrumb={deskCrumbs(c)}
      switchHref={`${deskBudgetsHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("年度预算", "Budgets")}</h1>
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <p class="lead">
        {t(
          "一人编制，另一人复核，第三人凭业主大会的决定批准，然后公布。公布后要改，就再编一版，写明原因。",
          "One drafts it, another reviews it, a third approves it on the owners' decision, and it is published. A change is another version with its reason.",
        )}
      </p>
      <h2>{t("还没有公布的", "Not published yet")}</h2>
      <LinkList
        items={waiting.map(budgetFrom).map((row) => ({
          href: deskBudgetHref(slug, row.budgetId),
          title: budgetTitle(row, lang),
          note: t(`${sayInstant(row.draftedAt, lang)}编制`, `drafted ${sayInstant(row.draftedAt, lang)}`),
          status: <StatusWord tone={BUDGET_TONES[row.state]}>{BUDGET_STATE_WORDS[row.state][lang]}</StatusWord>,
        }))}
        empty={<p class="quiet">{t("没有。", "None.")}</p>}
      />
      {books.length === 0 ? (
        <EmptyState title={t("还没有账簿", "No book yet")}>
          <a href={deskLedgerHref(slug)}>{t("先设立账簿", "Open a book first")}</a>
        </EmptyState>
      ) : null}
      {!drafts || books.length === 0 ? null : (
        <>
          <h2>{t("编制或调整", "Draft or revise")}</h2>
          <LinkList
            items={books.flatMap(({ book }) =>
              [thisYear, thisYear + 1].map((year) => ({
                href: newBudgetHref(slug, book, year),
                title: t(`${BOOK_WORDS[book].zh}，${year}年`, `${BOOK_WORDS[book].en}, ${year}`),
              })),
            )}
          />
        </>
      )}
      <h2>{t("已经公布的", "Published")}</h2>
      <LinkList
        items={published.map((row) => ({
          href: explainHref(slug, row.book, row.year),
          title: budgetTitle(row, lang),
          note: t("看执行情况，说明超支", "How it stands, and why more was spent"),
          status: <StatusWord tone="good">{t(`第${row.version}版`, `version ${row.version}`)}</StatusWord>,
        }))}
        empty={<p class="quiet">{t("还没有。", "None yet.")}</p>}
      />
      <p>
        <a href={`${deskBudgetsHref(slug)}/settings`}>{t("预算由谁批准", "Who approves a budget")}</a>
      </p>
    </Page>,
  );
});

// ——— One version ———

deskBudgetRoutes.get("/desk/ledger/budget/v/:budgetId", reads, (c) => versionPage(c, c.req.param("budgetId")));

async function versionPage(c: AppContext, budgetId: string, problem?: Problem) {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const [rows] = await scene.db.read(findBudget(scene, budgetId));
  if (!rows[0]) return c.notFound();
  const row = budgetFrom(rows[0]);
  const [accountRows, versions] = await scene.db.read(
    listAccounts(scene, row.book),
    listVersionsOf(scene, row.book, row.year),
  );
  const accounts = accountsFrom(accountRows);
  const published = versions.map(budgetFrom);
  const before = row.version === null ? published[0] : published.find(({ version }) => version === row.version! - 1);
  const here = deskBudgetHref(slug, budgetId);
  const title = budgetTitle(row, lang);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={budgetCrumbs(c)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <Refused c={c} problem={problem} />
      <p>
        <StatusWord tone={BUDGET_TONES[row.state]}>{BUDGET_STATE_WORDS[row.state][lang]}</StatusWord>
      </p>
      {row.state === "refused" ? (
        <Callout tone="warn" title={t("退回的原因", "Why it was sent back")}>
          <p>{row.endedWhy}</p>
        </Callout>
      ) : null}
      {row.version === null ? null : (
        <p>
          <a href={budgetHref(slug, row.book, row.year, row.version)}>{t("看公开的页面", "The public page")}</a>
        </p>
      )}
      {row.note === "" ? null : <p>{row.note}</p>}
      {before && row.why !== "" ? <Revised c={c} row={row} before={before} accounts={accounts} /> : null}
      <PlannedTable c={c} budget={row} accounts={accounts} />
      {row.decision === "" ? null : <p>{t(`依据：${row.decision}`, `Rests on: ${row.decision}`)}</p>}
      <Acts c={c} row={row} here={here} />
    </Page>,
    problem ? (problem.status as 409) : 200,
  );
}

/** What whoever looks may do with it now. */
const Acts = ({ c, row, here }: { c: AppContext; row: BudgetRow; here: string }) => {
  const { t, actor, formToken } = c.var;
  const own = actor.personId;
  const holds = (...permissions: ("ledger.draft" | "ledger.review" | "ledger.approve" | "ledger.close")[]) =>
    permissions.some((permission) => actor.permissions.has(permission));
  return (
    <>
      {holds("ledger.review") && mayReview(row, own).ok ? (
        <PostButton action={`${here}/review`} token={formToken}>
          {t("复核无误，交批准", "It is right: on to approval")}
        </PostButton>
      ) : null}
      {holds("ledger.approve") && mayApprove(row, own).ok ? (
        <Form action={`${here}/approve`} token={formToken}>
          <h2>{t("批准", "Approve")}</h2>
          <p class="hint">
            {t(
              "写明业主大会的哪一项决定。规则规定由业委会批准的，两项都留空。",
              "Name the owners' decision. Where the rules leave it to the committee, leave both empty.",
            )}
          </p>
          <Field
            name="meeting"
            label={t("第几次业主大会会议", "Meeting no.")}
            optional={t("可不填", "may stay empty")}
            inputmode="numeric"
            width={6}
          />
          <Field
            name="item"
            label={t("第几项议题", "Item no.")}
            optional={t("可不填", "may stay empty")}
            inputmode="numeric"
            width={6}
          />
          <Actions>
            <Button>{t("批准这份预算", "Approve this budget")}</Button>
          </Actions>
        </Form>
      ) : null}
      {holds("ledger.close", "ledger.approve") && mayPublish(row).ok ? (
        <PostButton action={`${here}/publish`} token={formToken}>
          {t("公布", "Publish")}
        </PostButton>
      ) : null}
      {holds("ledger.draft") && mayWithdraw(row, own).ok ? (
        <PostButton action={`${here}/withdraw`} token={formToken} look="quiet">
          {t("撤回这份预算", "Give it up")}
        </PostButton>
      ) : null}
      {holds("ledger.review", "ledger.approve") && mayRefuse(row, own, "x").ok ? (
        <Form action={`${here}/refuse`} token={formToken}>
          <Field name="why" label={t("退回的原因", "Why it goes back")} maxlength={LONGEST_WHY} />
          <Actions>
            <Button look="quiet">{t("退回", "Send back")}</Button>
          </Actions>
        </Form>
      ) : null}
    </>
  );
};

const after = async (
  c: AppContext,
  done: { readonly ok: true } | { readonly ok: false; readonly error: BudgetActRefusal },
) => {
  const budgetId = c.req.param("budgetId") ?? "";
  if (!done.ok) return versionPage(c, budgetId, budgetProblem(done.error));
  return c.redirect(`${deskBudgetHref(c.var.scene.community.slug, budgetId)}?done=1`, 303);
};

deskBudgetRoutes.post("/desk/ledger/budget/v/:budgetId/review", requires("ledger.review"), async (c) =>
  after(c, await reviewBudget(staffScene(c), c.req.param("budgetId"))),
);
deskBudgetRoutes.post("/desk/ledger/budget/v/:budgetId/approve", requires("ledger.approve"), async (c) => {
  const body = await c.req.parseBody({ all: true });
  const [meeting, item] = [one(body, "meeting").trim(), one(body, "item").trim()];
  // What cannot be read is a meeting that does not exist; both empty names none.
  const named = meeting === "" && item === "" ? null : { meeting: readCount(meeting) ?? 0, item: readCount(item) ?? 0 };
  return after(c, await approveBudget(staffScene(c), c.req.param("budgetId"), named));
});
deskBudgetRoutes.post(
  "/desk/ledger/budget/v/:budgetId/publish",
  requires("ledger.close", "ledger.approve"),
  async (c) => after(c, await publishBudget(staffScene(c), c.req.param("budgetId"))),
);
deskBudgetRoutes.post("/desk/ledger/budget/v/:budgetId/withdraw", requires("ledger.draft"), async (c) =>
  after(c, await withdrawBudget(staffScene(c), c.req.param("budgetId"))),
);
deskBudgetRoutes.post(
  "/desk/ledger/budget/v/:budgetId/refuse",
  requires("ledger.review", "ledger.approve"),
  async (c) => {
    const why = one(await c.req.parseBody({ all: true }), "why");
    return after(c, await refuseBudget(staffScene(c), c.req.param("budgetId"), why));
  },
);

// ——— How a year stands ———

const YEAR = "/desk/ledger/budget/:book{common|fund|working}/:year/explain";

deskBudgetRoutes.get(YEAR, reads, (c) => {
  const book = readBook(c.req.param("book"));
  const year = readYearNumber(c.req.param("year"));
  return book && year ? yearPage(c, book, year) : c.notFound();
});

async function yearPage(
  c: AppContext,
  book: Book,
  year: number,
  refused?: { readonly problem: Problem; readonly account: string; readonly text: string },
) {
  const { t, lang, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const { compared, versions } = await readYear(scene, book, year);
  const [newest] = versions;
  if (!compared || !newest) return c.notFound();
  const over = compared.rows.filter(({ standing }) => standing === "over");
  const here = explainHref(slug, book, year);
  const title = budgetTitle(newest, lang);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={budgetCrumbs(c)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <Done c={c} words={t("已说明，并写入公开记录", "Said, and in the public record")} />
      <Refused c={c} problem={refused?.problem} />
      <StandingTable c={c} budget={newest} compared={compared} />
      {over.length > 0 && actor.permissions.has("ledger.draft") ? (
        <Form action={here} token={formToken} once={newOnce()}>
          <h2>{t("说明超支的原因", "Say why more was spent")}</h2>
          <Select
            name="account"
            label={t("哪个科目", "Which account")}
            value={refused?.account ?? over[0]!.account}
            options={over.map(({ account, name }) => ({ value: account, label: `${account} ${name[lang]}` }))}
          />
          <Field
            name="text"
            label={t("原因（公开显示，不写个人信息）", "Why (public; no personal data)")}
            value={refused?.text ?? ""}
            maxlength={LONGEST_WHY}
          />
          <Actions>
            <Button>{t("公开说明", "Say it publicly")}</Button>
          </Actions>
        </Form>
      ) : null}
      <Actions>
        {actor.permissions.has("ledger.draft") ? (
          <ButtonLink look="quiet" href={newBudgetHref(slug, book, year)}>
            {t("调整预算", "Revise the budget")}
          </ButtonLink>
        ) : null}
        <ButtonLink look="quiet" href={budgetHref(slug, book, year)}>
          {t("公开页", "Public page")}
        </ButtonLink>
      </Actions>
    </Page>,
    refused ? (refused.problem.status as 422) : 200,
  );
}

deskBudgetRoutes.post(YEAR, requires("ledger.draft"), async (c) => {
  const book = readBook(c.req.param("book"));
  const year = readYearNumber(c.req.param("year"));
  if (!book || !year) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const typed = { account: one(body, "account"), text: one(body, "text") };
  const scene = staffScene(c);
  const said = await explainOverspend(scene, { book, year, ...typed }, one(body, "_once") || newOnce());
  if (said.ok) return c.redirect(`${explainHref(scene.community.slug, book, year)}?done=1`, 303);
  return yearPage(c, book, year, { problem: budgetProblem(said.error), ...typed });
});
