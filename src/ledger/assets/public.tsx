/** The register as everybody reads it: what the owners have that may earn, what of it is let, and what was said of it before. */
import { Hono } from "hono";
import { addMonths, type Day, dayOf } from "../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { ButtonLink } from "../../platform/ui/buttons.tsx";
import { CoverageBars } from "../../platform/ui/charts.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { accountsHref, readCount } from "../books/addresses.ts";
import { assetHref, assetsHref, filterText, readFilter } from "./addresses.ts";
import { AssetFactList, AssetFilterForm, AssetTable, OccupancyBars } from "./shown.tsx";
import { assetFrom, countAssets, countOccupancy, findAsset, listAssets, listLetByDay, listVersions } from "./store.ts";
import { ASSET_STATE_WORDS } from "./words.ts";

/** Mounted at /c/:slug. */
export const publicAssetRoutes = new Hono<AppEnv>();
export const ASSETS_A_PAGE = 50;

const crumbs = (c: AppContext) => {
  const { slug } = c.var.scene.community;
  return [{ href: accountsHref(slug), label: c.var.t("公开账目", "Public accounts") }];
};

/** The first day of each of the last twelve months, this one the last. */
const monthsBefore = (today: Day): Day[] =>
  Array.from({ length: 12 }, (_, at) => addMonths(`${today.slice(0, 7)}-01`, at - 11));

/** How many were let on the first of each month: whether what the owners have stands empty. */
const LetOverTime = ({
  c,
  days,
  whole,
}: {
  c: AppContext;
  days: readonly { day: Day; let: number }[];
  whole: number;
}) => {
  const { t } = c.var;
  if (days.every((one) => one.let === 0)) return null;
  return (
    <>
      <h2>{t("一年来的出租情况", "Let over the year")}</h2>
      <p class="hint">
        {t(
          "每月1日租出的数量，按现在登记的总数比较。",
          "Let on the first of each month, of all that is entered today.",
        )}
      </p>
      <CoverageBars
        unit={t("处", "")}
        lines={days.map((one) => ({ label: one.day.slice(0, 7), part: Math.min(one.let, whole), whole }))}
      />
    </>
  );
};

publicAssetRoutes.get("/accounts/assets", async (c) => {
  const { t, scene, now } = c.var;
  const { slug } = scene.community;
  const filter = readFilter(c.req.query("kind"));
  const page = readCount(c.req.query("page") ?? "1");
  if (!page) return c.notFound();
  const today = dayOf(now);
  const [rows, totals, occupancy, letByDay] = await scene.db.read(
    listAssets(scene, filter, today, { limit: ASSETS_A_PAGE, offset: (page - 1) * ASSETS_A_PAGE }),
    countAssets(scene, filter),
    countOccupancy(scene, today),
    listLetByDay(scene, monthsBefore(today)),
  );
  const total = totals[0]?.total ?? 0;
  const title = t("共有部分登记册", "Register of common parts");
  return c.html(
    <Page {...frameOf(c)} title={title} breadcrumb={crumbs(c)} switchHref={`${assetsHref(slug)}?lang=${t("en", "zh")}`}>
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "可以为全体业主带来收入的公有用房、停车位、广告位和场地，都登记在这里：在哪里、凭什么属于业主、现在有没有出租。",
          "Rooms, parking, advertising places and venues that may earn for all owners: where each is, why it is theirs, and whether it is let.",
        )}
      </p>
      {occupancy.length === 0 ? null : (
        <>
          <h2>{t("今天的出租情况", "Let today")}</h2>
          <OccupancyBars c={c} rows={occupancy} />
          <LetOverTime c={c} days={letByDay} whole={occupancy.reduce((sum, one) => sum + one.total, 0)} />
          <h2>{t("逐项", "One by one")}</h2>
          <AssetFilterForm c={c} action={assetsHref(slug)} filter={filter} />
        </>
      )}
      {rows.length === 0 ? (
        <EmptyState
          title={
            occupancy.length === 0
              ? t("还没有登记", "Nothing is entered yet")
              : t("没有这一类", "There is none of this kind")
          }
          action={
            filter.kind === null ? undefined : (
              <ButtonLink look="quiet" href={assetsHref(slug)}>
                {t("看全部", "Show everything")}
              </ButtonLink>
            )
          }
        >
          {t(
            "业主委员会登记后，每一处会列在这里，任何人都能核对。",
            "Once the committee enters them, each stands here for anybody to check.",
          )}
        </EmptyState>
      ) : (
        <AssetTable
          c={c}
          rows={rows.map(assetFrom)}
          href={(assetId) => assetHref(slug, assetId)}
          caption={t(`共${total}处`, `${total} in all`)}
        />
      )}
      <Pager
        t={t}
        page={page}
        pages={Math.ceil(total / ASSETS_A_PAGE)}
        href={(n) => `${assetsHref(slug)}?kind=${filterText(filter)}&page=${n}`}
      />
      <h2>{t("它们带来什么", "What they bring in")}</h2>
      <LinkList
        items={[
          { href: `${accountsHref(slug)}/leases`, title: t("租约登记册", "Register of leases") },
          { href: `${accountsHref(slug)}/parking`, title: t("停车收费", "Parking") },
          { href: `${accountsHref(slug)}/expected`, title: t("应收与实收", "Expected and booked") },
        ]}
      />
    </Page>,
  );
});

publicAssetRoutes.get("/accounts/assets/:assetId", async (c) => {
  const { t, lang, scene, now } = c.var;
  const { slug } = scene.community;
  const assetId = c.req.param("assetId");
  const [rows, versions] = await scene.db.read(findAsset(scene, assetId, dayOf(now)), listVersions(scene, assetId));
  if (!rows[0]) return c.notFound();
  const row = assetFrom(rows[0]);
  const title = row.name === row.code ? row.code : `${row.code} ${row.name}`;
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={[...crumbs(c), { href: assetsHref(slug), label: t("共有部分登记册", "Register of common parts") }]}
      switchHref={`${assetHref(slug, assetId)}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <AssetFactList c={c} row={row} />
      {versions.length < 2 ? null : (
        <DataTable
          caption={t("登记的变更", "What was said before")}
          rows={versions}
          columns={[
            { label: t("版次", "Version"), cell: ({ version }) => version },
            { label: t("登记时间", "Written"), cell: ({ writtenAt }) => sayInstant(writtenAt, lang) },
            { label: t("名称", "Name"), head: true, cell: ({ name }) => name },
            { label: t("位置", "Place"), cell: ({ place }) => place },
            { label: t("状态", "State"), cell: ({ state }) => ASSET_STATE_WORDS[state][lang] },
            {
              label: t("记录", "Record"),
              cell: ({ leafHash }) => <a href={`/c/${slug}/record/${leafHash}`}>{t("条目", "entry")}</a>,
            },
          ]}
        />
      )}
    </Page>,
  );
});
