/** The form that drafts a change or an extension of a contract: the whole as it should read. Markup and forms only. */
import { Hono } from "hono";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { files, one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors, Refused } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { deskContractHref, readContractNumber } from "./addresses.ts";
import { draftChange } from "./changing.ts";
import { deskContractCrumbs, uploadOf } from "./form.tsx";
import { changeProblem } from "./problems.ts";
import { type TypedTerms, termsOfTyped, typedOf, typedTerms } from "./reading.ts";
import { byContractNumber, contractFrom, findContract, listRollBuildings } from "./store.ts";
import { PaperField, TermsFields } from "./terms-fields.tsx";

/** Mounted at /c/:slug, before the page of one contract. */
export const contractChangePages = new Hono<AppEnv>();
const drafts = requires("tender.draft");

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
contractChangePages.get("/desk/contracts/:number/change", drafts, (c) =>
  changePage(c, { why: "", meeting: "", item: "" }),
);
contractChangePages.post("/desk/contracts/:number/change", drafts, async (c) => {
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
