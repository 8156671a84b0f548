/** The forms that draft a contract, from an award or from an earlier document, and a change of one. Markup and forms only. */

import { Hono } from "hono";
import type { Child } from "hono/jsx";
import { dayOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { files, one, type Upload } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors, Refused } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { CheckboxGroup } from "../../platform/ui/choices.tsx";
import { DateTimeField, Field, FileField, Select, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { Details } from "../../platform/ui/notices.tsx";
import { deskTenderHref, readTenderNumber } from "../addresses.ts";
import { readTender } from "../scheme/actions.ts";
import { SERVICES } from "../scheme/rules.ts";
import { byTenderNumber } from "../store.ts";
import { SERVICE_WORDS } from "../words.ts";
import { type ContractAsked, draftContract } from "./actions.ts";
import { deskContractHref, deskContractsHref, readContractNumber } from "./addresses.ts";
import { readAwards } from "./awards.ts";
import { draftChange } from "./changing.ts";
import { changeProblem, contractProblem } from "./problems.ts";
import { dayText, NOTHING_TYPED, type TypedTerms, termsOfTyped, typedOf, typedTerms } from "./reading.ts";
import { type ContractTerms, partsOfLot, priceOfLines, termOfAward } from "./rules.ts";
import { PriceTable, QualityTable } from "./shown.tsx";
import { byContractNumber, contractFrom, findContract, listContractedLots, listRollBuildings } from "./store.ts";

/** Mounted at /c/:slug, before the page of one contract. */
export const contractFormPages = new Hono<AppEnv>();
const drafts = requires("tender.draft");

export const deskContractCrumbs = (c: AppContext, number?: number) => {
  const { slug } = c.var.scene.community;
  return [
    { href: `/c/${slug}/desk`, label: c.var.t("工作台", "Desk") },
    { href: deskContractsHref(slug), label: c.var.t("服务合同", "Service contracts") },
    ...(number === undefined
      ? []
      : [{ href: deskContractHref(slug, number), label: c.var.t(`第${number}号`, `No. ${number}`) }]),
  ];
};
export const uploadOf = async (chosen: readonly File[]): Promise<Upload | null> =>
  chosen[0] ? { name: chosen[0].name, bytes: new Uint8Array(await chosen[0].arrayBuffer()) } : null;

/** What an award fixes of a contract: parties, lots, prices, term and the announced quality. */
async function awardBase(c: AppContext, tender: number, fromOn: string): Promise<ContractTerms | null> {
  const { scene } = c.var;
  const key = byTenderNumber(scene, tender);
  const found = await readTender(scene, key);
  if (found?.row.state !== "awarded") return null;
  const [taken] = await scene.db.read(listContractedLots(scene, key));
  const awards = (await readAwards(scene, found.row.tenderId)).filter(
    ({ lotNo }) => !taken.some((one) => one.lotNo === lotNo),
  );
  const wanted = Number(c.req.query("lot") ?? 0);
  const first = awards.find(({ lotNo }) => lotNo === wanted) ?? awards[0];
  const lot = found.scheme.lots.find(({ lotNo }) => lotNo === first?.lotNo);
  if (!first || !lot) return null;
  const lines = lot.prices.map(({ key: line, label, unit, quantityHundredths }) => ({
    lotNo: lot.lotNo,
    key: line,
    label,
    unit,
    quantityHundredths,
    unitFen: first.prices[line] ?? 0,
  }));
  return {
    ...termsOfTyped({
      ...NOTHING_TYPED,
      title: `${found.row.title}：${lot.title}`,
      client: `${scene.community.name}业主委员会`,
    }),
    provider: { name: first.name, code: first.code },
    lots: [{ lotNo: lot.lotNo, title: lot.title, service: lot.service, scope: lot.scope }],
    parts: partsOfLot(lot),
    subcontractable: lot.service === "whole" ? lot.subcontracted : [lot.service],
    lines,
    priceFen: priceOfLines(lines),
    quality: lot.quality,
    ...termOfAward(lot, first.awardedOn, fromOn),
  };
}

interface Shown {
  readonly typed: TypedTerms;
  readonly problem?: Problem | undefined;
  readonly basis?: { readonly title: string; readonly on: string };
}

/** The fields every contract has. `fixed` is what an award says and nobody types. */
const TermsFields = (props: {
  c: AppContext;
  typed: TypedTerms;
  errors: readonly FieldError[];
  buildings: readonly string[];
  fixed?: boolean;
  children?: Child;
}) => {
  const { c, typed, errors, buildings, fixed } = props;
  const { t, lang } = c.var;
  const at = (name: keyof TypedTerms) => ({ name, value: typed[name] as string, error: errorFor(errors, name) });
  const services = SERVICES.map((value) => ({ value, label: SERVICE_WORDS[value][lang] }));
  return (
    <>
      <Field {...at("title")} label={t("合同名称", "Title")} maxlength={100} />
      <Field {...at("client")} label={t("甲方（谁代表业主签）", "Who signs for the owners")} maxlength={100} />
      {fixed ? null : (
        <>
          <Field {...at("provider")} label={t("物业服务人", "Provider")} maxlength={100} />
          <Field {...at("code")} label={t("统一社会信用代码", "Credit code")} width={20} />
          <Select {...at("service")} label={t("服务", "Service")} options={services} />
          <CheckboxGroup
            name="parts"
            legend={t("包括的专项（全部物业服务时勾选）", "What the whole is made of")}
            values={typed.parts}
            options={services.filter(({ value }) => value !== "whole")}
          />
          <CheckboxGroup
            name="subcontractable"
            legend={t("约定可以转委托的专项", "What may be given on")}
            hint={t("不能全部转委托（《民法典》第九百四十一条）。", "Never all of it (CC 941).")}
            values={typed.subcontractable}
            options={services.filter(({ value }) => value !== "whole")}
          />
          <TextArea {...at("scope")} label={t("服务内容和范围", "Scope")} rows={3} />
          <TextArea
            {...at("lines")}
            label={t("价格，每行一项", "Prices, one a line")}
            hint={t(
              "项目 | 单位 | 数量 | 单价（元），如：每月保洁费 | 元/月 | 12 | 20000",
              "item | unit | quantity | price, such as: cleaning | month | 12 | 20000",
            )}
            rows={4}
          />
          <DateTimeField {...at("fromOn")} kind="date" label={t("开始", "From")} />
          <DateTimeField {...at("toOn")} kind="date" label={t("最后一天", "Last day")} />
        </>
      )}
      <TextArea
        {...at("plan")}
        label={t("付款计划，每行一期", "Payment plan, one a line")}
        hint={t(
          "应付日 | 金额（元）| 条件，如：2027-03-31 | 62500 | 第一季度评价公布后。合计等于合同总价。",
          "due day | yuan | condition, such as: 2027-03-31 | 62500 | after the first report. It sums to the price.",
        )}
        rows={5}
      />
      <TextArea
        {...at("quality")}
        label={t("质量条款，每行一条", "Quality, one clause a line")}
        hint={t("条款 | 标准，如：楼道 | 每日清扫一次", "clause | measure, such as: stairs | swept daily")}
        rows={5}
      />
      {buildings.length > 0 ? (
        <CheckboxGroup
          name="buildings"
          legend={t("服务的楼栋", "Buildings")}
          hint={t("不勾选表示整个小区。", "None ticked means the whole estate.")}
          error={errorFor(errors, "buildings")}
          values={typed.buildings}
          options={buildings.map((value) => ({ value, label: value }))}
        />
      ) : null}
      <Field
        {...at("bond")}
        label={t("履约保证金（元）", "Bond (yuan)")}
        optional={t("可不填", "may stay empty")}
        inputmode="decimal"
        width={20}
      />
      <Field
        {...at("noticeDays")}
        label={t("解除合同提前几天书面通知", "Days of written notice")}
        inputmode="numeric"
        width={20}
      />
      <TextArea
        {...at("handover")}
        label={t("移交给物业服务人的，每行一项", "What is handed to the provider, one a line")}
        hint={t("用房、设施、资料或款项 | 内容", "用房, 设施, 资料 or 款项 | what")}
        rows={3}
      />
      <Details
        summary={t("考核扣款（合同有约定时填写）", "Deductions, where the contract agrees on any")}
        open={typed.below !== ""}
      >
        <Field {...at("below")} label={t("低于多少分扣款", "Below how many points")} inputmode="numeric" width={20} />
        <Field
          {...at("perPoint")}
          label={t("每少1分扣当期应付款的百分之几", "Per cent of what was due, a point")}
          inputmode="decimal"
          width={20}
        />
        <Field {...at("most")} label={t("最多扣百分之几", "Per cent at most")} inputmode="decimal" width={20} />
      </Details>
    </>
  );
};

const PaperField = ({ c, errors }: { c: AppContext; errors: readonly FieldError[] }) => {
  const { t } = c.var;
  return (
    <FileField
      name="file"
      label={t("签好的文件（PDF）", "The signed paper (PDF)")}
      hint={t(
        "文件会公开，请先遮住个人信息，如身份证号、手机号。",
        "It is public: cover personal data such as numbers of identity cards and telephones first.",
      )}
      accept="application/pdf"
      error={errorFor(errors, "file")}
    />
  );
};

async function newPage(c: AppContext, tender: number | null, shown: Shown) {
  const { t, scene, formToken } = c.var;
  const { slug } = scene.community;
  const [buildings] = await scene.db.read(listRollBuildings(scene));
  const base = tender === null ? null : await awardBase(c, tender, shown.typed.fromOn);
  if (tender !== null && !base) return c.notFound();
  const errors = problemErrors(c, shown.problem);
  const title = base
    ? t(`起草合同：${base.lots[0]!.title}`, `Draft the contract: ${base.lots[0]!.title}`)
    : t("登记服务合同", "Enter a service contract");
  const lot = base ? `&lot=${base.lots[0]!.lotNo}` : "";
  return c.html(
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={deskContractCrumbs(c)}>
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "起草以后由主任或副主任签订。签订后不能修改：要变，按变更办理，留下前后两版。",
          "The chair or a deputy signs it. Then it is not edited: what has to change becomes a new edition beside the old one.",
        )}
      </p>
      <Refused c={c} problem={errors.length > 0 && !shown.problem?.article ? undefined : shown.problem} />
      {base ? (
        <>
          <p>
            {t(
              `中标单位：${base.provider.name}（${base.provider.code}），期限${base.fromOn}至${base.toOn}。价格、期限和服务内容以中标结果为准，不能改（《招标投标法》第四十六条）。`,
              `Awarded to ${base.provider.name} (${base.provider.code}), ${base.fromOn} to ${base.toOn}. Prices, term and scope are the awarded ones and stand (TB 46).`,
            )}
          </p>
          <PriceTable c={c} terms={base} />
          <QualityTable c={c} terms={base} />
        </>
      ) : null}
      <Form
        action={`${deskContractsHref(slug)}/new${tender === null ? "" : `?tender=${tender}${lot}`}`}
        token={formToken}
        once={newOnce()}
        files={true}
        hidden={base ? { fromOn: base.fromOn } : {}}
      >
        <ErrorSummary t={t} errors={errors} />
        {base ? null : (
          <>
            <Field
              name="basisTitle"
              label={t("依据的文件", "The document it rests on")}
              hint={t(
                "如业主大会决议、以前签的合同；自主管理的写明决定。",
                "Such as a decision of the owners or the contract signed before.",
              )}
              value={shown.basis?.title ?? ""}
              error={errorFor(errors, "basisTitle")}
            />
            <DateTimeField
              name="basisOn"
              kind="date"
              label={t("文件的日期", "Its day")}
              value={shown.basis?.on ?? ""}
              error={errorFor(errors, "basisOn")}
            />
          </>
        )}
        <TermsFields
          c={c}
          typed={shown.typed}
          errors={errors}
          buildings={buildings.map(({ building }) => building)}
          fixed={base !== null}
        />
        <PaperField c={c} errors={errors} />
        <Actions>
          <Button>{t("保存，交第二人签订", "Save for a second person to sign")}</Button>
        </Actions>
      </Form>
    </Page>,
    (shown.problem?.status ?? 200) as 422,
  );
}

