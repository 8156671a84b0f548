/** Bank accounts at the desk: the accounts, and one account with its statements and lines. Markup and forms only. */
import { Hono } from "hono";
import { addMonths, dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink, PostButton } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { readBook, readCount } from "../books/addresses.ts";
import { BOOK_WORDS } from "../books/chart.ts";
import { deskCrumbs } from "../books/desk.tsx";
import { accountsFrom, listAccounts, listBooks } from "../books/store.ts";
import { openBankAccount } from "./actions.ts";
import { bankAccountHref, deskBankHref, matchingHref, reconciliationHref, runningHref } from "./addresses.ts";
import { bankProblem } from "./problems.ts";
import { HOLDERS } from "./rules.ts";
import { type AccountRow, listBankAccounts, listLines } from "./store.ts";
import { openWords } from "./taking/actions.ts";
import { TakeForm, type TypedStatement } from "./taking/form.tsx";
import { findRunning, listImports } from "./taking/store.ts";
import { HOLDER_WORDS, lineFaultWords } from "./words.ts";

/** Mounted at /c/:slug. */
export const deskBankRoutes = new Hono<AppEnv>();
const reads = requires("ledger.read");
const A_PAGE = 50;
const MONTHS_SHOWN = 12;

export const bankCrumbs = (c: AppContext) => [
  ...deskCrumbs(c),
  { href: deskBankHref(c.var.scene.community.slug), label: c.var.t("银行账户", "Bank accounts") },
];
export const accountName = ({ bank, numberMasked }: Pick<AccountRow, "bank" | "numberMasked">): string =>
  `${bank} ${numberMasked}`;

// ——— The accounts ———

deskBankRoutes.get("/desk/ledger/bank", reads, (c) => accountsPage(c));

interface TypedAccount {
  readonly problem: Problem;
  readonly values: Readonly<Record<string, string>>;
}

