/** Personal data on the desk: shown for a reason, exported for a reason, and the log of both. */
import { Hono } from "hono";
import { isDay } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { type Bilingual, pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { DateTimeField, Field } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { errorsOf, FormRefusal, pageOf, refused, rollBase, rollFrame, textOf, today } from "../desk.tsx";
import { DOCUMENT_WORDS, PARTY_WORDS, sayWord } from "../import/words.ts";
import { type FileFormat, MEDIA_TYPES } from "../import/writing.ts";
import type { PersonalField } from "../personal.ts";
import { exportMaskedRoll, exportRoll, type ReadEntry, readLog, revealPersonal } from "./actions.ts";
import { readWhy } from "./words.ts";

export const privacyPages = new Hono<AppEnv>();
const reads = requires("roll.read");
const reveals = requires("roll.reveal");
const READS_A_PAGE = 50;

const FIELD_WORDS: Record<PersonalField, Bilingual> = {
  name: { zh: "姓名", en: "name" },
  phone: { zh: "手机号", en: "mobile" },
  document: { zh: "证件", en: "document" },
};
const WHAT_WORDS: Record<ReadEntry["what"], Bilingual> = {
  reveal: { zh: "页面查看", en: "shown on a page" },
  export: { zh: "导出文件", en: "exported" },
  contact: { zh: "发送消息", en: "for sending messages" },
};

/** The form that asks for the reason; on the unit's page and here when it was missing. */
export const RevealForm = (props: { c: AppContext; partyId: string; why?: string; problem?: Problem | undefined }) => {
  const { c, partyId, why = "", problem } = props;
  const { t, lang, formToken } = c.var;
  return (
    <Form action={`${rollBase(c)}/reveal`} token={formToken} hidden={{ party: partyId }}>
      <Field
        name="why"
        label={t("为什么需要查看", "Why you need it")}
        hint={t("会记入查阅记录：谁、何时、看了谁、为什么。", "It is written down: who, when, whose and why.")}
        value={why}
        maxlength={200}
        error={errorFor(errorsOf(problem, lang), "why")}
      />
      <Actions>
        <Button look="quiet">{t("查看完整信息", "Show in full")}</Button>
      </Actions>
    </Form>
  );
};

privacyPages.post("/desk/roll/reveal", reveals, async (c) => {
  const { t, lang } = c.var;
  const { party, why } = await textOf(c, "party", "why");
  const shown = await revealPersonal(staffScene(c), { partyId: party, why });
  const title = t("业主的完整信息", "An owner in full");
  const frame = { ...rollFrame(c, []), switchHref: `${rollBase(c)}?lang=${lang === "en" ? "zh" : "en"}` };
  if (!shown.ok) {
    const problem = refused(shown.error);
    if (problem.status === 404) return problemResponse(c, problem);
    return c.html(
      <Page {...frame} title={title}>
        <h1>{title}</h1>
        <FormRefusal c={c} problem={problem} />
        <RevealForm c={c} partyId={party} why={why} problem={problem} />
      </Page>,
      problem.status,
    );
  }
  const { name, kind, idType, idNumber, idTail, phone, ownerNo } = shown.value;
  const none = t("（未登记）", "(not entered)");
  return c.html(
    <Page {...frame} title={title}>
      <h1>{title}</h1>
      <Callout tone="warn" title={t("这次查看已记录", "This look has been written down")}>
        <p>
          {t("请只用于填写的用途，不要截图或转发。", "Use it only for the reason given; do not copy or pass it on.")}
        </p>
      </Callout>
      <FactList>
        <Fact label={t("姓名", "Name")}>{name}</Fact>
        <Fact label={t("业主类型", "Kind")}>{pick(sayWord(PARTY_WORDS, kind), lang)}</Fact>
        <Fact label={t("手机号", "Mobile")}>{phone ?? none}</Fact>
        <Fact label={t("证件", "Document")}>
          {idNumber
            ? `${idType ? `${pick(sayWord(DOCUMENT_WORDS, idType), lang)} ` : ""}${idNumber}`
            : idTail
              ? t(`后四位 ${idTail}`, `last four ${idTail}`)
              : none}
        </Fact>
        <Fact label={t("产权人编号", "Owner's number")}>{ownerNo ?? none}</Fact>
      </FactList>
      <p>
        <a href={rollBase(c)}>{t("返回名册", "Back to the roll")}</a>
      </p>
    </Page>,
  );
});

function exportPage(c: AppContext, values: { why: string; on: string; format: string }, problem?: Problem) {
  const { t, lang, formToken, actor } = c.var;
  const errors = errorsOf(problem, lang);
  return (
    <Page {...rollFrame(c, [])} title={t("导出名册", "Export the roll")}>
      <h1>{t("导出名册", "Export the roll")}</h1>
      <FormRefusal c={c} problem={problem} />
      <h2>{t("打码的名册", "With masks")}</h2>
      <p>
        {t(
          "姓名、手机号打码，不含证件。用于核对和张贴前的检查，不能再导入。",
          "Names and mobiles masked, no documents. For checking; it cannot be imported again.",
        )}
      </p>
      <Actions>
        <ButtonLink look="quiet" href={`${rollBase(c)}/export.xlsx`} download="roll-masked.xlsx">
          Excel
        </ButtonLink>
        <ButtonLink look="quiet" href={`${rollBase(c)}/export.csv`} download="roll-masked.csv">
          CSV
        </ButtonLink>
      </Actions>
      {actor.permissions.has("roll.reveal") ? (
        <>
          <h2>{t("完整的名册", "In full")}</h2>
          <p>
            {t(
              "含全部个人信息，可以修改后再导入。每次导出都会记录。",
              "With all personal data; it can be changed and imported again. Every export is written down.",
            )}
          </p>
          <Form action={`${rollBase(c)}/export`} token={formToken}>
            <ErrorSummary t={t} errors={errors} />
            <Field
              name="why"
              label={t("导出用途", "What it is for")}
              value={values.why}
              maxlength={200}
              error={errorFor(errors, "why")}
            />
            <DateTimeField
              name="on"
              kind="date"
              label={t("哪一天的名册", "The roll of which day")}
              value={values.on}
              error={errorFor(errors, "on")}
            />
            <RadioGroup
              name="format"
              legend={t("文件格式", "Format")}
              value={values.format}
              options={[
                { value: "xlsx", label: t("Excel（.xlsx），房号按文本保存", "Excel (.xlsx), numbers kept as text") },
                { value: "csv", label: t("CSV（UTF-8）", "CSV (UTF-8)") },
              ]}
            />
            <Actions>
              <Button>{t("导出", "Export")}</Button>
            </Actions>
          </Form>
        </>
      ) : null}
    </Page>
  );
}

const attachment = (name: string, format: FileFormat) => ({
  "content-type": MEDIA_TYPES[format],
  "content-disposition": `attachment; filename="roll.${format}"; filename*=UTF-8''${encodeURIComponent(`${name}.${format}`)}`,
});

privacyPages.get("/desk/roll/export", reads, (c) => c.html(exportPage(c, { why: "", on: today(c), format: "xlsx" })));

for (const format of ["csv", "xlsx"] as const satisfies readonly FileFormat[])
  privacyPages.get(`/desk/roll/export.${format}`, reads, async (c) => {
    const bytes = await exportMaskedRoll(c.var.scene, { asOf: today(c), format });
    return c.body(bytes, 200, attachment(`名册（打码）${today(c)}`, format));
  });

// A POST, because it is written down; GET changes nothing.
privacyPages.post("/desk/roll/export", reveals, async (c) => {
  const values = await textOf(c, "why", "on", "format");
  const format: FileFormat = values.format === "csv" ? "csv" : "xlsx";
  const asOf = isDay(values.on) ? values.on : today(c);
  const file = await exportRoll(staffScene(c), { asOf, format, why: values.why });
  if (file.ok) return c.body(file.value, 200, attachment(`名册${asOf}`, format));
  const problem = refused(file.error);
  return c.html(exportPage(c, values, problem), problem.status);
});

privacyPages.get("/desk/roll/reads", reads, async (c) => {
  const { t, lang, scene } = c.var;
  const page = pageOf(c);
  const { total, reads: entries } = await readLog(scene, READS_A_PAGE, (page - 1) * READS_A_PAGE);
  return c.html(
    <Page {...rollFrame(c, [])} title={t("查阅记录", "Who looked")}>
      <h1>{t("查阅记录", "Who looked")}</h1>
      <p>
        {t(
          "每次查看或导出业主的完整姓名、手机号、证件，都记在这里，公开记录里也有一条（不含内容）。",
          "Every time an owner's name, mobile or document was shown or exported in full it is listed here, and the public record has an entry without its content.",
        )}
      </p>
      <DataTable
        caption={t("查阅记录", "Who looked")}
        quietCaption={true}
        rows={entries}
        empty={<EmptyState title={t("还没有人查看过", "Nobody has looked yet")} />}
        columns={[
          { label: t("时间", "When"), head: true, cell: ({ readAt }) => sayInstant(readAt, lang) },
          {
            label: t("经手人编号", "Who (id)"),
            cell: ({ readBy }) =>
              readBy === "outbox" ? t("系统发送消息", "the sending of messages") : <code>{readBy}</code>,
          },
          { label: t("方式", "How"), cell: ({ what }) => pick(WHAT_WORDS[what], lang) },
          {
            label: t("对象", "Whose"),
            cell: ({ maskedName, people }) => maskedName ?? t(`${people} 位业主`, `${people} owners`),
          },
          {
            label: t("内容", "What"),
            cell: ({ fields }) => fields.map((field) => pick(FIELD_WORDS[field], lang)).join(t("、", ", ")),
          },
          { label: t("原因", "Why"), cell: ({ why }) => pick(readWhy(why), lang) },
        ]}
      />
      <Pager t={t} page={page} pages={Math.max(1, Math.ceil(total / READS_A_PAGE))} href={(to) => `?page=${to}`} />
    </Page>,
  );
});
