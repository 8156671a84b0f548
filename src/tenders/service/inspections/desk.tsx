/** Inspection sheets at the desk: a month's sheet with its photographs, correcting one, reading one. Markup and forms only. */
import { Hono } from "hono";
import { dayOf } from "../../../kernel/day.ts";
import { requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { getFile } from "../../../platform/files.ts";
import { one, uploadsOf } from "../../../platform/form-body.ts";
import { frameOf, newOnce } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import { problemErrors, Refused } from "../../../platform/refused.tsx";
import { Actions, Button } from "../../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../../platform/ui/choices.tsx";
import { LinkList } from "../../../platform/ui/facts.tsx";
import { DateTimeField, Field, FileField, Select } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { sayDay } from "../../../platform/ui/moments.ts";
import { type Again, baseOf, contractOf } from "../../contracts/addressed.ts";
import { readContractNumber } from "../../contracts/addresses.ts";
import { CONTRACT_READS } from "../../contracts/desk.tsx";
import { deskContractCrumbs } from "../../contracts/form.tsx";
import { dayText } from "../../contracts/reading.ts";
import { type ContractRow, listRollBuildings } from "../../contracts/store.ts";
import { MOST_PHOTOS } from "../photos.ts";
import { serviceProblem } from "../problems.ts";
import { clausesOf, type InspectionResult, RESULTS, servedBuildings } from "../rules.ts";
import { RESULT_WORDS } from "../shown.tsx";
import { findInspection, type InspectionRow, inspectionFrom } from "../store.ts";
import { inspect } from "./actions.ts";

/** Mounted at /c/:slug. */
export const inspectingDeskPages = new Hono<AppEnv>();
const reads = requires(...CONTRACT_READS);
const inspects = requires("tender.inspect");

async function inspectPage(c: AppContext, row: ContractRow, wrong: InspectionRow | null, again?: Again) {
  const { t, lang, scene, formToken, now } = c.var;
  const [buildings] = await scene.db.read(listRollBuildings(scene));
  const served = servedBuildings(
    row.terms,
    buildings.map(({ building }) => building),
  );
  const errors = problemErrors(c, again?.problem);
  const at = (name: string, initial = "") => ({
    name,
    value: again ? one(again.body, name) : initial,
    error: errorFor(errors, name),
  });
  const base = baseOf(c, row);
  const title = wrong
    ? t(`更正${wrong.month}${wrong.building}的巡查表`, `Correct the sheet of ${wrong.building}, ${wrong.month}`)
    : t("填巡查表", "Fill in an inspection sheet");
  return c.html(
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={deskContractCrumbs(c, row.number)}>
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "按合同的质量条款逐条看。每栋楼每月一张，没有做到的写明哪里不好。",
          "Clause by clause of the contract. One sheet a building and month; say what was amiss.",
        )}
      </p>
      <Refused c={c} problem={errors.length > 0 ? undefined : again?.problem} />
      <Form
        action={`${base}/inspect`}
        token={formToken}
        once={newOnce()}
        files={true}
        hidden={wrong ? { corrects: String(wrong.inspectionNo), building: wrong.building } : {}}
      >
        <ErrorSummary t={t} errors={errors} />
        {wrong ? (
          <Field {...at("why")} label={t("为什么更正", "Why it is corrected")} />
        ) : (
          <Select
            {...at("building")}
            label={t("楼栋或区域", "Building or ground")}
            options={served.map((value) => ({ value, label: value }))}
          />
        )}
        <DateTimeField
          {...at("inspectedOn", wrong?.inspectedOn ?? dayOf(now))}
          kind="date"
          label={t("巡查的日期", "Day of the inspection")}
        />
        {errorFor(errors, "items") ? (
          <p class="error" id="f-items">
            {errorFor(errors, "items")}
          </p>
        ) : null}
        {clausesOf(row.terms).map((clause, index) => {
          const before = wrong?.items.find((item) => item.clause === clause);
          const measure = row.terms.quality
            .filter((one) => one.clause === clause)
            .map((one) => one.measure)
            .join("；");
          return (
            <>
              <RadioGroup
                name={`result${index}`}
                legend={clause}
                hint={measure}
                value={at(`result${index}`, before?.result ?? "met").value}
                options={RESULTS.map((value) => ({ value, label: RESULT_WORDS[value][lang] }))}
              />
              <Field
                {...at(`note${index}`, before?.note ?? "")}
                label={t("哪里不好", "What was amiss")}
                optional={t("做到的不填", "empty where it was met")}
                maxlength={200}
              />
            </>
          );
        })}
        <FileField
          name="photos"
          label={t(`照片，最多${MOST_PHOTOS}张`, `Photographs, at most ${MOST_PHOTOS}`)}
          hint={t(
            "不要拍到人脸和门牌里面。照片不公开，校验值公开。",
            "No faces. Photographs are not public; their hashes are.",
          )}
          accept="image/*"
          multiple={true}
          error={errorFor(errors, "photos")}
          optional={t("可不传", "may stay empty")}
        />
        <Actions>
          <Button>{t("保存巡查表", "Keep the sheet")}</Button>
        </Actions>
      </Form>
    </Page>,
    (again?.problem.status ?? 200) as 422,
  );
}
async function sheetOf(c: AppContext, row: ContractRow, text: string | undefined): Promise<InspectionRow | null> {
  const no = readContractNumber(text);
  if (!no) return null;
  const [rows] = await c.var.scene.db.read(findInspection(c.var.scene, row.contractId, no));
  return rows[0] ? inspectionFrom(rows[0]) : null;
}
inspectingDeskPages.get("/desk/contracts/:number/inspect", inspects, async (c) => {
  const row = await contractOf(c);
  if (!row) return c.notFound();
  const corrects = c.req.query("corrects");
  const wrong = corrects === undefined ? null : await sheetOf(c, row, corrects);
  return corrects !== undefined && !wrong ? c.notFound() : inspectPage(c, row, wrong);
});
inspectingDeskPages.post("/desk/contracts/:number/inspect", inspects, async (c) => {
  const row = await contractOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const corrects = readContractNumber(one(body, "corrects"));
  const items = clausesOf(row.terms).map((clause, index) => ({
    clause,
    result: (RESULTS.find((value) => value === one(body, `result${index}`)) ?? "failed") as InspectionResult,
    note: one(body, `note${index}`),
  }));
  const asked = {
    inspectedOn: dayText(one(body, "inspectedOn")),
    building: one(body, "building"),
    items,
    corrects,
    why: one(body, "why"),
  };
  const done = await inspect(
    staffScene(c),
    row.contractId,
    asked,
    await uploadsOf(body, "photos"),
    one(body, "_once") || newOnce(),
  );
  if (done.ok) return c.redirect(`${baseOf(c, row)}/service?done=1`, 303);
  return inspectPage(c, row, corrects ? await sheetOf(c, row, String(corrects)) : null, {
    at: "inspect",
    problem: serviceProblem(done.error),
    body,
  });
});
inspectingDeskPages.get("/desk/contracts/:number/inspections/:no", reads, async (c) => {
  const { t, lang, actor } = c.var;
  const row = await contractOf(c);
  const sheet = row ? await sheetOf(c, row, c.req.param("no")) : null;
  if (!row || !sheet) return c.notFound();
  const base = baseOf(c, row);
  const title = t(`${sheet.month} ${sheet.building} 巡查表`, `Sheet of ${sheet.building}, ${sheet.month}`);
  return c.html(
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={deskContractCrumbs(c, row.number)}>
      <h1>{title}</h1>
      <p>
        {t(
          `${sheet.byWords}，${sayDay(sheet.inspectedOn, lang)}，${sheet.points}/${sheet.ofPoints}分`,
          `${sheet.byWords}, ${sayDay(sheet.inspectedOn, lang)}, ${sheet.points} of ${sheet.ofPoints}`,
        )}
      </p>
      <ul>
        {sheet.items.map(({ clause, result, note }) => (
          <li>{`${clause}：${RESULT_WORDS[result][lang]}${note === "" ? "" : `，${note}`}`}</li>
        ))}
      </ul>
      <LinkList
        items={sheet.photos.map(({ fileId, name }) => ({
          href: `${base}/inspections/${sheet.inspectionNo}/photos/${fileId}`,
          title: name,
        }))}
      />
      {sheet.correctedBy === null && actor.permissions.has("tender.inspect") ? (
        <p>
          <a href={`${base}/inspect?corrects=${sheet.inspectionNo}`}>{t("更正这张表", "Correct this sheet")}</a>
        </p>
      ) : null}
    </Page>,
  );
});
inspectingDeskPages.get("/desk/contracts/:number/inspections/:no/photos/:fileId", reads, async (c) => {
  const row = await contractOf(c);
  const sheet = row ? await sheetOf(c, row, c.req.param("no")) : null;
  const photo = sheet?.photos.find(({ fileId }) => fileId === c.req.param("fileId"));
  const found = photo ? await getFile(c.var.scene, photo.fileId, "private") : null;
  if (!found) return c.notFound();
  return c.body(found.bytes as Uint8Array<ArrayBuffer>, 200, {
    "Content-Type": found.stored.mediaType,
    "Cache-Control": "private, no-store",
  });
});
