/** The form that drafts a voucher: its lines, its files, and what is wrong beside its field. Markup and forms only; one voucher's page is voucher-desk.tsx. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { type Fen, formatYuan, parseYuan } from "../../kernel/money.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import type { Query } from "../../platform/db.ts";
import { LARGEST_FILE_BYTES, putFile } from "../../platform/files.ts";
import { files, one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { Field, FileField, Select, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Fieldset, Form } from "../../platform/ui/forms.tsx";
import { draftVoucher, viewBook } from "./actions.ts";
import { deskLedgerHref, deskVoucherHref, readBook, readCount } from "./addresses.ts";
import { BOOK_WORDS } from "./chart.ts";
import { deskCrumbs } from "./desk.tsx";
import { ledgerProblem } from "./problems.ts";
import type { Book, BookState, Line, Side } from "./rules.ts";
import type { Attachment } from "./store.ts";
import { MONEY_WORDS, voucherFaultWords } from "./words.ts";

/** Mounted at /c/:slug. */
export const voucherFormRoutes = new Hono<AppEnv>();
const drafts = requires("ledger.draft");
const LEAST_ROWS = 2;
const MOST_ROWS = 40;
const MOST_FILES = 5;

interface TypedLine {
  readonly account: string;
  readonly side: string;
  readonly amount: string;
}
interface TypedVoucher {
  readonly kind: string;
  readonly on: string;
  readonly text: string;
  readonly counterparty: string;
  readonly isPerson: string;
  readonly decision: string;
  readonly lines: readonly TypedLine[];
}

const blank = (today: string, rows: number): TypedVoucher => ({
  kind: "ordinary",
  on: today,
  text: "",
  counterparty: "",
  isPerson: "no",
  decision: "",
  lines: Array.from({ length: rows }, (_, at) => ({ account: "", side: at === 0 ? "debit" : "credit", amount: "" })),
});

voucherFormRoutes.get("/desk/ledger/:book{common|fund|working}/new", drafts, async (c) => {
  const book = readBook(c.req.param("book"));
  const rows = readCount(c.req.query("rows") ?? String(LEAST_ROWS));
  if (!book || rows === null) return c.notFound();
  const state = await viewBook(c.var.scene, book);
  if (!state) return c.notFound();
  return formPage(c, book, state, blank(dayOf(c.var.now), Math.min(Math.max(rows, LEAST_ROWS), MOST_ROWS)));
});

