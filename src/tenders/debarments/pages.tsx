/** The list of companies that may not bid, for everybody: reason, days, document, appeal and end. */

import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { sayAuthor } from "../acting.ts";
import { tendersHref } from "../addresses.ts";
import { debarmentsHref } from "../bidders/addresses.ts";
import { barOn } from "../bidders/rules.ts";
import { debarmentStanding } from "./rules.ts";
import { countDebarments, type DebarmentRow, findDebarment, listDebarments, stepsOf } from "./store.ts";
import { STEP_WORDS } from "./words.ts";

/** Mounted at /c/:slug. */
export const debarmentPages = new Hono<AppEnv>();
const A_PAGE = 50;
const NUMBER = /^[1-9]\d{0,5}$/;

export const DebarmentStatus = ({ c, row }: { c: AppContext; row: DebarmentRow }) => {
  const { t, lang, now } = c.var;
  const today = dayOf(now);
  const standing = debarmentStanding(stepsOf(row));
  if (standing === "proposed")
    return (
      <StatusWord tone="waiting">
        {t("待另一人确认，还没有生效", "Waits for another officer; bars nobody yet")}
      </StatusWord>
    );
  if (row.liftedOn !== null)
    return (
      <StatusWord tone="off">
        {t(`${sayDay(row.liftedOn, lang)}提前移出`, `lifted ${sayDay(row.liftedOn, lang)}`)}
      </StatusWord>
    );
  if (barOn([row], row.code, today))
    return (
      <StatusWord tone="bad">
        {standing === "appealed" ? t("禁入中，申诉处理中", "Barred; an appeal waits") : t("禁入中", "Barred")}
      </StatusWord>
    );
  return row.endsOn < today ? (
    <StatusWord tone="off">{t("已到期", "Over")}</StatusWord>
  ) : (
    <StatusWord tone="waiting">{t("还没有开始", "Not begun")}</StatusWord>
  );
};

/** What became of it, step by step, as everybody may read it. A proposal to lift is the desk's until it is settled. */
const DebarmentCourse = ({ c, row }: { c: AppContext; row: DebarmentRow }) => {
  const { t, lang } = c.var;
  const shown = stepsOf(row).filter(({ kind }) => kind !== "lift_proposed" && kind !== "lift_refused");
  return (
    <ul class="hint">
      {shown.map(({ kind, words, byWords, at }) => (
        <li>
          {sayDay(dayOf(at), lang)} {pick(STEP_WORDS[kind], lang)}（{sayAuthor(byWords, t)}）{words}
        </li>
      ))}
    </ul>
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
          "名单上的企业在期限内（含最后一天）不能参加本小区的选聘。每一条都有依据的文件，由一人列入、另一人确认。企业不服的，可以向业主委员会书面申诉，申诉和处理公开。",
          "A company on the list cannot bid here to the end of its last day. Each entry rests on a document, entered by one officer and confirmed by another. A company may appeal to the committee in writing; the appeal and its answer are public.",
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
                <DebarmentStatus c={c} row={row} />
                <DebarmentCourse c={c} row={row} />
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

/** The document of an entry as a download: it came from outside. */
export async function debarmentFile(c: AppContext, isShown: (row: DebarmentRow) => boolean): Promise<Response> {
  const { scene } = c.var;
  const number = c.req.param("number") ?? "";
  if (!NUMBER.test(number)) return c.notFound() as Response;
  const [[row]] = await scene.db.read(findDebarment(scene, Number(number)));
  const file = row && isShown(row) ? await getFile(scene, row.fileId, "private") : null;
  if (!file) return c.notFound() as Response;
  return c.body(file.bytes as Uint8Array<ArrayBuffer>, 200, {
    "content-type": file.stored.mediaType,
    "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.stored.name)}`,
  });
}
// Until two people have said so, it is nobody's business but the desk's.
debarmentPages.get("/debarments/:number/file", (c) => debarmentFile(c, (row) => stepsOf(row)[0]?.kind === "confirmed"));
