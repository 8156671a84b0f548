/** The public front doors: the list of communities at /, and a community's home at /c/:slug. Shows; changes nothing. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { isNamedInPublic, rankOf } from "../../offices/rules.ts";
import { type Holder, holderOf } from "../../offices/terms/actions.ts";
import { listTenuresOn } from "../../offices/terms/store.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { listCommunities } from "../../platform/db.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { Clock } from "../../platform/ui/steps.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { meetingHref, meetingsHref } from "../meeting/addresses.ts";
import { STATE_TONE, stateWord } from "../meeting/events.ts";
import { findEstate } from "../meeting/store.ts";
import { type HomeSection, homeSections, joined } from "./announcing.ts";
import { calendarHref, feedHref, pageAsked, publicFrame } from "./frame.tsx";
import { itemsOf, rowOf } from "./meetings.tsx";
import type { Part } from "./reading.ts";
import {
  type ItemLine,
  type ItemTurnoutRow,
  listItemLines,
  listLines,
  listOpenTurnout,
  type MeetingLine,
} from "./store.ts";
import { TurnoutOfItems } from "./turnout.tsx";

/** Mounted at /. */
export const landingPages = new Hono<AppEnv>();

/** Mounted under /c/:slug. */
export const homePages = new Hono<AppEnv>();

const COMMUNITIES_A_PAGE = 50;

landingPages.get("/", async (c) => {
  const { t } = c.var;
  const page = pageAsked(c);
  const { total, communities } = await listCommunities(c.env, COMMUNITIES_A_PAGE, (page - 1) * COMMUNITIES_A_PAGE);
  const pages = Math.max(1, Math.ceil(total / COMMUNITIES_A_PAGE));
  if (page > pages) return c.notFound();
  return c.html(
    <Page {...frameOf(c)} title={t("小区共治", "Commonhold")}>
      <h1>{t("业主的事，业主一起决定", "Owners decide together")}</h1>
      <p class="lead">
        {t(
          "发公告、投票、计票、公布，每一步都写进公开记录。人数和面积怎么算的，任何人都可以复算。",
          "Notice, vote, count, publication: every step stands in a public record, and anyone can recompute how owners and areas were counted.",
        )}
      </p>
      <h2>{t("选择您的小区", "Choose your estate")}</h2>
      <LinkList
        items={communities.map(({ slug, name }) => ({ href: `/c/${slug}`, title: name }))}
        empty={
          <EmptyState
            title={t("还没有小区", "No estates yet")}
            action={<ButtonLink href="/setup">{t("建立第一个小区", "Set up the first")}</ButtonLink>}
          />
        }
      />
      <Pager t={t} page={page} pages={pages} href={(n) => `/?page=${n}`} />
      <h2>{t("不用登录就能用", "Without signing in")}</h2>
      <LinkList
        items={[
          {
            href: "/calculator",
            title: t("表决计算器", "Decision calculator"),
            note: t(
              "把任何一份公告里的数字填进去，看是不是真的通过了。",
              "Put in the figures of any notice and see whether it was carried.",
            ),
          },
          {
            href: "/districts",
            title: t("各区小区一览", "Communities by district"),
            note: t(
              "哪些小区建立了支部、选出了业委会、登记为法人，一个街道一张表。",
              "Where there is a branch, an elected committee, a registered legal person: a table for each street.",
            ),
          },
          {
            href: "/docs",
            title: t("开放接口", "API"),
            note: t("会议和结果都可以作为数据取走。", "Meetings and results can be taken as data."),
          },
        ]}
      />
    </Page>,
  );
});

const DECIDED_SHOWN = 3;
const CURRENT_SHOWN = 10;

