/** The list of companies that may not bid: everybody's page with the documents, and the desk that enters and lifts. */

import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";
import { files, one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { DateTimeField, Field, FileField, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { tendersHref } from "../addresses.ts";
import { debarmentsHref, deskDebarmentsHref } from "../bidders/addresses.ts";
import { listProblem } from "../bidders/conflicts/problems.ts";
import { barOn } from "../bidders/rules.ts";
import type { DebarmentRow } from "../bidders/store.ts";
import { TenderDesk } from "../desk/frame.tsx";
import { onceOf } from "../questions/pages.tsx";
import { countDebarments, debar, findDebarment, liftDebarment, listDebarments } from "./actions.ts";

/** Mounted at /c/:slug. */
export const debarmentPages = new Hono<AppEnv>();
const decides = requires("tender.decide");
const A_PAGE = 50;
const NUMBER = /^[1-9]\d{0,5}$/;

const Standing = ({ c, row }: { c: AppContext; row: DebarmentRow }) => {
  const { t, lang, now } = c.var;
  const today = dayOf(now);
  if (row.liftedOn !== null)
    return (
      <StatusWord tone="off">
        {t(`${sayDay(row.liftedOn, lang)}提前移出`, `lifted ${sayDay(row.liftedOn, lang)}`)}
      </StatusWord>
    );
  if (barOn([row], row.code, today)) return <StatusWord tone="bad">{t("禁入中", "Barred")}</StatusWord>;
  return row.endsOn < today ? (
    <StatusWord tone="off">{t("已到期", "Over")}</StatusWord>
  ) : (
    <StatusWord tone="waiting">{t("还没有开始", "Not begun")}</StatusWord>
  );
};

async function listPage(c: AppContext) {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const asked = c.req.query("page") ?? "1";
  const page = NUMBER.test(asked) ? Number(asked) : 0;
  if (page === 0) return c.notFound();
  const [count, rows] = await scene.db.read(
    countDebarments(scene),
    listDebarments(scene, { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
  );
  const pages = Math.max(1, Math.ceil((count[0]?.total ?? 0) / A_PAGE));
  if (page > pages) return c.notFound();
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("禁入名单", "Companies barred")}
      breadcrumb={[{ href: tendersHref(slug), label: t("选聘物业服务", "Tenders") }]}
      switchHref={`${debarmentsHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("禁入名单", "Companies barred")}</h1>
      <p>
        {t(
          "名单上的企业在期限内（含最后一天）不能参加本小区的选聘。每一条都有依据的文件。",
          "A company on the list cannot bid here to the end of its last day. Each entry rests on a document.",
        )}
      </p>
      <DataTable
        caption={t("禁入名单", "Companies barred")}
        quietCaption
        rows={rows}
        empty={
          <EmptyState title={t("名单是空的", "The list is empty")}>
            {t("没有企业被禁入。", "No company is barred.")}
          </EmptyState>
        }
        columns={[
          { label: t("企业", "Company"), head: true, cell: (row) => `${row.name}（${row.code}）` },
          {
            label: t("期限", "From and to"),
            cell: (row) => `${sayDay(row.beginsOn, lang)} — ${sayDay(row.endsOn, lang)}`,
          },
          { label: t("理由", "Reason"), cell: (row) => row.reason },
          {
            label: t("情况", "Standing"),
            cell: (row) => (
              <>
                <Standing c={c} row={row} />
                {row.liftedWhy === null ? null : <p class="hint">{row.liftedWhy}</p>}
              </>
            ),
          },
          {
            label: t("文件", "Document"),
            cell: (row) => <a href={`${debarmentsHref(slug)}/${row.number}/file`}>{t("看文件", "Read it")}</a>,
          },
        ]}
      />
      <Pager t={t} page={page} pages={pages} href={(n) => `?page=${n}`} />
    </Page>,
  );
}
debarmentPages.get("/debarments", listPage);

debarmentPages.get("/debarments/:number/file", async (c) => {
  const { scene } = c.var;
  const number = c.req.param("number");
  if (!NUMBER.test(number)) return c.notFound();
  const [rows] = await scene.db.read(findDebarment(scene, Number(number)));
  const file = rows[0] ? await getFile(scene, rows[0].fileId, "public") : null;
  if (!file) return c.notFound();
  return c.body(file.bytes as Uint8Array<ArrayBuffer>, 200, {
    "content-type": file.stored.mediaType,
    "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.stored.name)}`,
  });
});

const FIELDS = ["name", "code", "reason", "beginsOn", "endsOn"] as const;

async function deskPage(
  c: AppContext,
  typed?: { readonly problem: Problem; readonly values: Readonly<Record<string, string>> },
) {
  const { t, scene, formToken } = c.var;
  const { slug } = scene.community;
  const [rows] = await scene.db.read(listDebarments(scene, { limit: A_PAGE, offset: 0 }));
  const errors = problemErrors(c, typed?.problem);
  const at = (name: string) => errorFor(errors, name);
  const value = (name: string): string => typed?.values[name] ?? "";
  const live = rows.filter((row) => row.liftedOn === null && row.endsOn >= dayOf(c.var.now));
  return c.html(
    <TenderDesk
      c={c}
      row={null}
      path="/debarments"
      title={t("禁入名单", "Companies barred")}
      problem={typed?.problem}
      done={t("已记录并公开", "Recorded and public")}
    >
      <Form action={deskDebarmentsHref(slug)} token={formToken} once={newOnce()} files>
        <ErrorSummary t={t} errors={errors} />
        <Field name="name" label={t("企业全称", "Full name")} value={value("name")} error={at("name")} />
        <Field name="code" label={t("统一社会信用代码", "Credit code")} value={value("code")} error={at("code")} />
        <TextArea
          name="reason"
          label={t("理由", "Reason")}
          hint={t("公开", "Public")}
          rows={3}
          value={value("reason")}
          error={at("reason")}
        />
        <DateTimeField
          name="beginsOn"
          kind="date"
          label={t("第一天", "First day")}
          value={value("beginsOn")}
          error={at("beginsOn")}
        />
        <DateTimeField
          name="endsOn"
          kind="date"
          label={t("最后一天（含）", "Last day, included")}
          value={value("endsOn")}
          error={at("endsOn")}
        />
        <FileField
          name="file"
          label={t("依据的文件", "The document it rests on")}
          hint={t("照片或 PDF，公开", "Photograph or PDF; public")}
          error={at("file")}
        />
        <Actions>
          <Button look="danger">{t("列入名单", "Bar the company")}</Button>
          <ButtonLink look="quiet" href={debarmentsHref(slug)}>
            {t("看公开的名单", "The public list")}
          </ButtonLink>
        </Actions>
      </Form>
      {live.length > 0 ? <h2>{t("提前移出", "Lift a bar")}</h2> : null}
      {live.map((row) => (
        <Form action={`${deskDebarmentsHref(slug)}/${row.number}/lift`} token={formToken}>
          <h3>{`${row.name}（${row.code}）`}</h3>
          <Field name="why" label={t("为什么移出", "Why")} value="" />
          <Actions>
            <Button look="quiet">{t("移出名单", "Lift")}</Button>
          </Actions>
        </Form>
      ))}
    </TenderDesk>,
    (typed?.problem.status ?? 200) as 422,
  );
}

debarmentPages.get("/desk/debarments", decides, (c) => deskPage(c));

debarmentPages.post("/desk/debarments", decides, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const values = Object.fromEntries(FIELDS.map((name) => [name, one(body, name)])) as Record<
    (typeof FIELDS)[number],
    string
  >;
  const [file] = files(body, "file");
  const sent = file ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : null;
  const made = await debar(staffScene(c), values, sent, onceOf(body));
  if (!made.ok) return deskPage(c, { problem: listProblem(made.error), values });
  return c.redirect(`${deskDebarmentsHref(c.var.scene.community.slug)}?done=1`, 303);
});

debarmentPages.post("/desk/debarments/:number/lift", decides, async (c) => {
  const number = c.req.param("number");
  if (!NUMBER.test(number)) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const lifted = await liftDebarment(staffScene(c), Number(number), one(body, "why"));
  if (!lifted.ok && lifted.error.reason === "unknown_debarment") return c.notFound();
  if (!lifted.ok) {
    const { errors: _, ...problem } = listProblem(lifted.error);
    return deskPage(c, { problem, values: {} });
  }
  return c.redirect(`${deskDebarmentsHref(c.var.scene.community.slug)}?done=1`, 303);
});
