/** A voucher at the desk: its page with the acts of whoever may, and its files. Markup and forms only; the form that drafts it is voucher-form.tsx. */
import { Hono } from "hono";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button, PostButton } from "../../platform/ui/buttons.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import {
  approveVoucher,
  draftReversal,
  openCounterparty,
  refuseVoucher,
  reviewVoucher,
  withdrawVoucher,
} from "./actions.ts";
import { deskVoucherHref, voucherHref } from "./addresses.ts";
import { deskCrumbs } from "./desk.tsx";
import { type LedgerRefusal, ledgerProblem } from "./problems.ts";
import { mayApprove, mayRefuse, mayReview, mayWithdraw } from "./rules.ts";
import { LinesTable, VoucherFacts } from "./shown.tsx";
import { accountsFrom, findVoucher, listAccounts, type VoucherRow, voucherFrom } from "./store.ts";
import { HANDS_WORDS, VOUCHER_STATE_WORDS, voucherWords } from "./words.ts";

/** Mounted at /c/:slug. */
export const deskVoucherRoutes = new Hono<AppEnv>();
const reads = requires("ledger.read");
const drafts = requires("ledger.draft");

// ——— One voucher ———

deskVoucherRoutes.get("/desk/ledger/vouchers/:voucherId", reads, async (c) => {
  const [rows] = await c.var.scene.db.read(findVoucher(c.var.scene, c.req.param("voucherId")));
  return rows[0] ? voucherPage(c, voucherFrom(rows[0])) : c.notFound();
});

async function voucherPage(
  c: AppContext,
  row: VoucherRow,
  refused?: { readonly problem: Problem; readonly why?: string },
) {
  const { t, lang, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const [accountRows, reverses, reversedBy] = await scene.db.read(
    listAccounts(scene, row.book),
    findVoucher(scene, row.reversesId ?? ""),
    findVoucher(scene, row.reversedBy ?? ""),
  );
  const related = {
    reverses: reverses[0] ? voucherFrom(reverses[0]) : null,
    reversedBy: reversedBy[0] ? voucherFrom(reversedBy[0]) : null,
  };
  const here = deskVoucherHref(slug, row.voucherId);
  const facts = { state: row.state, draftedBy: row.draftedBy, reviewedBy: row.reviewedBy, hands: row.hands };
  const own = actor.personId;
  const review = actor.permissions.has("ledger.review") && mayReview(facts, own).ok;
  const approve = actor.permissions.has("ledger.approve") && mayApprove(facts, own).ok;
  const refuse =
    (actor.permissions.has("ledger.review") || actor.permissions.has("ledger.approve")) &&
    mayRefuse(facts, own, "x").ok;
  const withdraw = actor.permissions.has("ledger.draft") && mayWithdraw(facts, own).ok;
  const reverse =
    row.state === "posted" &&
    row.kind !== "reversal" &&
    row.reversedBy === null &&
    actor.permissions.has("ledger.draft");
  const waitsForMe = row.draftedBy === own && (row.state === "waiting" || row.state === "reviewed");
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("凭证", "Voucher")}
      breadcrumb={deskCrumbs(c)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{row.text}</h1>
      <p>
        <StatusWord
          tone={
            row.state === "posted"
              ? "good"
              : row.state === "refused"
                ? "bad"
                : row.state === "withdrawn"
                  ? "off"
                  : "waiting"
          }
        >
          {VOUCHER_STATE_WORDS[row.state][lang]}
        </StatusWord>
      </p>
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <Refused c={c} problem={refused?.problem} />
      {row.state === "refused" ? (
        <Callout tone="warn" title={t("退回的原因", "Why it was sent back")}>
          <p>{row.endedWhy}</p>
        </Callout>
      ) : null}
      {waitsForMe ? <p class="hint">{HANDS_WORDS[row.hands][lang]}。</p> : null}
      {row.number !== null ? (
        <p>
          <a href={voucherHref(slug, { book: row.book, period: row.period, number: row.number })}>
            {t("公开页：", "Public page: ") + voucherWords({ period: row.period, number: row.number })[lang]}
          </a>
        </p>
      ) : null}
      <VoucherFacts
        c={c}
        row={row}
        related={related}
        counterparty={await openCounterparty(scene, row)}
        withFiles={true}
      />
      <LinesTable c={c} row={row} accounts={accountsFrom(accountRows)} />
      <Actions>
        {review ? (
          <PostButton action={`${here}/review`} token={formToken}>
            {row.hands === "review"
              ? t("复核无误，过账", "It is right: post it")
              : t("复核无误，交审批", "It is right: on to approval")}
          </PostButton>
        ) : null}
        {approve ? (
          <PostButton action={`${here}/approve`} token={formToken}>
            {t("审批，过账", "Approve and post")}
          </PostButton>
        ) : null}
        {withdraw ? (
          <PostButton action={`${here}/withdraw`} token={formToken} look="quiet">
            {t("撤回这张凭证", "Give it up")}
          </PostButton>
        ) : null}
      </Actions>
      {refuse ? (
        <Form action={`${here}/refuse`} token={formToken}>
          <Field name="why" label={t("退回的原因", "Why it goes back")} value={refused?.why ?? ""} maxlength={200} />
          <Actions>
            <Button look="quiet">{t("退回", "Send back")}</Button>
          </Actions>
        </Form>
      ) : null}
      {reverse ? (
        <Form action={`${here}/reverse`} token={formToken} once={newOnce()}>
          <Field
            name="why"
            label={t("冲销的原因", "Why it is taken back")}
            hint={t("会写进冲销凭证的摘要，公开显示。", "It stands in the reversal's text, in public.")}
            value={refused?.why ?? ""}
            maxlength={150}
          />
          <Actions>
            <Button look="quiet">{t("填制冲销凭证", "Draft the reversal")}</Button>
          </Actions>
        </Form>
      ) : null}
    </Page>,
    refused ? (refused.problem.status as 409) : 200,
  );
}

