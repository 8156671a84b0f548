/** Amending a notice before the opening: title, times, the words of the items, and corrections of the roll, publicly and with a reason. */
import { Hono } from "hono";
import { localValue, parseLocal } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { DateTimeField, Field, TextArea } from "../../platform/ui/fields.tsx";
import { Fieldset, Form } from "../../platform/ui/forms.tsx";
import { Callout } from "../../platform/ui/notices.tsx";
import { type Item, LONGEST_TITLE } from "../agenda/rules.ts";
import { deskHref, deskMeetingHref, deskMeetingsHref, readNumber } from "./addresses.ts";
import { amend } from "./changing.ts";
import { meetingProblem } from "./problems.ts";
import { draftOfEdition, readManifest } from "./reading.ts";
import type { Draft } from "./rules.ts";
import { byNumber, findMeeting, listEditions, type MeetingRow } from "./store.ts";

export const amendPages = new Hono<AppEnv>();
const approves = requires("meeting.approve");

interface Loaded {
  readonly row: MeetingRow;
  /** What stands. */
  readonly content: Draft;
}

async function load(c: AppContext): Promise<Loaded | null> {
  const { scene } = c.var;
  const number = readNumber(c.req.param("number"));
  if (number === null) return null;
  const key = byNumber(scene, number);
  const [rows, editions] = await scene.db.read(findMeeting(scene, key), listEditions(scene, key));
  const [row, newest] = [rows[0], editions.at(-1)];
  return row && newest ? { row, content: draftOfEdition(readManifest(newest), row) } : null;
}

const titleOf = (itemNo: number): string => `item-${itemNo}-title`;
const textOf = (itemNo: number): string => `item-${itemNo}-text`;

/** An item of an election or a recall stands as it was made there; no field is offered for it. */
const isByHand = ({ origin }: Item): boolean => origin === undefined;

type Typed = Readonly<Record<string, string>>;

const typedFrom = ({ content, row }: Loaded): Typed => ({
  title: content.title,
  opensAt: content.opensAt === null ? "" : localValue(content.opensAt),
  closesAt: content.closesAt === null ? "" : localValue(content.closesAt),
  why: "",
  edition: String(row.edition),
  ...Object.fromEntries(
    content.items.filter(isByHand).flatMap((item) => [
      [titleOf(item.itemNo), item.title],
      [textOf(item.itemNo), item.text],
    ]),
  ),
});

amendPages.get("/desk/meetings/:number/amend", approves, async (c) => {
  const loaded = await load(c);
  return loaded?.row.state === "notice" ? amendPage(c, loaded, typedFrom(loaded)) : c.notFound();
});

function amendPage(c: AppContext, { row, content }: Loaded, typed: Typed, problem?: Problem) {
  const { t, scene, formToken } = c.var;
  const { slug } = scene.community;
  const base = deskMeetingHref(slug, row.number);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("公开修改公告", "Amend the notice")}
      switchHref={`${base}/amend?lang=${t("en", "zh")}`}
      breadcrumb={[
        { href: deskHref(slug), label: t("工作台", "Desk") },
        { href: deskMeetingsHref(slug), label: t("会议", "Meetings") },
        { href: base, label: row.title },
      ]}
    >
      <h1>{t("公开修改公告", "Amend the notice publicly")}</h1>
      <Refused c={c} problem={problem} />
      <Callout tone="warn">
        <p>
          {t(
            "修改会作为新的一版公布，写明改了什么、为什么，并通知每一户。标题或议题有变化的，要从今天起重新满公告期，请相应推后表决时间。",
            "The change is published as a new edition with its reason, and every household is told. A changed title or item begins the period of notice anew from today: move the times accordingly.",
          )}
        </p>
        <p>
          {t(
            "公告以后更正的名册会一并采纳。增减议题、改选项、附件或规则，请撤回后重新公告。",
            "Corrections of the roll made since are taken in. To add or drop items, or to change options, papers or rules, withdraw and give notice again.",
          )}
        </p>
      </Callout>
      <Form action={`${base}/amend`} token={formToken} hidden={{ edition: typed.edition ?? "" }}>
        <Field name="title" label={t("标题", "Title")} value={typed.title} maxlength={LONGEST_TITLE} />
        <DateTimeField name="opensAt" label={t("表决开始", "Voting opens")} value={typed.opensAt} />
        <DateTimeField name="closesAt" label={t("表决截止", "Voting closes")} value={typed.closesAt} />
        {content.items.filter(isByHand).map(({ itemNo }) => (
          <Fieldset legend={t(`议题${itemNo}`, `Item ${itemNo}`)}>
            <Field
              name={titleOf(itemNo)}
              label={t("标题", "Title")}
              value={typed[titleOf(itemNo)]}
              maxlength={LONGEST_TITLE}
            />
            <TextArea
              name={textOf(itemNo)}
              label={t("要决定的内容", "What is decided")}
              value={typed[textOf(itemNo)]}
              rows={6}
            />
          </Fieldset>
        ))}
        <TextArea
          name="why"
          label={t("原因（公开）", "Why (public)")}
          hint={t("不要写个人信息。", "No personal data.")}
          rows={3}
          value={typed.why}
          maxlength={500}
        />
        <Actions>
          <Button>{t("公开修改", "Amend publicly")}</Button>
          <ButtonLink look="quiet" href={base}>
            {t("不做改动", "Change nothing")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 409) : 200,
  );
}

const timeOf = (text: string | undefined): number | null => parseLocal((text ?? "").trim().replace(" ", "T"));
const plain = (text: string | undefined): string => (text ?? "").replace(/\r\n/g, "\n").trim();

amendPages.post("/desk/meetings/:number/amend", approves, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  const { row, content } = loaded;
  const body = await c.req.parseBody({ all: true });
  const typed = Object.fromEntries(Object.keys(typedFrom(loaded)).map((name) => [name, one(body, name)]));
  const done = await amend(staffScene(c), row.meetingId as MeetingId, {
    fromEdition: readNumber(typed.edition) ?? 0,
    why: typed.why ?? "",
    content: {
      ...content,
      title: plain(typed.title),
      opensAt: timeOf(typed.opensAt),
      closesAt: timeOf(typed.closesAt),
      items: content.items.map((item) =>
        isByHand(item)
          ? { ...item, title: plain(typed[titleOf(item.itemNo)]), text: plain(typed[textOf(item.itemNo)]) }
          : item,
      ),
    },
  });
  if (!done.ok) return amendPage(c, loaded, typed, meetingProblem(done.error));
  return c.redirect(`${deskMeetingHref(c.var.scene.community.slug, row.number)}?done=1`, 303);
});
