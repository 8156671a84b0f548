/** The desk's routes for delivery: each building's state, its households, what is written down, links sent again. */
import { type Context, Hono } from "hono";
import { listBuildings } from "../../community/snapshot/store.ts";
import { requires } from "../../platform/access.ts";
import { type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Confirm } from "../../platform/ui/choices.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { Form, SearchForm } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout, Details, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { type Posted, valuesOf } from "../ballots/answering.ts";
import { deskHref, deskMeetingHref, deskMeetingsHref } from "../meeting/addresses.ts";
import { listTurnout } from "../meeting/store.ts";
import { isRecordedKind, LONGEST_NOTE, recordContacts, resendLinks } from "./actions.ts";
import { AT, type DeskMeeting, deskMeeting, readVoterNo } from "./at-desk.ts";
import {
  countDelivery,
  countFiltered,
  type DeliveryFilter,
  listDelivery,
  listFiltered,
  listWorkers,
  type Meeting,
} from "./lists.ts";
import { deliveryProblem } from "./problems.ts";
import { type BuildingState, boardOf, type DeliveryState, STRENGTH } from "./rules.ts";
import { byWords, kindWord, STATE_TONES, stateWord } from "./words.ts";

type C = Context<AppEnv>;

/** Mounted under /c/:slug. */
export const deliveryPages = new Hono<AppEnv>();
export const delivers = requires("meeting.deliver");

const PER_PAGE = 50;
/** The ways the list offers; what a door said has a board of its own. */
const WAYS = ["handed", "posted", "announced"] as const;

export const deliveryHref = (slug: string, number: number): string => `${deskMeetingHref(slug, number)}/delivery`;

/** The way to a page of delivery. Who only brings ballots to doors may not read a meeting's papers, and is not led to them. */
export const deskCrumbs = (c: C, meeting: DeskMeeting) => {
  const { slug } = c.var.scene.community;
  const desk = { href: deskHref(slug), label: c.var.t("工作台", "Desk") };
  if (!c.var.actor.permissions.has("meeting.read")) return [desk];
  return [
    desk,
    { href: deskMeetingsHref(slug), label: c.var.t("会议", "Meetings") },
    { href: deskMeetingHref(slug, meeting.number), label: meeting.title },
  ];
};

/** What the address asks for; null without a building. */
export function filterFrom(read: (name: string) => string | undefined): DeliveryFilter | null {
  const building = read("building") ?? "";
  if (building === "") return null;
  const state = STRENGTH.find((known) => known === read("state"));
  return { building, onlyNotVoted: read("silent") === "yes", ...(state ? { state } : {}) };
}

export const queryOf = (filter: DeliveryFilter, page = 1): string => {
  const query = new URLSearchParams({ building: filter.building });
  if (filter.state) query.set("state", filter.state);
  if (filter.onlyNotVoted) query.set("silent", "yes");
  if (page > 1) query.set("page", String(page));
  return query.toString();
};

deliveryPages.get(`${AT}/delivery`, delivers, async (c) => {
  const meeting = await deskMeeting(c);
  if (!meeting) return c.notFound();
  const filter = filterFrom((name) => c.req.query(name));
  return filter ? listPage(c, meeting, filter) : overviewPage(c, meeting);
});

const BUILDING = "building:";

