/** Monthly permits at the desk: issuing one, finding a car's by its plate, and one permit with its end. Markup and forms only. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { type FormBody, one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button, PostButton } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDays } from "../../platform/ui/moments.ts";
import { fieldErrors } from "../assets/desk.tsx";
import { deskVoucherHref, readCount } from "../books/addresses.ts";
import { VOUCHER_STATE_WORDS } from "../books/words.ts";
import { isStanding } from "../distribution/rules.ts";
import { deskParkingHref, deskPermitHref } from "./addresses.ts";
import { endPermit, findByPlate, issuePermit, refundAgain } from "./permits.ts";
import { parkingProblem } from "./problems.ts";
import { LONGEST_WHY, MOST_PERMIT_MONTHS, refundOf } from "./rules.ts";
import { PermitStanding, PermitTable, parkingCrumbs } from "./shown.tsx";
import { findPermit, listRefunds, type PermitRow, type RefundRow } from "./store.ts";

/** Mounted at /c/:slug. */
export const permitRoutes = new Hono<AppEnv>();
const drafts = requires("ledger.draft");
const reads = requires("ledger.read");

/** A day as typed, full-width digits and slashes made plain. */
export const readDay = (body: FormBody, name: string): string =>
  one(body, name).normalize("NFKC").trim().replaceAll("/", "-");

interface TypedPermit {
  readonly plate: string;
  readonly space: string;
  readonly fromOn: string;
  readonly months: string;
  readonly paidOn: string;
}
permitRoutes.get("/desk/ledger/parking/permits/new", drafts, (c) => {
  const today = dayOf(c.var.now);
  return permitPage(c, { plate: "", space: "", fromOn: today, months: "1", paidOn: today });
});

function permitPage(c: AppContext, typed: TypedPermit, problem?: Problem) {
  const { t, lang, scene, formToken } = c.var;
  const here = `${deskParkingHref(scene.community.slug)}/permits/new`;
  const errors = fieldErrors(problem, lang);
  const at = (name: string) => errorFor(errors, name);
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("办月租证", "Issue a permit")} breadcrumb={parkingCrumbs(c)}>
      <h1>{t("办月租证", "Issue a permit")}</h1>
      <p class="lead">
        {t(
          "金额按起始日的月租价目算。收到钱再办。",
          "It costs what the tariff of its first day says. Issue it once paid.",
        )}
      </p>
      <Refused c={c} problem={errors.length > 0 && !problem?.article && !problem?.next ? undefined : problem} />
      <Form action={here} token={formToken} once={newOnce()}>
        <ErrorSummary t={t} errors={errors} />
        <Field
          name="plate"
          label={t("车牌", "Plate")}
          hint={t("加密保存，页面只显示 渝A·***12 这样。", "Sealed; pages show it as 渝A·***12.")}
          value={typed.plate}
          error={at("plate")}
          width={11}
        />
        <Field
          name="space"
          label={t("固定车位编号", "Number of a fixed space")}
          value={typed.space}
          error={at("space")}
          width={11}
          optional={t("不固定的不填", "leave empty for any")}
        />
        <Field name="fromOn" label={t("从哪天起", "From")} value={typed.fromOn} error={at("fromOn")} width={11} />
        <Field
          name="months"
          label={t("几个月", "Months")}
          hint={t(`1到${MOST_PERMIT_MONTHS}`, `1 to ${MOST_PERMIT_MONTHS}`)}
          value={typed.months}
          error={at("months")}
          inputmode="numeric"
          width={4}
        />
        <Field name="paidOn" label={t("付款日", "Paid on")} value={typed.paidOn} error={at("paidOn")} width={11} />
        <Actions>
          <Button>{t("办理", "Issue it")}</Button>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

permitRoutes.post("/desk/ledger/parking/permits/new", drafts, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const typed: TypedPermit = {
    plate: one(body, "plate"),
    space: one(body, "space"),
    fromOn: readDay(body, "fromOn"),
    months: one(body, "months").normalize("NFKC").trim(),
    paidOn: readDay(body, "paidOn"),
  };
  const asked = { ...typed, months: readCount(typed.months) ?? 0 };
  const issued = await issuePermit(staffScene(c), asked, one(body, "_once") || newOnce());
  if (!issued.ok) return permitPage(c, typed, parkingProblem(issued.error));
  return c.redirect(`${deskParkingHref(c.var.scene.community.slug)}?done=1`, 303);
});

// ——— Finding a car's ———

// A plate is personal: it is sent in a form's body and answered on the spot, so that it stands in no address.
permitRoutes.post("/desk/ledger/parking/permits/find", reads, async (c) => {
  const { t, scene } = c.var;
  const rows = await findByPlate(scene, one(await c.req.parseBody({ all: true }), "plate"));
  const title = t("按车牌查", "Look up a plate");
  return c.html(
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={parkingCrumbs(c)}>
      <h1>{title}</h1>
      {rows === null ? <Refused c={c} problem={parkingProblem({ reason: "plate_unreadable" })} /> : null}
      {rows === null ? null : <PermitTable c={c} rows={rows} />}
      <p>
        <a href={deskParkingHref(scene.community.slug)}>{t("返回停车", "Back to parking")}</a>
      </p>
    </Page>,
    rows === null ? 422 : 200,
  );
});

// ——— One of them ———

