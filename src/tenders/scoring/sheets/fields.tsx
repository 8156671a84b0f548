/** The fields in which points are given: one pair for each bid and criterion, and reading them back. Markup only. */
import type { AppContext } from "../../../platform/context.ts";
import { type FormBody, one } from "../../../platform/form-body.ts";
import { Field } from "../../../platform/ui/fields.tsx";
import { errorFor, type FieldError, Fieldset } from "../../../platform/ui/forms.tsx";
import { pointsField, reasonField } from "../problems.ts";
import type { Given, LotAsked } from "../result/rules.ts";
import { formatPoints, LONGEST_REASON, parsePoints } from "./rules.ts";

export type Typed = Readonly<Record<string, string>>;

/** What was typed, for showing a refused form again. */
export const typedOf = (body: FormBody): Typed =>
  Object.fromEntries(Object.keys(body).map((name) => [name, one(body, name)]));

export const typedGiven = (given: readonly Given[]): Typed =>
  Object.fromEntries(
    given.flatMap((each) => [
      [pointsField(each), formatPoints(each.points)],
      [reasonField(each), each.reason],
    ]),
  );

/** The points a form holds. What is no number is handed on as out of range, for the rules to refuse beside its field. */
export function givenOf(kind: "fact" | "judged", lots: readonly LotAsked[], typed: Typed): Given[] {
  return lots.flatMap(({ lotNo, bidders, criteria }) =>
    criteria
      .filter((criterion) => criterion.kind === kind)
      .flatMap(({ key }) =>
        bidders.flatMap((bidderNo): Given[] => {
          const at = { lotNo, bidderNo, criterion: key };
          const text = (typed[pointsField(at)] ?? "").trim();
          if (text === "") return [];
          return [{ ...at, points: parsePoints(text) ?? -1, reason: typed[reasonField(at)] ?? "" }];
        }),
      ),
  );
}

/** Criterion by criterion, and within it bid by bid: whoever judges compares. */
export const PointsFields = (props: {
  c: AppContext;
  kind: "fact" | "judged";
  lots: readonly LotAsked[];
  titleOf: (lotNo: number) => string;
  nameOf: (lotNo: number, bidderNo: number) => string;
  typed: Typed;
  errors: readonly FieldError[];
}) => {
  const { c, kind, lots, typed, errors } = props;
  const { t } = c.var;
  return (
    <>
      {lots.map(({ lotNo, bidders, criteria }) => (
        <>
          {lots.length > 1 ? (
            <h2>{t(`标段${lotNo}：${props.titleOf(lotNo)}`, `Lot ${lotNo}: ${props.titleOf(lotNo)}`)}</h2>
          ) : null}
          {criteria
            .filter((criterion) => criterion.kind === kind)
            .map(({ key, title, weight, guide }) => (
              <Fieldset
                legend={t(`${title}（满分${weight}）`, `${title} (full marks ${weight})`)}
                hint={guide === "" ? undefined : guide}
              >
                {bidders.map((bidderNo) => {
                  const at = { lotNo, bidderNo, criterion: key };
                  const name = props.nameOf(lotNo, bidderNo);
                  return (
                    <>
                      <Field
                        name={pointsField(at)}
                        label={t(`${name}：得分`, `${name}: points`)}
                        inputmode="decimal"
                        width={6}
                        value={typed[pointsField(at)] ?? ""}
                        error={errorFor(errors, pointsField(at))}
                      />
                      <Field
                        name={reasonField(at)}
                        label={kind === "fact" ? t("依据（材料）", "Evidence") : t("理由", "Reason")}
                        maxlength={LONGEST_REASON}
                        value={typed[reasonField(at)] ?? ""}
                        error={errorFor(errors, reasonField(at))}
                      />
                    </>
                  );
                })}
              </Fieldset>
            ))}
        </>
      ))}
    </>
  );
};
