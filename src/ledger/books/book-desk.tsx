/** One book at the desk: its months, closing them, its accounts. Markup and forms only. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { addAccount, endAccount } from "./accounts/actions.ts";
import { bookHref, deskLedgerHref, readBook } from "./addresses.ts";
import { BOOK_WORDS, KIND_WORDS } from "./chart.ts";
import { closePeriod } from "./closing/actions.ts";
import { deskCrumbs } from "./desk.tsx";
import { ledgerProblem } from "./problems.ts";
import { ACCOUNT_KINDS, type AccountKind, type Book, firstDayOf, nextPeriod, openFrom, periodOf } from "./rules.ts";
import { accountsFrom, type BookRow, listAccounts, listBooks, listCloses } from "./store.ts";
import { monthWords } from "./words.ts";

/** Mounted at /c/:slug. */
export const oneBookRoutes = new Hono<AppEnv>();
const reads = requires("ledger.read");
const manages = requires("ledger.manage");

interface Typed {
  readonly problem: Problem;
  readonly form: "close" | "add" | "end";
  readonly values: Readonly<Record<string, string>>;
}

oneBookRoutes.get("/desk/ledger/:book{common|fund|working}", reads, async (c) => {
  const book = readBook(c.req.param("book"));
  return book ? bookPage(c, book) : c.notFound();
});

async function bookPage(c: AppContext, book: Book, typed?: Typed) {
  const { t, lang, scene, now, actor, formToken } = c.var;
  const { slug } = scene.community;
  const [books, accountRows, closes] = await scene.db.read(
    listBooks(scene),
    listAccounts(scene, book),
    listCloses(scene, book, 24),
  );
  const row = books.find((one) => one.book === book);
  if (!row) return c.notFound();
  const accounts = accountsFrom(accountRows);
  const here = `${deskLedgerHref(slug)}/${book}`;
  const open = openFrom({ from: row.fromPeriod, closedThrough: row.closedThrough });
  const field = typed ? FIELDS[typed.problem.code] : undefined;
  const errors: FieldError[] = typed && field ? [{ field, message: typed.problem.detail[lang] }] : [];
  const of = (form: Typed["form"]) => (typed?.form === form ? errors : []);
  const value = (form: Typed["form"], name: string): string => (typed?.form === form ? (typed.values[name] ?? "") : "");
  const may = (permission: "ledger.close" | "ledger.manage") => actor.permissions.has(permission);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={BOOK_WORDS[book][lang]}
      breadcrumb={deskCrumbs(c)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{BOOK_WORDS[book][lang]}</h1>
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <Refused c={c} problem={errors.length > 0 ? undefined : typed?.problem} />
      <h2>{t("月份", "Months")}</h2>
      <Months c={c} row={row} book={book} />
      {may("ledger.close") && open < periodOf(dayOf(now)) ? (
        <Form action={`${here}/close`} token={formToken} hidden={{ period: open }}>
          <p>
            {t(
              `${open}结账后不能再记入，迟到的单据和冲销都记到${nextPeriod(open)}。`,
              `Once ${open} is closed nothing more is entered in it; late papers and reversals go to ${nextPeriod(open)}.`,
            )}
          </p>
          <Actions>
            <Button>{t(`结账 ${open}`, `Close ${open}`)}</Button>
          </Actions>
        </Form>
      ) : null}
      {closes.length > 0 ? (
        <DataTable
          caption={t("已结账的月份", "Closed months")}
          rows={closes}
          columns={[
            {
              label: t("月份", "Month"),
              head: true,
              cell: ({ period }) => <a href={bookHref(slug, book, period)}>{monthWords(period)[lang]}</a>,
            },
            { label: t("凭证张数", "Vouchers"), number: true, cell: ({ vouchers }) => vouchers },
            { label: t("结账时间", "Closed"), cell: ({ closedAt }) => sayInstant(closedAt, lang) },
            {
              label: t("记录", "Record"),
              cell: ({ leafHash }) => <a href={`/c/${slug}/record/${leafHash}`}>{t("条目", "entry")}</a>,
            },
          ]}
        />
      ) : null}
      <h2>{t("科目", "Accounts")}</h2>
      <DataTable
        caption={t("科目表", "Chart of accounts")}
        quietCaption={true}
        rows={accounts}
        columns={[
          { label: t("编码", "Code"), cell: ({ code }) => code },
          { label: t("名称", "Name"), head: true, cell: ({ name }) => name[lang] },
          { label: t("类别", "Kind"), cell: ({ kind }) => KIND_WORDS[kind][lang] },
          {
            label: t("使用", "Use"),
            cell: ({ postable, fromOn, untilOn }) =>
              untilOn !== null
                ? t(`${untilOn}起停用`, `ended ${untilOn}`)
                : postable
                  ? fromOn === firstDayOf(row.fromPeriod)
                    ? t("记账", "posted to")
                    : t(`${fromOn}起记账`, `posted to from ${fromOn}`)
                  : t("上级科目", "heading"),
          },
        ]}
      />
      {may("ledger.manage") ? (
        <>
          <Form action={`${here}/accounts`} token={formToken} once={newOnce()}>
            <h3>{t("增设科目", "Add an account")}</h3>
            <ErrorSummary t={t} errors={of("add")} />
            <Field
              name="code"
              label={t("编码", "Code")}
              hint={t("四位数字，下级加点和两位，例如 4001.10", "Four digits, then pairs behind dots, such as 4001.10")}
              value={value("add", "code")}
              error={errorFor(of("add"), "code")}
              width={11}
            />
            <Field
              name="nameZh"
              label={t("中文名称", "Name in Chinese")}
              value={value("add", "nameZh")}
              error={errorFor(of("add"), "nameZh")}
            />
            <Field
              name="nameEn"
              label={t("英文名称", "Name in English")}
              value={value("add", "nameEn")}
              optional={t("可不填", "may stay empty")}
            />
            <Select
              name="kind"
              label={t("类别", "Kind")}
              value={value("add", "kind") || "income"}
              options={ACCOUNT_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind][lang] }))}
            />
            <Select
              name="postable"
              label={t("用途", "Use")}
              value={value("add", "postable") || "yes"}
              options={[
                { value: "yes", label: t("可以记账", "Vouchers may name it") },
                { value: "no", label: t("上级科目，下面再设明细", "A heading for others") },
              ]}
            />
            <Actions>
              <Button look="quiet">{t("增设", "Add")}</Button>
            </Actions>
          </Form>
          <Form action={`${here}/accounts/end`} token={formToken}>
            <h3>{t("停用科目", "End an account")}</h3>
            <ErrorSummary t={t} errors={of("end")} />
            <Select
              name="ending"
              label={t("科目", "Account")}
              value={value("end", "ending")}
              options={[
                { value: "", label: t("请选择", "Choose") },
                ...accounts
                  .filter(({ untilOn }) => untilOn === null)
                  .map(({ code, name }) => ({ value: code, label: `${code} ${name[lang]}` })),
              ]}
            />
            <Field
              name="untilOn"
              label={t("从哪一天起停用", "First day without it")}
              hint={t("例如 2026-11-23", "Such as 2026-11-23")}
              value={value("end", "untilOn")}
              error={errorFor(of("end"), "untilOn")}
              width={11}
            />
            <Actions>
              <Button look="quiet">{t("停用", "End it")}</Button>
            </Actions>
          </Form>
        </>
      ) : null}
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