function formPage(
  c: AppContext,
  book: Book,
  state: BookState,
  typed: TypedVoucher,
  refused?: { readonly errors: readonly FieldError[]; readonly problem: Problem | null; readonly once: string },
) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const errors = refused?.errors ?? [];
  const here = `${deskLedgerHref(slug)}/${book}/new`;
  const postable = state.accounts.filter((one) => one.postable && (one.untilOn === null || one.untilOn > state.today));
  const accounts = [
    { value: "", label: t("请选择科目", "Choose an account") },
    ...postable.map(({ code, name }) => ({ value: code, label: `${code} ${name[lang]}` })),
  ];
  const title = t(`填制凭证（${BOOK_WORDS[book].zh}）`, `Draft a voucher (${BOOK_WORDS[book].en})`);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={deskCrumbs(c)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "填好后由另一个人复核，才会过账。填制的凭证不能修改：要改，撤回再填一张。",
          "Another person reviews it before it is posted. What is drafted is not changed: give it up and draft anew.",
        )}
      </p>
      <Refused c={c} problem={refused?.problem ?? undefined} />
      <Form action={here} token={formToken} once={refused?.once || newOnce()} files={true}>
        <ErrorSummary t={t} errors={errors} />
        {state.posted === 0 ? (
          <RadioGroup
            name="kind"
            legend={t("种类", "Kind")}
            value={typed.kind}
            options={[
              { value: "ordinary", label: t("普通凭证", "Voucher") },
              {
                value: "opening",
                label: t("期初余额（附街道检查报告）", "Opening balance (with the street's check report)"),
              },
            ]}
          />
        ) : null}
        <Field
          name="on"
          label={t("日期", "Day")}
          hint={t("例如 2026-11-23", "Such as 2026-11-23")}
          value={typed.on}
          error={errorFor(errors, "on")}
          width={11}
        />
        <TextArea
          name="text"
          label={t("摘要", "What for")}
          hint={t(
            "公开显示，不写个人姓名、电话、车牌。例如：十一月商铺租金",
            "Public: no names, numbers or plates. Such as: rent of the shop, November",
          )}
          rows={2}
          maxlength={200}
          value={typed.text}
          error={errorFor(errors, "text")}
        />
        <Field
          name="counterparty"
          label={t("对方（收自谁、付给谁）", "Counterparty (from whom, to whom)")}
          value={typed.counterparty}
          optional={t("可不填", "may stay empty")}
        />
        <RadioGroup
          name="isPerson"
          legend={t("对方是", "The counterparty is")}
          value={typed.isPerson}
          options={[
            { value: "no", label: t("单位（公开名称）", "An organisation (its name is public)") },
            { value: "yes", label: t("个人（公开时只显示姓）", "A person (masked in public)") },
          ]}
        />
        {typed.lines.map((line, at) => (
          <Fieldset legend={t(`第${at + 1}行`, `Line ${at + 1}`)}>
            <Select
              name={`lines[${at}].account`}
              label={t("科目", "Account")}
              value={line.account}
              options={accounts}
              error={errorFor(errors, `lines[${at}].account`)}
            />
            <Select
              name={`lines[${at}].side`}
              label={t("方向", "Side")}
              value={line.side}
              options={[
                { value: "debit", label: t("借", "Debit") },
                { value: "credit", label: t("贷", "Credit") },
              ]}
            />
            <Field
              name={`lines[${at}].amount`}
              label={t("金额（元）", "Amount in yuan")}
              value={line.amount}
              error={errorFor(errors, `lines[${at}].amount`)}
              inputmode="decimal"
              width={11}
            />
          </Fieldset>
        ))}
        {typed.lines.length < MOST_ROWS ? (
          <Actions>
            <Button look="quiet" name="act" value="more">
              {t("再加一行", "One more line")}
            </Button>
          </Actions>
        ) : null}
        <FileField
          name="files"
          label={t("附件：发票、收据、合同", "Files: invoice, receipt, contract")}
          hint={t(
            `照片或 PDF，最多${MOST_FILES}个，每个不超过${LARGEST_FILE_BYTES / 1024 / 1024}MB。支出必须有附件。`,
            `Photographs or PDF, at most ${MOST_FILES} of ${LARGEST_FILE_BYTES / 1024 / 1024} MB each. What is spent has one.`,
          )}
          multiple={true}
          error={errorFor(errors, "files")}
        />
        <Field
          name="decision"
          label={t("业主大会决定", "Owners' decision")}
          hint={t(
            `支出超过${formatYuan(state.limits.approvedFen)}元必填，例如“第3次会议 议题2”。收入不用填。`,
            `Needed where more than ${formatYuan(state.limits.approvedFen)} yuan go out, such as “meeting 3, item 2”; not for what comes in.`,
          )}
          value={typed.decision}
          error={errorFor(errors, "decision")}
          optional={t("可不填", "may stay empty")}
        />
        <Actions>
          <Button>{t("提交复核", "Hand in for review")}</Button>
          <ButtonLink look="quiet" href={deskLedgerHref(slug)}>
            {t("先不填", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>,
    refused && (refused.errors.length > 0 || refused.problem) ? ((refused.problem?.status ?? 422) as 422) : 200,
  );
}

/** What was typed, line by line, as long as there are lines. */
function typedOf(body: Parameters<typeof one>[0]): TypedVoucher {
  const lines: TypedLine[] = [];
  for (let at = 0; at < MOST_ROWS && `lines[${at}].side` in body; at += 1)
    lines.push({
      account: one(body, `lines[${at}].account`),
      side: one(body, `lines[${at}].side`),
      amount: one(body, `lines[${at}].amount`),
    });
  return {
    kind: one(body, "kind"),
    on: one(body, "on").normalize("NFKC").trim(),
    text: one(body, "text").replace(/\s*\r?\n\s*/g, " "),
    counterparty: one(body, "counterparty"),
    isPerson: one(body, "isPerson"),
    decision: one(body, "decision"),
    lines,
  };
}

