/** 余额调节表: the sheet that sets book against bank on a day. Markup only. */
import { Hono } from "hono";
import { type Day, dayOf, isDay } from "../../../kernel/day.ts";
import { formatYuan } from "../../../kernel/money.ts";
import { requires } from "../../../platform/access.ts";
import type { AppEnv } from "../../../platform/context.ts";
import { frameOf } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import { Actions, Button } from "../../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../../platform/ui/facts.tsx";
import { DateTimeField } from "../../../platform/ui/fields.tsx";
import { SearchForm } from "../../../platform/ui/forms.tsx";
import { sayDay } from "../../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../../platform/ui/notices.tsx";
import { StatusWord } from "../../../platform/ui/status.tsx";
import { findBankAccount } from "../actions.ts";
import { bankAccountHref, reconciliationHref } from "../addresses.ts";
import { openWords } from "../taking/actions.ts";
import { reconcileOn } from "./actions.ts";
import { matchingCrumbs } from "./desk.tsx";
import { Lines, Postings } from "./shown.tsx";
import { findBookBalance } from "./store.ts";

/** Mounted at /c/:slug. */
export const deskReconciliationRoutes = new Hono<AppEnv>();
const reads = requires("ledger.read");

deskReconciliationRoutes.get("/desk/ledger/bank/:accountId/reconciliation", reads, async (c) => {
  const { t, lang, scene, now } = c.var;
  const { slug } = scene.community;
  const account = await findBankAccount(scene, c.req.param("accountId"));
  if (!account) return c.notFound();
  const typed = c.req.query("on") ?? "";
  const on: Day = isDay(typed) ? typed : dayOf(now);
  const [book] = await scene.db.read(findBookBalance(scene, account, on));
  const sheet = await reconcileOn(scene, account, book[0]?.bookFen ?? 0, on);
  const words = sheet ? await openWords(scene, sheet.bankOnly) : new Map<string, readonly [string, string]>();
  const here = reconciliationHref(slug, account.accountId);
  const title = t("银行存款余额调节表", "Reconciliation sheet");
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={matchingCrumbs(c, account)}
      switchHref={`${here}?on=${on}&lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <SearchForm action={here}>
        <DateTimeField name="on" kind="date" label={t("截至哪一天", "As of which day")} value={on} />
        <Actions>
          <Button look="quiet">{t("查看", "Show")}</Button>
        </Actions>
      </SearchForm>
      {typed === "" || isDay(typed) ? null : (
        <Callout tone="warn" title={t("日期没有看懂，显示的是今天", "The day cannot be read; today is shown")} />
      )}
      {sheet === null ? (
        <EmptyState title={t("这一天以前没有导入过流水", "No line of the bank up to this day")}>
          <a href={bankAccountHref(slug, account.accountId)}>{t("去导入银行流水", "Take a statement in")}</a>
        </EmptyState>
      ) : (
        <>
          <FactList>
            <Fact label={t("账面余额", "In the book")}>{formatYuan(sheet.bookFen)}</Fact>
            <Fact label={t("加：银行已收、账未收", "Plus: in at the bank only")}>{formatYuan(sheet.bankInFen)}</Fact>
            <Fact label={t("减：银行已付、账未付", "Less: out at the bank only")}>{formatYuan(sheet.bankOutFen)}</Fact>
            <Fact label={t("调节后账面余额", "Book, adjusted")}>
              <b>{formatYuan(sheet.adjustedBookFen)}</b>
            </Fact>
            <Fact label={t("银行余额", "At the bank")}>
              {formatYuan(sheet.bankFen)}
              {sheet.printed ? null : (
                <small class="hint">
                  {" "}
                  {t("流水里没有余额，按发生额合计", "no balance is printed; the sum of its lines")}
                </small>
              )}
            </Fact>
            <Fact label={t("加：账已收、银行未收", "Plus: in in the book only")}>{formatYuan(sheet.bookInFen)}</Fact>
            <Fact label={t("减：账已付、银行未付", "Less: out in the book only")}>{formatYuan(sheet.bookOutFen)}</Fact>
            <Fact label={t("调节后银行余额", "Bank, adjusted")}>
              <b>{formatYuan(sheet.adjustedBankFen)}</b>
            </Fact>
            <Fact label={t("结果", "Result")}>
              {sheet.unexplainedFen === 0 ? (
                <StatusWord tone="good">{t("一致", "They agree")}</StatusWord>
              ) : (
                <StatusWord tone="bad">
                  {t(
                    `相差${formatYuan(sheet.unexplainedFen)}元，还没有找到原因`,
                    `${formatYuan(sheet.unexplainedFen)} yuan apart, unexplained`,
                  )}
                </StatusWord>
              )}
            </Fact>
          </FactList>
          {sheet.cutOff ? (
            <Callout
              tone="warn"
              title={t("没有核对的太多，下面没有全部列出", "Too many are open; not all are listed")}
            />
          ) : null}
          <h2>{t("银行有、账上没有的", "At the bank and not in the book")}</h2>
          {sheet.bankOnly.length === 0 ? (
            <p>{t("没有。", "None.")}</p>
          ) : (
            <Lines
              c={c}
              rows={sheet.bankOnly}
              said={({ lineKey }) => (words.get(lineKey) ?? []).filter(Boolean).join(" · ")}
            />
          )}
          <h2>{t("账上有、银行没有的", "In the book and not at the bank")}</h2>
          {sheet.bookOnly.length === 0 ? (
            <p>{t("没有。", "None.")}</p>
          ) : (
            <Postings c={c} account={account} rows={sheet.bookOnly} />
          )}
          <p class="quiet">{t(`截至${sayDay(on, lang)}`, `As of ${sayDay(on, lang)}`)}</p>
        </>
      )}
    </Page>,
  );
});
