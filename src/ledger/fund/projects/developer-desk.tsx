/** The bill to the developer as an A4 sheet: the part of works that falls on units not sold yet, by area, and what is to be paid in (F6; MF 21). */
import { Hono } from "hono";
import { formatArea } from "../../../kernel/area.ts";
import { dayOf } from "../../../kernel/day.ts";
import { type Fen, formatYuan, parseYuan } from "../../../kernel/money.ts";
import { requires } from "../../../platform/access.ts";
import type { AppContext, AppEnv } from "../../../platform/context.ts";
import { frameOf } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import { Actions, Button } from "../../../platform/ui/buttons.tsx";
import { Field } from "../../../platform/ui/fields.tsx";
import { sayDay } from "../../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../../platform/ui/notices.tsx";
import { NoticeSheet } from "../../../platform/ui/sheets.tsx";
import { DataTable } from "../../../platform/ui/tables.tsx";
import { readCount } from "../../books/addresses.ts";
import { fundUnitsOn } from "../actions.ts";
import { deskDeveloperHref, deskProjectHref, fundProjectHref } from "../addresses.ts";
import { deskFundCrumbs } from "../desk.tsx";
import { readProject, shareSettlement } from "./actions.ts";
import { developersPart, type UnsoldShare } from "./rules.ts";
import type { ProjectRow } from "./store.ts";

/** Mounted at /c/:slug, before the pages of the book "fund". */
export const developerRoutes = new Hono<AppEnv>();

developerRoutes.get(
  "/desk/ledger/fund/projects/:number{[1-9][0-9]{0,5}}/developer",
  requires("ledger.read"),
  async (c) => {
    const { t, scene } = c.var;
    const number = readCount(c.req.param("number"));
    const row = number ? await readProject(scene, number) : null;
    if (!row) return c.notFound();
    const typed = c.req.query("amount") ?? "";
    const read = typed === "" ? null : parseYuan(typed);
    const isWrong = read !== null && (!read.ok || read.value <= 0);
    const amountFen = read?.ok && read.value > 0 ? read.value : (row.settlement?.amountFen ?? row.estimateFen);
    const [shares, units] = await Promise.all([
      shareSettlement(scene, row, amountFen),
      fundUnitsOn(scene, dayOf(scene.now)),
    ]);
    const placeOf = new Map(units.map((unit) => [unit.unitId as string, unit]));
    const part = developersPart(
      shares ?? [],
      new Set(units.filter(({ isUnsold }) => isUnsold).map(({ unitId }) => unitId)),
    );
    const here = deskDeveloperHref(scene.community.slug, row.number);
    return c.html(
      <Page
        {...frameOf(c, "staff")}
        title={t("建设单位应分摊的维修费用", "The developer's part of works")}
        breadcrumb={[
          ...deskFundCrumbs(c),
          { href: deskProjectHref(scene.community.slug, row.number), label: row.title },
        ]}
        switchHref={`${here}?amount=${encodeURIComponent(typed)}&lang=${t("en", "zh")}`}
      >
        {part.length === 0 ? (
          <>
            <h1>{t("建设单位应分摊的维修费用", "The developer's part of works")}</h1>
            <EmptyState title={t("受益范围内没有未售的房屋", "No unit of these works is unsold")}>
              {t(
                "名册上状态是“未售”的房屋，才由建设单位分摊。",
                "The developer bears the part of units whose state on the roll is “unsold”.",
              )}
            </EmptyState>
          </>
        ) : (
          <Bill c={c} row={row} amountFen={amountFen} part={part} placeOf={placeOf} />
        )}
        <div class="screen">
          <form method="get" action={here}>
            <h2>{t("按别的金额算", "Another amount")}</h2>
            <Field
              name="amount"
              label={t("工程费用（元）", "Cost of the works, in yuan")}
              hint={t("默认是结算金额，还没有结算的是预算。", "The settlement, or the estimate until there is one.")}
              value={typed === "" ? formatYuan(amountFen) : typed}
              error={isWrong ? t("金额写成 12345.00 这样，大于0。", "Write it as 12345.00, above nought.") : undefined}
              inputmode="decimal"
              width={11}
            />
            <Actions>
              <Button look="quiet">{t("按这个金额重算", "Work it out from this")}</Button>
            </Actions>
          </form>
        </div>
      </Page>,
      isWrong ? 422 : 200,
    );
  },
);

