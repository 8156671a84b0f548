/** One lease at the desk: deciding on a draft, entering money, ending it early, renewing it. Markup and forms only. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan, parseYuan } from "../../kernel/money.ts";
import { examineCreditCode } from "../../kernel/uscc.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { files, one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink, PostButton } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { fieldErrors } from "../assets/desk.tsx";
import { type AccountRow, listBankAccounts } from "../bank/store.ts";
import { deskVoucherHref, readCount } from "../books/addresses.ts";
import { fileProblem, putPapers } from "../fund/papers.ts";
import { approveLease, dropLease, type LeaseRefusal, openLessee } from "./actions.ts";
import { deskLeaseHref, deskLeasesHref, leaseHref } from "./addresses.ts";
import { leaseCrumbs } from "./desk.tsx";
import { proposeEnd, settleEnd } from "./ending/actions.ts";
import { EndForms } from "./ending/forms.tsx";
import { type EndRow, findLastEnd } from "./ending/store.ts";
import { chargeAgain } from "./money.ts";
import { ReceiptForm, SettleForm } from "./money-forms.tsx";
import { leaseProblem, moneyProblem } from "./problems.ts";
import { enterReceipt, settleHeld } from "./receipts/actions.ts";
import { heldFrom, listReceiptsOfNumber, type ReceiptRow } from "./receipts/store.ts";
import { overpaidOf, owedOf, RECEIPT_KINDS, type ReceiptKind } from "./receiving.ts";
import { LeaseFacts, LeaseStanding, ScheduleTable } from "./shown.tsx";
import {
  type ChargeRow,
  findLease,
  type LeaseRow,
  leaseFrom,
  leaseIdOfNumber,
  listChargesOfNumber,
  openFrom,
} from "./store.ts";
import { CHARGE_STATE_WORDS, RECEIPT_KIND_WORDS } from "./words.ts";

/** Mounted at /c/:slug, behind the form and the lists that stand under the same path. */
export const leaseDeskRoutes = new Hono<AppEnv>();
const drafts = requires("ledger.draft");
const approves = requires("ledger.approve");

interface Loaded {
  readonly row: LeaseRow;
  readonly charges: readonly ChargeRow[];
  readonly receipts: readonly ReceiptRow[];
  readonly end: EndRow | null;
  readonly accounts: readonly AccountRow[];
}
async function load(c: AppContext): Promise<Loaded | null> {
  const { scene } = c.var;
  const number = readCount(c.req.param("number"));
  if (!number) return null;
  const [rows, charges, receipts, ends, accounts] = await scene.db.read(
    findLease(scene, number),
    listChargesOfNumber(scene, number),
    listReceiptsOfNumber(scene, number),
    findLastEnd(scene, leaseIdOfNumber(scene, number)),
    listBankAccounts(scene),
  );
  return rows[0] ? { row: leaseFrom(rows[0]), charges, receipts, end: ends[0] ?? null, accounts } : null;
}

leaseDeskRoutes.get("/desk/ledger/leases/:number", requires("ledger.read"), async (c) => {
  const loaded = await load(c);
  return loaded ? leasePage(c, loaded) : c.notFound();
});

interface Typed {
  readonly form: "receipt" | "end" | "refuse" | "again";
  readonly problem: Problem;
  readonly values: Readonly<Record<string, string>>;
}

