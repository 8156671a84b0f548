/** Forms of the desk for what a unit is: area, use and state; splitting it; joining it with others. */
import { Hono } from "hono";
import { formatArea, parseArea } from "../../kernel/area.ts";
import type { UnitId } from "../../kernel/id.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { NOT_FOUND, type Problem, problemResponse } from "../../platform/problem.tsx";
import { CheckboxGroup, Confirm } from "../../platform/ui/choices.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { errorFor, Fieldset } from "../../platform/ui/forms.tsx";
import { badInput, type InputFault } from "../../platform/validate.ts";
import { headsOn } from "../browse/actions.ts";
import { errorsOf, onceOf, rollBase, textOf, today, valuesOf } from "../desk.tsx";
import { unitLabel } from "../explained.ts";
import { plainText } from "../identity/rules.ts";
import { KIND_WORDS, SOURCE_WORDS, STATE_WORDS, sayWord } from "../import/words.ts";
import { AREA_SOURCES, type AreaSource, UNIT_KINDS, UNIT_STATES, type VoterUnit } from "../rules.ts";
import { changeFacts } from "./actions.ts";
import { ChangePage } from "./change-page.tsx";
import { HEAD_FIELDS, headOf, type Place, placeOf, settle, unitCrumb, type Values, writes } from "./form-parts.tsx";
import { mergeUnits, splitUnit } from "./parts/actions.ts";
import type { Part } from "./rules.ts";

export const unitForms = new Hono<AppEnv>();

const AREA_FAULTS: Record<string, readonly [string, string]> = {
  empty: ["请填写面积。", "give the area."],
  not_a_number: ["面积请写成 89.66 的样子。", "write the area like 89.66."],
  negative: ["面积不能是负数。", "an area cannot be negative."],
  too_precise: ["最多两位小数，系统不会四舍五入。", "at most two decimals; nothing is rounded."],
  too_large: ["面积太大。", "the area is too large."],
};

/** An area typed in a field; zero is no area. */
function readArea(values: Values, field: string, faults: InputFault[]): number | null {
  const read = parseArea(values[field] ?? "");
  if (read.ok && read.value > 0) return read.value;
  const [zh, en] = read.ok ? ["面积不能是 0。", "an area cannot be 0."] : AREA_FAULTS[read.error]!;
  faults.push({ pointer: `/${field}`, detail: { zh: zh!, en: en! } });
  return null;
}

const sourceOf = (values: Values): AreaSource => AREA_SOURCES.find((source) => source === values.source) ?? "register";

const SourceSelect = ({ c, values }: { c: AppContext; values: Values }) => (
  <Select
    name="source"
    label={c.var.t("面积来源", "Source of the area")}
    hint={c.var.t(
      "登记优先于实测，实测优先于合同（法释〔2009〕7号第八条）。",
      "Register before survey before contract (Interpretation Fa Shi [2009] No. 7, art. 8).",
    )}
    value={values.source ?? "register"}
    options={AREA_SOURCES.map((source) => ({ value: source, label: pick(sayWord(SOURCE_WORDS, source), c.var.lang) }))}
  />
);

// ——— Area, use, state ———

function factsPage(c: AppContext, place: Place, values: Values, problem?: Problem) {
  const { t, lang } = c.var;
  const errors = errorsOf(problem, lang);
  const title = t("面积、用途、状态", "Area, use, state");
  const optional = t("不变可留空", "empty to leave");
  return (
    <ChangePage c={c} title={title} place={place} lead={<p>{unitLabel(place)}</p>} values={values} problem={problem}>
      <Field
        name="area"
        inputmode="decimal"
        width={11}
        label={t("面积（㎡）", "Area (m²)")}
        optional={optional}
        value={values.area ?? ""}
        error={errorFor(errors, "area")}
      />
      <SourceSelect c={c} values={values} />
      <Select
        name="kind"
        label={t("用途", "Use")}
        optional={optional}
        prompt={t("不变", "as it is")}
        value={values.kind ?? ""}
        options={UNIT_KINDS.map((kind) => ({ value: kind, label: pick(sayWord(KIND_WORDS, kind), lang) }))}
      />
      <Select
        name="state"
        label={t("状态", "State")}
        hint={t(
          "停用：不再是名册里的专有部分，历史仍可查。",
          "Retired: no unit of the roll any more; its history stays.",
        )}
        optional={optional}
        prompt={t("不变", "as it is")}
        value={values.state ?? ""}
        options={UNIT_STATES.map((state) => ({ value: state, label: pick(sayWord(STATE_WORDS, state), lang) }))}
      />
    </ChangePage>
  );
}