/** Lines as amounts; an empty one is passed over, a faulty one named. */
function linesOf(
  typed: TypedVoucher,
  lang: "zh" | "en",
): { readonly lines: Line[]; readonly errors: FieldError[]; readonly at: number[] } {
  const lines: Line[] = [];
  const errors: FieldError[] = [];
  const at: number[] = [];
  for (const [index, line] of typed.lines.entries()) {
    if (line.account === "" && line.amount.trim() === "") continue;
    const amount = parseYuan(line.amount);
    if (!amount.ok) errors.push({ field: `lines[${index}].amount`, message: MONEY_WORDS[amount.error.reason][lang] });
    const side: Side = line.side === "credit" ? "credit" : "debit";
    const amountFen: Fen = amount.ok ? amount.value : 0;
    lines.push({ account: line.account, side, amountFen });
    at.push(index);
  }
  return { lines, errors, at };
}

voucherFormRoutes.post("/desk/ledger/:book{common|fund|working}/new", drafts, async (c) => {
  const { lang } = c.var;
  const book = readBook(c.req.param("book"));
  const scene = staffScene(c);
  const state = book ? await viewBook(scene, book) : null;
  if (!book || !state) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const typed = typedOf(body);
  if (one(body, "act") === "more")
    return formPage(c, book, state, { ...typed, lines: [...typed.lines, { account: "", side: "credit", amount: "" }] });
  const once = one(body, "_once") || newOnce();
  const { lines, errors, at } = linesOf(typed, lang);
  const fail = (wrong: readonly FieldError[], problem: Problem | null = null) =>
    formPage(c, book, state, typed, { errors: wrong, problem, once });
  if (errors.length > 0) return fail(errors);
  const chosen = files(body, "files");
  if (chosen.length > MOST_FILES)
    return fail([{ field: "files", message: c.var.t(`最多${MOST_FILES}个附件。`, `At most ${MOST_FILES} files.`) }]);
  const attachments: Attachment[] = [];
  const also: Query[] = [];
  for (const file of chosen) {
    const put = await putFile(
      scene,
      { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) },
      scene.actor.personId,
      "private",
    );
    if (!put.ok) return fail([{ field: "files", message: fileWords(c, put.error.reason, file.name) }]);
    attachments.push({ fileId: put.value.stored.fileId, name: put.value.stored.name, sha256: put.value.stored.sha256 });
    also.push(put.value.statement);
  }
  const drafted = await draftVoucher(
    scene,
    {
      book,
      kind: typed.kind === "opening" ? "opening" : "ordinary",
      on: typed.on,
      text: typed.text,
      lines,
      counterparty: { name: typed.counterparty, isPerson: typed.isPerson === "yes" },
      attachments,
      decision: typed.decision.trim() || null,
    },
    once,
    also,
  );
  if (drafted.ok) return c.redirect(`${deskVoucherHref(scene.community.slug, drafted.value.voucherId)}?done=1`, 303);
  if (drafted.error.reason !== "voucher_faulty") return fail([], ledgerProblem(drafted.error));
  // A line is named by its place among those filled in; the form has empty ones between.
  return fail(
    drafted.error.faults.map((fault) => {
      const { field, words } = voucherFaultWords(fault);
      const place = /^lines\[(\d+)\]/.exec(field);
      const shown = place ? field.replace(/^lines\[\d+\]/, `lines[${at[Number(place[1])] ?? 0}]`) : field;
      return { field: shown, message: words[lang] };
    }),
  );
});

const fileWords = (
  c: AppContext,
  reason: "file_empty" | "file_too_large" | "file_type_refused",
  name: string,
): string => {
  const { t } = c.var;
  switch (reason) {
    case "file_empty":
      return t(`“${name}”是空的。`, `“${name}” is empty.`);
    case "file_too_large":
      return t(`“${name}”太大。`, `“${name}” is too large.`);
    case "file_type_refused":
      return t(
        `“${name}”不是照片或 PDF（按内容判断，不看扩展名）。`,
        `“${name}” is no photograph or PDF, by its content and whatever its name.`,
      );
  }
};
