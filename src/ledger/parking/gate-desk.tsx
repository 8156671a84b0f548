/** Taking in the gate system's daily file: the upload, what it says with what is wrong row by row, and the confirmation. */
import { Hono } from "hono";
import { formatYuan } from "../../kernel/money.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { files, one } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { FileField } from "../../platform/ui/fields.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { DataTable } from "../../platform/ui/tables.tsx";
import { packed, RowMessages, unpacked } from "../assets/import-desk.tsx";
import { importGate, type ReadGate, readGateFile } from "./actions.ts";
import { deskParkingHref } from "./addresses.ts";
import { MOST_GATE_ROWS } from "./gate.ts";
import { parkingProblem } from "./problems.ts";
import { parkingCrumbs } from "./shown.tsx";
import { listImports } from "./store.ts";

/** Mounted at /c/:slug. */
export const gateRoutes = new Hono<AppEnv>();
const drafts = requires("ledger.draft");

gateRoutes.get("/desk/ledger/parking/gate", drafts, (c) => uploadPage(c));

async function uploadPage(c: AppContext, problem?: Problem) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const here = `${deskParkingHref(slug)}/gate`;
  const [imports] = await scene.db.read(listImports(scene, 31));
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("导入道闸收费记录", "Take in the gate's file")}
      breadcrumb={parkingCrumbs(c)}
    >
      <h1>{t("导入道闸收费记录", "Take in the gate's file")}</h1>
      <p class="lead">
        {t(
          `从道闸系统导出每天的收费记录（CSV 或 XLSX，最多${MOST_GATE_ROWS}行），要有出场时间和实收金额。只留日期和金额，不保存访客的车牌；同一份或重叠的文件不会重复计入。`,
          `Export the gate's payments of a day (CSV or XLSX, at most ${MOST_GATE_ROWS} rows) with time and amount. Only days and amounts are kept, no visitor's plate; the same or overlapping files add nothing twice.`,
        )}
      </p>
      <Form action={here} token={formToken} files={true}>
        <FileField
          name="file"
          label={t("收费记录", "The file")}
          accept=".csv,.xlsx"
          error={problem?.errors?.[0]?.detail[lang] ?? problem?.detail[lang]}
        />
        <Actions>
          <Button>{t("检查", "Check it")}</Button>
        </Actions>
      </Form>
      <DataTable
        caption={t("最近导入的", "Taken in lately")}
        rows={imports}
        empty={<p>{t("还没有导入过。", "None yet.")}</p>}
        columns={[
          { label: t("时间", "When"), head: true, cell: ({ importedAt }) => sayInstant(importedAt, lang) },
          { label: t("行数", "Rows"), number: true, cell: ({ rows }) => rows },
          { label: t("计入", "Added"), number: true, cell: ({ added }) => added },
          { label: t("金额（元）", "Yuan"), number: true, cell: ({ amountFen }) => formatYuan(amountFen) },
          {
            label: t("记录", "Record"),
            cell: ({ leafHash }) => <a href={`/c/${slug}/record/${leafHash}`}>{t("条目", "entry")}</a>,
          },
        ]}
      />
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

function previewPage(c: AppContext, read: ReadGate, bytes: Uint8Array, name: string) {
  const { t, lang, scene, formToken } = c.var;
  const here = `${deskParkingHref(scene.community.slug)}/gate`;
  const good = read.messages.length === 0;
  const days = [...new Set(read.fresh.map(({ onDay }) => onDay))].sort();
  const fen = (some: ReadGate["fresh"]) => some.reduce((sum, { amountFen }) => sum + amountFen, 0);
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("检查收费记录", "Check the file")} breadcrumb={parkingCrumbs(c)}>
      <h1>{t("检查收费记录", "Check the file")}</h1>
      <p class="lead">
        {t(
          `读到${read.rows}行：新的${read.fresh.length}笔，共${formatYuan(fen(read.fresh))}元；以前导入过、跳过${read.known}笔。`,
          `${read.rows} rows read: ${read.fresh.length} new, ${formatYuan(fen(read.fresh))} yuan; ${read.known} came before and are passed over.`,
        )}
        {read.encoding ? t(`按 ${read.encoding} 编码读取。`, ` Read as ${read.encoding}.`) : ""}
      </p>
      <RowMessages c={c} messages={read.messages} />
      <DataTable
        caption={t("按天合计", "By day")}
        rows={days.slice(0, 62)}
        empty={<p>{t("没有新的要计入。", "There is nothing new.")}</p>}
        columns={[
          { label: t("日期", "Day"), head: true, cell: (on) => sayDay(on, lang) },
          {
            label: t("笔数", "Payments"),
            number: true,
            cell: (on) => read.fresh.filter(({ onDay }) => onDay === on).length,
          },
          {
            label: t("金额（元）", "Yuan"),
            number: true,
            cell: (on) => formatYuan(fen(read.fresh.filter(({ onDay }) => onDay === on))),
          },
        ]}
      />
      {good && read.fresh.length > 0 ? (
        <Form action={here} token={formToken} hidden={{ table: packed(bytes), name }}>
          <Actions>
            <Button>{t(`计入这${read.fresh.length}笔`, `Take in these ${read.fresh.length}`)}</Button>
            <ButtonLink look="quiet" href={here}>
              {t("换一份", "Another file")}
            </ButtonLink>
          </Actions>
        </Form>
      ) : (
        <Actions>
          <ButtonLink href={here}>
            {good ? t("换一份", "Another file") : t("改好后重新上传", "Correct it and upload again")}
          </ButtonLink>
        </Actions>
      )}
    </Page>,
    good ? 200 : 422,
  );
}

gateRoutes.post("/desk/ledger/parking/gate", drafts, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const scene = staffScene(c);
  const table = one(body, "table");
  const [file] = files(body, "file");
  const confirmed = table !== "";
  const bytes = confirmed ? unpacked(table) : new Uint8Array(file ? await file.arrayBuffer() : []);
  const name = confirmed ? one(body, "name") : (file?.name ?? "");
  if (confirmed) {
    const done = await importGate(scene, { name, bytes });
    if (done.ok) return c.redirect(`${deskParkingHref(scene.community.slug)}?done=1`, 303);
  }
  const read = await readGateFile(scene, bytes);
  return read.ok ? previewPage(c, read.value, bytes, name) : uploadPage(c, parkingProblem(read.error));
});
