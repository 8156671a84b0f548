/** The frame of a meeting being drafted: title, who calls it and why, times; and its rules. */
import { Hono } from "hono";
import { localValue, parseLocal } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { DateTimeField, Field, Select, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { listPetitions, type PetitionRow } from "../convening/store.ts";
import { CONVENER_WORDS } from "../convening/words.ts";
import { formOfRules, RuleFields, type RuleForm, ruleErrors, ruleFormOf } from "../settings/fields.tsx";
import { type MeetingRules, rulesFromForm } from "../settings/rules.ts";
import { deskHref, deskMeetingHref, deskMeetingsHref, readNumber } from "./addresses.ts";
import { createDraft, saveFrame, saveRules } from "./drafting.ts";
import { meetingProblem } from "./problems.ts";
import { readDraft } from "./reading.ts";
import { CONVENERS, type Convener, type ConvenerKind } from "./rules.ts";
import { byNumber, findMeeting, type MeetingRow } from "./store.ts";

export const framePages = new Hono<AppEnv>();
const drafts = requires("meeting.draft");

/** As typed. */
export interface FrameForm {
  readonly title: string;
  readonly convener: string;
  readonly cause: string;
  readonly petitionId: string;
  readonly opensAt: string;
  readonly closesAt: string;
}

export const frameFormOf = (body: Parameters<typeof one>[0]): FrameForm => ({
  title: one(body, "title"),
  convener: one(body, "convener"),
  cause: one(body, "cause"),
  petitionId: one(body, "petitionId"),
  opensAt: one(body, "opensAt"),
  closesAt: one(body, "closesAt"),
});

const convenerOf = (form: FrameForm): Convener | null => {
  const kind: ConvenerKind | undefined = CONVENERS.find((known) => known === form.convener);
  if (!kind) return null;
  const cause = form.cause.trim();
  return kind === "petition" && form.petitionId !== "" ? { kind, cause, petitionId: form.petitionId } : { kind, cause };
};

type Petitions = readonly Pick<PetitionRow, "petitionId" | "subject">[];

const FrameFields = (props: {
  c: AppContext;
  form: FrameForm;
  errors: readonly FieldError[];
  petitions: Petitions;
}) => {
  const { c, form, errors, petitions } = props;
  const { t } = c.var;
  return (
    <>
      <Field
        name="title"
        label={t("会议标题", "Title of the meeting")}
        hint={t(
          "例如：2026 年第二次业主大会会议（选聘物业服务企业）",
          "Such as: second meeting of 2026 (choice of the property service)",
        )}
        value={form.title}
        maxlength={120}
        error={errorFor(errors, "title")}
      />
      <RadioGroup
        name="convener"
        legend={t("由谁召集", "Who calls it")}
        value={form.convener}
        error={errorFor(errors, "convener")}
        options={CONVENERS.map((kind) => {
          const { name, hint } = CONVENER_WORDS[kind];
          return { value: kind, label: t(name.zh, name.en), hint: t(hint.zh, hint.en) };
        })}
      />
      {petitions.length > 0 ? (
        <Select
          name="petitionId"
          label={t("业主提议", "Petition")}
          hint={t("由业主提议召开时选择。", "Where owners asked for it.")}
          prompt={t("不是由业主提议", "Not on a petition")}
          value={form.petitionId}
          optional={t("选填", "optional")}
          options={petitions.map(({ petitionId, subject }) => ({ value: petitionId, label: subject }))}
        />
      ) : null}
      <TextArea
        name="cause"
        label={t("为什么召开", "Why it is held")}
        hint={t("会写在公告里，例如：物业服务合同将于 2027 年 3 月到期。", "Stands in the notice.")}
        rows={3}
        value={form.cause}
        error={errorFor(errors, "cause")}
      />
    </>
  );
};

framePages.get("/desk/meetings/new", drafts, async (c) => {
  const { scene } = c.var;
  const [petitions] = await scene.db.read(listPetitions(scene, 50));
  return newPage(
    c,
    { title: "", convener: "committee", cause: "", petitionId: "", opensAt: "", closesAt: "" },
    petitions,
  );
});

function newPage(
  c: AppContext,
  form: FrameForm,
  petitions: Petitions,
  errors: readonly FieldError[] = [],
  problem?: Problem,
) {
  const { t, scene, formToken } = c.var;
  const { slug } = scene.community;
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("起草会议", "Draft a meeting")}
      switchHref={`/c/${slug}/desk/meetings/new?lang=${t("en", "zh")}`}
      breadcrumb={[
        { href: deskHref(slug), label: t("工作台", "Desk") },
        { href: deskMeetingsHref(slug), label: t("会议", "Meetings") },
      ]}
    >
      <h1>{t("起草会议", "Draft a meeting")}</h1>
      <p>
        {t(
          "先写标题和召集人，下一步逐项写议题。发出公告之前都可以改，别人看不到。",
          "Title and convener first, the items next. Everything can change until notice is given; nobody else sees it.",
        )}
      </p>
      <Refused c={c} problem={problem} />
      <ErrorSummary t={t} errors={errors} />
      <Form action={`/c/${slug}/desk/meetings/new`} token={formToken} once={newOnce()}>
        <FrameFields c={c} form={form} errors={errors} petitions={petitions} />
        <Actions>
          <Button>{t("建立草案", "Begin the draft")}</Button>
        </Actions>
      </Form>
    </Page>,
    errors.length > 0 || problem ? 422 : 200,
  );
}

