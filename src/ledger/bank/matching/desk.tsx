/** Which line of the bank is which voucher, confirmed by a person and undone by one. Markup and forms only. */
import { Hono } from "hono";
import { dayOf } from "../../../kernel/day.ts";
import { formatYuan } from "../../../kernel/money.ts";
import { requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { one, several } from "../../../platform/form-body.ts";
import { frameOf } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { Done, Refused } from "../../../platform/refused.tsx";
import { Actions, Button } from "../../../platform/ui/buttons.tsx";
import { CheckboxGroup } from "../../../platform/ui/choices.tsx";
import { Select } from "../../../platform/ui/fields.tsx";
import { Form } from "../../../platform/ui/forms.tsx";
import { sayDay } from "../../../platform/ui/moments.ts";
import { EmptyState } from "../../../platform/ui/notices.tsx";
import { voucherWords } from "../../books/words.ts";
import { findBankAccount } from "../actions.ts";
import { bankAccountHref, matchingHref } from "../addresses.ts";
import { accountName, bankCrumbs } from "../pages.tsx";
import { bankProblem } from "../problems.ts";
import { type AccountRow, findLine, type LineRow } from "../store.ts";
import { openWords } from "../taking/actions.ts";
import { confirmMatches, MOST_OPEN, undoMatch, viewMatching } from "./actions.ts";
import { Lines, Postings } from "./shown.tsx";
import type { OpenPostingRow } from "./store.ts";

/** Mounted at /c/:slug. */
export const deskMatchingRoutes = new Hono<AppEnv>();
const reads = requires("ledger.read");
const matches = requires("ledger.draft", "ledger.review");
/** Open lines that can be paired by hand on one page; the oldest first. */
const BY_HAND = 20;

export const matchingCrumbs = (c: AppContext, account: AccountRow) => [
  ...bankCrumbs(c),
  { href: bankAccountHref(c.var.scene.community.slug, account.accountId), label: accountName(account) },
];
/** As many as are read: where that is all a page takes, there are more behind them. */
const atLeast = (count: number) =>
  count < MOST_OPEN ? { zh: `${count}笔`, en: String(count) } : { zh: `${count}笔以上`, en: `${count} or more` };
const pairOf = (line: { readonly lineKey: string }, posting: { readonly voucherId: string; readonly lineNo: number }) =>
  `${line.lineKey}=${posting.voucherId}/${posting.lineNo}`;

deskMatchingRoutes.get("/desk/ledger/bank/:accountId/matching", reads, (c) =>
  matchingPage(c, c.req.param("accountId")),
);

async function matchingPage(c: AppContext, accountId: string, problem?: Problem) {
  const { t, lang, scene, actor, now, formToken } = c.var;
  const { slug } = scene.community;
  const account = await findBankAccount(scene, accountId);
  if (!account) return c.notFound();
  const { lines, postings, suggestions } = await viewMatching(scene, account, dayOf(now));
  const words = await openWords(scene, lines);
  const here = matchingHref(slug, accountId);
  const mayMatch = actor.permissions.has("ledger.draft") || actor.permissions.has("ledger.review");
  const said = (line: LineRow): string => (words.get(line.lineKey) ?? []).filter(Boolean).join(" · ");
  const lineWords = (line: LineRow): string =>
    `${sayDay(line.onDay, lang)} ${formatYuan(line.amountFen)}${t("元", " yuan")} ${said(line)}`;
  const postingWords = ({ period, number, text, onDay }: OpenPostingRow): string =>
    `${voucherWords({ period, number })[lang]} ${sayDay(onDay, lang)} ${text}`;
  const paired = suggestions.flatMap(({ lineId, postingId }) => {
    const line = lines.find(({ lineKey }) => lineKey === lineId);
    const posting = postings.find(({ voucherId, lineNo }) => `${voucherId}/${lineNo}` === postingId);
    return line && posting ? [{ line, posting }] : [];
  });
  const rest = lines.filter((line) => !paired.some((pair) => pair.line === line));
  const left = postings.filter((posting) => !paired.some((pair) => pair.posting === posting));
  const byHand = rest
    .filter(({ amountFen }) => left.some((posting) => posting.amountFen === amountFen))
    .slice(0, BY_HAND);
  const alone = rest.filter((line) => !byHand.includes(line));
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("核对银行流水", "Match the bank's lines")}
      breadcrumb={matchingCrumbs(c, account)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{t("核对银行流水", "Match the bank's lines")}</h1>
      <Done c={c} words={t("已核对，并写入公开记录", "Matched, and in the public record")} />
      <Refused c={c} problem={problem} />
      <p>
        {t(
          `还有${atLeast(lines.length).zh}流水、${atLeast(postings.length).zh}记账没有对上。`,
          `${atLeast(lines.length).en} lines and ${atLeast(postings.length).en} postings are open.`,
        )}
      </p>
      {lines.length === 0 && postings.length === 0 ? (
        <EmptyState title={t("全部对上了", "Everything is matched")}>
          {t("新的流水导入后，会在这里和凭证核对。", "New lines are matched here once they are taken in.")}
        </EmptyState>
      ) : null}
      {paired.length > 0 ? (
        <>
          <h2>{t("看起来是同一笔", "These look the same")}</h2>
          {mayMatch ? (
            <Form action={here} token={formToken}>
              <CheckboxGroup
                name="pair"
                legend={t(
                  "金额相同、日期相近。确认是同一笔的，留着勾",
                  "Same amount, close in time. Keep the tick where it is the same",
                )}
                options={paired.map(({ line, posting }) => ({
                  value: pairOf(line, posting),
                  label: lineWords(line),
                  hint: t(`凭证：${postingWords(posting)}`, `Voucher: ${postingWords(posting)}`),
                }))}
                values={paired.map(({ line, posting }) => pairOf(line, posting))}
              />
              <Actions>
                <Button>{t("确认勾选的", "Confirm those ticked")}</Button>
              </Actions>
            </Form>
          ) : (
            <ul>
              {paired.map(({ line, posting }) => (
                <li>{`${lineWords(line)} = ${postingWords(posting)}`}</li>
              ))}
            </ul>
          )}
        </>
      ) : null}
      {byHand.length > 0 && mayMatch ? (
        <Form action={here} token={formToken}>
          <h2>{t("金额相同的不止一张凭证，请您选", "Several vouchers have the same amount: choose")}</h2>
          {byHand.map((line, at) => (
            <Select
              name={`pair[${at}]`}
              label={lineWords(line)}
              prompt={t("先不核对", "Not now")}
              optional={t("选填", "optional")}
              options={left
                .filter(({ amountFen }) => amountFen === line.amountFen)
                .map((posting) => ({ value: pairOf(line, posting), label: postingWords(posting) }))}
            />
          ))}
          <Actions>
            <Button>{t("确认选好的", "Confirm those chosen")}</Button>
          </Actions>
        </Form>
      ) : null}
      {alone.length > 0 ? (
        <>
          <h2>{t("银行有、账上没有的", "At the bank and not in the book")}</h2>
          <p class="hint">
            {t(
              "多半是还没有填凭证。填好并过账后，再回来核对。",
              "Mostly vouchers not drafted yet. Once posted they can be matched.",
            )}
          </p>
          <Lines c={c} rows={alone} said={said} />
        </>
      ) : null}
      {left.length > 0 ? (
        <>
          <h2>{t("账上有、银行没有的", "In the book and not at the bank")}</h2>
          <Postings c={c} account={account} rows={left} />
        </>
      ) : null}
    </Page>,
    problem ? (problem.status as 409) : 200,
  );
}