homePages.get("/", async (c) => {
  const { scene, now } = c.var;
  const current = { limit: CURRENT_SHOWN, offset: 0 };
  const decided = { limit: DECIDED_SHOWN, offset: 0 };
  const sections = joined([...homeSections("now"), ...homeSections("standing")], ({ queries }) => queries(scene));
  const [currentLines, currentItems, turnout, decidedLines, decidedItems, tenures, places, ...added] =
    await scene.db.read(
      listLines(scene, "current", current),
      listItemLines(scene, "current", current),
      listOpenTurnout(scene),
      listLines(scene, "decided", decided),
      listItemLines(scene, "decided", decided),
      listTenuresOn(scene, dayOf(now)),
      findEstate(scene),
      ...sections.queries,
    );
  const shown = sections.withRows(added);
  const sectionsOf = (where: HomeSection["where"]) =>
    shown.filter(([section]) => section.where === where).map(([{ render }, rows]) => render(c, rows));
  const named = tenures.filter(({ postKind }) => isNamedInPublic(postKind));
  const holders = await Promise.all(named.map((row) => holderOf(scene, row)));
  const inState = (...states: readonly MeetingLine["state"][]) =>
    currentLines.filter(({ state }) => states.includes(state));
  const rows = (lines: readonly MeetingLine[], items: readonly ItemLine[]) =>
    lines.map((line) => rowOf(line, itemsOf(items, line), c));
  const { t } = c.var;
  const { slug, name } = scene.community;
  const place = places[0];
  const open = inState("open");
  const [counting, coming] = [inState("closed", "counted"), inState("notice")];
  const isNew = currentLines.length === 0 && decidedLines.length === 0;
  return c.html(
    // What is open is this page's own subject, so the strip above it would only say it twice.
    <Page {...publicFrame(c, [])} title={name}>
      <h1>{name}</h1>
      {place ? (
        <p class="quiet">
          {place.district}
          {place.street}
          {t("　", " · ")}
          {place.address}
        </p>
      ) : null}
      {isNew ? <NewCommunity c={c} /> : null}
      {open.length > 0 ? (
        <section id="open">
          <h2>{t("正在表决", "Open now")}</h2>
          {open.map((line) => (
            <OpenMeeting c={c} line={line} items={itemsOf(currentItems, line)} turnout={turnout} />
          ))}
        </section>
      ) : null}
      {counting.length > 0 ? (
        <section id="counting">
          <h2>{t("正在计票", "Being counted")}</h2>
          <LinkList items={rows(counting, currentItems)} />
        </section>
      ) : null}
      {coming.length > 0 ? (
        <section id="coming">
          <h2>{t("即将表决", "Coming up")}</h2>
          <LinkList items={rows(coming, currentItems)} />
        </section>
      ) : null}
      {sectionsOf("now")}
      {isNew ? null : (
        <section id="decided">
          <h2>{t("已经决定的事", "What was decided")}</h2>
          <LinkList
            items={rows(decidedLines, decidedItems)}
            empty={<p class="quiet">{t("还没有公布过结果。", "No result has been published yet.")}</p>}
          />
          <p>
            <a href={meetingsHref(slug)}>{t("全部会议与决定", "All meetings and decisions")}</a>
          </p>
        </section>
      )}
      <Offices c={c} holders={holders} />
      {sectionsOf("standing")}
      <section id="check">
        <h2>{t("自己核对", "Check for yourself")}</h2>
        <LinkList
          items={[
            {
              href: `/c/${slug}/record`,
              title: t("公开记录", "The public record"),
              note: t(
                "每件事一条，只能增加，谁都可以核对。",
                "One entry an act; it only grows, and anyone can check it.",
              ),
            },
            {
              href: `/c/${slug}/verify`,
              title: t("核对表决回执", "Check a ballot's receipt"),
              note: t("用回执编号看您的票在不在箱里。", "See by its code whether your ballot is in the box."),
            },
            {
              href: calendarHref(slug),
              title: t("日历订阅", "Calendar"),
              note: t(
                "表决的开始、截止和异议期，加到手机日历里。",
                "Openings, closes and periods of objection, for your calendar.",
              ),
            },
            {
              href: feedHref(slug),
              title: t("动态订阅（Atom）", "Feed (Atom)"),
              note: t("公告、修改和结果，第一时间收到。", "Notices, amendments and results as they happen."),
            },
          ]}
        />
      </section>
    </Page>,
  );
});