unitForms.get("/desk/roll/units/:unitId/facts", writes, async (c) => {
  const place = await placeOf(c);
  return place ? c.html(factsPage(c, place, { fromOn: today(c) })) : problemResponse(c, NOT_FOUND);
});

unitForms.post("/desk/roll/units/:unitId/facts", writes, async (c) => {
  const place = await placeOf(c);
  if (!place) return problemResponse(c, NOT_FOUND);
  const values: Values = await textOf(c, "area", "source", "kind", "state", ...HEAD_FIELDS);
  const again = (problem: Problem) => c.html(factsPage(c, place, values, problem), problem.status);
  const faults: InputFault[] = [];
  const areaDm2 = values.area === "" ? null : readArea(values, "area", faults);
  if (faults.length > 0) return again(badInput(faults));
  const done = await changeFacts(staffScene(c), place.unitId, {
    ...headOf(values, await onceOf(c)),
    area: areaDm2 === null ? null : { source: sourceOf(values), areaDm2 },
    kind: UNIT_KINDS.find((kind) => kind === values.kind) ?? null,
    state: UNIT_STATES.find((state) => state === values.state) ?? null,
  });
  return settle(c, done, unitCrumb(c, place).href, again);
});

// ——— Split ———

const PARTS = [1, 2, 3, 4] as const;

const Measured = ({ c, values }: { c: AppContext; values: Values }) => (
  <Confirm
    name="measured"
    label={c.var.t("面积是重新测绘的，合计可以与原来不同", "Measured anew: the sum may differ")}
    checked={values.measured === "yes"}
  />
);

function splitPage(c: AppContext, place: Place, values: Values, problem?: Problem) {
  const { t, lang } = c.var;
  const errors = errorsOf(problem, lang);
  const title = t("分户", "Split a unit");
  return (
    <ChangePage
      c={c}
      title={title}
      place={place}
      lead={
        <p>
          {t(
            `${unitLabel(place)}自那一天起停用，换成下面几个专有部分，业主不变。`,
            `${unitLabel(place)} is retired from that day on and replaced by these, with the same owners.`,
          )}
        </p>
      }
      values={values}
      problem={problem}
    >
      {PARTS.map((at) => (
        <Fieldset legend={t(`第${"一二三四"[at - 1]}个`, `Part ${at}`)}>
          <Field
            name={`room${at}`}
            width={11}
            label={t("房号", "Unit number")}
            value={values[`room${at}`] ?? ""}
            error={errorFor(errors, `room${at}`)}
            {...(at > 2 ? { optional: t("选填", "optional") } : {})}
          />
          <Field
            name={`area${at}`}
            width={11}
            inputmode="decimal"
            label={t("面积（㎡）", "Area (m²)")}
            value={values[`area${at}`] ?? ""}
            error={errorFor(errors, `area${at}`)}
            {...(at > 2 ? { optional: t("选填", "optional") } : {})}
          />
        </Fieldset>
      ))}
      <SourceSelect c={c} values={values} />
      <Measured c={c} values={values} />
    </ChangePage>
  );
}

unitForms.get("/desk/roll/units/:unitId/split", writes, async (c) => {
  const place = await placeOf(c);
  return place ? c.html(splitPage(c, place, { fromOn: today(c) })) : problemResponse(c, NOT_FOUND);
});

