/** The form that drafts a year's budget: a field an account, beside what the year before brought and cost. Markup and forms only. */
import { Hono } from "hono";
import { type Fen, formatYuan, parseYuan, plainYuan } from "../../kernel/money.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Field, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Fieldset, Form } from "../../platform/ui/forms.tsx";
import { readBook } from "../books/addresses.ts";
import type { Account, Book } from "../books/rules.ts";
import { accountsFrom, listAccounts, listBooks } from "../books/store.ts";
import { MONEY_WORDS } from "../books/words.ts";
import { draftBudget } from "./actions.ts";
import { deskBudgetHref, deskBudgetsHref, newBudgetHref, readYearNumber } from "./addresses.ts";
import { budgetCrumbs } from "./desk.tsx";
import { budgetProblem } from "./problems.ts";
import { type BudgetLine, compareBudget, LONGEST_NOTE, LONGEST_WHY, PLANNED_KINDS, plannable } from "./rules.ts";
import { budgetFrom, listMovedIn, listVersionsOf } from "./store.ts";
import { budgetFaultWords, budgetTitle, PLANNED_WORDS } from "./words.ts";

/** Mounted at /c/:slug. */
export const budgetFormRoutes = new Hono<AppEnv>();
const drafts = requires("ledger.draft");
const NEW = "/desk/ledger/budget/:book{common|fund|working}/:year/new";

const fieldOf = (account: string): string => `amount[${account}]`;

interface Typed {
  /** By account, as typed. */
  readonly amounts: ReadonlyMap<string, string>;
  readonly note: string;
  readonly why: string;
}

interface Known {
  readonly accounts: readonly Account[];
  /** What the version in force says; null while none is. */
  readonly inForce: { readonly lines: readonly BudgetLine[]; readonly note: string } | null;
  /** What each account did in the year before. */
  readonly lastYear: ReadonlyMap<string, Fen>;
}

/** One round trip; null where there is no such book. */
async function read(c: AppContext, book: Book, year: number): Promise<Known | null> {
  const { scene } = c.var;
  const [books, accountRows, versions, moved] = await scene.db.read(
    listBooks(scene),
    listAccounts(scene, book),
    listVersionsOf(scene, book, year),
    listMovedIn(scene, book, year - 1),
  );
  if (!books.some((row) => row.book === book)) return null;
  const accounts = accountsFrom(accountRows);
  const { rows } = compareBudget([], moved, accounts, new Map());
  return {
    accounts,
    inForce: versions[0] ? budgetFrom(versions[0]) : null,
    lastYear: new Map(rows.map(({ account, actualFen }) => [account, actualFen])),
  };
}

budgetFormRoutes.get(NEW, drafts, async (c) => {
  const book = readBook(c.req.param("book"));
  const year = readYearNumber(c.req.param("year"));
  const known = book && year ? await read(c, book, year) : null;
  if (!book || !year || !known) return c.notFound();
  const amounts = new Map(known.inForce?.lines.map(({ account, amountFen }) => [account, plainYuan(amountFen)]));
  return formPage(c, book, year, known, { amounts, note: known.inForce?.note ?? "", why: "" });
});