const NewCommunity = ({ c }: { c: AppContext }) => {
  const { t, scene } = c.var;
  return (
    <EmptyState
      title={t("这里还没有开过业主大会", "No owners' meeting has been held here yet")}
      action={
        <ButtonLink look="quiet" href={`/c/${scene.community.slug}/sign-in`}>
          {t("工作人员登录", "Staff sign in")}
        </ButtonLink>
      }
    >
      <p>
        {t(
          "导入业主名册、发出第一份会议公告以后，正在表决的事、参与情况和结果都会出现在这一页。",
          "Once the roll is imported and the first notice is given, what is being voted on, turnout and results will stand on this page.",
        )}
      </p>
    </EmptyState>
  );
};

const OpenMeeting = ({
  c,
  line,
  items,
  turnout,
}: {
  c: AppContext;
  line: MeetingLine;
  items: readonly ItemLine[];
  turnout: readonly ItemTurnoutRow[];
}) => {
  const { t, lang, now, scene } = c.var;
  const parts = new Map(
    turnout
      .filter(({ meetingId }) => meetingId === line.meetingId)
      .map((row): [number, Part] => [
        Number(row.key.slice("item:".length)),
        {
          voted: { owners: row.owners, areaDm2: row.areaDm2 },
          total: { owners: row.eligibleOwners, areaDm2: row.eligibleAreaDm2 },
        },
      ]),
  );
  return (
    <section>
      <h3>
        <a href={meetingHref(scene.community.slug, line.number)}>{line.title}</a>
      </h3>
      <p>
        <StatusWord tone={STATE_TONE[line.state]}>{stateWord(line.state, t)}</StatusWord>
      </p>
      <ol>
        {items.map(({ title }) => (
          <li>{title}</li>
        ))}
      </ol>
      {line.closesAt === null ? null : (
        <Clock t={t} lang={lang} label={t("表决截止", "Voting closes")} at={line.closesAt} now={now} />
      )}
      <TurnoutOfItems c={c} items={items} turnout={parts} />
      <p class="hint">
        {t(
          "业主请打开发给您家的表决链接投票；截止前只公布参与情况。",
          "Owners vote by the link sent to their household; until the close only turnout is shown.",
        )}
      </p>
      <Actions>
        <ButtonLink look="quiet" href={meetingHref(scene.community.slug, line.number)}>
          {t("看议题和材料", "Read what is asked")}
        </ButtonLink>
      </Actions>
    </section>
  );
};

/** Those the owners chose and those who watch over them; the others are on the page of offices. */
const SHOWN_BODIES = ["committee", "preparatory_group", "supervision"];

const Offices = ({ c, holders }: { c: AppContext; holders: readonly Holder[] }) => {
  const { t, lang, scene } = c.var;
  const shown = holders
    .filter(({ bodyKind }) => SHOWN_BODIES.includes(bodyKind))
    .toSorted((a, b) => rankOf(a.bodyKind) - rankOf(b.bodyKind));
  return (
    <section id="offices">
      <h2>{t("谁在任职", "Who holds office")}</h2>
      <DataTable
        caption={t("任职人员", "Office-holders")}
        quietCaption
        rows={shown}
        empty={
          <p class="quiet">
            {t("还没有登记业主委员会的任职人员。", "Nobody of the owners' committee is recorded yet.")}
          </p>
        }
        columns={[
          { label: t("姓名", "Name"), head: true, cell: ({ publicName }) => publicName },
          { label: t("组织", "Body"), cell: ({ body }) => pick(body, lang) },
          { label: t("职务", "Post"), cell: ({ title }) => pick(title, lang) },
        ]}
      />
      <p>
        <a href={`/c/${scene.community.slug}/offices`}>
          {t("全部任职人员、任期和依据", "All office-holders, their terms and grounds")}
        </a>
      </p>
    </section>
  );
};
