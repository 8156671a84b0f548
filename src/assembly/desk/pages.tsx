/** The desk: what waits for this person today, what waits for others, and the dates to come. Not a menu of tables. */
import { Hono } from "hono";
import { mayBeSecond, showProposal, titleOf } from "../../offices/proposals/actions.ts";
import { stateOf } from "../../offices/proposals/rules.ts";
import { listOpenProposals } from "../../offices/proposals/store.ts";
import { requires, requiresOffice } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { deskMeetingHref } from "../meeting/addresses.ts";
import { STATE_TONE, stateWord } from "../meeting/events.ts";
import { factsOf } from "../meeting/reading.ts";
import { listMeetings, type MeetingRow } from "../meeting/store.ts";
import { type DeskTask, deskSources, joined } from "../public/announcing.ts";
import { type Duty, dutiesOf } from "../schedule/rules.ts";
import { listWaiting } from "./store.ts";
import { byDay, inOrder, type Task, tasksOf } from "./tasks.ts";

export const deskPages = new Hono<AppEnv>();
const MOST_LIVE = 100;

deskPages.get("/desk", requiresOffice, async (c) => {
  const { t, lang, scene, actor, now } = c.var;
  const { slug } = scene.community;
  const others = joined(deskSources(), ({ queries }) => queries({ scene, actor }));
  const [rows, waiting, proposals, ...added] = await scene.db.read(
    listMeetings(scene, ["draft", "notice", "open", "closed", "counted", "published"], { limit: MOST_LIVE, offset: 0 }),
    listWaiting(scene),
    listOpenProposals(scene),
    ...others.queries,
  );
  const byMeeting = new Map(waiting.map((row) => [row.meetingId, row]));
  const ofMeetings = inOrder(
    rows.flatMap((row) => tasksOf({ row, waiting: byMeeting.get(row.meetingId)! }, actor.personId, now)),
  ).map((task) => meetingTask(slug, task));
  const ofOthers = others.withRows(added).flatMap(([source, own]) => source.tasks({ scene, actor }, own));
  const tasks = byDay([...ofMeetings, ...ofOthers]);
  const isMine = (task: DeskTask): boolean =>
    !task.notByAsker && task.permissions.some((permission) => actor.permissions.has(permission));
  const [mine, waitingForOthers] = [tasks.filter(isMine), tasks.filter((task) => !isMine(task))];
  const mayRead = actor.permissions.has("meeting.read");
  const shown = await Promise.all(proposals.map(async (row) => ({ row, one: await showProposal(scene, row) })));
  const isForMe = ({ row }: (typeof shown)[number]): boolean => {
    const found = { ...row, state: stateOf(row, now) };
    return mayBeSecond(staffScene(c), found).ok || (row.kind === "number" && row.personId === actor.personId);
  };
  const proposalItem = ({ one }: (typeof shown)[number]) => ({
    href: `/c/${slug}/desk/offices/pending/${one.proposalId}`,
    title: pick(titleOf(one), lang),
    note: t(
      `等第二人确认 · ${sayInstant(one.expiresAt, lang)}前有效`,
      `waits for a second person · until ${sayInstant(one.expiresAt, lang)}`,
    ),
  });
  const elsewhere = actor.permissions.size > 0 ? shown.filter((one) => !isForMe(one)) : [];
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("工作台", "Desk")}>
      <h1>{t("工作台", "Desk")}</h1>
      <h2>{t("今天等您办理", "Waiting for you")}</h2>
      <LinkList
        items={[...shown.filter(isForMe).map(proposalItem), ...mine.map((task) => taskItem(c, task))]}
        empty={
          <EmptyState title={t("今天没有等您办理的事", "Nothing waits for you today")}>
            {t(
              "有需要您批准、复核、计票或答复的事，会出现在这里。",
              "What needs your approval, check, count or answer appears here.",
            )}
          </EmptyState>
        }
      />
      {elsewhere.length + (mayRead ? waitingForOthers.length : 0) > 0 ? (
        <>
          <h2>{t("等别人办理", "Waiting for others")}</h2>
          <LinkList
            items={[
              ...elsewhere.map(proposalItem),
              ...(mayRead ? waitingForOthers : []).map((task) => ({ ...taskItem(c, task), href: task.waitingHref })),
            ]}
          />
        </>
      ) : null}
      {mayRead ? <Live c={c} rows={rows.filter(({ state }) => state !== "draft")} /> : null}
      <Doors c={c} />
    </Page>,
  );
});

const meetingTask = (slug: string, { number, meeting, path, ...task }: Task): DeskTask => ({
  ...task,
  about: meeting,
  href: `${deskMeetingHref(slug, number)}${path}`,
  waitingHref: deskMeetingHref(slug, number),
});