const tenderOf = (c: AppContext): number | null => readTenderNumber(c.req.query("tender"));

contractFormPages.get("/desk/contracts/new", drafts, async (c) => {
  const tender = tenderOf(c);
  const client = `${c.var.scene.community.name}业主委员会`;
  if (tender === null) return newPage(c, null, { typed: { ...NOTHING_TYPED, client } });
  const base = await awardBase(c, tender, dayOf(c.var.now));
  return base ? newPage(c, tender, { typed: typedOf(base) }) : c.notFound();
});

contractFormPages.post("/desk/contracts/new", drafts, async (c) => {
  const scene = staffScene(c);
  const tender = tenderOf(c);
  const body = await c.req.parseBody({ all: true });
  const typed = typedTerms(body);
  const base = tender === null ? null : await awardBase(c, tender, typed.fromOn);
  if (tender !== null && !base) return c.notFound();
  // Of an award its own lots, prices and term: nobody types them.
  const terms = termsOfTyped(base ? { ...typed, lines: "" } : typed, base ?? {});
  const asked: ContractAsked = {
    terms: base ? { ...terms, fromOn: base.fromOn, toOn: base.toOn } : terms,
    basis:
      tender === null
        ? { kind: "earlier", title: one(body, "basisTitle"), on: dayText(one(body, "basisOn")) }
        : { kind: "award", tender },
  };
  const done = await draftContract(scene, asked, await uploadOf(files(body, "file")), one(body, "_once") || newOnce());
  if (!done.ok)
    return newPage(c, tender, {
      typed,
      problem: contractProblem(done.error),
      basis: { title: one(body, "basisTitle"), on: one(body, "basisOn") },
    });
  const [rows] = await scene.db.read(findContract(scene, done.value.contractId));
  return c.redirect(`${deskContractHref(scene.community.slug, rows[0]!.number)}?done=1`, 303);
});

