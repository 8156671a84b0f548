/** Amending an announced tender at the desk: a lot or the explanations, first looked at as a difference, then published. */

import { Hono } from "hono";
import type { Child } from "hono/jsx";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { type FormBody, one } from "../../platform/form-body.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayDeadline } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { tenderHref } from "../addresses.ts";
import { TenderDesk, tenderBaseOf, tenderOf } from "../desk/frame.tsx";
import { registerTenderActs } from "../public/sections.ts";
import { takesBids } from "../rules.ts";
import type { Drafted } from "../scheme/actions.ts";
import { LotFields } from "../scheme/fields.tsx";
import { LONGEST_TEXT, lotTyped, type Read, readLot, type Typed, typedOf } from "../scheme/form.ts";
import type { Scheme } from "../scheme/rules.ts";
import { amendTender, previewAmendment } from "./actions.ts";
import "./messages.ts";
import { amendProblem } from "./problems.ts";
import type { Amendment } from "./rules.ts";
import { Changes, closingWords } from "./shown.tsx";

/** Mounted under /c/:slug. */
export const amendmentPages = new Hono<AppEnv>();
const decides = requires("tender.decide");

/** What one form amends. */
interface Part {
  readonly path: string;
  readonly title: Bilingual;
  readonly typed: Typed;
  readonly fields: (typed: Typed, errors: readonly FieldError[]) => Child;
  readonly read: (body: FormBody) => Read<(scheme: Scheme) => Scheme>;
}

function lotPart(c: AppContext, { scheme }: Drafted, lotNo: number): Part | null {
  const lot = scheme.lots.find((each) => each.lotNo === lotNo);
  if (!lot) return null;
  return {
    path: `/amend/lots/${lotNo}`,
    title: { zh: `修改标段${lotNo}：${lot.title}`, en: `Amend lot ${lotNo}: ${lot.title}` },
    typed: lotTyped(lot),
    fields: (typed, errors) => <LotFields c={c} typed={typed} errors={errors} scheme={scheme} />,
    read: (body) => {
      const read = readLot(body, lotNo);
      if (!read.ok) return read;
      return {
        ok: true,
        value: (standing) => ({
          ...standing,
          lots: standing.lots.map((each) => (each.lotNo === lotNo ? read.value : each)),
        }),
      };
    },
  };
}

const wordsPart = (c: AppContext, { scheme }: Drafted): Part => ({
  path: "/amend/words",
  title: { zh: "修改说明文字", en: "Amend the explanations" },
  typed: { reasons: scheme.reasons },
  fields: (typed, errors) => (
    <TextArea
      name="reasons"
      label={c.var.t("为什么这样选聘", "Why this way")}
      rows={8}
      value={String(typed.reasons ?? "")}
      error={errorFor(errors, "reasons")}
    />
  ),
  read: (body) => {
    const reasons = one(body, "reasons").replace(/\r\n/g, "\n").trim();
    return [...reasons].length > LONGEST_TEXT
      ? { ok: false, error: [{ field: "reasons", words: { zh: "太长", en: "Too long" } }] }
      : { ok: true, value: (standing) => ({ ...standing, reasons }) };
  },
});

const partOf = (c: AppContext, drafted: Drafted): Part | null => {
  const lot = c.req.param("lot");
  return lot === undefined ? wordsPart(c, drafted) : /^\d{1,2}$/.test(lot) ? lotPart(c, drafted, Number(lot)) : null;
};

amendmentPages.get("/desk/tenders/:number/amend", decides, async (c) => {
  const drafted = await tenderOf(c);
  if (!drafted || drafted.row.noticedAt === null) return c.notFound();
  const { t, lang, now } = c.var;
  const { row, scheme } = drafted;
  const base = tenderBaseOf(c, row);
  return c.html(
    <TenderDesk c={c} row={row} path="/amend" title={t("澄清与修改", "Amend the tender")}>
      {takesBids(row, now) && row.closesAt !== null ? (
        <>
          <p class="lead">
            {t(
              `投标到${sayDeadline(row.closesAt, lang)}截止，以前都可以修改。影响投标的修改自动顺延截止时间，并通知已登记的投标人重新确认。`,
              `Until bids close ${sayDeadline(row.closesAt, lang)} the documents may be amended. What touches bids moves the closing by itself, and every registered bidder is asked to confirm.`,
            )}
          </p>
          <LinkList
            items={[
              ...scheme.lots.map(({ lotNo, title }) => ({
                href: `${base}/amend/lots/${lotNo}`,
                title: t(`标段${lotNo}：${title}`, `Lot ${lotNo}: ${title}`),
              })),
              { href: `${base}/amend/words`, title: t("说明文字", "The explanations") },
            ]}
          />
          <p class="hint">
            {t(
              "服务模式、标段的数量和种类、评分标准、评审组，公告以后不能改。",
              "The mode, the lots and their services, the criteria and the panel stand from the notice on.",
            )}
          </p>
        </>
      ) : (
        <Callout tone="warn" title={t("投标已经截止，不能再修改", "Bids have closed; nothing is amended any more")}>
          <p>
            <a href={base}>{t("回到选聘", "Back to the tender")}</a>
          </p>
        </Callout>
      )}
    </TenderDesk>,
  );
});

