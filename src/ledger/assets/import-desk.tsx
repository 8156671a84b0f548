/** Entering many assets by a table: the upload, what the table says with what is wrong row by row, and the confirmation. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { files, one } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { writeCsv } from "../../platform/sheet/csv.ts";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { FileField } from "../../platform/ui/fields.tsx";
import { errorFor, Form } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { importAssets, type ReadSheet, readAssetSheet } from "./actions.ts";
import { deskAssetsHref } from "./addresses.ts";
import { assetCrumbs, fieldErrors } from "./desk.tsx";
import { assetProblem } from "./problems.ts";
import { MOST_ASSET_ROWS } from "./rules.ts";
import { assetTemplate, type RowMessage } from "./sheet.ts";
import { ASSET_KIND_WORDS, GROUND_WORDS } from "./words.ts";

/** Mounted at /c/:slug, before the page of one asset. */
export const assetImportRoutes = new Hono<AppEnv>();
const drafts = requires("ledger.draft");
const SHOWN = 20;

/** The bytes of a file through a page and back: nothing is kept of a table that is not confirmed. */
export const packed = (bytes: Uint8Array): string => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(text);
};
export const unpacked = (text: string): Uint8Array => {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
};

assetImportRoutes.get("/desk/ledger/assets/template.csv", drafts, (c) => {
  c.header("content-type", "text/csv; charset=utf-8");
  c.header("content-disposition", "attachment; filename*=UTF-8''%E7%99%BB%E8%AE%B0%E5%86%8C%E6%A8%A1%E6%9D%BF.csv");
  return c.body(writeCsv(assetTemplate(dayOf(c.var.now))));
});

assetImportRoutes.get("/desk/ledger/assets/import", drafts, (c) => uploadPage(c));

function uploadPage(c: AppContext, problem?: Problem) {
  const { t, lang, scene, formToken } = c.var;
  const here = `${deskAssetsHref(scene.community.slug)}/import`;
  const errors = fieldErrors(problem, lang);
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("用表格登记", "Enter by a table")} breadcrumb={assetCrumbs(c)}>
      <h1>{t("用表格登记许多", "Enter many by a table")}</h1>
      <p class="lead">
        {t(
          `下载模板，一行一处，最多${MOST_ASSET_ROWS}行，存成 CSV 或 XLSX 上传。先检查，确认后才写入；同一份表格再传一次，不会重复登记。`,
          `Take the template, one row each, at most ${MOST_ASSET_ROWS}, as CSV or XLSX. It is checked first and written once you confirm; the same table again adds nothing.`,
        )}
      </p>
      <p>
        <a href={`${deskAssetsHref(scene.community.slug)}/template.csv`}>{t("下载模板", "Download the template")}</a>
      </p>
      <Refused c={c} problem={errors.length > 0 ? undefined : problem} />
      <Form action={here} token={formToken} files={true}>
        <FileField
          name="file"
          label={t("表格", "Table")}
          accept=".csv,.xlsx"
          error={errorFor(errors, "file") ?? problem?.detail[lang]}
        />
        <Actions>
          <Button>{t("检查", "Check it")}</Button>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

/** Row by row what is wrong; at most a screenful, with how many more. */
export const RowMessages = ({ c, messages }: { c: AppContext; messages: readonly RowMessage[] }) => {
  const { t, lang } = c.var;
  if (messages.length === 0) return null;
  return (
    <Callout
      tone="bad"
      title={t(`有${messages.length}处要改，还没有写入`, `${messages.length} to correct; nothing is written yet`)}
    >
      <ul>
        {messages.slice(0, 50).map(({ row, words }) => (
          <li>{t(`第${row}行：${words.zh}`, `Row ${row}: ${words[lang]}`)}</li>
        ))}
      </ul>
      {messages.length > 50 ? <p>{t(`另有${messages.length - 50}处。`, `And ${messages.length - 50} more.`)}</p> : null}
    </Callout>
  );
};

function previewPage(c: AppContext, read: ReadSheet, bytes: Uint8Array) {
  const { t, lang, scene, formToken } = c.var;
  const here = `${deskAssetsHref(scene.community.slug)}/import`;
  const good = read.messages.length === 0;
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("检查表格", "Check the table")} breadcrumb={assetCrumbs(c)}>
      <h1>{t("检查表格", "Check the table")}</h1>
      <p class="lead">
        {t(
          `读到${read.rows}行：新登记${read.fresh.length}处，已经登记过、跳过${read.known.length}处。`,
          `${read.rows} rows read: ${read.fresh.length} new, ${read.known.length} in the register already and passed over.`,
        )}
        {read.encoding ? t(`按 ${read.encoding} 编码读取。`, ` Read as ${read.encoding}.`) : ""}
      </p>
      <RowMessages c={c} messages={read.messages} />
      <DataTable
        caption={t(`前${SHOWN}处`, `The first ${SHOWN}`)}
        rows={read.fresh.slice(0, SHOWN)}
        empty={<p>{t("没有新的要登记。", "There is nothing new to enter.")}</p>}
        columns={[
          { label: t("编号", "No."), head: true, cell: ({ code }) => code },
          {
            label: t("种类", "Kind"),
            cell: ({ kind, ground }) =>
              ground
                ? `${ASSET_KIND_WORDS[kind][lang]}（${GROUND_WORDS[ground][lang]}）`
                : ASSET_KIND_WORDS[kind][lang],
          },
          { label: t("名称", "Name"), cell: ({ name }) => name },
          { label: t("位置", "Place"), cell: ({ place }) => place },
          { label: t("权属依据", "Title basis"), cell: ({ titleBasis }) => titleBasis },
        ]}
      />
      {good && read.fresh.length > 0 ? (
        <Form action={here} token={formToken} hidden={{ table: packed(bytes) }}>
          <Actions>
            <Button>{t(`登记这${read.fresh.length}处`, `Enter these ${read.fresh.length}`)}</Button>
            <ButtonLink look="quiet" href={here}>
              {t("换一份表格", "Another table")}
            </ButtonLink>
          </Actions>
        </Form>
      ) : (
        <Actions>
          <ButtonLink href={here}>{t("改好后重新上传", "Correct it and upload again")}</ButtonLink>
        </Actions>
      )}
    </Page>,
    good ? 200 : 422,
  );
}

assetImportRoutes.post("/desk/ledger/assets/import", drafts, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const scene = staffScene(c);
  const table = one(body, "table");
  if (table !== "") {
    const bytes = unpacked(table);
    const done = await importAssets(scene, { name: "", bytes });
    if (done.ok) return c.redirect(`${deskAssetsHref(scene.community.slug)}?done=1`, 303);
    const again = await readAssetSheet(scene, bytes);
    return again.ok ? previewPage(c, again.value, bytes) : uploadPage(c, assetProblem(again.error));
  }
  const [file] = files(body, "file");
  const bytes = file ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
  const read = await readAssetSheet(scene, bytes);
  return read.ok ? previewPage(c, read.value, bytes) : uploadPage(c, assetProblem(read.error));
});
