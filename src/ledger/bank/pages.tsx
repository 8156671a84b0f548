/** Bank accounts at the desk: the accounts, one account with its statements and lines, taking a statement in. Matching stands in matching-desk.tsx. */
import { Hono } from "hono";
import { addMonths, dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { type FormBody, files, one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { LARGEST_SHEET_BYTES } from "../../platform/sheet/grid.ts";
import { Actions, Button, ButtonLink, PostButton } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { Field, FileField, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { packed, unpacked } from "../assets/import-desk.tsx";
import { readBook, readCount } from "../books/addresses.ts";
import { BOOK_WORDS } from "../books/chart.ts";
import { deskCrumbs } from "../books/desk.tsx";
import { accountsFrom, listAccounts, listBooks } from "../books/store.ts";
import { openBankAccount, openWords, type StatementFile, type StatementRefusal, takeStatement } from "./actions.ts";
import { bankAccountHref, deskBankHref, matchingHref, reconciliationHref } from "./addresses.ts";
import { bankProblem } from "./problems.ts";
import { COLUMN_KINDS, type ColumnKind, HOLDERS, type Mapping } from "./rules.ts";
import { type AccountRow, listBankAccounts, listImports, listLines } from "./store.ts";
import { COLUMN_WORDS, HOLDER_WORDS, lineFaultWords } from "./words.ts";

/** Mounted at /c/:slug. */
export const deskBankRoutes = new Hono<AppEnv>();
const reads = requires("ledger.read");
const takes = requires("ledger.draft");
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

interface TypedStatement {
  readonly refusal: StatementRefusal;
  readonly file: StatementFile | null;
  readonly chosen: Mapping | null;
}

async function accountPage(c: AppContext, accountId: string, typed?: TypedStatement) {
  const { t, lang, scene, actor, now, formToken } = c.var;
  const { slug } = scene.community;
  const page = readCount(c.req.query("page") ?? "1") || 1;
  const today = dayOf(now);
  const span = { from: addMonths(today, -MONTHS_SHOWN), to: today };
  const [accounts, imports, rows] = await scene.db.read(
    listBankAccounts(scene),
    listImports(scene, accountId, 12),
    listLines(scene, accountId, span, { limit: A_PAGE + 1, offset: (page - 1) * A_PAGE }),
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

/** The upload; and, for a header nobody knows, one choice a column, with the file carried along so that it is not asked for again. */
const TakeForm = ({ c, account, typed }: { c: AppContext; account: AccountRow; typed: TypedStatement | undefined }) => {
  const { t, lang, scene, formToken } = c.var;
  const action = `${bankAccountHref(scene.community.slug, account.accountId)}/statement`;
  if (typed?.refusal.reason === "mapping_needed" && typed.file) {
    const { header, suggested } = typed.refusal;
    const at = (kind: ColumnKind): string => String((typed.chosen ?? suggested)[kind] ?? "");
    return (
      <Form
        action={action}
        token={formToken}
        once={newOnce()}
        files={true}
        hidden={{ name: typed.file.name, held: packed(typed.file.bytes) }}
      >
        <h2>{t("每一列是什么", "What each column is")}</h2>
        <p class="hint">{t(`文件：${typed.file.name}`, `File: ${typed.file.name}`)}</p>
        {COLUMN_KINDS.map((kind) => (
          <Select
            name={`column.${kind}`}
            label={COLUMN_WORDS[kind][lang]}
            value={at(kind)}
            prompt={t("没有这一列", "There is none")}
            optional={kind === "day" ? undefined : t("没有就不选", "if there is one")}
            options={header.map((cell, index) => ({
              value: String(index),
              label: cell.trim() || t(`第${index + 1}列`, `Column ${index + 1}`),
            }))}
          />
        ))}
        <Actions>
          <Button>{t("按这样导入", "Take it in like this")}</Button>
        </Actions>
      </Form>
    );
  }
  return (
    <Form action={action} token={formToken} once={newOnce()} files={true}>
      <h2>{t("导入银行流水", "Take a statement in")}</h2>
      <FileField
        name="file"
        label={t("网银导出的文件", "The file the bank exports")}
        hint={t(
          `CSV 或 XLSX，最多${LARGEST_SHEET_BYTES / 1024 / 1024}MB、一万笔。同一份文件导入两次不会重复。`,
          `CSV or XLSX, at most ${LARGEST_SHEET_BYTES / 1024 / 1024} MB and ten thousand lines. The same file twice adds nothing.`,
        )}
        accept=".csv,.xlsx"
      />
      <Actions>
        <Button>{t("导入", "Take it in")}</Button>
      </Actions>
    </Form>
  );
};

/** The columns that were chosen; null where the form had none to choose. */
function readMapping(body: FormBody): Mapping | null {
  const chosen: Partial<Record<ColumnKind, number>> = {};
  let asked = false;
  for (const kind of COLUMN_KINDS) {
    if (body[`column.${kind}`] === undefined) continue;
    asked = true;
    const at = readCount(one(body, `column.${kind}`));
    if (at !== null) chosen[kind] = at;
  }
  return asked ? chosen : null;
}

deskBankRoutes.post("/desk/ledger/bank/:accountId/statement", takes, async (c) => {
  const accountId = c.req.param("accountId");
  const body = await c.req.parseBody({ all: true });
  const sent = files(body, "file")[0];
  const held = one(body, "held");
  const file: StatementFile = sent
    ? { name: sent.name, bytes: new Uint8Array(await sent.arrayBuffer()) }
    : { name: one(body, "name") || "—", bytes: unpacked(held) };
  const chosen = readMapping(body);
  const taken = await takeStatement(staffScene(c), accountId, file, chosen, one(body, "_once") || newOnce());
  if (!taken.ok) return accountPage(c, accountId, { refusal: taken.error, file, chosen });
  const { added, known } = taken.value;
  return c.redirect(`${bankAccountHref(c.var.scene.community.slug, accountId)}?added=${added}&known=${known}`, 303);
});