function formPage(
  c: AppContext,
  { row }: Drafted,
  part: Part,
  shown: { readonly typed: Typed; readonly errors?: readonly FieldError[]; readonly problem?: Problem },
) {
  const { t, formToken } = c.var;
  const errors = shown.errors ?? [];
  return c.html(
    <TenderDesk c={c} row={row} path={part.path} title={t(part.title.zh, part.title.en)} problem={shown.problem}>
      <Form
        action={`${tenderBaseOf(c, row)}${part.path}`}
        token={formToken}
        hidden={{ edition: String(shown.typed.edition ?? row.edition) }}
      >
        <ErrorSummary t={t} errors={errors} />
        {part.fields(shown.typed, errors)}
        <TextArea
          name="why"
          label={t("为什么修改", "Why it is amended")}
          hint={t("公开，投标人和业主都会看到。", "Public: bidders and owners read it.")}
          rows={3}
          value={String(shown.typed.why ?? "")}
          error={errorFor(errors, "why")}
        />
        <Actions>
          <Button>{t("看修改前后的对照", "See the difference")}</Button>
        </Actions>
      </Form>
    </TenderDesk>,
    (shown.problem?.status ?? (errors.length > 0 ? 422 : 200)) as 422,
  );
}

function previewPage(c: AppContext, { row, scheme }: Drafted, part: Part, amendment: Amendment, typed: Typed) {
  const { t, formToken } = c.var;
  const { touches, closesAt } = amendment;
  const times = {
    touches: touches ? (1 as const) : (0 as const),
    closesBefore: row.closesAt ?? 0,
    closesAfter: closesAt,
  };
  return c.html(
    <TenderDesk c={c} row={row} path={part.path} title={t("核对修改", "Check the amendment")}>
      <Changes c={c} changes={amendment.changes} scheme={scheme} caption={t("要改的内容", "What is to be changed")} />
      <p>{closingWords(times, c.var)}</p>
      <p>
        {t("为什么修改：", "Why: ")}
        {String(typed.why ?? "")}
      </p>
      <form method="post" action={`${tenderBaseOf(c, row)}${part.path}`} novalidate>
        <input type="hidden" name="_form" value={formToken} />
        {Object.entries(typed)
          .filter(([name]) => !name.startsWith("_") && name !== "act")
          .flatMap(([name, value]) => [value].flat().map((text) => <input type="hidden" name={name} value={text} />))}
        <Actions>
          <Button name="act" value="publish">
            {t("公布修改", "Publish the amendment")}
          </Button>
          <ButtonLink look="quiet" href={`${tenderBaseOf(c, row)}${part.path}`}>
            {t("不改了，重新填", "No, begin again")}
          </ButtonLink>
        </Actions>
      </form>
    </TenderDesk>,
  );
}

async function handle(c: AppContext) {
  const drafted = await tenderOf(c);
  const part = drafted && drafted.row.noticedAt !== null ? partOf(c, drafted) : null;
  if (!drafted || !part) return c.notFound();
  if (c.req.method === "GET") return formPage(c, drafted, part, { typed: part.typed });
  const { lang, scene } = c.var;
  const body = await c.req.parseBody({ all: true });
  const typed = typedOf(body);
  const read = part.read(body);
  if (!read.ok)
    return formPage(c, drafted, part, {
      typed,
      errors: read.error.map(({ field, words }) => ({ field, message: words[lang] })),
    });
  const [seen, why] = [Number(one(body, "edition")), one(body, "why")];
  const { tenderId, number } = drafted.row;
  const refused = (problem: Problem) =>
    formPage(c, drafted, part, { typed, problem, errors: problemErrors(c, problem) });
  if (one(body, "act") !== "publish") {
    const previewed = await previewAmendment(scene, tenderId, seen, read.value, why);
    if (!previewed.ok) return refused(amendProblem(previewed.error, drafted.scheme));
    return previewPage(c, drafted, part, previewed.value.amendment, typed);
  }
  const amended = await amendTender(staffScene(c), tenderId, seen, read.value, why);
  if (!amended.ok) return refused(amendProblem(amended.error, drafted.scheme));
  return c.redirect(`${tenderHref(scene.community.slug, number)}#amendments`, 303);
}

amendmentPages.get("/desk/tenders/:number/amend/words", decides, handle);
amendmentPages.post("/desk/tenders/:number/amend/words", decides, handle);
amendmentPages.get("/desk/tenders/:number/amend/lots/:lot", decides, handle);
amendmentPages.post("/desk/tenders/:number/amend/lots/:lot", decides, handle);

registerTenderActs("amendments", {
  queries: () => [] as const,
  actsOf: (row, _, __, now) =>
    takesBids(row, now)
      ? [
          {
            label: { zh: "澄清与修改", en: "Amend the tender" },
            path: "/amend",
            permissions: ["tender.decide"],
            isStep: false,
            notYet: null,
          },
        ]
      : [],
});
