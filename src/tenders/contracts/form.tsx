/** The forms that draft a contract, from an award or from an earlier document. Markup and forms only. */

import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { files, one, type Upload } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors, Refused } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { DateTimeField, Field } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { deskTenderHref, readTenderNumber } from "../addresses.ts";
import { type ContractAsked, draftContract } from "./actions.ts";
import { deskContractHref, deskContractsHref } from "./addresses.ts";
import { type AwardedTerms, awardedTerms } from "./award-terms.ts";
import { contractProblem } from "./problems.ts";
import { dayText, NOTHING_TYPED, type TypedTerms, termsOfTyped, typedOf, typedTerms } from "./reading.ts";
import { PriceTable, QualityTable } from "./shown.tsx";
import { findContract, listRollBuildings } from "./store.ts";
import { PaperField, TermsFields } from "./terms-fields.tsx";

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

/** The lots an address names, as `1_2`. */
const lotsAsked = (c: AppContext): number[] =>
  (c.req.query("lot") ?? "").split("_").flatMap((text) => (/^[1-9]\d{0,2}$/.test(text) ? [Number(text)] : []));

/** Which of the awarded lots stand in this contract, and the way to put them together or apart. */
const OtherLots = ({ c, tender, found }: { c: AppContext; tender: number; found: AwardedTerms }) => {
  const { t, scene } = c.var;
  const own = found.terms.lots.map(({ lotNo }) => lotNo);
  const href = (lots: readonly number[]): string =>
    `${deskContractsHref(scene.community.slug)}/new?tender=${tender}&lot=${lots.join("_")}`;
  return (
    <>
      {found.together.length > own.length ? (
        <p>
          {t(
            "这家还中了同一期限的其他标段，可以签在一份合同里：",
            "It won other lots of the same term, which may stand in one contract: ",
          )}
          <a href={href(found.together)}>
            {t(`标段${found.together.join("、")}签一份合同`, `lots ${found.together.join(", ")} in one contract`)}
          </a>
        </p>
      ) : null}
      {own.length > 1 ? (
        <p>
          {t("分开签：", "Apart: ")}
          {own.map((lotNo) => (
            <>
              <a href={href([lotNo])}>{t(`只签标段${lotNo}`, `lot ${lotNo} alone`)}</a>{" "}
            </>
          ))}
        </p>
      ) : null}
      {found.apart.length > 0 ? (
        <p>
          {t("另要签合同的标段：", "Lots that need a contract of their own: ")}
          {found.apart.map((lotNo) => (
            <>
              <a href={href([lotNo])}>{t(`标段${lotNo}`, `lot ${lotNo}`)}</a>{" "}
            </>
          ))}
        </p>
      ) : null}
    </>
  );
};

interface Shown {
  readonly typed: TypedTerms;
  readonly problem?: Problem | undefined;
  readonly basis?: { readonly title: string; readonly on: string };
}

async function newPage(c: AppContext, tender: number | null, shown: Shown) {
  const { t, scene, formToken } = c.var;
  const { slug } = scene.community;
  const [buildings] = await scene.db.read(listRollBuildings(scene));
  const found = tender === null ? null : await awardedTerms(scene, tender, lotsAsked(c), shown.typed.fromOn);
  if (tender !== null && !found) return c.notFound();
  const base = found?.terms ?? null;
  const errors = problemErrors(c, shown.problem);
  const title = base
    ? t(
        `起草合同：${base.lots.map((one) => one.title).join("、")}`,
        `Draft the contract: ${base.lots.map((one) => one.title).join(", ")}`,
      )
    : t("登记服务合同", "Enter a service contract");
  const lots = base ? `&lot=${base.lots.map(({ lotNo }) => lotNo).join("_")}` : "";
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
          {tender !== null && found ? <OtherLots c={c} tender={tender} found={found} /> : null}
          <PriceTable c={c} terms={base} />
          <QualityTable c={c} terms={base} />
        </>
      ) : null}
      <Form
        action={`${deskContractsHref(slug)}/new${tender === null ? "" : `?tender=${tender}${lots}`}`}
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
  const found = await awardedTerms(c.var.scene, tender, lotsAsked(c), dayOf(c.var.now));
  return found ? newPage(c, tender, { typed: typedOf(found.terms) }) : c.notFound();
});

contractFormPages.post("/desk/contracts/new", drafts, async (c) => {
  const scene = staffScene(c);
  const tender = tenderOf(c);
  const body = await c.req.parseBody({ all: true });
  const typed = typedTerms(body);
  const found = tender === null ? null : await awardedTerms(scene, tender, lotsAsked(c), typed.fromOn);
  if (tender !== null && !found) return c.notFound();
  const base = found?.terms ?? null;
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
