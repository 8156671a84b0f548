/** A draft as it will be read: the notice and the ballot; and the page on which another person approves exactly that. */
import { Hono } from "hono";
import type { MeetingId } from "../../kernel/id.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { BallotItem } from "../../platform/ui/ballots.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Confirm } from "../../platform/ui/choices.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { ItemText } from "../ballots/form.tsx";
import { optionWords, passesWords } from "../ballots/words.ts";
import { giveNotice } from "./actions.ts";
import { deskHref, deskMeetingHref, deskMeetingsHref, meetingHref, readNumber } from "./addresses.ts";
import { NoticeOfMeeting } from "./notice-sheet.tsx";
import { meetingProblem, noticeFaultWords } from "./problems.ts";
import { readDraft } from "./reading.ts";
import { noticeFaults } from "./rules.ts";
import { byNumber, findEstate, findMeeting, type MeetingRow } from "./store.ts";

export const previewPages = new Hono<AppEnv>();

interface Loaded {
  readonly row: MeetingRow;
  readonly street: string;
}

async function load(c: AppContext): Promise<Loaded | null> {
  const { scene } = c.var;
  const number = readNumber(c.req.param("number"));
  if (number === null) return null;
  const [rows, estate] = await scene.db.read(findMeeting(scene, byNumber(scene, number)), findEstate(scene));
  return rows[0] ? { row: rows[0], street: estate[0]?.street ?? "" } : null;
}

const crumbs = (c: AppContext, row: MeetingRow) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  return [
    { href: deskHref(slug), label: t("工作台", "Desk") },
    { href: deskMeetingsHref(slug), label: t("会议", "Meetings") },
    { href: deskMeetingHref(slug, row.number), label: row.title },
  ];
};

/** The notice as it will stand, then the ballot as a voter will see it; nothing on it can be sent. */
const Previewed = ({ c, row, street }: { c: AppContext } & Loaded) => {
  const { t, lang, scene } = c.var;
  const { community, origin } = scene;
  const { draft } = readDraft(row);
  return (
    <>
      <NoticeOfMeeting
        t={t}
        lang={lang}
        level={2}
        content={{
          draft,
          communityName: community.name,
          street,
          given: null,
          address: `${origin}${meetingHref(community.slug, row.number)}`,
        }}
      />
      <h2>{t("表决票", "The ballot")}</h2>
      {draft.items.map((item, at) => (
        <BallotItem
          t={t}
          at={at + 1}
          of={draft.items.length}
          title={item.title}
          name={`preview-${item.itemNo}`}
          passes={passesWords(item, t)}
          papers={item.attachments.map(({ fileId, name }) => ({
            href: `/c/${community.slug}/desk/files/${fileId}`,
            label: name,
          }))}
          options={item.question.options.map((option) => ({
            value: String(option.optionNo),
            label: optionWords(item, option, t),
          }))}
          {...(item.question.kind === "approve_up_to" ? { most: item.question.atMost } : {})}
        >
          <ItemText text={item.text} />
        </BallotItem>
      ))}
    </>
  );
};

previewPages.get("/desk/meetings/:number/preview", requires("meeting.read"), async (c) => {
  const { t, scene } = c.var;
  const loaded = await load(c);
  if (loaded?.row.state !== "draft") return c.notFound();
  const { row } = loaded;
  const base = deskMeetingHref(scene.community.slug, row.number);
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("预览", "Preview")} breadcrumb={crumbs(c, row)}>
      <h1>{t("预览公告和表决票", "Preview of notice and ballot")}</h1>
      <Previewed c={c} {...loaded} />
      <Actions>
        <ButtonLink look="quiet" href={base}>
          {t("回到会议", "Back to the meeting")}
        </ButtonLink>
      </Actions>
    </Page>,
  );
});

const approves = requires("meeting.approve");

previewPages.get("/desk/meetings/:number/approve", approves, async (c) => {
  const loaded = await load(c);
  return loaded?.row.state === "draft" ? approvePage(c, loaded) : c.notFound();
});

function approvePage(c: AppContext, loaded: Loaded, problem?: Problem) {
  const { t, scene, formToken, now } = c.var;
  const { row } = loaded;
  const base = deskMeetingHref(scene.community.slug, row.number);
  const faults = noticeFaults(readDraft(row).draft, now, true).flatMap(noticeFaultWords);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("批准公告", "Approve the notice")}
      switchHref={`${base}/approve?lang=${t("en", "zh")}`}
      breadcrumb={crumbs(c, row)}
    >
      <h1>{t("批准并发出公告", "Approve and give notice")}</h1>
      <Refused c={c} problem={problem} />
      {faults.length > 0 && !problem ? (
        <Callout tone="warn" title={t("公告发出前还要完成", "Before notice can be given")}>
          <ul>
            {faults.map(({ zh, en }) => (
              <li>{t(zh, en)}</li>
            ))}
          </ul>
        </Callout>
      ) : null}
      <Previewed c={c} {...loaded} />
      <Callout tone="warn" title={t("发出以后", "Once it is given")}>
        <ul>
          <li>
            {t(
              "议题、规则和名册随即冻结，内容的指纹写入公开记录。",
              "Items, rules and roll are frozen, and their fingerprint is in the public record.",
            )}
          </li>
          <li>{t("每户都会收到自己的表决链接。", "Every household is sent its link.")}</li>
          <li>
            {t(
              "以后的修改都要公开：改了什么、为什么、由谁改。",
              "Every later change is public: what, why, and by which office.",
            )}
          </li>
        </ul>
      </Callout>
      <Form action={`${base}/approve`} token={formToken} hidden={{ version: String(row.version) }}>
        <Confirm
          name="agree"
          label={t("我已逐项核对以上公告和表决票", "I have checked the notice and the ballot above, item by item")}
          error={problem?.code === "approval-unchecked" ? problem.detail[c.var.lang] : undefined}
        />
        <Actions>
          <Button>{t("批准并发出公告", "Approve and give notice")}</Button>
          <ButtonLink look="quiet" href={base}>
            {t("先不发出", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 409) : 200,
  );
}

const UNCHECKED: Problem = {
  code: "approval-unchecked",
  status: 422,
  title: { zh: "公告没有发出", en: "Notice was not given" },
  detail: { zh: "请先勾选“我已逐项核对”。", en: "Tick that you have checked it first." },
};

previewPages.post("/desk/meetings/:number/approve", approves, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  const { row } = loaded;
  const body = await c.req.parseBody({ all: true });
  if (one(body, "agree") !== "yes" && row.state === "draft") return approvePage(c, loaded, UNCHECKED);
  const version = readNumber(one(body, "version")) ?? 0;
  const given = await giveNotice(staffScene(c), row.meetingId as MeetingId, version);
  if (!given.ok) return approvePage(c, loaded, meetingProblem(given.error));
  return c.redirect(`${deskMeetingHref(c.var.scene.community.slug, row.number)}?done=1`, 303);
});
