/** Leases at the desk: the list, what is late by age and whether it ties to the books, and charges reviewed many at once. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { several } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Done } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { CheckboxGroup } from "../../platform/ui/choices.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { sayDay, sayDays } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { approveVoucher, reviewVoucher } from "../books/actions.ts";
import { readCount } from "../books/addresses.ts";
import { deskCrumbs } from "../books/desk.tsx";
import { ledgerProblem } from "../books/problems.ts";
import { arrearsHref, chargesHref, deskLeaseHref, deskLeasesHref } from "./addresses.ts";
import { RECEIVABLE } from "./receiving.ts";
import { ageOf } from "./rules.ts";
import { AgeBars, LeaseStanding, rentOn } from "./shown.tsx";
import {
  countLeases,
  type LeaseState,
  leaseFrom,
  listLeases,
  listOpen,
  listOwedDays,
  listWaitingCharges,
  sumAccount,
  sumOpen,
  type WaitingCharge,
} from "./store.ts";
import { AGE_WORDS } from "./words.ts";

/** Mounted at /c/:slug. */
export const deskLeaseRoutes = new Hono<AppEnv>();
const reads = requires("ledger.read");
const A_PAGE = 50;
const MOST_AT_ONCE = 40;
const ALL: readonly LeaseState[] = ["drafted", "approved", "refused", "withdrawn"];

export const leaseCrumbs = (c: AppContext) => [
  ...deskCrumbs(c),
  { href: deskLeasesHref(c.var.scene.community.slug), label: c.var.t("租约", "Leases") },
];

