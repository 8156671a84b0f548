/** The working sheet: its pages, and one voucher with its points to tick. Markup and forms only. */
import { Hono } from "hono";
import { formatYuan } from "../../../kernel/money.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { one } from "../../../platform/form-body.ts";
import { frameOf } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { Done, Refused } from "../../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../../platform/ui/buttons.tsx";
import { Fact, FactList, LinkList } from "../../../platform/ui/facts.tsx";
import { Field, Select } from "../../../platform/ui/fields.tsx";
import { Fieldset, Form } from "../../../platform/ui/forms.tsx";
import { sayDay, sayInstant } from "../../../platform/ui/moments.ts";
import { Details, EmptyState } from "../../../platform/ui/notices.tsx";
import { StatusWord } from "../../../platform/ui/status.tsx";
import { DataTable } from "../../../platform/ui/tables.tsx";
import { deskVoucherHref, readCount } from "../../books/addresses.ts";
import { BOOK_WORDS } from "../../books/chart.ts";
import { monthWords, voucherWords } from "../../books/words.ts";
import { deskAuditHref, itemHref, sheetHref } from "../addresses.ts";
import { auditOfPath, deskAuditCrumbs, readsAudits, worksOnAudits } from "../desk.tsx";
import { auditProblem } from "../problems.ts";
import { isOver } from "../rules.ts";
import { auditTitle } from "../shown.tsx";
import { POINT_WORDS, RESULT_WORDS } from "../words.ts";
import { type HeldTick, tickItem, viewItem } from "./actions.ts";
import { isTickResult, POINTS, type Point, TICK_RESULTS, type Tick } from "./rules.ts";
import { listItems, listTicksAmong, type TickRow } from "./store.ts";

/** Mounted at /c/:slug. */
export const sheetRoutes = new Hono<AppEnv>();
const HERE = "/desk/ledger/audits/:number{[1-9][0-9]{0,5}}";
const A_PAGE = 50;
const RESULT_TONES = { agrees: "good", exception: "bad", not_applicable: "off" } as const;

sheetRoutes.get(`${HERE}/sheet`, readsAudits, async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const after = readCount(c.req.query("after") ?? "0");
  const view = after === null ? null : await auditOfPath(c);
  if (!view || after === null) return c.notFound();
  const { row } = view;
  const span = { after, limit: A_PAGE };
  const [items, ticks] = await scene.db.read(
    listItems(scene, row.engagementId, span),
    listTicksAmong(scene, row.engagementId, span),
  );
  const title = t("工作底稿", "Working sheet");
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={[...deskAuditCrumbs(c), { href: deskAuditHref(slug, row.number), label: auditTitle(row, lang) }]}
      switchHref={`${sheetHref(slug, row.number, after)}${after === 0 ? "?" : "&"}lang=${t("en", "zh")}`}
      wide={true}
    >
      <h1>{title}</h1>
      <p class="lead">
        {t(
          `抽到的${view.items}张凭证，每张${POINTS.length}处。共${view.items * POINTS.length}处，已核对${view.ticked}处，不符${view.exceptions}处。`,
          `${view.items} sampled vouchers with ${POINTS.length} points each: ${view.ticked} of ${view.items * POINTS.length} looked at, ${view.exceptions} exceptions.`,
        )}
      </p>
      <DataTable
        caption={t("抽到的凭证", "Sampled vouchers")}
        quietCaption={true}
        rows={items}
        empty={
          <EmptyState title={t("还没有抽样", "Nothing is sampled yet")}>
            {t("抽样后，每张凭证列在这里逐项核对。", "Once drawn, every voucher stands here to be ticked.")}
          </EmptyState>
        }
        columns={[
          { label: t("序号", "No."), number: true, cell: ({ itemNo }) => itemNo },
          {
            label: t("凭证", "Voucher"),
            head: true,
            cell: (item) => (
              <a href={itemHref(slug, row.number, item.itemNo)}>
                {`${BOOK_WORDS[item.book][lang]} `}
                {voucherWords(item)[lang]}
              </a>
            ),
          },
          { label: t("摘要", "What for"), cell: ({ text }) => text },
          { label: t("金额（元）", "Yuan"), number: true, cell: ({ amountFen }) => formatYuan(amountFen) },
          {
            label: t("核对", "Ticks"),
            cell: ({ itemNo }) => <TickState c={c} ticks={ticks.filter((tick) => tick.itemNo === itemNo)} />,
          },
        ]}
      />
      <Actions>
        {after > 0 ? (
          <ButtonLink look="quiet" href={sheetHref(slug, row.number, Math.max(0, after - A_PAGE))}>
            {t("上一页", "Before")}
          </ButtonLink>
        ) : null}
        {items.length === A_PAGE && after + A_PAGE < view.items ? (
          <ButtonLink look="quiet" href={sheetHref(slug, row.number, after + A_PAGE)}>
            {t("下一页", "Next")}
          </ButtonLink>
        ) : null}
      </Actions>
    </Page>,
  );
});