async function leasePage(c: AppContext, { row, charges, receipts, end, accounts }: Loaded, typed?: Typed) {
  const { t, lang, scene, now, actor, formToken } = c.var;
  const { slug } = scene.community;
  const today = dayOf(now);
  const here = deskLeaseHref(slug, row.number);
  const errors = fieldErrors(typed?.problem, lang);
  const of = (form: Typed["form"]) => (typed?.form === form ? errors : []);
  const value = (form: Typed["form"], name: string, otherwise = "") =>
    typed?.form === form ? (typed.values[name] ?? "") : otherwise;
  const may = (permission: "ledger.draft" | "ledger.approve") => actor.permissions.has(permission);
  const mine = row.draftedBy === actor.personId;
  const code = row.lesseeKind === "legal" ? examineCreditCode(row.creditCode) : null;
  const again = charges.filter(
    (one, at) =>
      one.kind === "rent" &&
      (one.state === "refused" || one.state === "withdrawn" || one.reversed === 1) &&
      !charges.slice(at + 1).some((later) => later.kind === "rent" && later.chargeNo === one.chargeNo),
  );
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t(`租约第${row.number}号`, `Lease no. ${row.number}`)}
      breadcrumb={leaseCrumbs(c)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{t(`租约第${row.number}号 ${row.purpose}`, `Lease no. ${row.number} ${row.purpose}`)}</h1>
      <p>
        <LeaseStanding c={c} row={row} today={today} />
      </p>
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <Refused c={c} problem={errors.length > 0 ? undefined : typed?.problem} />
      {row.state === "refused" ? (
        <Callout tone="warn" title={t("退回的原因", "Why it was sent back")}>
          <p>{row.decidedWhy}</p>
        </Callout>
      ) : null}
      {code && code.findings.length > 0 ? (
        <Callout
          tone="warn"
          title={t(`统一社会信用代码${code.code}没有通过校验`, `The credit code ${code.code} fails its check`)}
        >
          <p>
            {t(
              "早年发的个别代码本来就通不过，不影响办理；请对照营业执照再看一遍。",
              "A few early ones do; it stops nothing. Compare it with the licence once more.",
            )}
          </p>
        </Callout>
      ) : null}
      <LeaseFacts c={c} row={row} lessee={await openLessee(scene, row)} today={today} desk={true} />
      {row.state === "drafted" ? (
        <>
          <Actions>
            {may("ledger.approve") && !mine ? (
              <PostButton action={`${here}/approve`} token={formToken}>
                {t("审批，生效", "Approve: in force")}
              </PostButton>
            ) : null}
            {may("ledger.draft") && mine ? (
              <PostButton action={`${here}/withdraw`} token={formToken} look="quiet">
                {t("撤回", "Give it up")}
              </PostButton>
            ) : null}
          </Actions>
          {may("ledger.approve") && !mine ? (
            <Form action={`${here}/refuse`} token={formToken}>
              <ErrorSummary t={t} errors={of("refuse")} />
              <Field
                name="why"
                label={t("退回的原因", "Why it goes back")}
                value={value("refuse", "why")}
                error={errorFor(of("refuse"), "why")}
                maxlength={200}
              />
              <Actions>
                <Button look="quiet">{t("退回", "Send back")}</Button>
              </Actions>
            </Form>
          ) : (
            <p class="hint">{t("等主任或副主任审批。", "Waits for the chair's or a deputy's approval.")}</p>
          )}
        </>
      ) : null}
      {row.state === "approved" ? (
        <>
          <p>
            <a href={leaseHref(slug, row.number)}>{t("公开页", "Public page")}</a>
          </p>
          <Standing c={c} charges={charges} receipts={receipts} />
          <ScheduleTable c={c} row={row} charges={charges} today={today} />
          {may("ledger.draft") && again.length > 0 ? (
            <Actions>
              {again.map(({ chargeNo, fromOn }) => (
                <PostButton action={`${here}/charges/${chargeNo}/again`} token={formToken} look="quiet">
                  {t(`重新填制${sayDay(fromOn, "zh")}起的一期`, `Draft the charge from ${sayDay(fromOn, "en")} again`)}
                </PostButton>
              ))}
            </Actions>
          ) : null}
          <Receipts c={c} rows={receipts} />
          {may("ledger.draft") ? (
            <ReceiptForm
              c={c}
              here={here}
              accounts={accounts}
              receipts={receipts}
              errors={of("receipt")}
              value={(name, otherwise) => value("receipt", name, otherwise)}
            />
          ) : null}
          {may("ledger.draft") && row.untilOn <= today ? (
            <SettleForm c={c} here={here} accounts={accounts} charges={charges} receipts={receipts} />
          ) : null}
          <Actions>
            {owedOf(openFrom(charges)) > 0 ? (
              <ButtonLink look="quiet" href={`${here}/notice`}>
                {t("打印租金缴纳通知", "Print the reminder of rent")}
              </ButtonLink>
            ) : null}
            {may("ledger.draft") ? (
              <ButtonLink look="quiet" href={`${deskLeasesHref(slug)}/new?renews=${row.number}`}>
                {t("续租", "Renew it")}
              </ButtonLink>
            ) : null}
          </Actions>
          <EndForms
            c={c}
            here={here}
            row={row}
            end={end}
            errors={of("end")}
            value={(name, otherwise) => value("end", name, otherwise)}
          />
        </>
      ) : null}
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

const Standing = ({ c, charges, receipts }: { c: AppContext } & Pick<Loaded, "charges" | "receipts">) => {
  const { t } = c.var;
  const open = openFrom(charges);
  const { depositFen, prepaidFen } = heldFrom(receipts);
  const yuan = (fen: number) => t(`${formatYuan(fen)}元`, `${formatYuan(fen)} yuan`);
  return (
    <FactList>
      <Fact label={t("未收的租金", "Rent open")}>{yuan(owedOf(open))}</Fact>
      {overpaidOf(open) > 0 ? (
        <Fact label={t("多收、应退的租金", "Rent to be given back")}>{yuan(overpaidOf(open))}</Fact>
      ) : null}
      <Fact label={t("持有的押金", "Deposit held")}>{yuan(depositFen)}</Fact>
      {prepaidFen > 0 ? <Fact label={t("预收款", "Prepaid")}>{yuan(prepaidFen)}</Fact> : null}
    </FactList>
  );
};

const Receipts = ({ c, rows }: { c: AppContext; rows: readonly ReceiptRow[] }) => {
  const { t, lang, scene } = c.var;
  return (
    <DataTable
      caption={t("收付", "Money that moved")}
      rows={rows}
      empty={<p>{t("还没有收付。", "Nothing yet.")}</p>}
      columns={[
        { label: t("日期", "Day"), cell: ({ onDay }) => sayDay(onDay, lang) },
        { label: t("是什么", "What"), head: true, cell: ({ kind }) => RECEIPT_KIND_WORDS[kind][lang] },
        { label: t("金额（元）", "Yuan"), number: true, cell: ({ amountFen }) => formatYuan(amountFen) },
        {
          label: t("凭证", "Voucher"),
          cell: ({ voucherId, state, reversed }) => (
            <a href={deskVoucherHref(scene.community.slug, voucherId)}>
              {reversed === 1 ? t("已冲销", "taken back") : CHARGE_STATE_WORDS[state][lang]}
            </a>
          ),
        },
      ]}
    />
  );
};

/** After an act: to the page it happened on, or the page again with what was wrong. */
async function after(
  c: AppContext,
  done: { readonly ok: true } | { readonly ok: false; readonly error: Problem },
  form: Typed["form"],
  values: Readonly<Record<string, string>> = {},
) {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  return done.ok
    ? c.redirect(`${deskLeaseHref(c.var.scene.community.slug, loaded.row.number)}?done=1`, 303)
    : leasePage(c, loaded, { form, problem: done.error, values });
}
const asProblem = (
  done: { readonly ok: true } | { readonly ok: false; readonly error: LeaseRefusal },
): { readonly ok: true } | { readonly ok: false; readonly error: Problem } =>
  done.ok ? { ok: true } : { ok: false, error: leaseProblem(done.error) };

leaseDeskRoutes.post("/desk/ledger/leases/:number/approve", approves, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  return after(c, asProblem(await approveLease(staffScene(c), loaded.row.leaseId)), "refuse");
});
leaseDeskRoutes.post("/desk/ledger/leases/:number/refuse", approves, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  const why = one(await c.req.parseBody({ all: true }), "why");
  const done = await dropLease(staffScene(c), loaded.row.leaseId, { kind: "refused", why });
  return after(c, asProblem(done), "refuse", { why });
});
leaseDeskRoutes.post("/desk/ledger/leases/:number/withdraw", drafts, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  return after(c, asProblem(await dropLease(staffScene(c), loaded.row.leaseId, { kind: "withdrawn" })), "refuse");
});
leaseDeskRoutes.post("/desk/ledger/leases/:number/end", requires("ledger.draft", "ledger.approve"), async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const values = { lastOn: one(body, "lastOn").normalize("NFKC").trim(), why: one(body, "why") };
  return after(
    c,
    asProblem(await proposeEnd(staffScene(c), { leaseId: loaded.row.leaseId, ...values })),
    "end",
    values,
  );
});
leaseDeskRoutes.post("/desk/ledger/leases/:number/end/confirm", approves, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  return after(c, asProblem(await settleEnd(staffScene(c), loaded.row.leaseId, "confirmed")), "end");
});
leaseDeskRoutes.post("/desk/ledger/leases/:number/end/refuse", approves, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  const why = one(await c.req.parseBody({ all: true }), "why");
  return after(c, asProblem(await settleEnd(staffScene(c), loaded.row.leaseId, "refused", why)), "end", { why });
});
leaseDeskRoutes.post(
  "/desk/ledger/leases/:number/end/withdraw",
  requires("ledger.draft", "ledger.approve"),
  async (c) => {
    const loaded = await load(c);
    if (!loaded) return c.notFound();
    return after(c, asProblem(await settleEnd(staffScene(c), loaded.row.leaseId, "withdrawn")), "end");
  },
);
leaseDeskRoutes.post("/desk/ledger/leases/:number/charges/:chargeNo/again", drafts, async (c) => {
  const loaded = await load(c);
  const chargeNo = readCount(c.req.param("chargeNo"));
  if (!loaded || !chargeNo) return c.notFound();
  const done = await chargeAgain(staffScene(c), { leaseId: loaded.row.leaseId, chargeNo });
  return after(c, done.ok ? done : { ok: false, error: moneyProblem(done.error) }, "again");
});
leaseDeskRoutes.post("/desk/ledger/leases/:number/receipts", drafts, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const values = {
    kind: one(body, "kind"),
    on: one(body, "on").normalize("NFKC").trim(),
    amount: one(body, "amount"),
    account: one(body, "account"),
  };
  const papers = await putPapers(staffScene(c), files(body, "files"));
  if (papers.wrong) return after(c, { ok: false, error: fileProblem(papers.wrong) }, "receipt", values);
  const kind = RECEIPT_KINDS.find((known) => known === values.kind) ?? ("rent" satisfies ReceiptKind);
  const amount = parseYuan(values.amount);
  const { on, account } = values;
  const asked = { leaseId: loaded.row.leaseId, kind, on, account, amountFen: amount.ok ? amount.value : 0 };
  const done = await enterReceipt(staffScene(c), asked, one(body, "_once") || newOnce(), {
    attachments: papers.attachments,
    files: papers.statements,
  });
  return after(c, done.ok ? done : { ok: false, error: moneyProblem(done.error) }, "receipt", values);
});
leaseDeskRoutes.post("/desk/ledger/leases/:number/deposit", drafts, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const papers = await putPapers(staffScene(c), files(body, "files"));
  if (papers.wrong) return after(c, { ok: false, error: fileProblem(papers.wrong) }, "receipt");
  const on = one(body, "on").normalize("NFKC").trim();
  const asked = { leaseId: loaded.row.leaseId, on, account: one(body, "account") };
  const done = await settleHeld(staffScene(c), asked, one(body, "_once") || newOnce(), {
    attachments: papers.attachments,
    files: papers.statements,
  });
  return after(c, done.ok ? done : { ok: false, error: moneyProblem(done.error) }, "receipt");
});