const Bill = (props: {
  c: AppContext;
  row: ProjectRow;
  amountFen: Fen;
  part: readonly UnsoldShare[];
  placeOf: ReadonlyMap<string, { readonly building: string; readonly entrance: string; readonly room: string }>;
}) => {
  const { c, row, amountFen, part, placeOf } = props;
  const { t, lang, scene, now } = c.var;
  const { name, slug } = scene.community;
  const sum = (of: (one: UnsoldShare) => Fen): Fen => part.reduce((all, one) => all + of(one), 0);
  const [shareFen, missingFen] = [sum(({ fen }) => fen), sum((one) => one.missingFen)];
  const yuan = (fen: Fen) => t(`${formatYuan(fen)}元`, `${formatYuan(fen)} yuan`);
  return (
    <>
      <div class="screen">
        <Callout>
          <p>
            {t(
              "用浏览器的“打印”打在A4纸上，盖章后送建设单位。款到后在“录入各户金额”里记到这些房屋名下，再办结算。",
              "Print it on A4, seal it and send it. Once it is paid in, enter it for these units; then settle the works.",
            )}
          </p>
        </Callout>
      </div>
      <NoticeSheet
        t={t}
        title={t("未售房屋分摊维修费用缴款通知书", "Bill: part of works for units not sold yet")}
        to={t(`${name}建设单位：`, `To the developer of ${name}:`)}
        lead={
          <p>
            {t(
              `“${row.title}”费用${formatYuan(amountFen)}元，按受益房屋的面积分摊。贵单位尚未售出的${part.length}套房屋应分摊${formatYuan(shareFen)}元，其中分户账不足、需要交存的是${formatYuan(missingFen)}元：`,
              `“${row.title}” costs ${formatYuan(amountFen)} yuan, shared by area over the units it serves. Your ${part.length} units not sold yet bear ${formatYuan(shareFen)} yuan, of which their accounts lack ${formatYuan(missingFen)} yuan, to be paid in:`,
            )}
          </p>
        }
        sections={[
          {
            heading: t("逐套明细", "Unit by unit"),
            body: (
              <DataTable
                caption={t("逐套明细（元）", "Unit by unit, in yuan")}
                quietCaption
                rows={part}
                columns={[
                  {
                    label: t("房屋", "Unit"),
                    head: true,
                    cell: ({ unitId }) => {
                      const place = placeOf.get(unitId);
                      return place ? `${place.building}${place.entrance}${place.room}` : unitId;
                    },
                  },
                  { label: t("面积", "Area"), number: true, cell: ({ areaDm2 }) => `${formatArea(areaDm2)}㎡` },
                  { label: t("应分摊", "Part"), number: true, cell: ({ fen }) => formatYuan(fen) },
                  { label: t("分户账余额", "Account"), number: true, cell: ({ balanceFen }) => formatYuan(balanceFen) },
                  { label: t("应交存", "To pay in"), number: true, cell: (one) => formatYuan(one.missingFen) },
                ]}
                foot={[t("合计", "Together"), "", formatYuan(shareFen), "", formatYuan(missingFen)]}
              />
            ),
          },
          {
            heading: t("依据", "Ground"),
            body: (
              <p>
                {t(
                  "维修和更新、改造涉及尚未售出的商品住宅、非住宅的，开发建设单位应当按照尚未售出房屋的建筑面积分摊费用（《住宅专项维修资金管理办法》第二十一条）。请存入专项维修资金账户，并注明房号。",
                  "Where works concern units not sold yet, the developer bears their part by floor area (Measures on the Maintenance Fund, art. 21). Pay it into the fund's account, naming the units.",
                )}
              </p>
            ),
          },
        ]}
        signedBy={[t(`${name}业主委员会`, `Owners' committee of ${name}`)]}
        date={sayDay(dayOf(now), lang)}
        qr={{
          text: `${scene.origin}${fundProjectHref(slug, row.number)}`,
          label: t("扫码看这项工程的公开页", "Scan for the public page of these works"),
        }}
      />
      <p class="screen hint">{t(`合计应交存${yuan(missingFen)}。`, `To pay in: ${yuan(missingFen)}.`)}</p>
    </>
  );
};