deskLeaseRoutes.get("/desk/ledger/leases", reads, async (c) => {
  const { t, lang, scene, now, actor } = c.var;
  const { slug } = scene.community;
  const page = readCount(c.req.query("page") ?? "1");
  if (!page) return c.notFound();
  const today = dayOf(now);
  const [stored, totals] = await scene.db.read(
    listLeases(scene, ALL, { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    countLeases(scene, ALL),
  );
  const total = totals[0]?.total ?? 0;
  const here = deskLeasesHref(slug);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("租约", "Leases")}
      breadcrumb={deskCrumbs(c)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{t("租约", "Leases")}</h1>
      <Actions>
        {actor.permissions.has("ledger.draft") ? (
          <ButtonLink href={`${here}/new`}>{t("起草租约", "Draft a lease")}</ButtonLink>
        ) : null}
        <ButtonLink look="quiet" href={chargesHref(slug)}>
          {t("复核应收租金", "Review what fell due")}
        </ButtonLink>
        <ButtonLink look="quiet" href={arrearsHref(slug)}>
          {t("欠租情况", "What is late")}
        </ButtonLink>
        <ButtonLink look="quiet" href={`${here}/settings`}>
          {t("公开和提醒的规则", "Rules of naming and reminding")}
        </ButtonLink>
      </Actions>
      <DataTable
        caption={t(`共${total}份`, `${total} in all`)}
        quietCaption={true}
        rows={stored.map(leaseFrom)}
        empty={
          <EmptyState title={t("还没有租约", "No lease yet")}>
            {t(
              "先在登记册里登记要出租的，再起草租约。租约要有业主大会的决定，由另一个人审批。",
              "Enter what is let in the register, then draft. A lease rests on the owners' decision and another approves it.",
            )}
          </EmptyState>
        }
        columns={[
          {
            label: t("租约", "Lease"),
            head: true,
            cell: ({ number, purpose }) => (
              <a href={deskLeaseHref(slug, number)}>{t(`第${number}号 ${purpose}`, `No. ${number} ${purpose}`)}</a>
            ),
          },
          { label: t("出租的是", "What is let"), cell: ({ assets }) => assets },
          { label: t("承租人", "Lessee"), cell: ({ lesseeShown }) => lesseeShown },
          { label: t("租期", "Term"), cell: ({ fromOn, untilOn }) => sayDays(fromOn, untilOn, lang) },
          { label: t("月租金（元）", "A month"), number: true, cell: (row) => formatYuan(rentOn(row, today)) },
          { label: t("现在", "Now"), cell: (row) => <LeaseStanding c={c} row={row} today={today} /> },
        ]}
      />
      <Pager t={t} page={page} pages={Math.ceil(total / A_PAGE)} href={(n) => `${here}?page=${n}`} />
    </Page>,
  );
});

deskLeaseRoutes.get("/desk/ledger/leases/arrears", reads, async (c) => {
  const { t, lang, scene, now } = c.var;
  const { slug } = scene.community;
  const today = dayOf(now);
  const page = readCount(c.req.query("page") ?? "1");
  if (!page) return c.notFound();
  const [open, days, sums, books] = await scene.db.read(
    listOpen(scene, A_PAGE, (page - 1) * A_PAGE),
    listOwedDays(scene),
    sumOpen(scene),
    sumAccount(scene, RECEIVABLE),
  );
  const [charged, booked] = [sums[0]?.owedFen ?? 0, books[0]?.balanceFen ?? 0];
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("欠租情况", "What is late")}
      breadcrumb={leaseCrumbs(c)}
      switchHref={`${arrearsHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("欠租情况", "What is late")}</h1>
      {charged === booked ? (
        <Callout
          tone="good"
          title={t(
            `逐笔合计${formatYuan(charged)}元，与账上“应收租金”一致`,
            `Charge by charge ${formatYuan(charged)} yuan: the same as the account of receivables`,
          )}
        />
      ) : (
        <Callout
          tone="warn"
          title={t(
            `逐笔合计${formatYuan(charged)}元，账上“应收租金”${formatYuan(booked)}元，相差${formatYuan(booked - charged)}元`,
            `Charge by charge ${formatYuan(charged)} yuan, in the account ${formatYuan(booked)}: ${formatYuan(booked - charged)} apart`,
          )}
        >
          <p>
            {t(
              "差额来自没有经过租约、直接记入这个科目的凭证，例如期初余额。",
              "The difference was posted to the account by hand, such as an opening balance.",
            )}
          </p>
        </Callout>
      )}
      <AgeBars c={c} days={days} today={today} />
      <DataTable
        caption={t("逐笔", "Charge by charge")}
        rows={open}
        empty={
          <EmptyState title={t("没有欠租", "Nothing is open")}>
            {t("到期、记账而没有收到的租金会列在这里。", "Rent that is booked and has not come in stands here.")}
          </EmptyState>
        }
        columns={[
          {
            label: t("租约", "Lease"),
            head: true,
            cell: ({ lease, purpose }) => <a href={deskLeaseHref(slug, lease)}>{`${lease} ${purpose}`}</a>,
          },
          { label: t("承租人", "Lessee"), cell: ({ lesseeShown }) => lesseeShown },
          { label: t("到期日", "Due"), cell: ({ dueOn }) => sayDay(dueOn, lang) },
          {
            label: t("逾期", "Late"),
            cell: ({ dueOn, owedFen }) => (owedFen < 0 ? t("多收", "too much") : AGE_WORDS[ageOf(dueOn, today)][lang]),
          },
          { label: t("未收（元）", "Open"), number: true, cell: ({ owedFen }) => formatYuan(owedFen) },
        ]}
      />
      <Pager
        t={t}
        page={page}
        pages={Math.ceil((sums[0]?.charges ?? 0) / A_PAGE)}
        href={(n) => `${arrearsHref(slug)}?page=${n}`}
      />
    </Page>,
  );
});

// ——— Reviewing many ———

deskLeaseRoutes.get("/desk/ledger/leases/charges", requires("ledger.review", "ledger.approve", "ledger.read"), (c) =>
  chargesPage(c),
);

async function chargesPage(c: AppContext, failed: readonly string[] = []) {
  const { t, lang, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const [waiting] = await scene.db.read(listWaitingCharges(scene, MOST_AT_ONCE));
  const mine = waiting.filter((one) => isMine(one, c));
  const others = waiting.length - mine.length;
  const sum = waiting.reduce((all, { amountFen }) => all + amountFen, 0);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("复核应收租金", "Review what fell due")}
      breadcrumb={leaseCrumbs(c)}
      switchHref={`${chargesHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("复核应收租金", "Review what fell due")}</h1>
      <p class="lead">
        {t(
          "到期的租金由系统按租约逐期填制凭证。核对后勾选，一次复核；金额大的，再由主任或副主任审批。",
          "What falls due is drafted by the clock, charge by charge. Check, tick, and review them at once; large ones are approved too.",
        )}
      </p>
      <Done c={c} words={t("已处理，并写入公开记录", "Done, and in the public record")} />
      {failed.length > 0 ? (
        <Callout tone="warn" title={t(`有${failed.length}张没有处理`, `${failed.length} were not dealt with`)}>
          <ul>
            {failed.map((one) => (
              <li>{one}</li>
            ))}
          </ul>
        </Callout>
      ) : null}
      {waiting.length === 0 ? (
        <EmptyState title={t("没有等待的应收租金", "Nothing waits")}>
          {t("租金到期后，凭证会自动出现在这里。", "Vouchers appear here as rent falls due.")}
        </EmptyState>
      ) : null}
      {mine.length > 0 && (actor.permissions.has("ledger.review") || actor.permissions.has("ledger.approve")) ? (
        <Form action={chargesHref(slug)} token={formToken}>
          <CheckboxGroup
            name="vouchers"
            legend={t(`等您处理的${mine.length}张`, `${mine.length} waiting for you`)}
            values={mine.map(({ voucherId }) => voucherId)}
            options={mine.map((one) => ({
              value: one.voucherId,
              label: `${one.text} · ${formatYuan(one.amountFen)}${t("元", " yuan")}`,
              hint: t(`记入${sayDay(one.onDay, lang)}`, `entered ${sayDay(one.onDay, lang)}`),
            }))}
          />
          <Actions>
            <Button>{t("勾选的都无误", "Those ticked are right")}</Button>
          </Actions>
        </Form>
      ) : null}
      {others > 0 ? (
        <p class="hint">{t(`另有${others}张等别人处理。`, `${others} more wait for somebody else.`)}</p>
      ) : null}
      {waiting.length > 0 ? (
        <p>{t(`等待的合计${formatYuan(sum)}元。`, `Waiting in all: ${formatYuan(sum)} yuan.`)}</p>
      ) : null}
    </Page>,
    failed.length > 0 ? 409 : 200,
  );
}

const isMine = (one: WaitingCharge, c: AppContext): boolean => {
  const { actor } = c.var;
  return one.state === "waiting"
    ? actor.permissions.has("ledger.review") && one.draftedBy !== actor.personId
    : actor.permissions.has("ledger.approve") && one.reviewedBy !== actor.personId;
};

deskLeaseRoutes.post("/desk/ledger/leases/charges", requires("ledger.review", "ledger.approve"), async (c) => {
  const { lang } = c.var;
  const scene = staffScene(c);
  const chosen = several(await c.req.parseBody({ all: true }), "vouchers").slice(0, MOST_AT_ONCE);
  const [waiting] = await scene.db.read(listWaitingCharges(scene, 1_000));
  const failed: string[] = [];
  for (const voucherId of chosen) {
    const one = waiting.find((row) => row.voucherId === voucherId);
    // Dealt with by a repeat of this form, or no charge at all: this page moves nothing else.
    if (!one || !isMine(one, c)) continue;
    const moved =
      one.state === "waiting" ? await reviewVoucher(scene, voucherId) : await approveVoucher(scene, voucherId);
    if (!moved.ok) failed.push(`${one.text}：${ledgerProblem(moved.error).detail[lang]}`);
  }
  return failed.length > 0 ? chargesPage(c, failed) : c.redirect(`${chargesHref(scene.community.slug)}?done=1`, 303);
});
