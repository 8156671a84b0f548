/** The roll on the desk: its units page by page, search, and the heads they make. Names are masked; nothing changes here. */
import { Hono } from "hono";
import { formatArea } from "../../kernel/area.ts";
import { isDay } from "../../kernel/day.ts";
import type { PartyId } from "../../kernel/id.ts";
import { requires } from "../../platform/access.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { DateTimeField, Field, Select } from "../../platform/ui/fields.tsx";
import { Form, SearchForm } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout, Details, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { pageOf, rollBase, rollFrame, textOf, today } from "../desk.tsx";
import { unitLabel } from "../explained.ts";
import { KIND_WORDS, SOURCE_WORDS, STATE_WORDS, sayWord } from "../import/words.ts";
import { ESTATE, type RollUnit, totalsOf, totalsPerBuilding, type Voter } from "../rules.ts";
import { HeadReasons } from "../views.tsx";
import { headsOn, listNames, sayWhoVotes, UNITS_A_PAGE, type UnitsPage, unitsOfPerson, unitsPage } from "./actions.ts";

export const browsePages = new Hono<AppEnv>();
const reads = requires("roll.read");

const UnitsTable = (props: { c: AppContext; units: readonly RollUnit[]; names: ReadonlyMap<PartyId, string> }) => {
  const { c } = props;
  const { t, lang } = c.var;
  return (
    <DataTable
      caption={t("专有部分", "Units")}
      quietCaption={true}
      rows={props.units}
      columns={[
        {
          label: t("房号", "Unit"),
          head: true,
          cell: (unit) => <a href={`${rollBase(c)}/units/${unit.unitId}`}>{unitLabel(unit)}</a>,
        },
        {
          label: t("业主", "Owners"),
          cell: (unit) =>
            unit.owners.length === 0
              ? t("（未登记）", "(none entered)")
              : listNames(
                  props.names,
                  unit.owners.map(({ partyId }) => partyId),
                ),
        },
        { label: t("面积（㎡）", "Area (m²)"), cell: (unit) => formatArea(unit.areaDm2), number: true },
        { label: t("来源", "Source"), cell: (unit) => pick(sayWord(SOURCE_WORDS, unit.source), lang) },
        { label: t("用途", "Use"), cell: (unit) => pick(sayWord(KIND_WORDS, unit.kind), lang) },
        {
          label: t("状态", "State"),
          cell: (unit) =>
            unit.state === "retired" ? (
              <StatusWord tone="off">{t("停用", "retired")}</StatusWord>
            ) : (
              pick(sayWord(STATE_WORDS, unit.state), lang)
            ),
        },
      ]}
    />
  );
};

const RollActions = ({ c }: { c: AppContext }) => {
  const { t, actor } = c.var;
  const base = rollBase(c);
  return (
    <Actions>
      {actor.permissions.has("roll.write") ? (
        <ButtonLink href={`${base}/import`}>{t("导入名册", "Import")}</ButtonLink>
      ) : null}
      <ButtonLink look="quiet" href={`${base}/voters`}>
        {t("按人计数", "Counted by owner")}
      </ButtonLink>
      <ButtonLink look="quiet" href={`${base}/export`}>
        {t("导出", "Export")}
      </ButtonLink>
      <ButtonLink look="quiet" href={`${base}/reads`}>
        {t("查阅记录", "Who looked")}
      </ButtonLink>
      {actor.permissions.has("roll.write") ? (
        <ButtonLink look="quiet" href={`/c/${c.var.scene.community.slug}/desk/cards`}>
          {t("业主登录卡", "Owners' cards")}
        </ButtonLink>
      ) : null}
    </Actions>
  );
};

const PersonSearch = ({ c, typed }: { c: AppContext; typed: string }) => {
  const { t, formToken } = c.var;
  return (
    <Form action={`${rollBase(c)}/search`} token={formToken}>
      <Field
        name="person"
        label={t("业主全名，或手机号", "An owner's full name, or mobile")}
        hint={t(
          "姓名和号码加密保存，只能按全名或完整号码查找；查找内容不会出现在网址里。",
          "Names and numbers are sealed, so only a full name or number finds them; what you type never stands in an address.",
        )}
        value={typed}
        width={20}
      />
      <Actions>
        <Button look="quiet">{t("查找业主", "Find an owner")}</Button>
      </Actions>
    </Form>
  );
};

const PlaceSearch = (props: {
  c: AppContext;
  buildings: UnitsPage["buildings"];
  building: string;
  place: string;
  on: string;
}) => {
  const { c } = props;
  const { t } = c.var;
  return (
    <SearchForm action={rollBase(c)}>
      <Select
        name="building"
        label={t("楼栋", "Building")}
        value={props.building}
        prompt={t("全部", "All")}
        options={props.buildings.map(({ building, units }) => ({ value: building, label: `${building}（${units}）` }))}
      />
      <Field
        name="place"
        label={t("房号", "Unit number")}
        value={props.place}
        width={11}
        optional={t("选填", "optional")}
      />
      <DateTimeField name="on" kind="date" label={t("哪一天的名册", "The roll of which day")} value={props.on} />
      <Button look="quiet">{t("查看", "Show")}</Button>
    </SearchForm>
  );
};