const after = async (
  c: AppContext,
  done:
    | { readonly ok: true; readonly value: { readonly voucherId: string } }
    | { readonly ok: false; readonly error: LedgerRefusal },
  why?: string,
) => {
  const { scene } = c.var;
  if (done.ok) return c.redirect(`${deskVoucherHref(scene.community.slug, done.value.voucherId)}?done=1`, 303);
  const [rows] = await scene.db.read(findVoucher(scene, c.req.param("voucherId") ?? ""));
  if (!rows[0]) return c.notFound();
  return voucherPage(c, voucherFrom(rows[0]), {
    problem: ledgerProblem(done.error),
    ...(why === undefined ? {} : { why }),
  });
};

deskVoucherRoutes.post("/desk/ledger/vouchers/:voucherId/review", requires("ledger.review"), async (c) =>
  after(c, await reviewVoucher(staffScene(c), c.req.param("voucherId"))),
);
deskVoucherRoutes.post("/desk/ledger/vouchers/:voucherId/approve", requires("ledger.approve"), async (c) =>
  after(c, await approveVoucher(staffScene(c), c.req.param("voucherId"))),
);
deskVoucherRoutes.post("/desk/ledger/vouchers/:voucherId/withdraw", drafts, async (c) =>
  after(c, await withdrawVoucher(staffScene(c), c.req.param("voucherId"))),
);
deskVoucherRoutes.post(
  "/desk/ledger/vouchers/:voucherId/refuse",
  requires("ledger.review", "ledger.approve"),
  async (c) => {
    const why = one(await c.req.parseBody({ all: true }), "why");
    return after(c, await refuseVoucher(staffScene(c), c.req.param("voucherId"), why), why);
  },
);
deskVoucherRoutes.post("/desk/ledger/vouchers/:voucherId/reverse", drafts, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const why = one(body, "why");
  const asked = { voucherId: c.req.param("voucherId"), why };
  return after(c, await draftReversal(staffScene(c), asked, one(body, "_once") || newOnce()), why);
});

/** A file behind a voucher, for whoever reads the books: a redacted copy is what the public sees. */
deskVoucherRoutes.get("/desk/ledger/files/:fileId", reads, async (c) => {
  const file = await getFile(c.var.scene, c.req.param("fileId"), "private");
  if (!file) return c.notFound();
  c.header("content-type", file.stored.mediaType);
  c.header("content-disposition", `inline; filename*=UTF-8''${encodeURIComponent(file.stored.name)}`);
  c.header("x-content-type-options", "nosniff");
  return c.body(new Uint8Array(file.bytes));
});
