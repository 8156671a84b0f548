/** Parking at the desk: tariffs, permits, and booking what came in. The gate's file is gate-desk.tsx. Markup and forms only. */
import { Hono } from "hono";
import { addMonths, dayOf } from "../../kernel/day.ts";
import { formatYuan, parseYuan } from "../../kernel/money.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { type FormBody, one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { fieldErrors } from "../assets/desk.tsx";
import { deskVoucherHref, readCount } from "../books/addresses.ts";
import { deskCrumbs } from "../books/desk.tsx";
import { bookTakings, issuePermit, setTariff } from "./actions.ts";
import { deskParkingHref } from "./addresses.ts";
import { parkingProblem } from "./problems.ts";
import { TakenTable, TariffTable, USE_WORDS } from "./public.tsx";
import { LONGEST_TARIFF_WORDS, MOST_PERMIT_MONTHS, TARIFF_USES, type TariffUse } from "./rules.ts";
import { countPermits, listPermits, listTakenByMonth, listTariffs } from "./store.ts";

/** Mounted at /c/:slug. */
export const deskParkingRoutes = new Hono<AppEnv>();
const drafts = requires("ledger.draft");
const manages = requires("ledger.manage");
const A_PAGE = 50;

export const parkingCrumbs = (c: AppContext) => [
  ...deskCrumbs(c),
  { href: deskParkingHref(c.var.scene.community.slug), label: c.var.t("停车", "Parking") },
];

deskParkingRoutes.get("/desk/ledger/parking", requires("ledger.read"), (c) => parkingPage(c));