const FIELDS: Readonly<Record<string, string>> = {
  "account-code": "code",
  "account-name": "nameZh",
  "account-heading": "code",
  "ledger-day": "untilOn",
};

const Months = ({ c, row, book }: { c: AppContext; row: BookRow; book: Book }) => {
  const { t, lang, scene, now } = c.var;
  const { slug } = scene.community;
  const open: string[] = [];
  for (
    let at = openFrom({ from: row.fromPeriod, closedThrough: row.closedThrough });
    at <= periodOf(dayOf(now)) && open.length < 24;
    at = nextPeriod(at)
  )
    open.push(at);
  return (
    <LinkList
      items={open.map((period) => ({
        href: bookHref(slug, book, period),
        title: monthWords(period)[lang],
        status: <StatusWord tone="waiting">{t("未结账", "open")}</StatusWord>,
      }))}
      empty={<p class="quiet">{t("所有月份都已结账。", "Every month is closed.")}</p>}
    />
  );
};

oneBookRoutes.post("/desk/ledger/:book{common|fund|working}/close", requires("ledger.close"), async (c) => {
  const book = readBook(c.req.param("book"));
  if (!book) return c.notFound();
  const period = one(await c.req.parseBody({ all: true }), "period");
  const closed = await closePeriod(staffScene(c), { book, period });
  if (!closed.ok) return bookPage(c, book, { problem: ledgerProblem(closed.error), form: "close", values: {} });
  return c.redirect(`${deskLedgerHref(c.var.scene.community.slug)}/${book}?done=1`, 303);
});

oneBookRoutes.post("/desk/ledger/:book{common|fund|working}/accounts", manages, async (c) => {
  const book = readBook(c.req.param("book"));
  if (!book) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const values = {
    code: one(body, "code").normalize("NFKC").trim(),
    nameZh: one(body, "nameZh"),
    nameEn: one(body, "nameEn"),
    kind: one(body, "kind"),
    postable: one(body, "postable"),
  };
  const kind: AccountKind = ACCOUNT_KINDS.find((known) => known === values.kind) ?? "income";
  const asked = {
    book,
    code: values.code,
    name: { zh: values.nameZh, en: values.nameEn },
    kind,
    postable: values.postable !== "no",
  };
  const added = await addAccount(staffScene(c), asked, one(body, "_once") || newOnce());
  if (!added.ok) return bookPage(c, book, { problem: ledgerProblem(added.error), form: "add", values });
  return c.redirect(`${deskLedgerHref(c.var.scene.community.slug)}/${book}?done=1`, 303);
});

oneBookRoutes.post("/desk/ledger/:book{common|fund|working}/accounts/end", manages, async (c) => {
  const book = readBook(c.req.param("book"));
  if (!book) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const values = { ending: one(body, "ending"), untilOn: one(body, "untilOn").normalize("NFKC").trim() };
  const ended = await endAccount(staffScene(c), { book, code: values.ending, untilOn: values.untilOn });
  if (!ended.ok) return bookPage(c, book, { problem: ledgerProblem(ended.error), form: "end", values });
  return c.redirect(`${deskLedgerHref(c.var.scene.community.slug)}/${book}?done=1`, 303);
});
