/** Statements at the desk: what is due, drafting with what keeps it from being told, publishing by another person, and correcting. Markup and forms only. */
import { Hono } from "hono";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { deskLedgerHref, readBook, readCount } from "../books/addresses.ts";
import { BOOK_WORDS } from "../books/chart.ts";
import { deskCrumbs } from "../books/desk.tsx";
import type { Book } from "../books/rules.ts";
import {
  clockQueries,
  clocksFrom,
  draftStatement,
  previewStatement,
  publishStatement,
  withdrawStatement,
} from "./actions.ts";
import { deskStatementHref, deskStatementsHref, statementHref } from "./addresses.ts";
import { ClockWord } from "./clocks.tsx";
import { statementProblem } from "./problems.ts";
import { BankTable, Deposits, Differences, LeaseIncome, StatementTable, WhereItStands } from "./shown.tsx";
import { findDraft, findStatement, listDrafts, listStatements, listVersions, statementFrom } from "./store.ts";
import { differences } from "./versions/rules.ts";
import { spanWords, statementFaultWords, statementTitle } from "./words.ts";

/** Mounted at /c/:slug. */
export const deskStatementRoutes = new Hono<AppEnv>();
const reads = requires("ledger.read");
const drafts = requires("ledger.close");

const crumbs = (c: AppContext) => [
  ...deskCrumbs(c),
  { href: deskStatementsHref(c.var.scene.community.slug), label: c.var.t("收支公示", "Statements") },
];
const LISTED = 12;