async function overviewPage(c: C, meeting: DeskMeeting) {
  const { scene, t } = c.var;
  const [buildings, counts, turnout] = await scene.db.read(
    listBuildings(scene, meeting.snapshot),
    countDelivery(scene, meeting),
    listTurnout(scene, meeting.id),
  );
  const ofBuildings = turnout.filter(({ key }) => key.startsWith(BUILDING));
  const voted = new Map(ofBuildings.map(({ key, owners }) => [key.slice(BUILDING.length), owners]));
  const rows = boardOf(buildings, counts, voted);
  const desk = deskMeetingHref(scene.community.slug, meeting.number);
  const base = deliveryHref(scene.community.slug, meeting.number);
  const mayPrintLinks = c.var.actor.permissions.has("roll.write");
  const at = (row: BuildingState, state: DeliveryState) => row.by.get(state) ?? 0;
  const link = (row: BuildingState, path: string, words: string) => (
    <a href={`${path}?${queryOf({ building: row.building, onlyNotVoted: false })}`}>{words}</a>
  );
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("送达", "Delivery")} breadcrumb={deskCrumbs(c, meeting)} wide>
      <h1>{t("送达情况", "Delivery")}</h1>
      <p class="lead">
        {t(
          "征求意见要送到每一位业主。短信发出不等于送达：本人核对身份打开、当面交到、邮寄或公告才算。",
          "Every owner must be reached. A message sent is no proof: the owner opening it after the check, handing over, posting or public notice is.",
        )}
      </p>
      <p class="hint">{t("《业主大会和业主委员会指导规则》第二十二条", "Guidance Rules art. 22")}</p>
      <DataTable
        caption={t("各楼栋", "By building")}
        rows={rows}
        columns={[
          { label: t("楼栋", "Building"), cell: (row) => link(row, base, row.building), head: true },
          { label: t("户数", "Households"), cell: (row) => row.voters, number: true },
          { label: t("已送达", "Delivered"), cell: (row) => row.delivered, number: true },
          { label: t("本人打开", "Opened"), cell: (row) => at(row, "opened"), number: true },
          { label: t("仅发短信", "Only sent"), cell: (row) => at(row, "sent"), number: true },
          {
            label: t("未发出、未送", "Failed or none"),
            cell: (row) => at(row, "failed") + at(row, "none"),
            number: true,
          },
          { label: t("已投票", "Voted"), cell: (row) => row.voted, number: true },
          {
            label: t("上门与打印", "Doors, print"),
            cell: (row) => (
              <>
                {link(row, `${base}/door`, t("上门", "doors"))}{" "}
                {mayPrintLinks ? link(row, `${desk}/slips`, t("通知单", "slips")) : null}{" "}
                {link(row, `${desk}/sheet`, t("领票表", "sheet"))} {link(row, `${desk}/papers`, t("纸质票", "ballots"))}
              </>
            ),
          },
        ]}
        foot={[
          t("户次合计", "Sum"),
          ...[
            (row: BuildingState) => row.voters,
            (row: BuildingState) => row.delivered,
            (row: BuildingState) => at(row, "opened"),
            (row: BuildingState) => at(row, "sent"),
            (row: BuildingState) => at(row, "failed") + at(row, "none"),
            (row: BuildingState) => row.voted,
          ].map((of) => rows.reduce((total, row) => total + of(row), 0)),
          "",
        ]}
        empty={<EmptyState title={t("名册里没有楼栋", "The roll has no buildings")} />}
      />
      <p class="hint">
        {t(
          "在几个楼栋都有房屋的业主，每个楼栋各列一次，所以合计可能大于总人数。",
          "An owner with units in several buildings is listed in each, so the sum may exceed the number of owners.",
        )}
      </p>
    </Page>,
  );
}

async function listPage(c: C, meeting: DeskMeeting, filter: DeliveryFilter) {
  const { scene, t, lang, formToken } = c.var;
  const page = Math.max(1, Number(/^\d{1,4}$/.exec(c.req.query("page") ?? "")?.[0] ?? 1));
  const [rows, count, buildings] = await scene.db.read(
    listDelivery(scene, meeting, filter, { limit: PER_PAGE, offset: (page - 1) * PER_PAGE }),
    countFiltered(scene, meeting, filter),
    listBuildings(scene, meeting.snapshot),
  );
  const voters = count[0]?.voters ?? 0;
  const ids = rows.flatMap(({ lastBy }) => (lastBy ? [lastBy] : []));
  const [people] = await scene.db.read(listWorkers(scene, ids));
  const workers = new Map(people.map(({ personId, name }) => [personId, name]));
  const base = deliveryHref(scene.community.slug, meeting.number);
  const done = c.req.query("done");
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t(`送达：${filter.building}`, `Delivery: ${filter.building}`)}
      breadcrumb={[...deskCrumbs(c, meeting), { href: base, label: t("送达", "Delivery") }]}
      wide
    >
      <h1>{t(`送达：${filter.building}`, `Delivery: ${filter.building}`)}</h1>
      {done && /^\d{1,6}$/.test(done) ? (
        <Callout tone="good" title={t(`已记下，共${done}户`, `Written down for ${done} households`)} />
      ) : null}
      <SearchForm action={base}>
        <Select
          name="building"
          label={t("楼栋", "Building")}
          options={buildings.map(({ building }) => ({ value: building, label: building }))}
          value={filter.building}
        />
        <Select
          name="state"
          label={t("送达状态", "State")}
          prompt={t("全部", "All")}
          options={STRENGTH.map((state) => ({ value: state, label: stateWord(state, t) }))}
          value={filter.state ?? ""}
          optional={t("可不选", "optional")}
        />
        <Confirm
          name="silent"
          label={t("只看还没有投票的", "Only those who have not voted")}
          checked={filter.onlyNotVoted}
        />
        <Actions>
          <Button look="quiet">{t("筛选", "Filter")}</Button>
          <ButtonLink look="quiet" href={`${base}/door?${queryOf(filter)}`}>
            {t("上门登记", "Door to door")}
          </ButtonLink>
        </Actions>
      </SearchForm>
      <Form
        action={`${base}/record`}
        token={formToken}
        once={newOnce()}
        hidden={{ building: filter.building, state: filter.state ?? "", silent: filter.onlyNotVoted ? "yes" : "" }}
      >
        <DataTable
          caption={t(`共${voters}户`, `${voters} households`)}
          rows={rows}
          columns={[
            {
              label: t("选择", "Choose"),
              cell: (row) => (
                <input
                  type="checkbox"
                  name="voter"
                  value={String(row.voterNo)}
                  aria-label={t(`选择${row.rooms}`, `choose ${row.rooms}`)}
                />
              ),
            },
            {
              label: t("房号", "Room"),
              cell: (row) => (
                <a href={`${deskMeetingHref(scene.community.slug, meeting.number)}/voters/${row.voterNo}`}>
                  {row.rooms}
                </a>
              ),
              head: true,
            },
            { label: t("业主", "Owner"), cell: (row) => row.maskedName },
            {
              label: t("送达", "State"),
              cell: (row) => <StatusWord tone={STATE_TONES[row.state]}>{stateWord(row.state, t)}</StatusWord>,
            },
            {
              label: t("最近一次", "Last"),
              cell: (row) =>
                row.lastKind === null || row.lastAt === null
                  ? "—"
                  : `${kindWord(row.lastKind, t)}，${sayInstant(row.lastAt, lang)}，${byWords(row.lastBy, workers, t)}`,
            },
            {
              label: t("投票", "Ballot"),
              cell: (row) => (row.voted ? <StatusWord tone="good">{t("已投", "cast")}</StatusWord> : t("未投", "none")),
            },
          ]}
          empty={
            <EmptyState title={t("没有符合的住户", "Nobody fits")}>
              {t("请换一个筛选条件。", "Try another filter.")}
            </EmptyState>
          }
        />
        <Pager t={t} page={page} pages={Math.ceil(voters / PER_PAGE)} href={(to) => `${base}?${queryOf(filter, to)}`} />
        {rows.length > 0 ? (
          <>
            <Confirm name="all" label={t(`筛选出的全部${voters}户`, `All ${voters} of this filter`)} />
            <Select
              name="kind"
              label={t("登记送达方式", "Record delivery")}
              options={WAYS.map((kind) => ({ value: kind, label: kindWord(kind, t) }))}
            />
            <Field
              name="note"
              label={t("备注", "Note")}
              hint={t("例如：本人签收。加密保存，不公开。", "Such as: signed for. Kept encrypted, not published.")}
              maxlength={LONGEST_NOTE}
              optional={t("选填", "optional")}
            />
            <Actions>
              <Button>{t("登记送达", "Record")}</Button>
              <Button look="quiet" formaction={`${base}/resend`}>
                {t("给所选住户重发链接短信", "Send the link again")}
              </Button>
            </Actions>
            <Details summary={t("重发会怎样？", "What does sending again do?")}>
              <p>
                {t(
                  "只发给还没有投票、链接有效的住户；同一户一天最多一条；晚上9点到早上8点不发，第二天早上发出。",
                  "Only to those who have not voted and have a link in force; at most one a day for each; from 21:00 to 08:00 it waits for the morning.",
                )}
              </p>
            </Details>
          </>
        ) : null}
      </Form>
    </Page>,
  );
}

