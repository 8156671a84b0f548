/** A tender's papers: everybody's list with their hashes, the files by their day, and the desk that adds them. Registers its section and act. */

import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";
import { files, one } from "../../platform/form-body.ts";
import { pick } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { DateTimeField, Field, FileField, Select, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { tenderHref } from "../addresses.ts";
import { TenderDesk, tenderBaseOf, tenderKeyOf, tenderOf } from "../desk/frame.tsx";
import { registerTenderActs, registerTenderEventWords, registerTenderSection } from "../public/sections.ts";
import { findTender } from "../store.ts";
import { putDocument } from "./actions.ts";
import { documentProblem } from "./problems.ts";
import { DOCUMENT_KINDS, type DocumentAsked, isReleased, LONGEST_TITLE } from "./rules.ts";
import { type DocumentRow, listDocuments } from "./store.ts";
import { DOCUMENT_WORDS } from "./words.ts";

/** Mounted at /c/:slug. */
export const documentPages = new Hono<AppEnv>();
const drafts = requires("tender.draft", "tender.decide");

const Documents = ({ c, number, rows }: { c: AppContext; number: number; rows: readonly DocumentRow[] }) => {
  const { t, lang, scene, now } = c.var;
  const today = dayOf(now);
  return (
    <DataTable
      caption={t("选聘文件", "Documents")}
      quietCaption
      rows={rows}
      empty={<EmptyState title={t("还没有文件", "No document yet")} />}
      columns={[
        {
          label: t("文件", "Document"),
          head: true,
          cell: (row) =>
            isReleased(row, today) ? (
              <a href={`${tenderHref(scene.community.slug, number)}/documents/${row.documentNo}`}>{row.title}</a>
            ) : (
              row.title
            ),
        },
        { label: t("种类", "Kind"), cell: ({ kind }) => pick(DOCUMENT_WORDS[kind], lang) },
        {
          label: t("公开", "Public"),
          cell: (row) =>
            isReleased(row, today) ? (
              <StatusWord tone="good">{t("已公开", "Public")}</StatusWord>
            ) : (
              <>
                <StatusWord tone="waiting">
                  {t(`${sayDay(row.releasedOn, lang)}公开`, `from ${sayDay(row.releasedOn, lang)}`)}
                </StatusWord>
                <p class="hint">
                  {t("暂不公开：", "Withheld: ")}
                  {row.withheldWhy}
                </p>
              </>
            ),
        },
        { label: "SHA-256", cell: ({ fileHash }) => <code class="hash">{fileHash}</code> },
      ]}
    />
  );
};

registerTenderSection("documents", {
  place: 20,
  queries: (scene, key) => [listDocuments(scene, key)] as const,
  render: (c, tender, _, [rows]) =>
    rows.length === 0 ? null : (
      <section id="documents">
        <h2>{c.var.t("选聘文件", "Documents")}</h2>
        <Documents c={c} number={tender.number} rows={rows} />
      </section>
    ),
});

documentPages.get("/tenders/:number/documents/:document", async (c) => {
  const key = tenderKeyOf(c);
  if (key === null) return c.notFound();
  const { scene, now } = c.var;
  const [tenders, rows] = await scene.db.read(findTender(scene, key), listDocuments(scene, key));
  const row = rows.find(({ documentNo }) => String(documentNo) === c.req.param("document"));
  // Not released yet answers like not there.
  if (!row || tenders[0]?.decidedAt == null || !isReleased(row, dayOf(now))) return c.notFound();
  const file = await getFile(scene, row.fileId, "private");
  if (!file) return c.notFound();
  return c.body(file.bytes as Uint8Array<ArrayBuffer>, 200, {
    "content-type": row.mediaType,
    "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(row.fileName)}`,
  });
});

async function addPage(c: AppContext, typed?: { readonly problem: Problem; readonly asked: DocumentAsked }) {
  const drafted = await tenderOf(c);
  if (!drafted) return c.notFound();
  const { t, lang, scene, formToken } = c.var;
  const { row } = drafted;
  const [rows] = await scene.db.read(listDocuments(scene, row.tenderId));
  const errors = problemErrors(c, typed?.problem);
  const at = (name: string) => errorFor(errors, name);
  return c.html(
    <TenderDesk
      c={c}
      row={row}
      path="/documents"
      title={t("选聘文件", "Documents")}
      problem={typed?.problem}
      done={t("已加入，并写入公开记录", "Added, and in the public record")}
    >
      <Documents c={c} number={row.number} rows={rows} />
      <h2>{t("加一份文件", "Add a document")}</h2>
      <Form action={`${tenderBaseOf(c, row)}/documents`} token={formToken} files>
        <ErrorSummary t={t} errors={errors} />
        <Select
          name="kind"
          label={t("种类", "Kind")}
          value={typed?.asked.kind ?? "requirements"}
          error={at("kind")}
          options={DOCUMENT_KINDS.map((value) => ({ value, label: pick(DOCUMENT_WORDS[value], lang) }))}
        />
        <Field
          name="title"
          label={t("名称", "Title")}
          maxlength={LONGEST_TITLE}
          value={typed?.asked.title ?? ""}
          error={at("title")}
        />
        <FileField
          name="file"
          label={t("文件", "File")}
          hint={t("PDF 或照片，最大 10 MB", "PDF or photograph, 10 MB at most")}
          accept="image/jpeg,image/png,image/webp,application/pdf"
          error={at("file")}
        />
        <TextArea
          name="withheldWhy"
          label={t("暂不公开的理由", "Why it is withheld")}
          optional={t("马上公开的不填", "empty to publish at once")}
          rows={2}
          value={typed?.asked.withheldWhy ?? ""}
          error={at("withheldWhy")}
        />
        <DateTimeField
          name="releasedOn"
          kind="date"
          label={t("从哪一天公开", "Public from")}
          optional={t("马上公开的不填", "empty to publish at once")}
          value={typed?.asked.releasedOn ?? ""}
          error={at("releasedOn")}
        />
        <Actions>
          <Button>{t("加入", "Add")}</Button>
        </Actions>
        <p class="hint">
          {t("加入后不能删除；到了那一天自动公开。", "It stays once added, and is public on its day by itself.")}
        </p>
      </Form>
    </TenderDesk>,
    (typed?.problem.status ?? 200) as 422,
  );
}

documentPages.get("/desk/tenders/:number/documents", drafts, (c) => addPage(c));

documentPages.post("/desk/tenders/:number/documents", drafts, async (c) => {
  const drafted = await tenderOf(c);
  if (!drafted) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const asked: DocumentAsked = {
    kind: one(body, "kind"),
    title: one(body, "title"),
    withheldWhy: one(body, "withheldWhy"),
    releasedOn: one(body, "releasedOn"),
  };
  const [file] = files(body, "file");
  const sent = file ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : null;
  const put = await putDocument(staffScene(c), drafted.row.tenderId, asked, sent);
  if (!put.ok) return addPage(c, { problem: documentProblem(put.error), asked });
  return c.redirect(`${tenderBaseOf(c, drafted.row)}/documents?done=1`, 303);
});

registerTenderActs("documents", {
  queries: () => [] as const,
  actsOf: ({ state }) =>
    state === "failed" || state === "cancelled"
      ? []
      : [
          {
            label: { zh: "选聘文件", en: "Documents" },
            path: "/documents",
            permissions: ["tender.draft", "tender.decide"],
            isStep: false,
            notYet: null,
          },
        ],
});

registerTenderEventWords({
  document_put: (facts) => String(facts.title ?? ""),
});
