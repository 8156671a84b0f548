/** Units below thirty per cent of their first deposit at the desk, and asking their owners to top up. Markup and forms only. */
import { Hono } from "hono";
import { dayOf } from "../../../kernel/day.ts";
import { formatYuan } from "../../../kernel/money.ts";
import { requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { frameOf } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import { Done } from "../../../platform/refused.tsx";
import { Actions, PostButton } from "../../../platform/ui/buttons.tsx";
import { sayInstant } from "../../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../../platform/ui/notices.tsx";
import { DataTable, Pager } from "../../../platform/ui/tables.tsx";
import { readCount } from "../../books/addresses.ts";
import { deskLowHref } from "../addresses.ts";
import { deskFundCrumbs } from "../desk.tsx";
import { LOW_PERCENT, missingTo30 } from "../rules.ts";
import { askToTopUp, yearOf } from "./actions.ts";
import { countLow, listLowUnits } from "./store.ts";

/** Mounted at /c/:slug, before the pages of the book "fund". */
export const deskLowRoutes = new Hono<AppEnv>();
const A_PAGE = 100;

deskLowRoutes.get("/desk/ledger/fund/low", requires("ledger.read"), (c) => lowPage(c, false));

async function lowPage(c: AppContext, nobody: boolean) {
  const { t, lang, scene, now, actor, formToken } = c.var;
  const here = deskLowHref(scene.community.slug);
  const page = readCount(c.req.query("page") ?? "1");
  if (!page) return c.notFound();
  const year = yearOf(dayOf(now));
  const [rows, counts] = await scene.db.read(
    listLowUnits(scene, year, { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
    countLow(scene, year),
  );
  const { units, asked } = counts[0]!;
  const left = units - asked;
  const title = t("需要续交维修资金的房屋", "Units that are to top up the fund");
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      breadcrumb={deskFundCrumbs(c)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p class="lead">
        {t(
          `余额不足首期交存额${LOW_PERCENT}%的，应当续交（《住宅专项维修资金管理办法》第十七条）。每户每年提醒一次，夜间不发；发出时已经交足的不再收到。`,
          `Below ${LOW_PERCENT} % of the first deposit owners top up (Measures, art. 17). Each is asked once a year, never at night; whoever has paid by then gets no word.`,
        )}
      </p>
      <Done
        c={c}
        words={t("提醒已经排队发出，并写入公开记录", "The reminders are on their way, and in the public record")}
      />
      {nobody ? (
        <Callout
          tone="warn"
          title={t(
            "没有要提醒的：今年都提醒过了，或者余额刚刚变了",
            "Nobody to ask: all were asked this year, or a balance has just moved",
          )}
        />
      ) : null}
      {actor.permissions.has("ledger.draft") && left > 0 ? (
        <Actions>
          <PostButton action={here} token={formToken}>
            {t(`提醒今年还没有提醒过的${left}户`, `Ask the ${left} not yet asked this year`)}
          </PostButton>
        </Actions>
      ) : null}
      <DataTable
        caption={t(`共${units}户，今年已提醒${asked}户（元）`, `${units} in all, ${asked} asked this year (yuan)`)}
        rows={rows}
        empty={
          <EmptyState title={t("没有需要续交的房屋", "No unit is to top up")}>
            {t("余额不足首期30%的会列在这里。", "Those below thirty per cent of the first deposit stand here.")}
          </EmptyState>
        }
        columns={[
          { label: t("房屋", "Unit"), head: true, cell: (row) => `${row.building}${row.entrance}${row.room}` },
          { label: t("首期应交", "First deposit"), number: true, cell: (row) => formatYuan(row.firstFen) },
          { label: t("余额", "Balance"), number: true, cell: (row) => formatYuan(row.balanceFen) },
          { label: t("至少续交", "At least"), number: true, cell: (row) => formatYuan(missingTo30(row)) },
          {
            label: t("今年提醒", "Asked this year"),
            cell: ({ askedAt }) => (askedAt === null ? t("还没有", "not yet") : sayInstant(askedAt, lang)),
          },
        ]}
      />
      <Pager t={t} page={page} pages={Math.ceil(units / A_PAGE)} href={(n) => `${here}?page=${n}`} />
    </Page>,
    nobody ? 409 : 200,
  );
}

deskLowRoutes.post("/desk/ledger/fund/low", requires("ledger.draft"), async (c) => {
  const asked = await askToTopUp(staffScene(c));
  return asked.ok ? c.redirect(`${deskLowHref(c.var.scene.community.slug)}?done=1`, 303) : lowPage(c, true);
});
