/** Setting a tariff at the desk, with what it rests on. Markup and forms only. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { parseYuan } from "../../kernel/money.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { files, one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { fieldErrors } from "../assets/desk.tsx";
import { readCount } from "../books/addresses.ts";
import { BasisFields, type TypedBasis } from "../leases/basis-fields.tsx";
import { deskParkingHref } from "./addresses.ts";
import { readDay } from "./permits-desk.tsx";
import { parkingProblem } from "./problems.ts";
import { USE_WORDS } from "./public.tsx";
import { LONGEST_TARIFF_WORDS, TARIFF_USES, type TariffUse } from "./rules.ts";
import { parkingCrumbs } from "./shown.tsx";
import { setTariff, type TariffAsked } from "./tariffs.ts";

/** Mounted at /c/:slug. */
export const tariffRoutes = new Hono<AppEnv>();
const manages = requires("ledger.manage");

interface TypedTariff extends TypedBasis {
  readonly use: string;
  readonly fromOn: string;
  readonly amount: string;
  readonly words: string;
}
const NO_BASIS: TypedBasis = { basis: "decision", meeting: "", item: "", documentTitle: "", documentOn: "" };

tariffRoutes.get("/desk/ledger/parking/tariffs", manages, (c) =>
  tariffPage(c, { use: "monthly", fromOn: dayOf(c.var.now), amount: "", words: "", ...NO_BASIS }),
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
      <Form action={here} token={formToken} once={newOnce()} files={true}>
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
        <h2>{t("凭哪项决定", "On which decision")}</h2>
        <BasisFields c={c} typed={typed} errors={errors} />
        <Actions>
          <Button>{t("登记价目", "Enter it")}</Button>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

tariffRoutes.post("/desk/ledger/parking/tariffs", manages, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const typed: TypedTariff = {
    use: one(body, "use"),
    fromOn: readDay(body, "fromOn"),
    amount: one(body, "amount"),
    words: one(body, "words"),
    basis: one(body, "basis"),
    meeting: one(body, "meeting"),
    item: one(body, "item"),
    documentTitle: one(body, "documentTitle"),
    documentOn: readDay(body, "documentOn"),
  };
  const amount = parseYuan(typed.amount);
  const count = (text: string): number => readCount(text.normalize("NFKC").trim()) ?? 0;
  const asked: TariffAsked = {
    use: typed.use as TariffUse,
    fromOn: typed.fromOn,
    amountFen: amount.ok ? amount.value : -1,
    words: typed.words,
    basis:
      typed.basis === "earlier"
        ? { kind: "earlier", title: typed.documentTitle, on: typed.documentOn }
        : { kind: "decision", meeting: count(typed.meeting), item: count(typed.item) },
  };
  const [file] = files(body, "document");
  const document = file ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : null;
  const set = await setTariff(staffScene(c), asked, document, one(body, "_once") || newOnce());
  if (!set.ok) return tariffPage(c, typed, parkingProblem(set.error));
  return c.redirect(`${deskParkingHref(c.var.scene.community.slug)}?done=1`, 303);
});
