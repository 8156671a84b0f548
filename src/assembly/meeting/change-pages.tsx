/** Public changes and ends of a meeting: extension, withdrawal, annulment. Each asks for its reason. */
import { Hono } from "hono";
import { localValue, parseLocal } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import type { Result } from "../../kernel/result.ts";
import { type Permission, requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { DateTimeField, Field, TextArea } from "../../platform/ui/fields.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { sayDeadline } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { deskHref, deskMeetingHref, deskMeetingsHref, readNumber } from "./addresses.ts";
import { extend } from "./changing.ts";
import { annul, withdraw } from "./ending.ts";
import { type MeetingRefusal, meetingProblem } from "./problems.ts";
import type { MeetingState } from "./rules.ts";
import { byNumber, findMeeting, type MeetingRow } from "./store.ts";

export const changePages = new Hono<AppEnv>();

type Typed = Readonly<Record<string, string>>;

interface Change {
  readonly path: string;
  readonly permission: Permission;
  readonly states: readonly MeetingState[];
  readonly title: readonly [string, string];
  readonly button: readonly [string, string];
  readonly danger: boolean;
  /** What a person should know before. */
  readonly note: (c: AppContext, row: MeetingRow) => string;
  readonly fields: (c: AppContext, row: MeetingRow, typed: Typed) => unknown;
  readonly act: (c: AppContext, row: MeetingRow, typed: Typed) => Promise<Result<unknown, MeetingRefusal>>;
}

const WhyField = ({ c, typed }: { c: AppContext; typed: Typed }) => (
  <TextArea
    name="why"
    label={c.var.t("原因（公开）", "Why (public)")}
    hint={c.var.t(
      "会写进会议的经过和公开记录，不要写个人信息。",
      "Stands in the meeting's history and the public record; no personal data.",
    )}
    rows={3}
    value={typed.why ?? ""}
    maxlength={500}
  />
);

const idOf = (row: MeetingRow): MeetingId => row.meetingId as MeetingId;
const timeOf = (typed: Typed, field: string): number | null =>
  parseLocal((typed[field] ?? "").trim().replace(" ", "T"));

const CHANGES: readonly Change[] = [
  {
    path: "extend",
    permission: "meeting.approve",
    states: ["notice", "open"],
    title: ["延长表决时间", "Extend the voting time"],
    button: ["公开延期", "Extend publicly"],
    danger: false,
    note: (c, row) =>
      c.var.t(
        `现在的截止时间是${sayDeadline(row.closesAt ?? 0, "zh")}。只能在截止之前往后延；截止以后延期，决定可能被法院撤销。`,
        `It closes on ${sayDeadline(row.closesAt ?? 0, "en")}. It can only be moved later, and only before that.`,
      ),
    fields: (c, row, typed) => (
      <>
        <DateTimeField
          name="closesAt"
          label={c.var.t("新的截止时间", "The new close")}
          value={typed.closesAt ?? (row.closesAt === null ? "" : localValue(row.closesAt))}
        />
        <WhyField c={c} typed={typed} />
      </>
    ),
    act: async (c, row, typed) =>
      extend(staffScene(c), idOf(row), { to: timeOf(typed, "closesAt") ?? 0, why: typed.why ?? "" }),
  },
  {
    path: "withdraw",
    permission: "meeting.approve",
    states: ["draft", "notice", "open"],
    title: ["撤回会议", "Withdraw the meeting"],
    button: ["撤回会议", "Withdraw the meeting"],
    danger: true,
    note: (c, row) =>
      row.state === "draft"
        ? c.var.t("草案撤回后不能恢复。", "A withdrawn draft does not come back.")
        : c.var.t(
            "撤回后会议不再进行，已收到的表决票不计票但仍保留在公开记录里。撤回不能恢复。",
            "The meeting ends; ballots received are not counted and stay in the record. It does not come back.",
          ),
    fields: (c, _row, typed) => <WhyField c={c} typed={typed} />,
    act: async (c, row, typed) => withdraw(staffScene(c), idOf(row), typed.why ?? ""),
  },
  {
    path: "annul",
    permission: "meeting.annul",
    states: ["notice", "open", "closed", "counted", "published", "final"],
    title: ["登记依法撤销", "Record an annulment"],
    button: ["登记撤销", "Record the annulment"],
    danger: true,
    note: (c) =>
      c.var.t(
        "业主大会的决定违反法律法规的，由街道或主管部门责令改正或撤销，并通告全体业主（《物业管理条例》第十九条）。登记以后不能恢复。",
        "A decision against the law is corrected or annulled by the street or the department, and owners are told (REG art. 19). It does not come back.",
      ),
    fields: (c, _row, typed) => (
      <>
        <Field
          name="authority"
          label={c.var.t("作出撤销的机关", "Authority")}
          value={typed.authority ?? ""}
          maxlength={100}
        />
        <Field
          name="document"
          label={c.var.t("文号", "Document number")}
          value={typed.document ?? ""}
          maxlength={100}
        />
        <WhyField c={c} typed={typed} />
      </>
    ),
    act: async (c, row, typed) =>
      annul(staffScene(c), idOf(row), {
        authority: typed.authority ?? "",
        document: typed.document ?? "",
        why: typed.why ?? "",
      }),
  },
];

async function load(c: AppContext): Promise<MeetingRow | null> {
  const { scene } = c.var;
  const number = readNumber(c.req.param("number"));
  if (number === null) return null;
  const [rows] = await scene.db.read(findMeeting(scene, byNumber(scene, number)));
  return rows[0] ?? null;
}

function changePage(c: AppContext, change: Change, row: MeetingRow, typed: Typed, problem?: Problem) {
  const { t, scene, formToken } = c.var;
  const { slug } = scene.community;
  const base = deskMeetingHref(slug, row.number);
  const title = t(...change.title);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={title}
      switchHref={`${base}/${change.path}?lang=${t("en", "zh")}`}
      breadcrumb={[
        { href: deskHref(slug), label: t("工作台", "Desk") },
        { href: deskMeetingsHref(slug), label: t("会议", "Meetings") },
        { href: base, label: row.title },
      ]}
    >
      <h1>{title}</h1>
      <Refused c={c} problem={problem} />
      <Callout tone="warn">{change.note(c, row)}</Callout>
      <Form action={`${base}/${change.path}`} token={formToken}>
        {change.fields(c, row, typed) as never}
        <Actions>
          <Button {...(change.danger ? { look: "danger" as const } : {})}>{t(...change.button)}</Button>
          <ButtonLink look="quiet" href={base}>
            {t("不做改动", "Change nothing")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 409) : 200,
  );
}