function formPage(
  c: AppContext,
  book: Book,
  year: number,
  known: Known,
  typed: Typed,
  refused?: { readonly errors: readonly FieldError[]; readonly problem?: Problem; readonly once: string },
) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const errors = refused?.errors ?? [];
  const here = newBudgetHref(slug, book, year);
  const title = budgetTitle({ book, year }, lang);
  const open = plannable(known.accounts, book).filter(({ untilOn }) => untilOn === null || untilOn > `${year}-01-01`);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={budgetCrumbs(c)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p class="lead">
        {known.inForce
          ? t(
              "已经公布的一版保留；这是新的一版，要写明为什么调整，每一处不同都会列出来。",
              "The published version stays. This is another, with its reason; everything that differs is listed.",
            )
          : t(
              "按科目填全年的金额，没有的留空。填好后由另一个人复核。",
              "Fill in the amount of the year for each account; leave empty what is not planned. Another person reviews it.",
            )}
      </p>
      <Refused c={c} problem={refused?.problem} />
      <Form action={here} token={formToken} once={refused?.once || newOnce()}>
        <ErrorSummary t={t} errors={errors} />
        {PLANNED_KINDS.map((kind) => (
          <Fieldset legend={PLANNED_WORDS[kind][lang]}>
            {open
              .filter((account) => account.kind === kind)
              .map(({ code, name }) => (
                <Field
                  name={fieldOf(code)}
                  label={`${code} ${name[lang]}`}
                  hint={lastYearWords(c, year, known.lastYear.get(code))}
                  value={typed.amounts.get(code) ?? ""}
                  error={errorFor(errors, fieldOf(code))}
                  optional={t("元，可不填", "yuan, may stay empty")}
                  inputmode="decimal"
                  width={11}
                />
              ))}
          </Fieldset>
        ))}
        <TextArea
          name="note"
          label={t("编制说明", "Note")}
          hint={t(
            `公开显示，最多${LONGEST_NOTE}字，不写个人信息。`,
            `Public, at most ${LONGEST_NOTE} characters; no personal data.`,
          )}
          value={typed.note}
          error={errorFor(errors, "note")}
          optional={t("可不填", "may stay empty")}
          rows={3}
          maxlength={LONGEST_NOTE}
        />
        {known.inForce ? (
          <Field
            name="why"
            label={t("为什么调整", "Why it is revised")}
            hint={t("公开显示。", "Public.")}
            value={typed.why}
            error={errorFor(errors, "why")}
            maxlength={LONGEST_WHY}
          />
        ) : null}
        <Actions>
          <Button>{t("提交复核", "Hand in for review")}</Button>
          <ButtonLink look="quiet" href={deskBudgetsHref(slug)}>
            {t("先不编", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>,
    refused ? ((refused.problem?.status ?? 422) as 422) : 200,
  );
}

const lastYearWords = (c: AppContext, year: number, fen: Fen | undefined): string | undefined =>
  fen === undefined
    ? undefined
    : c.var.t(`${year - 1}年实际${formatYuan(fen)}元`, `${formatYuan(fen)} yuan in ${year - 1}`);

budgetFormRoutes.post(NEW, drafts, async (c) => {
  const { lang, scene } = c.var;
  const book = readBook(c.req.param("book"));
  const year = readYearNumber(c.req.param("year"));
  const known = book && year ? await read(c, book, year) : null;
  if (!book || !year || !known) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const amounts = new Map(
    plannable(known.accounts, book).map(({ code }) => [code, one(body, fieldOf(code)).trim()] as const),
  );
  const typed: Typed = { amounts, note: one(body, "note"), why: one(body, "why") };
  const once = one(body, "_once") || newOnce();
  const lines: BudgetLine[] = [];
  const errors: FieldError[] = [];
  for (const [account, text] of amounts) {
    if (text === "") continue;
    const amount = parseYuan(text);
    if (amount.ok) lines.push({ account, amountFen: amount.value });
    else errors.push({ field: fieldOf(account), message: MONEY_WORDS[amount.error.reason][lang] });
  }
  if (errors.length > 0) return formPage(c, book, year, known, typed, { errors, once });
  const drafted = await draftBudget(staffScene(c), { book, year, lines, note: typed.note, why: typed.why }, once);
  if (drafted.ok) return c.redirect(`${deskBudgetHref(scene.community.slug, drafted.value.budgetId)}?done=1`, 303);
  const refusal = drafted.error;
  if (refusal.reason === "budget_faulty")
    return formPage(c, book, year, known, typed, {
      errors: refusal.faults.map(budgetFaultWords).map(({ field, words }) => ({ field, message: words[lang] })),
      once,
    });
  const problem = budgetProblem(refusal);
  if (refusal.reason === "why_missing")
    return formPage(c, book, year, known, typed, { errors: [{ field: "why", message: problem.detail[lang] }], once });
  return formPage(c, book, year, known, typed, { errors: [], problem, once });
});
