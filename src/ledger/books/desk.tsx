/** The books at the desk: what waits for whom, and opening a book. A book's own page is book-desk.tsx, a voucher's voucher-desk.tsx. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { deskRegularHref } from "../regular/addresses.ts";
import { openBook } from "./actions.ts";
import { deskLedgerHref, deskVoucherHref, readBook } from "./addresses.ts";
import { BOOK_WORDS } from "./chart.ts";
import { ledgerProblem } from "./problems.ts";
import { BOOKS, openFrom } from "./rules.ts";
import { listBooks, listWaiting, voucherFrom } from "./store.ts";
import { monthWords, VOUCHER_STATE_WORDS } from "./words.ts";

/** Mounted at /c/:slug. */
export const deskBookRoutes = new Hono<AppEnv>();
const reads = requires("ledger.read");
const manages = requires("ledger.manage");

export const deskCrumbs = (c: AppContext) => {
  const { slug } = c.var.scene.community;
  return [
    { href: `/c/${slug}/desk`, label: c.var.t("工作台", "Desk") },
    { href: deskLedgerHref(slug), label: c.var.t("账簿", "Books") },
  ];
};

// ——— What waits ———

deskBookRoutes.get("/desk/ledger", reads, (c) => workbench(c));

async function workbench(c: AppContext, problem?: Problem) {
  const { t, lang, scene, actor } = c.var;
  const { slug } = scene.community;
  const [books, ...waiting] = await scene.db.read(
    listBooks(scene),
    listWaiting(scene, "common"),
    listWaiting(scene, "fund"),
    listWaiting(scene, "working"),
  );
  const rows = waiting.flat().map(voucherFrom);
  const may = (permission: "ledger.draft" | "ledger.review" | "ledger.approve" | "ledger.manage") =>
    actor.permissions.has(permission);
  const mine = rows.filter(
    (row) =>
      row.draftedBy !== actor.personId &&
      ((row.state === "waiting" && may("ledger.review")) ||
        (row.state === "reviewed" && row.reviewedBy !== actor.personId && may("ledger.approve"))),
  );
  const others = rows.filter((row) => !mine.includes(row));
  const list = (some: typeof rows, empty: string) => (
    <LinkList
      items={some.map((row) => ({
        href: deskVoucherHref(slug, row.voucherId),
        title: `${row.text} · ${formatYuan(row.amountFen)}${t("元", " yuan")}`,
        note: t(
          `${BOOK_WORDS[row.book].zh}，${sayDay(row.onDay, lang)}，${sayInstant(row.draftedAt, lang)}填制`,
          `${BOOK_WORDS[row.book].en}, ${sayDay(row.onDay, lang)}, drafted ${sayInstant(row.draftedAt, lang)}`,
        ),
        status: (
          <StatusWord tone={row.state === "waiting" ? "waiting" : "active"}>
            {VOUCHER_STATE_WORDS[row.state][lang]}
          </StatusWord>
        ),
      }))}
      empty={<p class="quiet">{empty}</p>}
    />
  );
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("账簿", "Books")}
      breadcrumb={[{ href: `/c/${slug}/desk`, label: t("工作台", "Desk") }]}
      switchHref={`${deskLedgerHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("账簿", "Books")}</h1>
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <Refused c={c} problem={problem} />
      {books.length === 0 ? (
        <EmptyState
          title={t("还没有账簿", "No book yet")}
          action={
            may("ledger.manage") ? (
              <ButtonLink href={`${deskLedgerHref(slug)}/books/new`}>{t("设立账簿", "Open a book")}</ButtonLink>
            ) : undefined
          }
        >
          {t(
            "公共收益、维修资金、工作经费分开记账。先设立账簿，再填制凭证。",
            "Common revenue, maintenance fund and working funds have a book each. Open one, then draft vouchers.",
          )}
        </EmptyState>
      ) : (
        <>
          {may("ledger.draft") ? (
            <Actions>
              {books.map(({ book }) => (
                <ButtonLink href={`${deskLedgerHref(slug)}/${book}/new`} look={book === "common" ? "primary" : "quiet"}>
                  {t(`填制凭证（${BOOK_WORDS[book].zh}）`, `Draft a voucher (${BOOK_WORDS[book].en})`)}
                </ButtonLink>
              ))}
            </Actions>
          ) : null}
          <h2>{t("等您处理", "Waiting for you")}</h2>
          {list(mine, t("没有等您复核或审批的凭证。", "Nothing waits for your review or approval."))}
          <h2>{t("还没有过账的其他凭证", "Other vouchers not posted yet")}</h2>
          <p class="hint">
            {t("所有人都能看到，免得同一笔钱付两次。", "Everybody sees them, so that nothing is paid twice.")}
          </p>
          {list(others, t("没有。", "None."))}
          <h2>{t("各本账", "The books")}</h2>
          <LinkList
            items={books.map((row) => {
              const open = openFrom({ from: row.fromPeriod, closedThrough: row.closedThrough });
              return {
                href: `${deskLedgerHref(slug)}/${row.book}`,
                title: BOOK_WORDS[row.book][lang],
                note: t(
                  `${row.closedThrough ? `已结账到${monthWords(row.closedThrough).zh}` : "还没有结过账"}，下一个结账月份：${monthWords(open).zh}`,
                  `${row.closedThrough ? `closed through ${monthWords(row.closedThrough).en}` : "never closed"}; next to close: ${monthWords(open).en}`,
                ),
              };
            })}
          />
          <h2>{t("核对和公布", "Checking and publishing")}</h2>
          <LinkList
            items={[
              {
                href: `${deskLedgerHref(slug)}/bank`,
                title: t("银行账户和流水", "Bank accounts and their lines"),
                note: t("导入银行流水，一笔一笔和凭证核对", "Take a statement in and match it with the vouchers"),
              },
              {
                href: `${deskLedgerHref(slug)}/statements`,
                title: t("收支公示", "Statements"),
                note: t("结账后起草，由另一个人公布", "Drafted once months are closed, published by another"),
              },
              ...(may("ledger.manage")
                ? [
                    {
                      href: deskRegularHref(slug),
                      title: t("定期公开的八项", "What owners are told regularly"),
                      note: t("服务事项、负责人员、收费标准等", "Services, persons in charge, rates and the rest"),
                    },
                  ]
                : []),
            ]}
          />
          {may("ledger.manage") && books.length < BOOKS.length ? (
            <Actions>
              <ButtonLink look="quiet" href={`${deskLedgerHref(slug)}/books/new`}>
                {t("设立另一本账", "Open another book")}
              </ButtonLink>
            </Actions>
          ) : null}
        </>
      )}
    </Page>,
    problem ? (problem.status as 409) : 200,
  );
}

// ——— Opening a book ———

deskBookRoutes.get("/desk/ledger/books/new", manages, (c) => newBookPage(c));

async function newBookPage(
  c: AppContext,
  typed?: { readonly problem: Problem; readonly book: string; readonly from: string },
) {
  const { t, lang, scene, now, formToken } = c.var;
  const { slug } = scene.community;
  const [books] = await scene.db.read(listBooks(scene));
  const left = BOOKS.filter((book) => !books.some((row) => row.book === book));
  const errors: FieldError[] =
    typed?.problem.code === "period-unreadable" ? [{ field: "from", message: typed.problem.detail[lang] }] : [];
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("设立账簿", "Open a book")} breadcrumb={deskCrumbs(c)}>
      <h1>{t("设立账簿", "Open a book")}</h1>
      <p class="lead">
        {t(
          "账簿从一个月的第一天开始，带有常用科目，以后可以增加。接手以前的结余，用“期初余额”凭证记入，并附街道组织的检查报告。",
          "A book begins on the first of a month, with the usual accounts; more can be added. What is brought in is entered by an opening voucher with the street's check report.",
        )}
      </p>
      <Refused c={c} problem={errors.length > 0 ? undefined : typed?.problem} />
      <Form action={`${deskLedgerHref(slug)}/books/new`} token={formToken} once={newOnce()}>
        <ErrorSummary t={t} errors={errors} />
        <Select
          name="book"
          label={t("哪一本账", "Which book")}
          value={typed?.book ?? left[0] ?? ""}
          options={left.map((book) => ({ value: book, label: BOOK_WORDS[book][lang] }))}
        />
        <Field
          name="from"
          label={t("从哪个月开始", "From which month")}
          hint={t("例如 2026-01", "Such as 2026-01")}
          value={typed?.from ?? `${dayOf(now).slice(0, 4)}-01`}
          error={errorFor(errors, "from")}
          width={11}
        />
        <Actions>
          <Button>{t("设立", "Open it")}</Button>
        </Actions>
      </Form>
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

deskBookRoutes.post("/desk/ledger/books/new", manages, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const typed = { book: one(body, "book"), from: one(body, "from").normalize("NFKC").trim() };
  const book = readBook(typed.book);
  const opened = book
    ? await openBook(staffScene(c), { book, from: typed.from }, one(body, "_once") || newOnce())
    : ({ ok: false, error: { reason: "unknown_book" } } as const);
  if (!opened.ok) return newBookPage(c, { problem: ledgerProblem(opened.error), ...typed });
  return c.redirect(`${deskLedgerHref(c.var.scene.community.slug)}/${opened.value.book}?done=1`, 303);
});