async function load(
  c: AppContext,
): Promise<{ readonly row: PermitRow; readonly refunds: readonly RefundRow[] } | null> {
  const { scene } = c.var;
  const number = readCount(c.req.param("number"));
  if (!number) return null;
  const [rows, refunds] = await scene.db.read(findPermit(scene, number), listRefunds(scene, number));
  return rows[0] ? { row: rows[0], refunds } : null;
}

permitRoutes.get("/desk/ledger/parking/permits/:number{[1-9][0-9]{0,7}}", reads, (c) => onePage(c));

async function onePage(c: AppContext, problem?: Problem, typed: Readonly<Record<string, string>> = {}) {
  const { t, lang, scene, now, actor, formToken } = c.var;
  const { slug } = scene.community;
  const found = await load(c);
  if (!found) return c.notFound();
  const { row, refunds } = found;
  const today = dayOf(now);
  const here = deskPermitHref(slug, row.number);
  const errors = fieldErrors(problem, lang);
  const mayDraft = actor.permissions.has("ledger.draft");
  const title = t(`月租证第${row.number}号`, `Permit no. ${row.number}`);
  const yuan = (fen: number) => t(`${formatYuan(fen)}元`, `${formatYuan(fen)} yuan`);
  return c.html(
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={parkingCrumbs(c)}>
      <h1>{title}</h1>
      <p>
        <PermitStanding c={c} row={row} />
      </p>
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <Refused c={c} problem={errors.length > 0 ? undefined : problem} />
      <FactList>
        <Fact label={t("车牌", "Plate")}>{row.plateShown}</Fact>
        <Fact label={t("车位", "Space")}>{row.assetCode ?? t("不固定", "any")}</Fact>
        <Fact label={t("有效期", "Valid")}>{sayDays(row.fromOn, row.toOn, lang)}</Fact>
        <Fact label={t("付款", "Paid")}>{`${yuan(row.amountFen)}，${row.paidOn}`}</Fact>
        {row.lastOn === null ? null : (
          <Fact label={t("提前终止", "Ended")}>
            {t(`最后一天${row.lastOn}：${row.why}`, `last day ${row.lastOn}: ${row.why}`)}
          </Fact>
        )}
        {row.refundFen === null ? null : (
          <Fact label={t("退费", "Given back")}>
            {yuan(row.refundFen)}{" "}
            {refunds.map(({ voucherId, state, reversed }) => (
              <a href={deskVoucherHref(slug, voucherId)}>
                {reversed === 1 ? t("已冲销", "taken back") : VOUCHER_STATE_WORDS[state][lang]}
              </a>
            ))}
          </Fact>
        )}
      </FactList>
      {mayDraft && (row.refundFen ?? 0) > 0 && !refunds.some(isStanding) ? (
        <Actions>
          <PostButton action={`${here}/refund`} token={formToken}>
            {t("重新生成退费凭证", "Draft the refund again")}
          </PostButton>
        </Actions>
      ) : null}
      {mayDraft && row.lastOn === null && row.toOn > today ? (
        <Form action={`${here}/end`} token={formToken} once={newOnce()}>
          <h2>{t("提前终止", "End it early")}</h2>
          <p class="hint">
            {t(
              `今天终止可以退还没有开始的月份，共${formatYuan(refundOf(row, today))}元。已经开始的月份不退。`,
              `Ended today, ${formatYuan(refundOf(row, today))} yuan of months not begun go back. A month begun does not.`,
            )}
          </p>
          <ErrorSummary t={t} errors={errors} />
          <Field
            name="lastOn"
            label={t("最后一天", "Last day")}
            value={typed.lastOn ?? today}
            error={errorFor(errors, "lastOn")}
            width={11}
          />
          <Select
            name="refund"
            label={t("退费", "Refund")}
            value={typed.refund ?? "yes"}
            options={[
              { value: "yes", label: t("退还没有开始的月份", "Give back the months not begun") },
              { value: "no", label: t("不退", "None") },
            ]}
          />
          <Field
            name="why"
            label={t("原因", "Why")}
            value={typed.why ?? ""}
            error={errorFor(errors, "why")}
            maxlength={LONGEST_WHY}
          />
          <Actions>
            <Button look="quiet">{t("终止，退费交复核", "End it; the refund is reviewed")}</Button>
          </Actions>
        </Form>
      ) : null}
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

permitRoutes.post("/desk/ledger/parking/permits/:number{[1-9][0-9]{0,7}}/end", drafts, async (c) => {
  const number = readCount(c.req.param("number")) ?? 0;
  const body = await c.req.parseBody({ all: true });
  const typed = { lastOn: readDay(body, "lastOn"), why: one(body, "why"), refund: one(body, "refund") };
  const asked = { number, lastOn: typed.lastOn, why: typed.why, refund: typed.refund !== "no" };
  const ended = await endPermit(staffScene(c), asked, one(body, "_once") || newOnce());
  if (!ended.ok) return onePage(c, parkingProblem(ended.error), typed);
  return c.redirect(`${deskPermitHref(c.var.scene.community.slug, number)}?done=1`, 303);
});

permitRoutes.post("/desk/ledger/parking/permits/:number{[1-9][0-9]{0,7}}/refund", drafts, async (c) => {
  const number = readCount(c.req.param("number")) ?? 0;
  const again = await refundAgain(staffScene(c), number, newOnce());
  if (!again.ok) return onePage(c, parkingProblem(again.error));
  return c.redirect(`${deskPermitHref(c.var.scene.community.slug, number)}?done=1`, 303);
});