for (const change of CHANGES) {
  const path = `/desk/meetings/:number/${change.path}`;
  // A draft is taken back by whoever may draft; what is public only by whoever may approve.
  const gate = change.path === "withdraw" ? requires("meeting.draft", "meeting.approve") : requires(change.permission);
  const mayHere = (c: AppContext, row: MeetingRow): boolean =>
    change.states.includes(row.state) && (row.state === "draft" || c.var.actor.permissions.has(change.permission));
  changePages.get(path, gate, async (c) => {
    const row = await load(c);
    return row && mayHere(c, row) ? changePage(c, change, row, {}) : c.notFound();
  });
  changePages.post(path, gate, async (c) => {
    const row = await load(c);
    if (!row || (row.state !== "draft" && !c.var.actor.permissions.has(change.permission))) return c.notFound();
    const body = await c.req.parseBody({ all: true });
    const names = ["closesAt", "why", "authority", "document"];
    const typed = Object.fromEntries(
      names.filter((name) => body[name] !== undefined).map((name) => [name, one(body, name)]),
    );
    const done = await change.act(c, row, typed);
    if (!done.ok) return changePage(c, change, row, typed, meetingProblem(done.error));
    return c.redirect(`${deskMeetingHref(c.var.scene.community.slug, row.number)}?done=1`, 303);
  });
}
