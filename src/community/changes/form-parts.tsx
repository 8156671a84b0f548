/** What the forms that change the roll share: from which day and why, where they lead, who may post them. */
import { requires } from "../../platform/access.ts";
import type { AppContext } from "../../platform/context.ts";
import { NOT_FOUND, type Problem, problemResponse } from "../../platform/problem.tsx";
import { DateTimeField, Field } from "../../platform/ui/fields.tsx";
import { errorFor, type FieldError } from "../../platform/ui/forms.tsx";
import { refused, rollBase, today } from "../desk.tsx";
import { unitLabel } from "../explained.ts";
import type { UnitPlace } from "../rules.ts";
import type { Changed } from "./actions.ts";
import { findPlace } from "./store.ts";

export type Values = Readonly<Record<string, string>>;
/** A unit's place with its id, from the address. */
export type Place = UnitPlace & { readonly unitId: string };

export const writes = requires("roll.write");

export const HEAD_FIELDS = ["fromOn", "why", "evidence"] as const;

/** From which day, why, on what evidence: at the end of every form that changes the roll. */
export const HeadFields = (props: {
  c: AppContext;
  values: Values;
  errors: readonly FieldError[];
  dated?: boolean;
}) => {
  const { c, values, errors } = props;
  const { t } = c.var;
  return (
    <>
      {props.dated === false ? null : (
        <DateTimeField
          name="fromOn"
          kind="date"
          label={t("自哪一天起", "From which day on")}
          hint={t(
            "以登记、判决等文件上的日期为准，不能晚于今天。",
            "The day on the deed or judgment; not after today.",
          )}
          value={values.fromOn ?? ""}
          max={today(c)}
          error={errorFor(errors, "fromOn")}
        />
      )}
      <Field
        name="why"
        label={t("原因", "Why")}
        value={values.why ?? ""}
        maxlength={200}
        error={errorFor(errors, "why")}
      />
      <Field
        name="evidence"
        label={t("依据的文件", "On what document")}
        hint={t(
          "如不动产权证号、裁判文书号、推选书。加密保存。",
          "Such as the deed's or judgment's number. Kept sealed.",
        )}
        value={values.evidence ?? ""}
        maxlength={200}
        optional={t("选填", "optional")}
        error={errorFor(errors, "evidence")}
      />
    </>
  );
};

export const headOf = (values: Values, changeId: string) => ({
  changeId,
  fromOn: values.fromOn ?? "",
  note: { why: values.why ?? "", evidence: values.evidence ?? "" },
});

/** After a change: to the unit, or the form again with what is wrong. */
export async function settle(
  c: AppContext,
  done: Changed,
  to: string,
  again: (problem: Problem) => Promise<Response> | Response,
): Promise<Response> {
  if (done.ok) return c.redirect(`${to}?done=1`, 303);
  const problem = refused(done.error);
  return problem.status === 404 ? problemResponse(c, NOT_FOUND) : again(problem);
}

export async function placeOf(c: AppContext): Promise<Place | null> {
  const { scene } = c.var;
  const [rows] = await scene.db.read(findPlace(scene, c.req.param("unitId") ?? ""));
  return rows[0] ?? null;
}

/** The way from a form back to its unit. */
export const unitCrumb = (c: AppContext, place: Place) => ({
  href: `${rollBase(c)}/units/${place.unitId}`,
  label: unitLabel(place),
});
