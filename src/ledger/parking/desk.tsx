/** Parking at the desk: what came in month by month, booking it, and the permits. The gate's file, tariffs and one permit have files of their own. */
import { Hono } from "hono";
import { addMonths, dayOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { Pager } from "../../platform/ui/tables.tsx";
import { deskVoucherHref, readCount } from "../books/addresses.ts";
import { deskCrumbs } from "../books/desk.tsx";
import { nextPeriod, periodOf } from "../books/rules.ts";
import { monthWords } from "../books/words.ts";
import { bookTakings } from "./actions.ts";
import { deskParkingHref } from "./addresses.ts";
import { sumAhead } from "./earning/store.ts";
import { parkingProblem } from "./problems.ts";
import { AheadWords, TakenTable, TariffTable } from "./public.tsx";
import { PermitTable } from "./shown.tsx";
import { countPermits, listPermits, listTakenByMonth, listTariffs } from "./store.ts";

/** Mounted at /c/:slug. */
export const deskParkingRoutes = new Hono<AppEnv>();
const drafts = requires("ledger.draft");
const A_PAGE = 50;

deskParkingRoutes.get("/desk/ledger/parking", requires("ledger.read"), (c) => parkingPage(c));

async function parkingPage(c: AppContext, problem?: Problem) {
  const { t, scene, now, actor, formToken } = c.var;
  const { slug } = scene.community;
  const page = readCount(c.req.query("page") ?? "1");
  if (!page) return c.notFound();
  const today = dayOf(now);
  const [tariffs, permits, totals, taken, ahead] = await scene.db.read(
    listTariffs(scene),
    listPermits(scene, { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    countPermits(scene),
    listTakenByMonth(scene, `${addMonths(today, -11).slice(0, 7)}-01`, today),
    sumAhead(scene, nextPeriod(periodOf(today))),
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
      <AheadWords c={c} fen={ahead[0]?.fen ?? 0} />
      {may("ledger.draft")
        ? unbooked.map((period) => (
            <Form action={`${here}/book`} token={formToken} once={newOnce()} hidden={{ period }}>
              <Actions>
                <Button look="quiet">
                  {t(`生成${monthWords(period).zh}的凭证`, `Draft the voucher of ${monthWords(period).en}`)}
                </Button>
              </Actions>
            </Form>
          ))
        : null}
      <h2>{t("月租证", "Permits")}</h2>
      <Form action={`${here}/permits/find`} token={formToken}>
        <Field
          name="plate"
          label={t("按车牌查", "Look up a plate")}
          hint={t("车牌不会写进地址和日志。", "The plate goes into no address and no log.")}
          width={11}
        />
        <Actions>
          <Button look="quiet">{t("查找", "Find")}</Button>
        </Actions>
      </Form>
      <PermitTable c={c} rows={permits} />
      <Pager t={t} page={page} pages={Math.ceil((totals[0]?.total ?? 0) / A_PAGE)} href={(n) => `${here}?page=${n}`} />
      <TariffTable c={c} rows={tariffs} />
    </Page>,
    problem ? (problem.status as 409) : 200,
  );
}

deskParkingRoutes.post("/desk/ledger/parking/book", drafts, async (c) => {
  const { slug } = c.var.scene.community;
  const body = await c.req.parseBody({ all: true });
  const booked = await bookTakings(staffScene(c), one(body, "period"), one(body, "_once") || newOnce());
  return booked.ok
    ? c.redirect(`${deskVoucherHref(slug, booked.value.voucherId)}?done=1`, 303)
    : parkingPage(c, parkingProblem(booked.error));
});