browsePages.get("/desk/roll", reads, async (c) => {
  const { t, lang, scene } = c.var;
  const building = (c.req.query("building") ?? "").slice(0, 40);
  const place = (c.req.query("place") ?? "").trim().slice(0, 40);
  const asked = c.req.query("on") ?? "";
  const on = isDay(asked) ? asked : today(c);
  const page = pageOf(c);
  const found = await unitsPage(scene, on, { building, place }, page);
  const pages = Math.max(1, Math.ceil(found.total / UNITS_A_PAGE));
  const href = (to: number): string =>
    `?${new URLSearchParams({ ...(building ? { building } : {}), ...(place ? { place } : {}), on, page: String(to) })}`;
  const all = found.buildings.reduce((sum, { units }) => sum + units, 0);
  return c.html(
    <Page {...rollFrame(c, null)} title={t("名册", "Roll")}>
      <h1>{t("名册", "Roll")}</h1>
      {all === 0 ? (
        <EmptyState
          title={t("名册还是空的", "The roll is empty")}
          action={
            c.var.actor.permissions.has("roll.write") ? (
              <ButtonLink href={`${rollBase(c)}/import`}>{t("导入名册", "Import the roll")}</ButtonLink>
            ) : undefined
          }
        >
          {t(
            "从 Excel 或 CSV 导入全部专有部分和业主。写入之前会先核对，并列出要改动的内容。",
            "Bring in all units and owners from Excel or CSV. Before anything is written the file is checked and every change shown.",
          )}
        </EmptyState>
      ) : (
        <>
          <RollActions c={c} />
          <PlaceSearch c={c} buildings={found.buildings} building={building} place={place} on={on} />
          <Details summary={t("按业主查找", "Find an owner")}>
            <PersonSearch c={c} typed="" />
          </Details>
          <p>
            {t(
              `${sayDay(on, lang)}的名册：共 ${found.total} 个专有部分。`,
              `The roll of ${sayDay(on, lang)}: ${found.total} units.`,
            )}
          </p>
          {found.units.length === 0 ? (
            <EmptyState title={t("没有符合的专有部分", "No unit fits")}>
              {t("换一个楼栋、房号或日期试试。", "Try another building, number or day.")}
            </EmptyState>
          ) : (
            <UnitsTable c={c} units={found.units} names={found.names} />
          )}
          <Pager t={t} page={page} pages={pages} href={href} />
        </>
      )}
    </Page>,
  );
});

// A POST that changes nothing: what it looks for is personal and must not stand in an address or a log.
browsePages.post("/desk/roll/search", reads, async (c) => {
  const { t, scene } = c.var;
  const { person } = await textOf(c, "person");
  const found =
    person === "" ? { units: [], names: new Map<PartyId, string>() } : await unitsOfPerson(scene, today(c), person);
  return c.html(
    <Page
      {...rollFrame(c, [])}
      title={t("查找业主", "Find an owner")}
      switchHref={`${rollBase(c)}?lang=${c.var.lang === "en" ? "zh" : "en"}`}
    >
      <h1>{t("查找业主", "Find an owner")}</h1>
      <PersonSearch c={c} typed={person} />
      {found.units.length === 0 ? (
        <EmptyState title={t("没有找到", "Nobody found")}>
          {t(
            "请填写登记时的全名或完整手机号。只记得房号的，请按房号查找。",
            "Give the full name or mobile as entered. If you know the unit only, search by its number.",
          )}
        </EmptyState>
      ) : (
        <UnitsTable c={c} units={found.units} names={found.names} />
      )}
    </Page>,
  );
});

const FLAGS = ["overlap", "designate", "unknown"] as const;
type Flag = (typeof FLAGS)[number];

const hasFlag = (head: Voter, flag: Flag): boolean => {
  if (flag === "overlap") return head.overlaps.length > 0;
  if (flag === "designate")
    return head.designation.state === "must_designate" || head.designation.state === "chose_differently";
  return head.designation.state === "nobody_known";
};

