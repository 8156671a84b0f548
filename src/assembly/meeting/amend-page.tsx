/** Amending a notice before the opening: title, times, the items with their options and papers, the rules, and corrections of the roll; publicly and with a reason. */
import { Hono } from "hono";
import { localValue, parseLocal } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import type { Query } from "../../platform/db.ts";
import { type FormBody, files, one } from "../../platform/form-body.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { DateTimeField, Field, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, type FieldError, Fieldset, Form } from "../../platform/ui/forms.tsx";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import { PaperFields, QuestionFields } from "../agenda/fields.tsx";
import { type AmendedItem, amendedItemOf, amendItem, formFromItem, prefixOf } from "../agenda/form.ts";
import { putPapers } from "../agenda/papers.ts";
import { fileProblem } from "../agenda/problems.ts";
import { type Item, LONGEST_TITLE } from "../agenda/rules.ts";
import { formOfRules, RuleFields, type RuleForm, ruleErrors, ruleFormOf } from "../settings/fields.tsx";
import { rulesFromForm } from "../settings/rules.ts";
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

/** An item of an election or a recall stands as it was made there; no field is offered for it. */
const isByHand = ({ origin }: Item): boolean => origin === undefined;

/** As typed. */
interface Typed {
  readonly title: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly why: string;
  readonly edition: string;
  readonly items: ReadonlyMap<number, AmendedItem>;
  readonly rules: RuleForm;
}

const typedFrom = ({ content, row }: Loaded): Typed => ({
  title: content.title,
  opensAt: content.opensAt === null ? "" : localValue(content.opensAt),
  closesAt: content.closesAt === null ? "" : localValue(content.closesAt),
  why: "",
  edition: String(row.edition),
  items: new Map(content.items.filter(isByHand).map((item) => [item.itemNo, formFromItem(item, [])])),
  rules: formOfRules(content.rules),
});

const typedOf = (body: FormBody, loaded: Loaded): Typed => {
  const standing = typedFrom(loaded);
  return {
    title: one(body, "title"),
    opensAt: one(body, "opensAt"),
    closesAt: one(body, "closesAt"),
    why: one(body, "why"),
    edition: one(body, "edition"),
    items: new Map([...standing.items].map(([itemNo, item]) => [itemNo, amendedItemOf(body, itemNo, item)])),
    rules: { ...standing.rules, ...ruleFormOf(body) },
  };
};

amendPages.get("/desk/meetings/:number/amend", approves, async (c) => {
  const loaded = await load(c);
  return loaded?.row.state === "notice" ? amendPage(c, loaded, typedFrom(loaded)) : c.notFound();
});

interface Wrong {
  readonly problem?: Problem;
  readonly errors?: readonly FieldError[];
}

function amendPage(c: AppContext, { row, content }: Loaded, typed: Typed, wrong: Wrong = {}) {
  const { t, scene, formToken } = c.var;
  const { slug } = scene.community;
  const base = deskMeetingHref(slug, row.number);
  const errors = wrong.errors ?? [];
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
      <Refused c={c} problem={wrong.problem} />
      <ErrorSummary t={t} errors={errors} />
      <Callout tone="warn">
        <p>
          {t(
            "修改会作为新的一版公布，写明改了什么、为什么，并通知每一户。标题、议题、附件或规则有变化的，要从今天起重新满公告期，请相应推后表决时间。",
            "The change is published as a new edition with its reason, and every household is told. A changed title, item, paper or rule begins the period of notice anew from today: move the times accordingly.",
          )}
        </p>
        <p>
          {t(
            "公告以后更正的名册会一并采纳。增减议题、改事项类别或表决范围、改计入人数面积的空间，请撤回后重新公告。",
            "Corrections of the roll made since are taken in. To add or drop items, or to change which matter one is, who decides it, or which spaces count, withdraw and give notice again.",
          )}
        </p>
      </Callout>
      <Form action={`${base}/amend`} token={formToken} files={true} hidden={{ edition: typed.edition }}>
        <Field name="title" label={t("标题", "Title")} value={typed.title} maxlength={LONGEST_TITLE} />
        <DateTimeField name="opensAt" label={t("表决开始", "Voting opens")} value={typed.opensAt} />
        <DateTimeField name="closesAt" label={t("表决截止", "Voting closes")} value={typed.closesAt} />
        {content.items.filter(isByHand).map((item) => (
          <ItemFields c={c} item={item} typed={typed.items.get(item.itemNo)!} />
        ))}
        <h2>{t("规则", "Rules")}</h2>
        <RuleFields t={t} rules={content.rules} form={typed.rules} errors={errors} />
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
    wrong.problem ? (wrong.problem.status as 409) : errors.length > 0 ? 422 : 200,
  );
}