async function parkingPage(c: AppContext, problem?: Problem) {
  const { t, scene, now, actor, formToken } = c.var;
  const { slug } = scene.community;
  const page = readCount(c.req.query("page") ?? "1");
  if (!page) return c.notFound();
  const today = dayOf(now);
  const [tariffs, permits, totals, taken] = await scene.db.read(
    listTariffs(scene),
    listPermits(scene, { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    countPermits(scene),
    listTakenByMonth(scene, `${addMonths(today, -11).slice(0, 7)}-01`, today),
  );
  const here = deskParkingHref(slug);
  const may = (permission: "ledger.draft" | "ledger.manage") => actor.permissions.has(permission);
  const unbooked = [...new Set(taken.filter(({ unbookedFen }) => unbookedFen > 0).map(({ period }) => period))];
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("停车", "Parking")}
      breadcrumb={deskCrumbs(c)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{t("停车", "Parking")}</h1>
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <Refused c={c} problem={problem} />
      <Actions>
        {may("ledger.draft") ? (
          <>
            <ButtonLink href={`${here}/permits/new`}>{t("办月租证", "Issue a permit")}</ButtonLink>
            <ButtonLink look="quiet" href={`${here}/gate`}>
              {t("导入道闸收费记录", "Take in the gate's file")}
            </ButtonLink>
          </>
        ) : null}
        {may("ledger.manage") ? (
          <ButtonLink look="quiet" href={`${here}/tariffs`}>
            {t("定价目", "Set a tariff")}
          </ButtonLink>
        ) : null}
      </Actions>
      <TakenTable c={c} rows={taken} />
      {may("ledger.draft")
        ? unbooked.map((period) => (
            <Form action={`${here}/book`} token={formToken} hidden={{ period }}>
              <Actions>
                <Button look="quiet">{t(`生成${period}的凭证`, `Draft the voucher of ${period}`)}</Button>
              </Actions>
            </Form>
          ))
        : null}
      <h2>{t("月租证", "Permits")}</h2>
      <DataTable
        caption={t("月租证", "Permits")}
        quietCaption={true}
        rows={permits}
        empty={
          <EmptyState title={t("还没有月租证", "No permit yet")}>
            {t(
              "先定月租价目，再办月租证。车牌加密保存，页面只显示一部分。",
              "Set the tariff first. Plates are sealed and shown masked.",
            )}
          </EmptyState>
        }
        columns={[
          { label: t("号", "No."), cell: ({ number }) => number },
          { label: t("车牌", "Plate"), head: true, cell: ({ plateShown }) => plateShown },
          { label: t("车位", "Space"), cell: ({ assetCode }) => assetCode ?? t("不固定", "any") },
          { label: t("有效", "Valid"), cell: ({ fromOn, toOn }) => `${fromOn} — ${toOn}` },
          { label: t("金额（元）", "Yuan"), number: true, cell: ({ amountFen }) => formatYuan(amountFen) },
          { label: t("付款日", "Paid"), cell: ({ paidOn }) => paidOn },
        ]}
      />
      <Pager t={t} page={page} pages={Math.ceil((totals[0]?.total ?? 0) / A_PAGE)} href={(n) => `${here}?page=${n}`} />
      <TariffTable c={c} rows={tariffs} />
    </Page>,
    problem ? (problem.status as 409) : 200,
  );
}

deskParkingRoutes.post("/desk/ledger/parking/book", drafts, async (c) => {
  const { slug } = c.var.scene.community;
  const period = one(await c.req.parseBody({ all: true }), "period");
  const booked = await bookTakings(staffScene(c), period);
  return booked.ok
    ? c.redirect(`${deskVoucherHref(slug, booked.value.voucherId)}?done=1`, 303)
    : parkingPage(c, parkingProblem(booked.error));
});

// ——— Tariffs ———

interface TypedTariff {
  readonly use: string;
  readonly fromOn: string;
  readonly amount: string;
  readonly words: string;
  readonly basis: string;
}
const day = (body: FormBody, name: string): string => one(body, name).normalize("NFKC").trim().replaceAll("/", "-");

deskParkingRoutes.get("/desk/ledger/parking/tariffs", manages, (c) =>
  tariffPage(c, { use: "monthly", fromOn: dayOf(c.var.now), amount: "", words: "", basis: "" }),
);

function tariffPage(c: AppContext, typed: TypedTariff, problem?: Problem) {
  const { t, lang, scene, formToken } = c.var;
  const here = `${deskParkingHref(scene.community.slug)}/tariffs`;
  const errors = fieldErrors(problem, lang);
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("定价目", "Set a tariff")} breadcrumb={parkingCrumbs(c)}>
      <h1>{t("定价目", "Set a tariff")}</h1>
      <p class="lead">
        {t(
          "价目从一天起生效，以前的保留。新收停车费、调价，要有业主大会的决定（《民法典》第二百七十八条第一款第八项）。",
          "A tariff holds from a day on; earlier ones stay. It rests on the owners' decision (Civil Code art. 278(1)(8)).",
        )}
      </p>
      <Refused c={c} problem={errors.length > 0 ? undefined : problem} />
      <Form action={here} token={formToken} once={newOnce()}>
        <ErrorSummary t={t} errors={errors} />
        <Select
          name="use"
          label={t("种类", "Kind")}
          value={typed.use}
          options={TARIFF_USES.map((use) => ({ value: use, label: USE_WORDS[use][lang] }))}
        />
        <Field
          name="fromOn"
          label={t("从哪天起", "From which day")}
          value={typed.fromOn}
          error={errorFor(errors, "fromOn")}
          width={11}
        />
        <Field
          name="amount"
          label={t("金额（元）", "Yuan")}
          hint={t("月租填每月的金额；临停填起步价。", "Of a month; of temporary parking what it begins with.")}
          value={typed.amount}
          error={errorFor(errors, "amount")}
          inputmode="decimal"
          width={11}
        />
        <Field
          name="words"
          label={t("怎么收", "How it is charged")}
          hint={t(
            "例如 每月300元；首小时免费，以后每小时2元，每天最多10元",
            "Such as: 300 a month; first hour free, then 2 an hour",
          )}
          value={typed.words}
          error={errorFor(errors, "words")}
          maxlength={LONGEST_TARIFF_WORDS}
        />
        <Field
          name="basis"
          label={t("凭哪项决定", "On which decision")}
          hint={t("例如 第3次会议 议题2", "Such as: meeting 3, item 2")}
          value={typed.basis}
          error={errorFor(errors, "basis")}
          maxlength={LONGEST_TARIFF_WORDS}
        />
        <Actions>
          <Button>{t("登记价目", "Enter it")}</Button>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

deskParkingRoutes.post("/desk/ledger/parking/tariffs", manages, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const typed: TypedTariff = {
    use: one(body, "use"),
    fromOn: day(body, "fromOn"),
    amount: one(body, "amount"),
    words: one(body, "words"),
    basis: one(body, "basis"),
  };
  const amount = parseYuan(typed.amount);
  const asked = { ...typed, use: typed.use as TariffUse, amountFen: amount.ok ? amount.value : -1 };
  const set = await setTariff(staffScene(c), asked, one(body, "_once") || newOnce());
  if (!set.ok) return tariffPage(c, typed, parkingProblem(set.error));
  return c.redirect(`${deskParkingHref(c.var.scene.community.slug)}?done=1`, 303);
});

// ——— Permits ———

interface TypedPermit {
  readonly plate: string;
  readonly space: string;
  readonly fromOn: string;
  readonly months: string;
  readonly paidOn: string;
}
deskParkingRoutes.get("/desk/ledger/parking/permits/new", drafts, (c) => {
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

deskParkingRoutes.post("/desk/ledger/parking/permits/new", drafts, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const typed: TypedPermit = {
    plate: one(body, "plate"),
    space: one(body, "space"),
    fromOn: day(body, "fromOn"),
    months: one(body, "months").normalize("NFKC").trim(),
    paidOn: day(body, "paidOn"),
  };
  const asked = { ...typed, months: readCount(typed.months) ?? 0 };
  const issued = await issuePermit(staffScene(c), asked, one(body, "_once") || newOnce());
  if (!issued.ok) return permitPage(c, typed, parkingProblem(issued.error));
  return c.redirect(`${deskParkingHref(c.var.scene.community.slug)}?done=1`, 303);
});
