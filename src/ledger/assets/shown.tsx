/** The register as a table and an asset as facts, the same for everybody and at the desk. Markup only. */
import { formatArea } from "../../kernel/area.ts";
import type { AppContext } from "../../platform/context.ts";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { CoverageBars } from "../../platform/ui/charts.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { Select } from "../../platform/ui/fields.tsx";
import { SearchForm } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { accountsHref } from "../books/addresses.ts";
import { filterText } from "./addresses.ts";
import { CC275 } from "./problems.ts";
import { ASSET_KINDS, GROUNDS } from "./rules.ts";
import type { AssetFilter, AssetRow, Occupancy } from "./store.ts";
import { ASSET_KIND_WORDS, ASSET_STATE_WORDS, GROUND_WORDS } from "./words.ts";

/** Let, free, under repair, or not the owners' to let. */
export const AssetStanding = ({ c, row }: { c: AppContext; row: AssetRow }) => {
  const { t, lang } = c.var;
  if (row.ground !== null && row.ground !== "common")
    return <StatusWord tone="off">{t("不属于公共收益", "Not common revenue")}</StatusWord>;
  if (row.leaseNumber !== null) return <StatusWord tone="good">{t("已出租", "Let")}</StatusWord>;
  if (row.permitNumber !== null) return <StatusWord tone="good">{t("月租中", "Monthly permit")}</StatusWord>;
  if (row.state !== "usable") return <StatusWord tone="off">{ASSET_STATE_WORDS[row.state][lang]}</StatusWord>;
  return <StatusWord tone="waiting">{t("空闲", "Free")}</StatusWord>;
};

/** Chooses a kind; a GET that changes nothing. */
export const AssetFilterForm = ({ c, action, filter }: { c: AppContext; action: string; filter: AssetFilter }) => {
  const { t, lang } = c.var;
  return (
    <SearchForm action={action}>
      <Select
        name="kind"
        label={t("只看", "Show only")}
        value={filterText(filter)}
        options={[
          { value: "", label: t("全部", "Everything") },
          ...ASSET_KINDS.flatMap((kind) => [
            { value: kind, label: ASSET_KIND_WORDS[kind][lang] },
            ...(kind === "parking"
              ? GROUNDS.map((ground) => ({
                  value: `parking-${ground}`,
                  label: `${ASSET_KIND_WORDS.parking[lang]}：${GROUND_WORDS[ground][lang]}`,
                }))
              : []),
          ]),
        ]}
      />
      <Actions>
        <Button look="quiet">{t("显示", "Show")}</Button>
      </Actions>
    </SearchForm>
  );
};

export const AssetTable = (props: {
  c: AppContext;
  rows: readonly AssetRow[];
  href: (assetId: string) => string;
  caption: string;
}) => {
  const { c } = props;
  const { t, lang } = c.var;
  return (
    <DataTable
      caption={props.caption}
      quietCaption={true}
      rows={props.rows}
      columns={[
        {
          label: t("编号", "No."),
          head: true,
          cell: ({ assetId, code, name }) => (
            <a href={props.href(assetId)}>{name === code ? code : `${code} ${name}`}</a>
          ),
        },
        { label: t("种类", "Kind"), cell: ({ kind }) => ASSET_KIND_WORDS[kind][lang] },
        { label: t("位置", "Place"), cell: ({ place }) => place },
        {
          label: t("面积（㎡）", "Area (m²)"),
          number: true,
          cell: ({ areaDm2 }) => (areaDm2 === null ? "—" : formatArea(areaDm2)),
        },
        { label: t("现在", "Now"), cell: (row) => <AssetStanding c={c} row={row} /> },
      ]}
    />
  );
};

export const AssetFactList = ({ c, row }: { c: AppContext; row: AssetRow }) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  return (
    <>
      <FactList>
        <Fact label={t("编号", "No.")}>{row.code}</Fact>
        <Fact label={t("种类", "Kind")}>{ASSET_KIND_WORDS[row.kind][lang]}</Fact>
        {row.ground ? (
          <Fact label={t("用地", "Ground")}>
            {GROUND_WORDS[row.ground][lang]}
            <br />
            <small class="hint">
              {row.ground === "common"
                ? t(`收入归全体业主（${CC275}）`, "What it earns is all owners' (Civil Code art. 275)")
                : t(`收入不进公共收益（${CC275}）`, "What it earns is not common revenue (Civil Code art. 275)")}
            </small>
          </Fact>
        ) : null}
        <Fact label={t("位置", "Place")}>{row.place}</Fact>
        {row.areaDm2 === null ? null : <Fact label={t("面积", "Area")}>{`${formatArea(row.areaDm2)}㎡`}</Fact>}
        <Fact label={t("权属依据", "Why it is the owners'")}>{row.titleBasis}</Fact>
        <Fact label={t("状态", "State")}>{ASSET_STATE_WORDS[row.state][lang]}</Fact>
        <Fact label={t("现在", "Now")}>
          <AssetStanding c={c} row={row} />{" "}
          {row.leaseNumber === null ? null : (
            <a href={`${accountsHref(slug)}/leases/${row.leaseNumber}`}>
              {t(`租约第${row.leaseNumber}号`, `lease no. ${row.leaseNumber}`)}
            </a>
          )}
        </Fact>
        {row.remark ? <Fact label={t("备注", "Remark")}>{row.remark}</Fact> : null}
        <Fact label={t("自", "From")}>{sayDay(row.fromOn, lang)}</Fact>
        <Fact label={t("公开记录", "Public record")}>
          <a href={`/c/${slug}/record/${row.leafHash}`}>{t("查看登记的条目和证明", "Its entry and proof")}</a>
        </Fact>
      </FactList>
      {row.photos.length === 0 ? null : (
        <>
          <h2>{t("照片", "Pictures")}</h2>
          <ul>
            {row.photos.map(({ fileId, name }) => (
              <li>
                <a href={`/c/${slug}/files/${fileId}`}>{name}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
};

/** How many of each kind are let today; only what may earn stands in the whole. */
export const OccupancyBars = ({ c, rows }: { c: AppContext; rows: readonly Occupancy[] }) => {
  const { t, lang } = c.var;
  const earning = rows.filter(({ ground }) => ground === null || ground === "common");
  if (earning.length === 0) return null;
  return (
    <CoverageBars
      unit={t("处", "")}
      lines={earning.map((row) => ({
        label: row.ground
          ? t(
              `${ASSET_KIND_WORDS[row.kind].zh}（${GROUND_WORDS.common.zh}）`,
              `${ASSET_KIND_WORDS[row.kind].en} (common ground)`,
            )
          : ASSET_KIND_WORDS[row.kind][lang],
        part: row.let,
        whole: row.total,
        note: t(`已出租${row.let}处，空闲${row.total - row.let}处`, `${row.let} let, ${row.total - row.let} free`),
      }))}
    />
  );
};
