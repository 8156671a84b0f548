/** The forms of a draft, part by part: in general, a lot, by what offers are compared, the estate's own posts. Markup and forms only. */

import { Hono } from "hono";
import type { Child } from "hono/jsx";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { type FormBody, one } from "../../platform/form-body.ts";
import { pick } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { TenderDesk, tenderBaseOf, tenderOf } from "../desk/frame.tsx";
import { tenderProblem } from "../problems.ts";
import { SERVICE_WORDS } from "../words.ts";
import { changeScheme, type Drafted, withLot } from "./actions.ts";
import { CriteriaFields, type Filled, GeneralFields, LotFields, OwnFields } from "./fields.tsx";
import {
  criteriaTyped,
  generalTyped,
  lotTyped,
  ownTyped,
  type Read,
  readCriteria,
  readGeneral,
  readLot,
  readOwn,
  type Typed,
  typedOf,
  type Unread,
} from "./form.ts";
import { type Scheme, SERVICES } from "./rules.ts";

/** Mounted under /c/:slug. */
export const schemeEditorPages = new Hono<AppEnv>();
const drafts = requires("tender.draft");

/** One part of a scheme as a form: how it is filled in, shown, read, and put back. */
interface PartForm<V> {
  readonly path: string;
  readonly title: readonly [string, string];
  readonly typed: (scheme: Scheme) => Typed;
  readonly fields: (filled: Filled) => Child;
  readonly read: (body: FormBody) => Read<V>;
  readonly put: (scheme: Scheme, value: V) => Scheme;
}

interface Shown {
  readonly typed: Typed;
  readonly problem?: Problem;
  readonly unread?: readonly Unread[];
}

function partPage<V>(c: AppContext, drafted: Drafted, part: PartForm<V>, shown: Shown, under?: Child) {
  const { t, lang, formToken } = c.var;
  const { row, scheme } = drafted;
  const base = tenderBaseOf(c, row);
  const errors: FieldError[] = [
    ...problemErrors(c, shown.problem),
    ...(shown.unread ?? []).map(({ field, words }) => ({ field, message: words[lang] })),
  ];
  return c.html(
    <TenderDesk
      c={c}
      row={row}
      path={part.path}
      title={t(...part.title)}
      problem={shown.problem}
      done={t("已保存", "Saved")}
    >
      <Form
        action={`${base}${part.path}`}
        token={formToken}
        hidden={{ edition: String(shown.typed.edition ?? row.edition) }}
      >
        <ErrorSummary t={t} errors={errors} />
        {part.fields({ c, typed: shown.typed, errors, scheme })}
        <Actions>
          <Button>{t("保存", "Save")}</Button>
          <ButtonLink look="quiet" href={base}>
            {t("回到选聘", "Back to the tender")}
          </ButtonLink>
        </Actions>
      </Form>
      {under}
    </TenderDesk>,
    (shown.problem?.status ?? (shown.unread ? 422 : 200)) as 422,
  );
}

/** Reads the form, changes the draft, and leads back; what was refused is shown above what was typed. */
async function savePart<V>(c: AppContext, drafted: Drafted, part: PartForm<V>): Promise<Response> {
  const body = await c.req.parseBody({ all: true });
  const typed = typedOf(body);
  const read = part.read(body);
  if (!read.ok) return partPage(c, drafted, part, { typed, unread: read.error });
  const seen = Number(one(body, "edition"));
  const saved = await changeScheme(staffScene(c), drafted.row.tenderId, seen, (scheme) => part.put(scheme, read.value));
  if (!saved.ok) return partPage(c, drafted, part, { typed, problem: tenderProblem(saved.error) });
  return c.redirect(`${tenderBaseOf(c, drafted.row)}?done=1`, 303);
}

/** Mounts the page and the post of a part that every scheme has once. */
function mount<V>(part: PartForm<V>): void {
  schemeEditorPages.get(`/desk/tenders/:number${part.path}`, drafts, async (c) => {
    const drafted = await tenderOf(c);
    return drafted ? partPage(c, drafted, part, { typed: part.typed(drafted.scheme) }) : c.notFound();
  });
  schemeEditorPages.post(`/desk/tenders/:number${part.path}`, drafts, async (c) => {
    const drafted = await tenderOf(c);
    return drafted ? savePart(c, drafted, part) : c.notFound();
  });
}

mount({
  path: "/general",
  title: ["方案总则", "The scheme in general"],
  typed: generalTyped,
  fields: (filled) => <GeneralFields {...filled} />,
  read: readGeneral,
  put: (scheme, value) => ({ ...scheme, ...value }),
});
mount({
  path: "/criteria",
  title: ["怎么评分", "By what offers are compared"],
  typed: ({ criteria }) => criteriaTyped(criteria),
  fields: (filled) => <CriteriaFields {...filled} />,
  read: readCriteria,
  put: (scheme, criteria) => ({ ...scheme, criteria }),
});
mount({
  path: "/posts",
  title: ["自己的岗位和现有合同", "Own posts and running contracts"],
  typed: ownTyped,
  fields: (filled) => <OwnFields {...filled} />,
  read: readOwn,
  put: (scheme, value) => ({ ...scheme, ...value }),
});