/** The words of an item stand open; how it is asked and its papers are folded until somebody wants to change them. */
const ItemFields = ({ c, item, typed }: { c: AppContext; item: Item; typed: AmendedItem }) => {
  const { t, scene } = c.var;
  const prefix = prefixOf(item.itemNo);
  return (
    <Fieldset legend={t(`议题${item.itemNo}`, `Item ${item.itemNo}`)}>
      <Field name={`${prefix}title`} label={t("标题", "Title")} value={typed.title} maxlength={LONGEST_TITLE} />
      <TextArea name={`${prefix}text`} label={t("要决定的内容", "What is decided")} value={typed.text} rows={6} />
      <Details summary={t("选项和附件", "Options and papers")}>
        <QuestionFields t={t} prefix={prefix} form={typed} />
        <PaperFields
          t={t}
          prefix={prefix}
          attachments={item.attachments}
          keep={typed.keep}
          hrefOf={(fileId) => `/c/${scene.community.slug}/files/${fileId}`}
          hint={t(
            "PDF 或照片，每个不超过 10 MB；立即公开。不要含个人信息。已公告过的附件仍可查到。",
            "PDF or photographs up to 10 MB each; public at once. No personal data. Papers shown before can still be found.",
          )}
        />
      </Details>
    </Fieldset>
  );
};

const timeOf = (text: string): number | null => parseLocal(text.trim().replace(" ", "T"));
const plain = (text: string): string => text.replace(/\r\n/g, "\n").trim();

amendPages.post("/desk/meetings/:number/amend", approves, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  const { row, content } = loaded;
  const scene = staffScene(c);
  const body = await c.req.parseBody({ all: true });
  const typed = typedOf(body, loaded);
  const rules = rulesFromForm(typed.rules, content.rules);
  if (!rules.ok) return amendPage(c, loaded, typed, { errors: ruleErrors(rules.error, c.var.t) });
  const items: Item[] = [];
  const put: Query[] = [];
  for (const item of content.items) {
    const form = typed.items.get(item.itemNo);
    if (!form) {
      items.push(item);
      continue;
    }
    const kept = item.attachments.filter(({ fileId }) => form.keep.includes(fileId));
    const papers = await putPapers(scene, kept, files(body, `${prefixOf(item.itemNo)}files`));
    if (!papers.ok) return amendPage(c, loaded, typed, { problem: fileProblem(papers.error) });
    items.push(amendItem(item, form, papers.value.attachments));
    put.push(...papers.value.statements);
  }
  const done = await amend(scene, row.meetingId as MeetingId, {
    fromEdition: readNumber(typed.edition) ?? 0,
    why: typed.why,
    content: {
      ...content,
      title: plain(typed.title),
      opensAt: timeOf(typed.opensAt),
      closesAt: timeOf(typed.closesAt),
      items,
      rules: rules.value,
    },
    files: put,
  });
  if (!done.ok) return amendPage(c, loaded, typed, { problem: meetingProblem(done.error) });
  return c.redirect(`${deskMeetingHref(scene.community.slug, row.number)}?done=1`, 303);
});