/** The door from the desk of a tender. */
contractFormPages.get("/desk/tenders/:number/contract", drafts, (c) => {
  const number = readTenderNumber(c.req.param("number"));
  const { slug } = c.var.scene.community;
  return number === null ? c.notFound() : c.redirect(`${deskContractsHref(slug)}/new?tender=${number}`, 303);
});
export const draftFromTenderHref = (slug: string, number: number): string => `${deskTenderHref(slug, number)}/contract`;

// ——— Changes ———

async function changePage(
  c: AppContext,
  shown: {
    readonly typed?: TypedTerms;
    readonly why: string;
    readonly meeting: string;
    readonly item: string;
    readonly problem?: Problem;
  },
) {
  const { t, scene, formToken } = c.var;
  const number = readContractNumber(c.req.param("number"));
  if (!number) return c.notFound();
  const [contracts, buildings] = await scene.db.read(
    findContract(scene, byContractNumber(scene, number)),
    listRollBuildings(scene),
  );
  const row = contracts[0] ? contractFrom(contracts[0]) : null;
  if (row?.state !== "signed") return c.notFound();
  const errors = problemErrors(c, shown.problem);
  const title = t(`变更或延长第${number}号合同`, `Change or extend contract no. ${number}`);
  return c.html(
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={deskContractCrumbs(c, number)}>
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "改成现在应有的样子，系统会列出和原来的区别。超过限度的，要写明业主大会通过的议题。",
          "Write it as it should read; the difference is listed. Beyond the limits name the owners' carried item.",
        )}
      </p>
      <Refused c={c} problem={errors.length > 0 && !shown.problem?.article ? undefined : shown.problem} />
      <Form
        action={`${deskContractHref(scene.community.slug, number)}/change`}
        token={formToken}
        once={newOnce()}
        files={true}
      >
        <ErrorSummary t={t} errors={errors} />
        <TermsFields
          c={c}
          typed={shown.typed ?? typedOf(row.terms)}
          errors={errors}
          buildings={buildings.map(({ building }) => building)}
        />
        <TextArea
          name="why"
          label={t("为什么变更", "Why")}
          value={shown.why}
          error={errorFor(errors, "why")}
          rows={2}
        />
        <Field
          name="meeting"
          label={t("业主大会会议编号", "Owners' meeting no.")}
          value={shown.meeting}
          error={errorFor(errors, "meeting")}
          optional={t("限度以内不填", "not within the limits")}
          inputmode="numeric"
          width={20}
        />
        <Field
          name="item"
          label={t("第几项", "Item")}
          value={shown.item}
          inputmode="numeric"
          width={20}
          optional={t("限度以内不填", "not within the limits")}
        />
        <PaperField c={c} errors={errors} />
        <Actions>
          <Button>{t("保存，交第二人签订", "Save for a second person to sign")}</Button>
        </Actions>
      </Form>
    </Page>,
    (shown.problem?.status ?? 200) as 422,
  );
}
contractFormPages.get("/desk/contracts/:number/change", drafts, (c) =>
  changePage(c, { why: "", meeting: "", item: "" }),
);
contractFormPages.post("/desk/contracts/:number/change", drafts, async (c) => {
  const scene = staffScene(c);
  const number = readContractNumber(c.req.param("number"));
  const [rows] = await scene.db.read(findContract(scene, byContractNumber(scene, number ?? 0)));
  const row = rows[0] ? contractFrom(rows[0]) : null;
  if (!row || !number) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const typed = typedTerms(body);
  const written = termsOfTyped(typed, { lines: row.terms.lines });
  // Of several lots or an unchanged scope the lots stay what they were.
  const lots =
    typed.scope === typedOf(row.terms).scope && typed.service === row.terms.lots[0]?.service
      ? row.terms.lots
      : written.lots;
  const terms = { ...written, lots, parts: lots === row.terms.lots ? row.terms.parts : written.parts };
  const [meeting, item] = [one(body, "meeting").trim(), one(body, "item").trim()];
  const decision =
    meeting === "" ? null : { meeting: readContractNumber(meeting) ?? 0, item: readContractNumber(item) ?? 0 };
  const why = one(body, "why");
  const done = await draftChange(
    scene,
    row.contractId,
    { terms, why, decision },
    await uploadOf(files(body, "file")),
    one(body, "_once") || newOnce(),
  );
  if (!done.ok) return changePage(c, { typed, why, meeting, item, problem: changeProblem(done.error) });
  return c.redirect(`${deskContractHref(scene.community.slug, number)}?done=1`, 303);
});