const TickState = ({ c, ticks }: { c: AppContext; ticks: readonly TickRow[] }) => {
  const { t } = c.var;
  const wrong = ticks.filter(({ result }) => result === "exception").length;
  if (wrong > 0)
    return (
      <StatusWord tone="bad">
        {t(`${wrong}处不符，已核对${ticks.length}处`, `${wrong} exceptions, ${ticks.length} done`)}
      </StatusWord>
    );
  if (ticks.length === POINTS.length) return <StatusWord tone="good">{t("全部相符或不适用", "Done")}</StatusWord>;
  return (
    <StatusWord tone="waiting">
      {t(`已核对${ticks.length}处，还有${POINTS.length - ticks.length}处`, `${ticks.length} of ${POINTS.length}`)}
    </StatusWord>
  );
};

// ——— One voucher ———

sheetRoutes.get(`${HERE}/items/:item{[1-9][0-9]{0,5}}`, readsAudits, (c) => itemPage(c));

async function itemPage(c: AppContext, problem?: Problem, typed?: readonly Tick[]) {
  const { t, lang, scene, actor } = c.var;
  const { slug } = scene.community;
  const [view, itemNo] = [await auditOfPath(c), Number(c.req.param("item"))];
  const found = view ? await viewItem(scene, view.row.engagementId, itemNo) : null;
  if (!view || !found) return c.notFound();
  const { row } = view;
  const { item, holds, before } = found;
  const mayTick = actor.permissions.has("audit.work") && row.auditorPersonId === actor.personId && !isOver(row.state);
  const title = t(
    `第${itemNo}号：${monthWords(item.period).zh}第${item.number}号凭证`,
    `Line ${itemNo}: voucher ${monthWords(item.period).en} no. ${item.number}`,
  );
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={[
        ...deskAuditCrumbs(c),
        { href: deskAuditHref(slug, row.number), label: auditTitle(row, lang) },
        { href: sheetHref(slug, row.number), label: t("工作底稿", "Working sheet") },
      ]}
      switchHref={`${itemHref(slug, row.number, itemNo)}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <Done c={c} words={t("已保存，并写入公开记录", "Saved, and in the public record")} />
      <Refused c={c} problem={problem} />
      <FactList>
        <Fact label={t("账簿", "Book")}>{BOOK_WORDS[item.book][lang]}</Fact>
        <Fact label={t("日期", "Day")}>{sayDay(item.onDay, lang)}</Fact>
        <Fact label={t("摘要", "What for")}>{item.text}</Fact>
        <Fact label={t("金额", "Amount")}>
          {t(`${formatYuan(item.amountFen)}元`, `${formatYuan(item.amountFen)} yuan`)}
        </Fact>
        <Fact label={t("原件和证明", "File and proof")}>
          <a href={deskVoucherHref(slug, item.voucherId)}>
            {t("打开凭证：分录、附件、经手人、公开记录", "Open the voucher: lines, files, hands, record")}
          </a>
        </Fact>
      </FactList>
      {mayTick ? (
        <TickForm c={c} action={itemHref(slug, row.number, itemNo)} holds={typed ?? holds} />
      ) : (
        <Held c={c} ticks={holds} />
      )}
      {before.length === 0 ? null : (
        <Details
          summary={t(`更正过${before.length}处，原来的保留`, `${before.length} corrected; what held before is kept`)}
        >
          <Held c={c} ticks={before} />
        </Details>
      )}
      <LinkList
        items={[
          ...(itemNo < view.items
            ? [{ href: itemHref(slug, row.number, itemNo + 1), title: t("下一张", "The next one") }]
            : []),
          {
            href: sheetHref(slug, row.number, Math.floor((itemNo - 1) / A_PAGE) * A_PAGE),
            title: t("回到工作底稿", "Back to the sheet"),
          },
        ]}
      />
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

const TickForm = (props: { c: AppContext; action: string; holds: readonly Tick[] }) => {
  const { t, lang, formToken } = props.c.var;
  const held = (point: Point) => props.holds.find((tick) => tick.point === point);
  return (
    <Form action={props.action} token={formToken}>
      <h2>{t("逐项核对", "Point by point")}</h2>
      <p class="hint">
        {t(
          "不符的要写明哪里不符。更正另记一次，原来的保留。",
          "Say of an exception what is wrong. A correction is a new turn beside the old one.",
        )}
      </p>
      {POINTS.map((point) => (
        <Fieldset legend={POINT_WORDS[point][lang]}>
          <Select
            name={`result-${point}`}
            label={t("结果", "Result")}
            value={held(point)?.result}
            prompt={t("还没有核对", "Not yet")}
            optional={t("可以先空着", "may wait")}
            options={TICK_RESULTS.map((value) => ({ value, label: RESULT_WORDS[value][lang] }))}
          />
          <Field
            name={`note-${point}`}
            label={t("备注", "Note")}
            value={held(point)?.note ?? ""}
            optional={t("不符时必填", "needed for an exception")}
            maxlength={300}
          />
        </Fieldset>
      ))}
      <Actions>
        <Button>{t("保存核对结果", "Save")}</Button>
      </Actions>
    </Form>
  );
};

const Held = ({ c, ticks }: { c: AppContext; ticks: readonly HeldTick[] }) => {
  const { t, lang, scene } = c.var;
  return (
    <DataTable
      caption={t("核对结果", "Ticks")}
      rows={[...ticks]}
      empty={<p>{t("还没有核对。", "Not looked at yet.")}</p>}
      columns={[
        { label: t("项目", "Point"), head: true, cell: ({ point }) => POINT_WORDS[point][lang] },
        {
          label: t("结果", "Result"),
          cell: ({ result }) => <StatusWord tone={RESULT_TONES[result]}>{RESULT_WORDS[result][lang]}</StatusWord>,
        },
        { label: t("备注", "Note"), cell: ({ note }) => note },
        {
          label: t("时间", "When"),
          cell: ({ tickedAt, leafHash }) => (
            <a href={`/c/${scene.community.slug}/record/${leafHash}`}>{sayInstant(tickedAt, lang)}</a>
          ),
        },
      ]}
    />
  );
};

sheetRoutes.post(`${HERE}/items/:item{[1-9][0-9]{0,5}}`, worksOnAudits, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const view = await auditOfPath(c);
  if (!view) return c.notFound();
  const itemNo = Number(c.req.param("item"));
  const asked = POINTS.flatMap((point): Tick[] => {
    const result = one(body, `result-${point}`);
    return isTickResult(result) ? [{ point, result, note: one(body, `note-${point}`) }] : [];
  });
  const done = await tickItem(staffScene(c), view.row.engagementId, itemNo, asked);
  if (!done.ok) return itemPage(c, auditProblem(done.error), asked);
  return c.redirect(`${itemHref(c.var.scene.community.slug, view.row.number, itemNo)}?done=1`, 303);
});