deskStatementRoutes.get("/desk/ledger/statements", reads, async (c) => {
  const { t, lang, scene, actor } = c.var;
  const { slug } = scene.community;
  const [books, settings, waiting, published] = await scene.db.read(
    ...clockQueries(scene),
    listDrafts(scene),
    listStatements(scene, { limit: LISTED, before: 99_999_999 }),
  );
  const clocks = clocksFrom(scene, [books, settings]);
  const rows = waiting.map(statementFrom);
  const may = (permission: "ledger.close" | "ledger.manage") => actor.permissions.has(permission);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("收支公示", "Statements")}
      breadcrumb={deskCrumbs(c)}
      switchHref={`${deskStatementsHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("收支公示", "Statements")}</h1>
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <p class="lead">
        {t(
          "月份结账、和银行核对一致后，会计起草，主任或副主任公布。同一个人不能既起草又公布。",
          "Once the months are closed and agree with the bank the accountant drafts, and the chair or a deputy publishes. Never the same person.",
        )}
      </p>
      <h2>{t("等待公布的草稿", "Drafts that wait")}</h2>
      <LinkList
        items={rows.map((row) => ({
          href: deskStatementHref(slug, row.draftId),
          title: statementTitle(row, lang),
          note: t(`${sayInstant(row.draftedAt, lang)}起草`, `drafted ${sayInstant(row.draftedAt, lang)}`),
          status: <StatusWord tone="waiting">{t("等待公布", "Waits")}</StatusWord>,
        }))}
        empty={<p class="quiet">{t("没有。", "None.")}</p>}
      />
      <h2>{t("下一期", "What is next")}</h2>
      {clocks.length === 0 ? (
        <EmptyState title={t("还没有账簿", "No book yet")}>
          {t(
            "设立账簿、记账并结账后，就可以起草公示。",
            "Open a book, post and close its months; then a statement can be drafted.",
          )}
        </EmptyState>
      ) : null}
      {clocks.map((clock) => (
        <section>
          <h3>{BOOK_WORDS[clock.book][lang]}</h3>
          <p>
            <ClockWord c={c} clock={clock} />
          </p>
          {!may("ledger.close") || rows.some(({ book }) => book === clock.book) ? null : clock.ready ? (
            <Actions>
              <ButtonLink href={`${deskStatementsHref(slug)}/next/${clock.book}`}>
                {t(`核对并起草${spanWords(clock.span).zh}的公示`, `Check and draft ${spanWords(clock.span).en}`)}
              </ButtonLink>
            </Actions>
          ) : (
            <p>
              {t("这几个月还没有全部结账。", "Not all of its months are closed.")}{" "}
              <a href={`${deskLedgerHref(slug)}/${clock.book}`}>{t("去结账", "Close them")}</a>
            </p>
          )}
        </section>
      ))}
      <h2>{t("已经公布的", "Published")}</h2>
      <LinkList
        items={published.map((row) => ({
          href: statementHref(slug, row.number),
          title: statementTitle(row, lang),
          note: may("ledger.close") ? (
            <a href={`${deskStatementsHref(slug)}/correct/${row.number}`}>{t("更正", "Correct it")}</a>
          ) : undefined,
          status: <StatusWord tone="good">{t(`第${row.version}版`, `version ${row.version}`)}</StatusWord>,
        }))}
        empty={<p class="quiet">{t("还没有。", "None yet.")}</p>}
      />
      <p>
        <a href={`${deskStatementsHref(slug)}/settings`}>{t("多久公布一次、几天内公布", "How often, and by when")}</a>
      </p>
    </Page>,
  );
});

// ——— Drafting ———

interface Typed {
  readonly problem: Problem;
  readonly note: string;
  readonly why: string;
}
const errorsOf = (c: AppContext, typed: Typed | undefined): FieldError[] => {
  const { lang } = c.var;
  if (typed?.problem.code === "statement-reason-missing")
    return [{ field: "why", message: typed.problem.detail[lang] }];
  if (typed?.problem.code === "statement-text-long") return [{ field: "note", message: typed.problem.detail[lang] }];
  return [];
};

deskStatementRoutes.get("/desk/ledger/statements/next/:book{common|fund|working}", drafts, (c) => {
  const book = readBook(c.req.param("book"));
  return book ? nextPage(c, book) : c.notFound();
});

async function nextPage(c: AppContext, book: Book, typed?: Typed) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const preview = await previewStatement(scene, book);
  if (!preview) return c.notFound();
  const { statement, faults, clock } = preview;
  const shown = { c, statement, links: true };
  const errors = errorsOf(c, typed);
  return c.html(
    <Page {...frameOf(c, "staff")} title={statementTitle(statement, lang)} breadcrumb={crumbs(c)}>
      <h1>{statementTitle(statement, lang)}</h1>
      <p>
        <ClockWord c={c} clock={clock} />
      </p>
      <Refused c={c} problem={errors.length > 0 ? undefined : typed?.problem} />
      {!clock.ready ? (
        <EmptyState title={t("这几个月还没有全部结账", "Not all of its months are closed")}>
          <a href={`${deskLedgerHref(slug)}/${book}`}>{t("去结账", "Close them")}</a>
        </EmptyState>
      ) : (
        <>
          {faults.length === 0 ? (
            <Callout
              tone="good"
              title={t(
                "数字对得上：期初＋收入－支出＝期末，账和银行的差额都有说明",
                "The figures hold: opening + in − out = closing, and what lies between book and bank is explained",
              )}
            />
          ) : (
            <Callout tone="bad" title={t("对不上，现在不能起草", "It does not hold; it cannot be drafted now")}>
              <ul>
                {faults.map((fault) => (
                  <li>{statementFaultWords(fault)[lang]}</li>
                ))}
              </ul>
              <p>
                <a href={`${deskLedgerHref(slug)}/bank`}>{t("去核对银行流水", "Match the bank's lines")}</a>
              </p>
            </Callout>
          )}
          <h2>{t("将要公布的内容", "What it will say")}</h2>
          <StatementTable {...shown} />
          <LeaseIncome {...shown} />
          <Deposits {...shown} />
          <WhereItStands {...shown} />
          <BankTable {...shown} />
          {faults.length > 0 ? null : (
            <Form action={deskStatementsHref(slug)} token={formToken} once={newOnce()} hidden={{ book }}>
              <ErrorSummary t={t} errors={errors} />
              <NoteField c={c} value={typed?.note ?? ""} errors={errors} />
              <Actions>
                <Button>{t("起草，交主任公布", "Draft it for the chair")}</Button>
              </Actions>
            </Form>
          )}
        </>
      )}
    </Page>,
    typed ? (typed.problem.status as 409) : 200,
  );
}

const NoteField = ({ c, value, errors }: { c: AppContext; value: string; errors: readonly FieldError[] }) => {
  const { t } = c.var;
  return (
    <TextArea
      name="note"
      label={t("说明", "Note")}
      hint={t(
        "例如大额支出的原因。会公开，不要写个人姓名、电话。",
        "Such as why something large was spent. Public: no names or numbers of persons.",
      )}
      value={value}
      rows={3}
      optional={t("选填", "optional")}
      error={errorFor(errors, "note")}
    />
  );
};

deskStatementRoutes.get("/desk/ledger/statements/correct/:number", drafts, (c) => {
  const number = readCount(c.req.param("number"));
  return number ? correctPage(c, number) : c.notFound();
});

async function correctPage(c: AppContext, number: number, typed?: Typed) {
  const { t, lang, scene, formToken } = c.var;
  const [rows] = await scene.db.read(findStatement(scene, number));
  if (!rows[0]) return c.notFound();
  const row = statementFrom(rows[0]);
  const errors = errorsOf(c, typed);
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("更正公示", "Correct a statement")} breadcrumb={crumbs(c)}>
      <h1>{t("更正公示", "Correct a statement")}</h1>
      <p class="lead">{statementTitle(row, lang)}</p>
      <p>
        {t(
          "更正是新的一版：重新取数、重新核对，和前一版的每一处不同都会列出来，原来的一版保留。已经结账的月份不会变；记错的账用冲销凭证记在现在的月份。",
          "A correction is a new version: figures and bank are taken anew, and everything that differs is listed. The version before stays. Closed months do not change; what was entered wrongly is reversed in a month that is open.",
        )}
      </p>
      <Refused c={c} problem={errors.length > 0 ? undefined : typed?.problem} />
      <Form
        action={deskStatementsHref(scene.community.slug)}
        token={formToken}
        once={newOnce()}
        hidden={{ book: row.book, number: String(number) }}
      >
        <ErrorSummary t={t} errors={errors} />
        <TextArea
          name="why"
          label={t("更正的原因", "Why")}
          hint={t("业主会看到。", "The owners read it.")}
          value={typed?.why ?? ""}
          rows={2}
          error={errorFor(errors, "why")}
        />
        <NoteField c={c} value={typed?.note ?? row.content.note} errors={errors} />
        <Actions>
          <Button>{t("起草更正，交主任公布", "Draft the correction for the chair")}</Button>
        </Actions>
      </Form>
    </Page>,
    typed ? (typed.problem.status as 409) : 200,
  );
}

deskStatementRoutes.post("/desk/ledger/statements", drafts, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const book = readBook(one(body, "book"));
  const number = readCount(one(body, "number") || undefined);
  const [note, why] = [one(body, "note"), one(body, "why")];
  if (!book) return c.notFound();
  const asked = { book, note, corrects: number ? { number, why } : null };
  const drafted = await draftStatement(staffScene(c), asked, one(body, "_once") || newOnce());
  if (drafted.ok)
    return c.redirect(`${deskStatementHref(c.var.scene.community.slug, drafted.value.draftId)}?done=1`, 303);
  const typed = { problem: statementProblem(drafted.error), note, why };
  return number ? correctPage(c, number, typed) : nextPage(c, book, typed);
});

// ——— One draft ———

deskStatementRoutes.get("/desk/ledger/statements/:draftId", reads, (c) => draftPage(c, c.req.param("draftId")));

async function draftPage(c: AppContext, draftId: string, problem?: Problem) {
  const { t, lang, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const [rows] = await scene.db.read(findDraft(scene, draftId));
  if (!rows[0]) return c.notFound();
  const row = statementFrom(rows[0]);
  const [versions] = await scene.db.read(listVersions(scene, row.number ?? 0));
  const here = deskStatementHref(slug, draftId);
  const shown = { c, statement: row.content, links: true };
  const before = row.why === "" ? undefined : await versionBefore(c, row.book, row.to, row.version);
  const title = statementTitle(row, lang);
  return c.html(
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={crumbs(c)} switchHref={`${here}?lang=${t("en", "zh")}`}>
      <h1>{title}</h1>
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <Refused c={c} problem={problem} />
      <p>
        {row.state === "draft" ? (
          <StatusWord tone="waiting">{t("草稿，等待公布", "A draft, waits to be published")}</StatusWord>
        ) : row.state === "published" ? (
          <StatusWord tone="good">{t(`已公布，第${row.version}版`, `Published, version ${row.version}`)}</StatusWord>
        ) : (
          <StatusWord tone="off">{t("已撤回", "Given up")}</StatusWord>
        )}
      </p>
      {row.number === null || versions.length === 0 ? null : (
        <p>
          <a href={statementHref(slug, row.number, row.version ?? undefined)}>{t("看公开的页面", "The public page")}</a>
        </p>
      )}
      {row.content.note === "" ? null : <p>{row.content.note}</p>}
      {before ? (
        <>
          <p>{t(`更正原因：${row.why}`, `Why: ${row.why}`)}</p>
          <Differences c={c} statement={row.content} rows={differences(before, row.content)} />
        </>
      ) : null}
      <StatementTable {...shown} />
      {row.content.leases ? <LeaseIncome {...shown} /> : null}
      <Deposits {...shown} />
      <WhereItStands {...shown} />
      <BankTable {...shown} />
      {row.state !== "draft" ? null : (
        <>
          {actor.permissions.has("ledger.approve") && row.draftedBy !== actor.personId ? (
            <Form action={`${here}/publish`} token={formToken}>
              <p>
                {t(
                  "公布后所有人都能看到，不能收回；要改只能做更正。",
                  "Once published everybody reads it and it is not taken back; it can only be corrected.",
                )}
              </p>
              <Actions>
                <Button>{t("核对无误，公布", "I checked it: publish")}</Button>
              </Actions>
            </Form>
          ) : null}
          {actor.permissions.has("ledger.close") || actor.permissions.has("ledger.approve") ? (
            <Form action={`${here}/withdraw`} token={formToken}>
              <Actions>
                <Button look="quiet">{t("撤回这份草稿", "Give this draft up")}</Button>
              </Actions>
            </Form>
          ) : null}
        </>
      )}
    </Page>,
    problem ? (problem.status as 409) : 200,
  );
}

/** What a correction is set against: the newest published version of the same months, or the one before its own. */
async function versionBefore(c: AppContext, book: Book, to: string, version: number | null) {
  const { scene } = c.var;
  const [told] = await scene.db.read(listStatements(scene, { limit: 200, before: 99_999_999 }));
  const line = told.find((one) => one.book === book && one.to === to);
  if (!line) return undefined;
  const [rows] = await scene.db.read(findStatement(scene, line.number, version === null ? undefined : version - 1));
  return rows[0] ? statementFrom(rows[0]).content : undefined;
}

deskStatementRoutes.post("/desk/ledger/statements/:draftId/publish", requires("ledger.approve"), async (c) => {
  const draftId = c.req.param("draftId");
  const published = await publishStatement(staffScene(c), draftId);
  if (!published.ok) return draftPage(c, draftId, statementProblem(published.error));
  return c.redirect(`${deskStatementHref(c.var.scene.community.slug, draftId)}?done=1`, 303);
});

deskStatementRoutes.post(
  "/desk/ledger/statements/:draftId/withdraw",
  requires("ledger.close", "ledger.approve"),
  async (c) => {
    const draftId = c.req.param("draftId");
    const given = await withdrawStatement(staffScene(c), draftId);
    if (!given.ok) return draftPage(c, draftId, statementProblem(given.error));
    return c.redirect(`${deskStatementsHref(c.var.scene.community.slug)}?done=1`, 303);
  },
);
