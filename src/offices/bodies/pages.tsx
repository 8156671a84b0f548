/** A body with its posts, what they may do and how it became what it is; and who answers for which building. Public pages; they change nothing. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { NOT_FOUND, problemResponse } from "../../platform/problem.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { shortCode } from "../../record/rules.ts";
import { BODY_WORDS } from "../words.ts";
import { type BodyOnDay, officeQueries, officesFrom } from "./actions.ts";
import type { Area, Body } from "./rules.ts";
import { type BodyChangeRow, bodyOf, listAreas, listBodyChanges } from "./store.ts";
import { linesOf, sayAreas, sayHolders, sayPowers, sayTerm } from "./words.ts";

/** Mounted under /c/:slug. */
export const bodyPages = new Hono<AppEnv>();

const CHANGES_A_PAGE = 20;
const BUILDINGS_A_PAGE = 40;

const pageOf = (c: AppContext): number => Math.max(1, Math.trunc(Number(c.req.query("page") ?? "1")) || 1);

/** What one entry of a body's history says, in the order a reader asks. */
function sayChange(c: AppContext, change: BodyChangeRow): string {
  const { t, lang } = c.var;
  const areas = JSON.parse(change.areas) as Area[];
  const name = t(change.nameZh, change.nameEn);
  if (change.act === "dissolved") return t(`“${name}”撤销`, `“${name}” ended`);
  const parent = change.parentZh === null ? "" : t(change.parentZh, change.parentEn ?? "");
  const level = t(change.levelZh, change.levelEn);
  return [
    change.act === "formed" ? t(`设立“${name}”`, `“${name}” formed`) : t(`名称“${name}”`, `called “${name}”`),
    ...(level ? [t(`层级${level}`, `level ${level}`)] : []),
    ...(parent ? [t(`上级${parent}`, `under ${parent}`)] : []),
    ...(areas.length > 0 ? [t(`负责${sayAreas(areas, lang)}`, `for ${sayAreas(areas, lang)}`)] : []),
  ].join(t("，", ", "));
}

const History = ({ c, body, changes }: { c: AppContext; body: Body; changes: readonly BodyChangeRow[] }) => {
  const { t, lang } = c.var;
  const base = `/c/${c.var.scene.community.slug}`;
  const record = (leafHash: string) => (
    <a href={`${base}/record/${leafHash}`}>
      <code>{shortCode(leafHash)}</code>
    </a>
  );
  const page = pageOf(c);
  const shown = changes.toReversed().slice((page - 1) * CHANGES_A_PAGE, page * CHANGES_A_PAGE);
  const formation = (
    <p>
      {t(
        `${sayDay(dayOf(body.sinceAt), lang)}登记设立，记录编号 `,
        `Formed on ${sayDay(dayOf(body.sinceAt), lang)}, record `,
      )}
      {record(body.leafHash)}
      {changes.length === 0 ? t("。之后没有变更。", "; unchanged since.") : null}
    </p>
  );
  if (changes.length === 0) return formation;
  return (
    <>
      {changes[0]?.act === "formed" ? null : formation}
      <DataTable
        caption={t("这个组织的变更", "Changes of this body")}
        quietCaption={true}
        rows={shown}
        columns={[
          { label: t("自", "From"), head: true, cell: (change) => sayDay(dayOf(change.effectiveAt), lang) },
          { label: t("内容", "What"), cell: (change) => sayChange(c, change) },
          { label: t("依据", "By"), cell: (change) => change.document || t("设立登记", "its formation") },
          { label: t("记录编号", "Record"), cell: (change) => record(change.leafHash) },
        ]}
      />
      <Pager t={t} page={page} pages={Math.ceil(changes.length / CHANGES_A_PAGE)} href={(n) => `?page=${n}#history`} />
    </>
  );
};

