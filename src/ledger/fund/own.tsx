/** Each owner their own unit's account of the maintenance fund: a card in their corner, and every entry. Nobody else's. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { registerMyCard } from "../../owners/cards.ts";
import { requiresOwner } from "../../owners/session.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { readCount } from "../books/addresses.ts";
import { isLow, LOW_PERCENT, missingTo30 } from "./rules.ts";
import { listEntries, listOwnUnits, type UnitRow } from "./store.ts";
import { MOVEMENT_WORDS } from "./words.ts";

/** Mounted at /c/:slug. */
export const ownFundRoutes = new Hono<AppEnv>();
const ENTRIES_A_PAGE = 50;
const ALL = 99_999_999;

const UnitFacts = ({ c, unit }: { c: AppContext; unit: UnitRow }) => {
  const { t } = c.var;
  return (
    <FactList>
      <Fact label={t("余额", "Balance")}>
        <b>{formatYuan(unit.balanceFen)}</b> {t("元", "yuan")}{" "}
        {isLow(unit) ? (
          <StatusWord tone="bad">
            {t(
              `不足首期的${LOW_PERCENT}%，至少续交${formatYuan(missingTo30(unit))}元`,
              `below ${LOW_PERCENT} %: at least ${formatYuan(missingTo30(unit))} yuan to top up`,
            )}
          </StatusWord>
        ) : null}
      </Fact>
      {unit.firstFen > 0 ? (
        <Fact label={t("首期应交", "First deposit")}>{`${formatYuan(unit.firstFen)} ${t("元", "yuan")}`}</Fact>
      ) : null}
    </FactList>
  );
};

registerMyCard("fund", {
  place: 65,
  queries: ({ scene, owner }) => [listOwnUnits(scene, owner.partyId, dayOf(scene.now))] as const,
  render: (c, _, [units]) => {
    const { t } = c.var;
    const { slug } = c.var.scene.community;
    if (units.length === 0) return null;
    return (
      <>
        <h2>{t("我家的维修资金", "Your maintenance fund")}</h2>
        {units.map((unit) => (
          <section>
            <h3>
              <a href={`/c/${slug}/my/fund/${unit.unitId}`}>{`${unit.building}${unit.entrance}${unit.room}`}</a>
            </h3>
            <UnitFacts c={c} unit={unit} />
          </section>
        ))}
      </>
    );
  },
});

ownFundRoutes.get("/my/fund/:unitId", requiresOwner, async (c) => {
  const { t, lang, scene, owner } = c.var;
  const { slug } = scene.community;
  const before = readCount(c.req.query("before") ?? String(ALL));
  if (before === null) return c.notFound();
  const [units, entries] = await scene.db.read(
    listOwnUnits(scene, owner.partyId, dayOf(scene.now)),
    listEntries(scene, c.req.param("unitId"), { limit: ENTRIES_A_PAGE, before }),
  );
  // Another's unit looks like one that is not there.
  const unit = units.find(({ unitId }) => unitId === c.req.param("unitId"));
  if (!unit) return c.notFound();
  const title = t(
    `${unit.building}${unit.entrance}${unit.room}的维修资金`,
    `Maintenance fund of ${unit.building}${unit.entrance}${unit.room}`,
  );
  return c.html(
    <Page {...frameOf(c)} title={title} breadcrumb={[{ href: `/c/${slug}/my`, label: t("我的", "My corner") }]}>
      <h1>{title}</h1>
      <UnitFacts c={c} unit={unit} />
      <p class="hint">
        {t(
          "这本账属于这套房屋，卖房时随房屋转给新业主，不退给个人。",
          "The account belongs to the unit and goes to the new owner when it is sold.",
        )}
      </p>
      <DataTable
        caption={t("每一笔", "Every entry")}
        rows={entries}
        columns={[
          { label: t("日期", "Day"), head: true, cell: ({ onDay }) => sayDay(onDay, lang) },
          {
            label: t("事由", "What"),
            cell: ({ kind, words, isReversal }) =>
              `${isReversal ? t("冲销：", "Taken back: ") : ""}${MOVEMENT_WORDS[kind][lang]}，${words}`,
          },
          { label: t("金额（元）", "Yuan"), number: true, cell: ({ fen }) => formatYuan(fen) },
          { label: t("余额（元）", "Balance"), number: true, cell: ({ balanceFen }) => formatYuan(balanceFen) },
        ]}
      />
      {entries.length === ENTRIES_A_PAGE ? (
        <p>
          <a href={`/c/${slug}/my/fund/${unit.unitId}?before=${entries.at(-1)!.entryNo}`}>{t("更早的", "Earlier")}</a>
        </p>
      ) : null}
    </Page>,
  );
});