// ——— Lots: as many as the scheme has ———

const lotPart = (lotNo: number, scheme: Scheme): PartForm<Scheme["lots"][number]> | null => {
  const lot = scheme.lots.find((each) => each.lotNo === lotNo);
  if (!lot) return null;
  return {
    path: `/lots/${lotNo}`,
    title: [`标段${lotNo}`, `Lot ${lotNo}`],
    typed: () => lotTyped(lot),
    fields: (filled) => <LotFields {...filled} />,
    read: (body) => readLot(body, lotNo),
    put: (standing, value) => ({
      ...standing,
      lots: standing.lots.map((each) => (each.lotNo === lotNo ? value : each)),
    }),
  };
};

/** The draft and the lot of the address. */
async function lotOf(c: AppContext) {
  const drafted = await tenderOf(c);
  const lotNo = Number(c.req.param("lot"));
  const part = drafted && Number.isInteger(lotNo) ? lotPart(lotNo, drafted.scheme) : null;
  return drafted && part ? { drafted, part, lotNo } : null;
}

schemeEditorPages.get("/desk/tenders/:number/lots", drafts, async (c) => {
  const drafted = await tenderOf(c);
  return drafted ? lotsPage(c, drafted) : c.notFound();
});

function lotsPage(c: AppContext, drafted: Drafted, problem?: Problem) {
  const { t, lang, formToken } = c.var;
  const { row, scheme } = drafted;
  const base = tenderBaseOf(c, row);
  return c.html(
    <TenderDesk c={c} row={row} path="/lots" title={t("标段", "Lots")} problem={problem}>
      <LinkList
        items={scheme.lots.map(({ lotNo, title, service }) => ({
          href: `${base}/lots/${lotNo}`,
          title: t(`标段${lotNo}：${title}`, `Lot ${lotNo}: ${title}`),
          note: pick(SERVICE_WORDS[service], lang),
        }))}
        empty={<p>{t("还没有标段。", "No lot yet.")}</p>}
      />
      <Form action={`${base}/lots`} token={formToken} hidden={{ edition: String(row.edition) }}>
        <Select
          name="service"
          label={t("再加一个标段", "Add a lot")}
          value={scheme.mode === "whole" ? "whole" : "cleaning"}
          options={SERVICES.map((service) => ({ value: service, label: pick(SERVICE_WORDS[service], lang) }))}
        />
        <Actions>
          <Button look="quiet">{t("加上", "Add")}</Button>
          <ButtonLink look="quiet" href={base}>
            {t("回到选聘", "Back to the tender")}
          </ButtonLink>
        </Actions>
      </Form>
    </TenderDesk>,
    (problem?.status ?? 200) as 409,
  );
}

schemeEditorPages.post("/desk/tenders/:number/lots", drafts, async (c) => {
  const drafted = await tenderOf(c);
  if (!drafted) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const service = SERVICES.find((each) => each === one(body, "service")) ?? "other";
  const saved = await changeScheme(staffScene(c), drafted.row.tenderId, Number(one(body, "edition")), (scheme) =>
    withLot(scheme, service, c.var.now),
  );
  if (!saved.ok) return lotsPage(c, drafted, tenderProblem(saved.error));
  return c.redirect(`${tenderBaseOf(c, drafted.row)}/lots`, 303);
});

schemeEditorPages.get("/desk/tenders/:number/lots/:lot", drafts, async (c) => {
  const found = await lotOf(c);
  return found
    ? partPage(
        c,
        found.drafted,
        found.part,
        { typed: found.part.typed(found.drafted.scheme) },
        <RemoveLot c={c} {...found} />,
      )
    : c.notFound();
});
schemeEditorPages.post("/desk/tenders/:number/lots/:lot", drafts, async (c) => {
  const found = await lotOf(c);
  return found ? savePart(c, found.drafted, found.part) : c.notFound();
});

const RemoveLot = ({ c, drafted, lotNo }: { c: AppContext; drafted: Drafted; lotNo: number }) => {
  const { t, formToken } = c.var;
  return (
    <Form
      action={`${tenderBaseOf(c, drafted.row)}/lots/${lotNo}/remove`}
      token={formToken}
      hidden={{ edition: String(drafted.row.edition) }}
    >
      <Actions>
        <Button look="quiet">{t("从方案里去掉这个标段", "Take this lot out of the scheme")}</Button>
      </Actions>
    </Form>
  );
};

schemeEditorPages.post("/desk/tenders/:number/lots/:lot/remove", drafts, async (c) => {
  const found = await lotOf(c);
  if (!found) return c.notFound();
  const { drafted, part, lotNo } = found;
  const body = await c.req.parseBody({ all: true });
  const saved = await changeScheme(staffScene(c), drafted.row.tenderId, Number(one(body, "edition")), (scheme) => ({
    ...scheme,
    lots: scheme.lots.filter((each) => each.lotNo !== lotNo),
  }));
  if (!saved.ok)
    return partPage(c, drafted, part, { typed: part.typed(drafted.scheme), problem: tenderProblem(saved.error) });
  return c.redirect(`${tenderBaseOf(c, drafted.row)}/lots`, 303);
});