bodyPages.get("/offices/bodies/:bodyId", async (c) => {
  const { t, lang, now, scene } = c.var;
  const bodyId = c.req.param("bodyId");
  const today = dayOf(now);
  const [bodies, posts, tenures, changes] = await scene.db.read(
    ...officeQueries(scene, today),
    listBodyChanges(scene, bodyId),
  );
  const row = bodies.find((one) => one.bodyId === bodyId);
  if (!row) return problemResponse(c, NOT_FOUND);
  const body = bodyOf(row);
  const all = await officesFrom(scene, today, bodies, posts, tenures);
  const here = all.find((one) => one.body.bodyId === bodyId);
  const parent = all.find((one) => one.body.bodyId === body.parentId);
  const below = all.filter((one) => one.body.parentId === bodyId);
  const base = `/c/${scene.community.slug}`;
  const link = ({ body: other }: BodyOnDay) => (
    <a href={`${base}/offices/bodies/${other.bodyId}`}>{other.name[lang]}</a>
  );
  return c.html(
    <Page
      {...frameOf(c)}
      title={body.name[lang]}
      breadcrumb={[
        { href: base, label: t("首页", "Home") },
        { href: `${base}/offices`, label: t("任职", "Offices") },
      ]}
    >
      <h1>{body.name[lang]}</h1>
      {body.endedAt === null ? null : (
        <Callout tone="warn" title={t("这个组织已经撤销", "This body has ended")}>
          <p>
            {t(
              `自${sayDay(dayOf(body.endedAt), lang)}起撤销，不再任命任何职务。下面是它的历史。`,
              `Since ${sayDay(dayOf(body.endedAt), lang)}; it gives no posts any more. Below is its history.`,
            )}
          </p>
        </Callout>
      )}
      <FactList>
        <Fact label={t("类别", "Kind")}>{BODY_WORDS[body.kind][lang]}</Fact>
        {body.level[lang] === "" ? null : <Fact label={t("层级", "Level")}>{body.level[lang]}</Fact>}
        <Fact label={t("设立", "Since")}>{sayDay(dayOf(body.sinceAt), lang)}</Fact>
        {parent ? <Fact label={t("上级", "Under")}>{link(parent)}</Fact> : null}
        {below.length > 0 ? (
          <Fact label={t("下级", "Below it")}>
            {below.map((one, at) => (
              <>
                {at > 0 ? t("、", ", ") : null}
                {link(one)}
              </>
            ))}
          </Fact>
        ) : null}
        {body.areas.length > 0 ? <Fact label={t("负责", "Answers for")}>{sayAreas(body.areas, lang)}</Fact> : null}
      </FactList>
      <h2>{t("职务", "Posts")}</h2>
      <DataTable
        caption={t("职务、席位、任期和可以做的事", "Posts, seats, terms and what they may do")}
        quietCaption={true}
        rows={here?.posts ?? []}
        empty={<p class="quiet">{t("没有职务。", "No posts.")}</p>}
        columns={[
          { label: t("职务", "Post"), head: true, cell: ({ post }) => post.title[lang] },
          {
            label: t("现任", "Held by"),
            cell: ({ holders }) => sayHolders(holders, lang),
          },
          { label: t("席位", "Seats"), number: true, cell: ({ post }) => post.seats },
          { label: t("任期", "Term"), cell: ({ post }) => sayTerm(post.termMonths, lang) },
          {
            label: t("可以做的事", "May"),
            cell: ({ post }) => {
              const powers = sayPowers(post.kind, lang);
              return powers.length === 0 ? t("没有系统权限", "nothing in this system") : powers.join(t("；", "; "));
            },
          },
        ]}
      />
      <h2 id="history">{t("这个组织怎样变成现在这样", "How it became what it is")}</h2>
      <History c={c} body={body} changes={changes} />
      <Actions>
        <ButtonLink look="quiet" href={`${base}/offices#body-${bodyId}`}>
          {t("谁在任职", "Who holds office")}
        </ButtonLink>
        <ButtonLink look="quiet" href={`${base}/duties`}>
          {t("责任清单", "Duties")}
        </ButtonLink>
      </Actions>
    </Page>,
  );
});

bodyPages.get("/offices/buildings", async (c) => {
  const { t, lang, now, scene } = c.var;
  const today = dayOf(now);
  const [bodyRows, postRows, tenures, areas] = await scene.db.read(...officeQueries(scene, today), listAreas(scene));
  const bodies = await officesFrom(scene, today, bodyRows, postRows, tenures);
  const buildings = [...new Set(areas.map(({ building }) => building))];
  const answering = (building: string): BodyOnDay[] =>
    bodies.filter(({ body }) => body.areas.some((area) => area.building === building));
  const covered = buildings.filter((building) => answering(building).length > 0).length;
  const page = pageOf(c);
  const base = `/c/${scene.community.slug}`;
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("各楼栋由谁负责", "Who answers for which building")}
      breadcrumb={[
        { href: base, label: t("首页", "Home") },
        { href: `${base}/offices`, label: t("任职", "Offices") },
      ]}
    >
      <h1>{t("各楼栋由谁负责", "Who answers for which building")}</h1>
      {buildings.length === 0 ? (
        <EmptyState title={t("名册里还没有楼栋", "The roll has no buildings yet")}>
          <p>
            {t(
              "导入名册以后，这里列出每个楼栋由哪个党小组、网格或楼栋长负责。",
              "Once the roll is imported, each building stands here with the party group, grid or steward that answers for it.",
            )}
          </p>
        </EmptyState>
      ) : (
        <>
          <p class="lead">
            {t(
              `${buildings.length}个楼栋，${covered}个有组织负责。`,
              `${covered} of ${buildings.length} buildings have a body that answers for them.`,
            )}
          </p>
          <DataTable
            caption={t("楼栋和负责的组织", "Buildings and who answers for them")}
            quietCaption={true}
            rows={buildings.slice((page - 1) * BUILDINGS_A_PAGE, page * BUILDINGS_A_PAGE)}
            columns={[
              { label: t("楼栋", "Building"), head: true, cell: (building) => building },
              {
                label: t("由谁负责", "Who answers"),
                cell: (building) => {
                  const those = answering(building);
                  if (those.length === 0) return <StatusWord tone="note">{t("还没有", "nobody yet")}</StatusWord>;
                  return (
                    <ul>
                      {those.map((one) => {
                        const entrances = one.body.areas.filter(
                          (area) => area.building === building && area.entrance !== "",
                        );
                        return (
                          <li>
                            <a href={`${base}/offices/bodies/${one.body.bodyId}`}>{one.body.name[lang]}</a>
                            {entrances.length > 0
                              ? `（${entrances.map(({ entrance }) => entrance).join("、")}）`
                              : null}
                            <small class="quiet">
                              {" "}
                              {linesOf({ ...one, body: { ...one.body, areas: [] } }, lang).join(t("；", "; "))}
                            </small>
                          </li>
                        );
                      })}
                    </ul>
                  );
                },
              },
            ]}
          />
          <Pager t={t} page={page} pages={Math.ceil(buildings.length / BUILDINGS_A_PAGE)} href={(n) => `?page=${n}`} />
        </>
      )}
      <Actions>
        <ButtonLink look="quiet" href={`${base}/offices/chart`}>
          {t("组织体系图", "Chart of the organisation")}
        </ButtonLink>
      </Actions>
    </Page>,
  );
});