async function accountsPage(c: AppContext, typed?: TypedAccount) {
  const { t, lang, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const [accounts, books, ...charts] = await scene.db.read(
    listBankAccounts(scene),
    listBooks(scene),
    listAccounts(scene, "common"),
    listAccounts(scene, "fund"),
    listAccounts(scene, "working"),
  );
  const assets = charts
    .flatMap(accountsFrom)
    .filter(({ kind, postable, code }) => kind === "asset" && postable && code.startsWith("1002"));
  const free = assets.filter(
    ({ book, code }) => !accounts.some((row) => row.book === book && row.ledgerAccount === code),
  );
  const errors: FieldError[] = (typed?.problem.errors ?? []).map(({ pointer, detail }) => ({
    field: pointer.slice(1),
    message: detail[lang],
  }));
  const value = (name: string): string => typed?.values[name] ?? "";
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("银行账户", "Bank accounts")}
      breadcrumb={deskCrumbs(c)}
      switchHref={`${deskBankHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("银行账户", "Bank accounts")}</h1>
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <Refused c={c} problem={errors.length > 0 ? undefined : typed?.problem} />
      <LinkList
        items={accounts.map((row) => ({
          href: bankAccountHref(slug, row.accountId),
          title: accountName(row),
          note: `${row.holderName} · ${BOOK_WORDS[row.book][lang]} ${row.ledgerAccount}`,
        }))}
        empty={
          <EmptyState title={t("还没有登记账户", "No account recorded")}>
            {t(
              "公共收益要存在业主大会或业委会名下的账户里。登记以后，可以导入银行流水，和凭证核对。",
              "Common revenue is kept in the assembly's or the committee's name. Once recorded, its statements are taken in and matched with the vouchers.",
            )}
          </EmptyState>
        }
      />
      {actor.permissions.has("ledger.manage") && books.length > 0 ? (
        free.length === 0 ? (
          <p class="hint">
            {t(
              "每个银行科目都已有账户。要再登记一个，先在账簿里增设科目，例如 1002.02。",
              "Every bank account of the books has one. To record another add an account to the book first, such as 1002.02.",
            )}
          </p>
        ) : (
          <Form action={deskBankHref(slug)} token={formToken} once={newOnce()}>
            <h2>{t("登记账户", "Record an account")}</h2>
            <ErrorSummary t={t} errors={errors} />
            <Select
              name="place"
              label={t("对应账簿的哪个科目", "Which account of the books it stands for")}
              value={value("place")}
              options={free.map(({ book, code, name }) => ({
                value: `${book}/${code}`,
                label: `${BOOK_WORDS[book][lang]} ${code} ${name[lang]}`,
              }))}
            />
            <RadioGroup
              name="holder"
              legend={t("在谁名下", "In whose name")}
              value={value("holder") || "assembly"}
              options={HOLDERS.map((holder) => ({ value: holder, label: HOLDER_WORDS[holder][lang] }))}
            />
            <Field
              name="holderName"
              label={t("户名", "Name of the account")}
              hint={t("例如 金桂苑业主大会", "As the bank has it")}
              value={value("holderName")}
              error={errorFor(errors, "holderName")}
            />
            <Field
              name="bank"
              label={t("开户行", "Bank and branch")}
              value={value("bank")}
              error={errorFor(errors, "bank")}
            />
            <Field
              name="number"
              label={t("账号", "Number")}
              hint={t("加密保存，页面上只显示后四位。", "Kept sealed; pages show the last four.")}
              value={value("number")}
              inputmode="numeric"
              error={errorFor(errors, "number")}
              width={20}
            />
            <Actions>
              <Button>{t("登记", "Record it")}</Button>
            </Actions>
          </Form>
        )
      ) : null}
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

deskBankRoutes.post("/desk/ledger/bank", requires("ledger.manage"), async (c) => {
  const body = await c.req.parseBody({ all: true });
  const values = Object.fromEntries(
    ["place", "holder", "holderName", "bank", "number"].map((name) => [name, one(body, name)]),
  );
  const [typedBook, ledgerAccount = ""] = values.place!.split("/");
  const asked = {
    book: readBook(typedBook) ?? "common",
    ledgerAccount,
    holder: HOLDERS.find((holder) => holder === values.holder) ?? "assembly",
    holderName: values.holderName!,
    bank: values.bank!,
    number: values.number!,
  };
  const opened = await openBankAccount(staffScene(c), asked, one(body, "_once") || newOnce());
  if (!opened.ok) return accountsPage(c, { problem: bankProblem(opened.error), values });
  return c.redirect(`${bankAccountHref(c.var.scene.community.slug, opened.value.accountId)}?done=1`, 303);
});

// ——— One account ———

deskBankRoutes.get("/desk/ledger/bank/:accountId", reads, (c) => accountPage(c, c.req.param("accountId")));

/** One account with its lines; `typed` is a statement that was not taken in. */
export async function accountPage(c: AppContext, accountId: string, typed?: TypedStatement) {
  const { t, lang, scene, actor, now, formToken } = c.var;
  const { slug } = scene.community;
  const page = readCount(c.req.query("page") ?? "1") || 1;
  const today = dayOf(now);
  const span = { from: addMonths(today, -MONTHS_SHOWN), to: today };
  const [accounts, imports, rows, running] = await scene.db.read(
    listBankAccounts(scene),
    listImports(scene, accountId, 12),
    listLines(scene, accountId, span, { limit: A_PAGE + 1, offset: (page - 1) * A_PAGE }),
    findRunning(scene, accountId),
  );
  const account = accounts.find((row) => row.accountId === accountId);
  if (!account) return c.notFound();
  const lines = rows.slice(0, A_PAGE);
  const words = await openWords(scene, lines);
  const here = bankAccountHref(slug, accountId);
  const added = c.req.query("added");
  const mayMatch = actor.permissions.has("ledger.draft") || actor.permissions.has("ledger.review");
  const problem = typed ? bankProblem(typed.refusal) : undefined;
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={accountName(account)}
      breadcrumb={bankCrumbs(c)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{accountName(account)}</h1>
      {added === undefined ? (
        <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      ) : (
        <Callout
          tone="good"
          title={t(
            `导入完成：新增${readCount(added) ?? 0}笔，${readCount(c.req.query("known")) ?? 0}笔以前导入过`,
            `Taken in: ${readCount(added) ?? 0} lines added, ${readCount(c.req.query("known")) ?? 0} were here already`,
          )}
        >
          <p>
            <a href={matchingHref(slug, accountId)}>{t("接着和凭证核对", "Match them with the vouchers")}</a>
          </p>
        </Callout>
      )}
      <Refused c={c} problem={problem} />
      {running.map(({ fileName, added: all, taken }) => (
        <Callout
          title={t(
            `“${fileName}”正在导入：${all}笔里已有${taken}笔`,
            `“${fileName}” is on its way in: ${taken} of ${all} lines`,
          )}
        >
          <p>
            <a href={runningHref(slug, accountId)}>{t("看进度，接着导入", "How far it is, and go on")}</a>
          </p>
        </Callout>
      ))}
      {typed?.refusal.reason === "lines_faulty" ? (
        <ul>
          {typed.refusal.faults.map((fault) => (
            <li>{lineFaultWords(fault)[lang]}</li>
          ))}
        </ul>
      ) : null}
      <FactList>
        <Fact label={t("户名", "Name")}>{account.holderName}</Fact>
        <Fact
          label={t("账簿科目", "In the books")}
        >{`${BOOK_WORDS[account.book][lang]} ${account.ledgerAccount}`}</Fact>
        <Fact label={t("公开记录", "Public record")}>
          <a href={`/c/${slug}/record/${account.leafHash}`}>{t("登记的条目", "Its entry")}</a>
        </Fact>
      </FactList>
      <Actions>
        <ButtonLink href={matchingHref(slug, accountId)}>{t("和凭证核对", "Match with vouchers")}</ButtonLink>
        <ButtonLink look="quiet" href={reconciliationHref(slug, accountId)}>
          {t("余额调节表", "Reconciliation sheet")}
        </ButtonLink>
      </Actions>
      {actor.permissions.has("ledger.draft") ? <TakeForm c={c} account={account} typed={typed} /> : null}
      <h2>{t("最近一年的流水", "Lines of the last year")}</h2>
      <DataTable
        caption={t("流水", "Lines")}
        quietCaption={true}
        rows={lines}
        empty={
          <EmptyState title={t("还没有流水", "No lines yet")}>
            {t("从网银导出 CSV 或 XLSX，在上面导入。", "Export CSV or XLSX from the bank and take it in above.")}
          </EmptyState>
        }
        columns={[
          { label: t("日期", "Day"), cell: ({ onDay }) => sayDay(onDay, lang) },
          {
            label: t("对方、摘要", "Counterparty, text"),
            head: true,
            cell: ({ lineKey }) => (words.get(lineKey) ?? []).filter(Boolean).join(" · ") || "—",
          },
          { label: t("金额（元）", "Yuan"), number: true, cell: ({ amountFen }) => formatYuan(amountFen) },
          {
            label: t("余额", "Balance"),
            number: true,
            cell: ({ balanceFen }) => (balanceFen === null ? "" : formatYuan(balanceFen)),
          },
          {
            label: t("核对", "Matched"),
            cell: ({ lineKey, voucherId }) =>
              voucherId === null ? (
                <StatusWord tone="waiting">{t("未核对", "open")}</StatusWord>
              ) : (
                <>
                  <a href={`/c/${slug}/desk/ledger/vouchers/${voucherId}`}>{t("凭证", "voucher")}</a>{" "}
                  {mayMatch ? (
                    <PostButton action={`${here}/undo`} token={formToken} look="link" hidden={{ line: lineKey }}>
                      {t("撤销", "Undo")}
                    </PostButton>
                  ) : null}
                </>
              ),
          },
        ]}
      />
      {rows.length > A_PAGE ? (
        <p>
          <a href={`${here}?page=${page + 1}`}>{t("更早的流水", "Earlier lines")}</a>
        </p>
      ) : null}
      {imports.length > 0 ? (
        <DataTable
          caption={t("导入过的文件", "Statements taken in")}
          rows={imports}
          columns={[
            { label: t("文件", "File"), head: true, cell: ({ fileName }) => fileName },
            { label: t("起止", "Days"), cell: ({ fromOn, toOn }) => `${fromOn} – ${toOn}` },
            { label: t("笔数", "Lines"), number: true, cell: ({ lines: count }) => count },
            { label: t("新增", "Added"), number: true, cell: ({ added: count }) => count },
            { label: t("导入时间", "Taken in"), cell: ({ importedAt }) => sayInstant(importedAt, lang) },
            {
              label: t("记录", "Record"),
              cell: ({ leafHash }) => <a href={`/c/${slug}/record/${leafHash}`}>{t("条目", "entry")}</a>,
            },
          ]}
        />
      ) : null}
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}