unitForms.post("/desk/roll/units/:unitId/split", writes, async (c) => {
  const place = await placeOf(c);
  if (!place) return problemResponse(c, NOT_FOUND);
  const fields = PARTS.flatMap((at) => [`room${at}`, `area${at}`]);
  const values: Values = await textOf(c, "source", "measured", ...HEAD_FIELDS, ...fields);
  const again = (problem: Problem) => c.html(splitPage(c, place, values, problem), problem.status);
  const faults: InputFault[] = [];
  const parts: Part[] = [];
  for (const at of PARTS) {
    const room = plainText(values[`room${at}`] ?? "").slice(0, 20);
    if (room === "" && values[`area${at}`] === "") continue;
    if (room === "") faults.push({ pointer: `/room${at}`, detail: { zh: "请填写房号。", en: "give the number." } });
    const areaDm2 = readArea(values, `area${at}`, faults);
    if (areaDm2 !== null) parts.push({ building: place.building, entrance: place.entrance, room, areaDm2 });
  }
  if (faults.length > 0) return again(badInput(faults));
  const done = await splitUnit(staffScene(c), place.unitId, {
    ...headOf(values, await onceOf(c)),
    parts,
    source: sourceOf(values),
    measuredAnew: values.measured === "yes",
  });
  return settle(c, done, unitCrumb(c, place).href, again);
});

// ——— Merge ———

/** The other units of the same head: only these can be joined with it. */
async function siblings(c: AppContext, place: Place): Promise<VoterUnit[]> {
  const { heads } = await headsOn(c.var.scene, today(c));
  const head = heads.find(({ units }) => units.some(({ unitId }) => unitId === place.unitId));
  return (head?.units ?? []).filter(({ unitId }) => unitId !== place.unitId);
}

async function mergePage(c: AppContext, place: Place, values: Values, chosen: readonly string[], problem?: Problem) {
  const { t, lang } = c.var;
  const errors = errorsOf(problem, lang);
  const others = await siblings(c, place);
  const title = t("合户", "Merge units");
  return (
    <ChangePage c={c} title={title} place={place} values={values} problem={problem}>
      <CheckboxGroup
        name="units"
        legend={t(
          `与${unitLabel(place)}合并的专有部分（业主相同）`,
          `Units to merge with ${unitLabel(place)} (same owners)`,
        )}
        values={chosen}
        options={others.map((unit) => ({
          value: unit.unitId as string,
          label: `${unitLabel(unit)}（${formatArea(unit.areaDm2)} ㎡）`,
        }))}
      />
      <Field
        name="room1"
        width={11}
        label={t("合并后的房号", "The number afterwards")}
        value={values.room1 ?? ""}
        error={errorFor(errors, "room1")}
      />
      <Field
        name="area1"
        width={11}
        inputmode="decimal"
        label={t("合并后的面积（㎡）", "The area afterwards (m²)")}
        value={values.area1 ?? ""}
        error={errorFor(errors, "area1")}
      />
      <SourceSelect c={c} values={values} />
      <Measured c={c} values={values} />
    </ChangePage>
  );
}

unitForms.get("/desk/roll/units/:unitId/merge", writes, async (c) => {
  const place = await placeOf(c);
  return place ? c.html(await mergePage(c, place, { fromOn: today(c) }, [])) : problemResponse(c, NOT_FOUND);
});

unitForms.post("/desk/roll/units/:unitId/merge", writes, async (c) => {
  const place = await placeOf(c);
  if (!place) return problemResponse(c, NOT_FOUND);
  const values: Values = await textOf(c, "room1", "area1", "source", "measured", ...HEAD_FIELDS);
  const chosen = await valuesOf(c, "units");
  const again = async (problem: Problem) => c.html(await mergePage(c, place, values, chosen, problem), problem.status);
  const faults: InputFault[] = [];
  const room = plainText(values.room1 ?? "").slice(0, 20);
  if (room === "") faults.push({ pointer: "/room1", detail: { zh: "请填写房号。", en: "give the number." } });
  if (chosen.length === 0)
    faults.push({ pointer: "/units", detail: { zh: "请至少勾选一个。", en: "tick at least one." } });
  const areaDm2 = readArea(values, "area1", faults);
  if (areaDm2 === null || faults.length > 0) return again(badInput(faults));
  const done = await mergeUnits(staffScene(c), [place.unitId as UnitId, ...chosen], {
    ...headOf(values, await onceOf(c)),
    into: { building: place.building, entrance: place.entrance, room },
    areaDm2,
    source: sourceOf(values),
    measuredAnew: values.measured === "yes",
  });
  return settle(c, done, rollBase(c), again);
});