framePages.post("/desk/meetings/new", drafts, async (c) => {
  const { t, scene } = c.var;
  const body = await c.req.parseBody({ all: true });
  const form = frameFormOf(body);
  const [petitions] = await scene.db.read(listPetitions(scene, 50));
  const convener = convenerOf(form);
  const errors: FieldError[] = [];
  if (form.title.trim() === "") errors.push({ field: "title", message: t("请写会议标题", "Write a title") });
  if (!convener) errors.push({ field: "convener", message: t("请选择召集人", "Choose who calls it") });
  if (errors.length > 0 || !convener) return newPage(c, form, petitions, errors);
  const created = await createDraft(staffScene(c), { title: form.title, convener }, one(body, "_once") || newOnce());
  if (!created.ok) return newPage(c, form, petitions, [], meetingProblem(created.error));
  const [rows] = await scene.db.read(findMeeting(scene, created.value.meetingId));
  return c.redirect(deskMeetingHref(scene.community.slug, rows[0]!.number), 303);
});

async function loadDraft(c: AppContext): Promise<MeetingRow | null> {
  const { scene } = c.var;
  const number = readNumber(c.req.param("number"));
  if (number === null) return null;
  const [rows] = await scene.db.read(findMeeting(scene, byNumber(scene, number)));
  return rows[0] ?? null;
}

framePages.get("/desk/meetings/:number/edit", drafts, async (c) => {
  const { scene } = c.var;
  const row = await loadDraft(c);
  if (row?.state !== "draft") return c.notFound();
  const { draft } = readDraft(row);
  const [petitions] = await scene.db.read(listPetitions(scene, 50));
  return editPage(c, row, petitions, {
    title: draft.title,
    convener: draft.convener.kind,
    cause: draft.convener.cause,
    petitionId: draft.convener.petitionId ?? "",
    opensAt: draft.opensAt === null ? "" : localValue(draft.opensAt),
    closesAt: draft.closesAt === null ? "" : localValue(draft.closesAt),
  });
});

function editPage(
  c: AppContext,
  row: MeetingRow,
  petitions: Petitions,
  form: FrameForm,
  errors: readonly FieldError[] = [],
  problem?: Problem,
) {
  const { t, scene, formToken } = c.var;
  const { slug } = scene.community;
  const base = deskMeetingHref(slug, row.number);
  const { rules } = readDraft(row).draft;
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("会议安排", "The meeting")}
      switchHref={`${base}/edit?lang=${t("en", "zh")}`}
      breadcrumb={[
        { href: deskHref(slug), label: t("工作台", "Desk") },
        { href: deskMeetingsHref(slug), label: t("会议", "Meetings") },
        { href: base, label: row.title },
      ]}
    >
      <h1>{t("会议安排", "The meeting")}</h1>
      <Refused c={c} problem={problem} />
      <ErrorSummary t={t} errors={errors} />
      <Form action={`${base}/edit`} token={formToken} once={newOnce()} hidden={{ version: String(row.version) }}>
        <FrameFields c={c} form={form} errors={errors} petitions={petitions} />
        <DateTimeField
          name="opensAt"
          label={t("表决开始", "Voting opens")}
          hint={t(
            `公告要满${rules.noticeDays.value}天（公告当天不算）才能开始。`,
            `At least ${rules.noticeDays.value} days after the notice, the day of notice not counted.`,
          )}
          value={form.opensAt}
          error={errorFor(errors, "opensAt")}
        />
        <DateTimeField
          name="closesAt"
          label={t("表决截止", "Voting closes")}
          hint={t(
            `从开始到截止要${rules.windowMinDays.value}至${rules.windowMaxDays.value}天。`,
            `Voting lasts ${rules.windowMinDays.value} to ${rules.windowMaxDays.value} days.`,
          )}
          value={form.closesAt}
          error={errorFor(errors, "closesAt")}
        />
        <Actions>
          <Button>{t("保存", "Save")}</Button>
          <ButtonLink look="quiet" href={base}>
            {t("回到会议", "Back to the meeting")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 409) : errors.length > 0 ? 422 : 200,
  );
}

