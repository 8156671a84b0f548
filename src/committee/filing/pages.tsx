/** Filing at the desk: what is due, the pack to hand in, and recording that it was. Markup, one form, two downloads. */
import { Hono } from "hono";
import { dayOf, isDay, startOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { zipOf } from "../../platform/archive.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";
import { files, one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { DateTimeField, Field, FileField } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { deskFilingHref, deskMandateHref } from "../addresses.ts";
import { crumbs, fieldErrors, HANDS, wholeProblem } from "../sessions/desk/frame.tsx";
import { recordFiling, viewFilings } from "./actions.ts";
import { packFiles } from "./pack/files.tsx";
import { readPack } from "./pack/reading.ts";
import { filingProblem } from "./problems.ts";
import { LONGEST_AUTHORITY, LONGEST_RECEIPT } from "./rules.ts";
import { DutyTable, FilingClock, FilingTable } from "./shown.tsx";
import { findFilingFile } from "./store.ts";

export const filingPages = new Hono<AppEnv>();
const reads = requires(...HANDS);
const records = requires("committee.record");

async function page(
  c: AppContext,
  typed?: { readonly problem: Problem; readonly values: Readonly<Record<string, string>> },
) {
  const { t, lang, scene, now, actor, formToken } = c.var;
  const here = deskFilingHref(scene.community.slug);
  const { mandate, duties, filings } = await viewFilings(scene);
  const errors = fieldErrors(typed?.problem, lang);
  const today = dayOf(now);
  const value = (name: string): string => typed?.values[name] ?? "";
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("业委会备案", "Filings")}
      switchHref={`${here}?lang=${t("en", "zh")}`}
      breadcrumb={crumbs(c).slice(0, 2)}
    >
      <h1>{t("业委会备案", "Filing the committee")}</h1>
      <p class="lead">
        {t(
          "选举产生或成员变更以后，在期限内向区县主管部门和街道备案。每一次变更另起一个期限。",
          "After an election or a change of members the committee is filed with the district authority and the street in time. Each change has a clock of its own.",
        )}
      </p>
      <Refused c={c} problem={wholeProblem(typed?.problem)} />
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      {mandate === null ? (
        <EmptyState
          title={t("还没有登记本届业委会", "No mandate is recorded")}
          action={
            actor.permissions.has("offices.manage") ? (
              <ButtonLink href={deskMandateHref(scene.community.slug)}>
                {t("登记本届", "Record the mandate")}
              </ButtonLink>
            ) : undefined
          }
        >
          {t("备案的期限从就任那天算起。", "The clock runs from the day of taking office.")}
        </EmptyState>
      ) : (
        <>
          <FilingClock c={c} duties={duties} />
          <DutyTable c={c} duties={duties} />
          <h2>{t("第一步：下载备案材料", "Step one: download the pack")}</h2>
          <p>
            {t(
              `一个压缩包：成员名单、选举决定和计票、已公布的会议记录、议事规则和管理规约。以${sayDay(today, lang)}的成员为准。`,
              `One archive: member roll, the decision with its count, published minutes, rules of procedure and covenant, as of ${sayDay(today, lang)}.`,
            )}
          </p>
          <Actions>
            <ButtonLink look="quiet" href={`${here}/pack.zip`} download={`${scene.community.slug}-filing-${today}.zip`}>
              {t("下载备案材料", "Download the pack")}
            </ButtonLink>
          </Actions>
          {actor.permissions.has("committee.record") ? (
            <>
              <h2>{t("第二步：登记备案结果", "Step two: record that it was filed")}</h2>
              <Form action={here} token={formToken} once={value("_once") || newOnce()} files>
                <ErrorSummary t={t} errors={errors} />
                <DateTimeField
                  kind="date"
                  name="asOf"
                  label={t("材料以哪天的成员为准", "As of which day")}
                  value={value("asOf") || today}
                  error={errorFor(errors, "asOf")}
                />
                <DateTimeField
                  kind="date"
                  name="filedOn"
                  label={t("哪天递交", "Handed in on")}
                  value={value("filedOn") || today}
                  error={errorFor(errors, "filedOn")}
                />
                <Field
                  name="authority"
                  label={t("向哪个部门备案", "With whom")}
                  hint={t("例如：璧山区住房和城乡建设委员会", "Such as the district's housing authority")}
                  value={value("authority")}
                  maxlength={LONGEST_AUTHORITY}
                  error={errorFor(errors, "authority")}
                />
                <Field
                  name="receiptNo"
                  label={t("回执编号", "Number of the receipt")}
                  value={value("receiptNo")}
                  maxlength={LONGEST_RECEIPT}
                  optional={t("有盖章的回执可不填", "may stay empty with a stamped receipt")}
                  error={errorFor(errors, "receiptNo")}
                />
                <FileField
                  name="file"
                  label={t("盖章的回执", "Stamped receipt")}
                  hint={t("照片或PDF，加密保存，不公开。", "Photograph or PDF; kept sealed, not public.")}
                  accept="image/*,application/pdf"
                  optional={t("选填", "optional")}
                  error={errorFor(errors, "file")}
                />
                <Actions>
                  <Button>{t("登记备案", "Record the filing")}</Button>
                </Actions>
              </Form>
            </>
          ) : null}
          <h2>{t("备案记录", "Filings made")}</h2>
          <FilingTable c={c} filings={filings} fileHref={(fileId) => `${here}/files/${fileId}`} />
        </>
      )}
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

filingPages.get("/desk/committee/filings", reads, (c) => page(c));

filingPages.post("/desk/committee/filings", records, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const values = Object.fromEntries(
    ["asOf", "filedOn", "authority", "receiptNo", "_once"].map((name) => [name, one(body, name)]),
  );
  const [file] = files(body, "file");
  const once = values._once || newOnce();
  const recorded = await recordFiling(
    staffScene(c),
    {
      asOf: values.asOf ?? "",
      filedOn: values.filedOn ?? "",
      authority: values.authority ?? "",
      receiptNo: values.receiptNo ?? "",
      file: file ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : null,
    },
    once,
  );
  if (!recorded.ok) return page(c, { problem: filingProblem(recorded.error), values: { ...values, _once: once } });
  return c.redirect(`${deskFilingHref(c.var.scene.community.slug)}?done=1`, 303);
});

filingPages.get("/desk/committee/filings/pack.zip", reads, async (c) => {
  const { scene, now } = c.var;
  const asked = c.req.query("on") ?? "";
  const today = dayOf(now);
  const asOf = isDay(asked) && asked <= today ? asked : today;
  const facts = await readPack(scene, asOf);
  // Nothing to file before a mandate is recorded: the page says what to do.
  if (!facts) return c.redirect(deskFilingHref(scene.community.slug), 303);
  // Dated by the day it shows, not by the clock: the same state is the same bytes.
  return c.body(zipOf(packFiles(facts), startOf(asOf)), 200, {
    "content-type": "application/zip",
    "content-disposition": `attachment; filename="${scene.community.slug}-filing-${asOf}.zip"`,
  });
});

filingPages.get("/desk/committee/filings/files/:fileId", reads, async (c) => {
  const { scene } = c.var;
  const fileId = c.req.param("fileId");
  const [known] = await scene.db.read(findFilingFile(scene, fileId));
  const found = known.length > 0 ? await getFile(scene, fileId, "private") : null;
  if (!found) return c.notFound();
  return c.body(found.bytes as Uint8Array<ArrayBuffer>, 200, {
    "content-type": found.stored.mediaType,
    "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent(found.stored.name)}`,
  });
});