/** The voters a posted form speaks of: those ticked, or all that the filter yields. */
async function chosenIn(
  c: C,
  meeting: Meeting,
  body: Posted,
): Promise<{ voterNos: number[]; filter: DeliveryFilter | null }> {
  const { scene } = c.var;
  const filter = filterFrom((name) => valuesOf(body, name)[0]);
  if (filter && valuesOf(body, "all")[0] === "yes") {
    const [rows] = await scene.db.read(listFiltered(scene, meeting, filter));
    return { voterNos: rows.map(({ voterNo }) => voterNo), filter };
  }
  const ticked = valuesOf(body, "voter").flatMap((text) => readVoterNo(text) ?? []);
  return { voterNos: ticked, filter };
}

const back = (c: C, meeting: DeskMeeting, filter: DeliveryFilter | null, voters: number): Response => {
  const base = deliveryHref(c.var.scene.community.slug, meeting.number);
  return c.redirect(filter ? `${base}?${queryOf(filter)}&done=${voters}` : base, 303);
};

deliveryPages.post(`${AT}/delivery/record`, delivers, async (c) => {
  const meeting = await deskMeeting(c);
  if (!meeting) return c.notFound();
  const body: Posted = await c.req.parseBody({ all: true });
  const { voterNos, filter } = await chosenIn(c, meeting, body);
  const kind = valuesOf(body, "kind")[0] ?? "";
  if (!isRecordedKind(kind)) return c.notFound();
  const asked = { meeting, voterNos, kind, note: valuesOf(body, "note")[0] ?? "" };
  const recorded = await recordContacts(staffScene(c), asked, keyOf(body));
  return recorded.ok
    ? back(c, meeting, filter, recorded.value.voters)
    : problemResponse(c, deliveryProblem(recorded.error));
});

deliveryPages.post(`${AT}/delivery/resend`, delivers, async (c) => {
  const meeting = await deskMeeting(c);
  if (!meeting) return c.notFound();
  const body: Posted = await c.req.parseBody({ all: true });
  const { voterNos, filter } = await chosenIn(c, meeting, body);
  const sent = await resendLinks(staffScene(c), { meetingId: meeting.id, voterNos });
  return sent.ok ? back(c, meeting, filter, sent.value.voters) : problemResponse(c, deliveryProblem(sent.error));
});

/** The form's own key, or one that no form has: then a repeat is simply a second act. */
export const keyOf = (body: Posted): string => {
  const [key] = valuesOf(body, "_once");
  return key && /^[0-9a-z]{16}$/.test(key) ? key : newOnce();
};