function taskItem(c: AppContext, task: DeskTask) {
  const { t } = c.var;
  return {
    href: task.href,
    title: t(task.what.zh, task.what.en),
    note: (
      <>
        {task.about}
        {task.note ? ` · ${t(task.note.zh, task.note.en)}` : ""}
        {task.notByAsker ? t(" · 由另一位有权的人办理", " · for another person with that right") : ""}
      </>
    ),
    ...(task.overdue ? { status: <StatusWord tone="bad">{t("已过期限", "Overdue")}</StatusWord> } : {}),
  };
}

const DUTY: Record<Duty["what"], readonly [string, string]> = {
  opens: ["开始表决", "voting opens"],
  closes: ["表决截止", "voting closes"],
  count: ["计票", "count"],
  publish: ["公布结果的最后一天", "last day to publish"],
  objections_end: ["异议期最后一天", "last day to object"],
  final: ["结果确定", "final"],
};

const Live = ({ c, rows }: { c: AppContext; rows: readonly MeetingRow[] }) => {
  const { t, lang, now, scene } = c.var;
  if (rows.length === 0) return null;
  return (
    <>
      <h2>{t("正在进行的会议", "Meetings under way")}</h2>
      <LinkList
        items={rows.map((row) => ({
          href: deskMeetingHref(scene.community.slug, row.number),
          title: row.title,
          note: dutiesOf(factsOf(row), now)
            .map(
              ({ what, on, overdue }) =>
                `${t(...DUTY[what])}：${sayDay(on, lang, { weekday: true })}${overdue ? t("（已过）", " (past)") : ""}`,
            )
            .join(t("；", "; ")),
          status: <StatusWord tone={STATE_TONE[row.state]}>{stateWord(row.state, t)}</StatusWord>,
        }))}
      />
    </>
  );
};

/** The other rooms of the desk that this person may enter; each said by what it is for. */
const Doors = ({ c }: { c: AppContext }) => {
  const { t, scene, actor } = c.var;
  const { permissions } = actor;
  const base = `/c/${scene.community.slug}/desk`;
  const doors = [
    { may: permissions.has("meeting.draft"), href: `${base}/meetings/new`, label: t("起草会议", "Draft a meeting") },
    { may: permissions.has("meeting.read"), href: `${base}/meetings`, label: t("全部会议", "All meetings") },
    { may: permissions.has("roll.read"), href: `${base}/roll`, label: t("名册", "The roll") },
    { may: permissions.has("meeting.read"), href: `${base}/petitions`, label: t("业主提议", "Petitions") },
    { may: permissions.has("offices.manage"), href: `${base}/offices`, label: t("任职登记", "Offices") },
    {
      may: permissions.has("overlap.manage") || permissions.has("overlap.waive"),
      href: `${base}/overlap`,
      label: t("交叉任职的规则", "Cross-appointment"),
    },
    {
      may: permissions.has("overlap.consent") || actor.posts.some(({ kind }) => kind === "branch_member"),
      href: `${base}/overlap/consent`,
      label: t("公开姓名的同意", "Consent to be named"),
    },
    {
      may: permissions.has("settings.manage") || permissions.has("meeting.draft"),
      href: `${base}/settings`,
      label: t("本小区的规则", "Rules"),
    },
    { may: permissions.has("outbox.read"), href: `${base}/outbox`, label: t("消息发送", "Messages") },
    { may: permissions.has("audit.read"), href: `${base}/audit`, label: t("审计记录", "Audit") },
    ...deskSources()
      .flatMap(({ doors }) => doors ?? [])
      .map(({ permissions: anyOf, path, label }) => ({
        may: anyOf.some((permission) => permissions.has(permission)),
        href: `${base}${path}`,
        label: t(label.zh, label.en),
      })),
  ].filter(({ may }) => may);
  if (doors.length === 0) return null;
  return (
    <>
      <h2>{t("还可以", "You can also")}</h2>
      <Actions>
        {doors.map(({ href, label }) => (
          <ButtonLink look="quiet" href={href}>
            {label}
          </ButtonLink>
        ))}
      </Actions>
    </>
  );
};

/** A paper of a draft, for those who write or read drafts; public papers have an address of their own. */
deskPages.get("/desk/files/:fileId", requires("meeting.read"), async (c) => {
  const { scene } = c.var;
  const found = await getFile(scene, c.req.param("fileId"), "private");
  if (!found) return c.notFound();
  const [drafts] = await scene.db.read(listMeetings(scene, ["draft"], { limit: MOST_LIVE, offset: 0 }));
  // Photographs of ballots are private files too, and this door is not theirs.
  if (!drafts.some(({ draft }) => draft.includes(`"${found.stored.fileId}"`))) return c.notFound();
  return c.body(found.bytes as Uint8Array<ArrayBuffer>, 200, {
    "content-type": found.stored.mediaType,
    "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent(found.stored.name)}`,
  });
});