browsePages.get("/desk/roll/voters", reads, async (c) => {
  const { t, lang, scene } = c.var;
  const asked = c.req.query("on") ?? "";
  const on = isDay(asked) ? asked : today(c);
  const flag = FLAGS.find((known) => known === c.req.query("flag")) ?? null;
  const view = await headsOn(scene, on);
  const { heads, names, settings } = view;
  const byKey = new Map(heads.map((head) => [head.key, head]));
  const nameOf = (owners: readonly PartyId[]): string => listNames(names, owners) || t("建设单位", "the developer");
  const shown = flag ? heads.filter((head) => hasFlag(head, flag)) : heads;
  const page = pageOf(c);
  const pages = Math.max(1, Math.ceil(shown.length / UNITS_A_PAGE));
  const totals = totalsOf(heads, ESTATE);
  const href = (to: number): string => `?${new URLSearchParams({ on, ...(flag ? { flag } : {}), page: String(to) })}`;
  const count = (of: Flag): number => heads.filter((head) => hasFlag(head, of)).length;
  const words: Record<Flag, string> = {
    overlap: t("业主有交叉", "owners overlap"),
    designate: t("待推选投票人", "must choose who votes"),
    unknown: t("不知由谁投票", "nobody known"),
  };
  return c.html(
    <Page {...rollFrame(c, [])} title={t("按人计数", "Counted by owner")}>
      <h1>{t("按人计数", "Counted by owner")}</h1>
      <p>
        {t(
          "业主完全相同的专有部分按一人计算，面积全部计入；只是部分业主相同的，各按一人，在这里标出，由召集人核对。",
          "Units of exactly the same owners count as one person, with all their area; where owners only overlap they count separately and are marked here for the convener.",
        )}
      </p>
      <FactList>
        <Fact label={t("日期", "Day")}>{sayDay(on, lang)}</Fact>
        <Fact label={t("业主人数", "Owners")}>{totals.owners}</Fact>
        <Fact label={t("专有部分面积", "Area")}>{formatArea(totals.areaDm2)} ㎡</Fact>
        <Fact label={t("车位、储藏", "Parking, storage")}>
          {settings.countedSpaces.length > 0
            ? t(`计入（${settings.spacesClause}）`, `count (${settings.spacesClause})`)
            : t("不计入（议事规则没有约定计入）", "do not count (the rules of procedure do not say so)")}
        </Fact>
      </FactList>
      <DataTable
        caption={t("按楼栋", "By building")}
        keep={true}
        rows={[...totalsPerBuilding(heads)]}
        columns={[
          { label: t("楼栋", "Building"), head: true, cell: ([building]) => building },
          { label: t("人数", "Owners"), number: true, cell: ([, weight]) => weight.owners },
          { label: t("面积（㎡）", "Area (m²)"), number: true, cell: ([, weight]) => formatArea(weight.areaDm2) },
        ]}
      />
      <p class="hint">
        {t(
          "在几栋楼都有专有部分的业主，每栋都算一次，所以各栋人数相加可能多于总人数。",
          "An owner with units in several buildings is counted in each, so the buildings may add up to more than the total.",
        )}
      </p>
      <nav aria-label={t("只看", "Show only")}>
        <Actions>
          <ButtonLink look="quiet" href={`?on=${on}`}>{`${t("全部", "All")}（${heads.length}）`}</ButtonLink>
          {FLAGS.map((of) => (
            <ButtonLink look="quiet" href={`?on=${on}&flag=${of}`}>{`${words[of]}（${count(of)}）`}</ButtonLink>
          ))}
        </Actions>
      </nav>
      <h2>{flag ? words[flag] : t("全部", "All")}</h2>
      {shown.length === 0 ? <EmptyState title={t("没有", "None")} /> : null}
      {shown.slice((page - 1) * UNITS_A_PAGE, page * UNITS_A_PAGE).map((head) => (
        <Details
          summary={
            <>
              <b>{nameOf(head.owners)}</b> · {head.units.length} {t("个", head.units.length === 1 ? "unit" : "units")} ·{" "}
              {formatArea(head.areaDm2)} ㎡{" "}
              {FLAGS.filter((of) => hasFlag(head, of)).map((of) => (
                <StatusWord tone="note">{words[of]}</StatusWord>
              ))}
            </>
          }
        >
          <HeadReasons
            lang={lang}
            settings={settings}
            head={{
              reason: head.reason,
              maskedName: listNames(names, head.owners),
              ownersCount: head.owners.length,
              areaDm2: head.areaDm2,
              units: head.units,
              overlaps: head.overlaps.length > 0,
            }}
          />
          <p>{pick(sayWhoVotes(head, view), lang)}</p>
          <p>
            {head.units.map((unit, at) => (
              <>
                {at > 0 ? t("、", ", ") : ""}
                <a href={`${rollBase(c)}/units/${unit.unitId}`}>{unitLabel(unit)}</a>
              </>
            ))}
          </p>
          {head.overlaps.length > 0 ? (
            <Callout tone="warn" title={t("与这些户的业主有交叉", "Overlaps with")}>
              <ul>
                {head.overlaps.map(({ withKey, shared }) => (
                  <li>
                    {nameOf(byKey.get(withKey)?.owners ?? [])}
                    {t(`（共同的业主：${nameOf(shared)}）`, ` (shared: ${nameOf(shared)})`)}
                  </li>
                ))}
              </ul>
            </Callout>
          ) : null}
        </Details>
      ))}
      <Pager t={t} page={page} pages={pages} href={href} />
    </Page>,
  );
});