/** A time as typed: empty stays empty, and what is no time is told so. */
function readTime(text: string, field: string, t: AppContext["var"]["t"]): { at: number | null; error?: FieldError } {
  if (text.trim() === "") return { at: null };
  const at = parseLocal(text.trim().replace(" ", "T"));
  if (at !== null) return { at };
  return {
    at: null,
    error: { field, message: t("请写成 2026-12-08T18:00 这样的日期和时间", "Write it as 2026-12-08T18:00") },
  };
}

framePages.post("/desk/meetings/:number/edit", drafts, async (c) => {
  const { t, scene } = c.var;
  const row = await loadDraft(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const form = frameFormOf(body);
  const [petitions] = await scene.db.read(listPetitions(scene, 50));
  const convener = convenerOf(form);
  const [opens, closes] = [readTime(form.opensAt, "opensAt", t), readTime(form.closesAt, "closesAt", t)];
  const errors = [opens.error, closes.error].filter((error): error is FieldError => error !== undefined);
  if (!convener) errors.push({ field: "convener", message: t("请选择召集人", "Choose who calls it") });
  if (errors.length > 0 || !convener) return editPage(c, row, petitions, form, errors);
  const save = {
    meetingId: row.meetingId as MeetingId,
    version: readNumber(one(body, "version")) ?? 0,
    once: one(body, "_once") || newOnce(),
  };
  const frame = { title: form.title, convener, opensAt: opens.at, closesAt: closes.at };
  const saved = await saveFrame(staffScene(c), save, frame);
  if (!saved.ok) return editPage(c, row, petitions, form, [], meetingProblem(saved.error));
  return c.redirect(`${deskMeetingHref(scene.community.slug, row.number)}?done=1`, 303);
});

framePages.get("/desk/meetings/:number/rules", drafts, async (c) => {
  const row = await loadDraft(c);
  if (row?.state !== "draft") return c.notFound();
  const { rules } = readDraft(row).draft;
  return rulesPage(c, row, rules, formOfRules(rules));
});

function rulesPage(
  c: AppContext,
  row: MeetingRow,
  rules: MeetingRules,
  form: RuleForm,
  errors: readonly FieldError[] = [],
  problem?: Problem,
) {
  const { t, scene, formToken } = c.var;
  const { slug } = scene.community;
  const base = deskMeetingHref(slug, row.number);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("本次会议的规则", "Rules of this meeting")}
      switchHref={`${base}/rules?lang=${t("en", "zh")}`}
      breadcrumb={[
        { href: deskHref(slug), label: t("工作台", "Desk") },
        { href: deskMeetingsHref(slug), label: t("会议", "Meetings") },
        { href: base, label: row.title },
      ]}
    >
      <h1>{t("本次会议的规则", "Rules of this meeting")}</h1>
      <p>
        {t(
          "取自本小区的设置。这里的修改只用于这一次会议，公告时随议题一起冻结、公开。",
          "Taken from the community's settings. A change here is for this meeting only, frozen and public with the notice.",
        )}
      </p>
      <Refused c={c} problem={problem} />
      <ErrorSummary t={t} errors={errors} />
      <Form action={`${base}/rules`} token={formToken} once={newOnce()} hidden={{ version: String(row.version) }}>
        <RuleFields t={t} rules={rules} form={form} errors={errors} />
        <Actions>
          <Button>{t("保存规则", "Save rules")}</Button>
          <ButtonLink look="quiet" href={base}>
            {t("回到会议", "Back to the meeting")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 409) : errors.length > 0 ? 422 : 200,
  );
}

framePages.post("/desk/meetings/:number/rules", drafts, async (c) => {
  const { t, scene } = c.var;
  const row = await loadDraft(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const form = ruleFormOf(body);
  const { rules } = readDraft(row).draft;
  const read = rulesFromForm(form, rules);
  if (!read.ok) return rulesPage(c, row, rules, form, ruleErrors(read.error, t));
  const save = {
    meetingId: row.meetingId as MeetingId,
    version: readNumber(one(body, "version")) ?? 0,
    once: one(body, "_once") || newOnce(),
  };
  const saved = await saveRules(staffScene(c), save, read.value);
  if (!saved.ok) return rulesPage(c, row, rules, form, [], meetingProblem(saved.error));
  return c.redirect(`${deskMeetingHref(scene.community.slug, row.number)}?done=1`, 303);
});