/** `<line>=<voucher>/<line no>`; nothing for what reads otherwise. */
function readPair(text: string): { lineKey: string; voucherId: string; lineNo: number }[] {
  const parts = /^([0-9a-f]{64})=([0-9A-Za-z-]{1,40})\/(\d{1,3})$/.exec(text);
  return parts ? [{ lineKey: parts[1]!, voucherId: parts[2]!, lineNo: Number(parts[3]) }] : [];
}

deskMatchingRoutes.post("/desk/ledger/bank/:accountId/matching", matches, async (c) => {
  const accountId = c.req.param("accountId");
  const body = await c.req.parseBody({ all: true });
  const typed = [
    ...several(body, "pair"),
    ...Array.from({ length: BY_HAND }, (_, at) => one(body, `pair[${at}]`)).filter(Boolean),
  ];
  const confirmed = await confirmMatches(staffScene(c), accountId, typed.flatMap(readPair));
  if (!confirmed.ok) return matchingPage(c, accountId, bankProblem(confirmed.error));
  return c.redirect(`${matchingHref(c.var.scene.community.slug, accountId)}?done=1`, 303);
});

deskMatchingRoutes.post("/desk/ledger/bank/:accountId/undo", matches, async (c) => {
  const { scene } = c.var;
  const accountId = c.req.param("accountId");
  const lineKey = one(await c.req.parseBody({ all: true }), "line");
  const [rows] = await scene.db.read(findLine(scene, accountId, lineKey));
  if (!rows[0]) return matchingPage(c, accountId, bankProblem({ reason: "unknown_line" }));
  const undone = await undoMatch(staffScene(c), accountId, rows[0]);
  if (!undone.ok) return matchingPage(c, accountId, bankProblem(undone.error));
  return c.redirect(`${matchingHref(scene.community.slug, accountId)}?done=1`, 303);
});
