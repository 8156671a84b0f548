/** Recording a meeting at the desk in two steps: who was there, then what each said; and signatures on paper. Markup and forms; nothing is written before the second step. */
import { Hono } from "hono";
import { type Instant, localValue, parseLocal } from "../../../kernel/day.ts";
import { openName } from "../../../offices/people/store.ts";
import { requires } from "../../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../../platform/context.ts";
import { getFile } from "../../../platform/files.ts";
import { files, several } from "../../../platform/form-body.ts";
import { frameOf, newOnce } from "../../../platform/frame.ts";
import { pick } from "../../../platform/i18n.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { Refused } from "../../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../../platform/ui/buttons.tsx";
import { CheckboxGroup, RadioGroup } from "../../../platform/ui/choices.tsx";
import { DateTimeField, Field, FileField, TextArea } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Fieldset, Form } from "../../../platform/ui/forms.tsx";
import { InequalityLine } from "../../../platform/ui/inequality.tsx";
import { Details } from "../../../platform/ui/notices.tsx";
import { deskSessionHref } from "../../addresses.ts";
import { type Seated, seatedAt } from "../../seated/rules.ts";
import { listSeats } from "../../seated/store.ts";
import { CHOICE_WORDS, decidingWords } from "../../words.ts";
import type { Loaded } from "../actions.ts";
import { previewMinutes, recordMinutes, recordPaperSignatures, signersOf } from "../minutes/actions.ts";
import { minutesProblem } from "../minutes/problems.ts";
import { CHOICES, LONGEST_MINUTES, LONGEST_RECUSAL, quorumLine, type Reckoning } from "../minutes/rules.ts";
import type { SessionView } from "../reading.ts";
import { crumbs, fieldErrors, keyOf, loadedOf, versionIn, viewOf, wholeProblem } from "./frame.tsx";
import {
  formIn,
  formOf,
  type MinutesForm,
  minutesIn,
  presencesIn,
  presentField,
  voteField,
  whyField,
} from "./minutes-form.ts";

export const sessionMinutesPages = new Hono<AppEnv>();
const records = requires("committee.record");

interface Named extends Seated {
  readonly name: string;
  readonly title: string;
}

/** Who sat at an instant, named. */
async function namedAt(c: AppContext, at: Instant): Promise<Named[]> {
  const { scene, lang, now } = c.var;
  const [rows] = await scene.db.read(listSeats(scene, now));
  return Promise.all(
    seatedAt(rows, at).map(async (seated): Promise<Named> => {
      const row = rows.find(({ tenureId }) => tenureId === seated.tenureId)!;
      return { ...seated, name: await openName(scene, row), title: pick({ zh: row.titleZh, en: row.titleEn }, lang) };
    }),
  );
}

const frame = (c: AppContext, view: SessionView, title: string) => ({
  ...frameOf(c, "staff"),
  title,
  switchHref: `${deskSessionHref(c.var.scene.community.slug, view.row.number)}?lang=${c.var.t("en", "zh")}`,
  breadcrumb: crumbs(c, view),
});

// ——— Step one ———

function rollPage(c: AppContext, view: SessionView, seated: readonly Named[], form: MinutesForm, problem?: Problem) {
  const { t, lang, scene, formToken } = c.var;
  const here = `${deskSessionHref(scene.community.slug, view.row.number)}/minutes`;
  const errors = fieldErrors(problem, lang);
  return c.html(
    <Page {...frame(c, view, t("到会", "Presence"))}>
      <h1>{t("第一步：谁到会了", "Step one: who was there")}</h1>
      <p class="lead">
        {t(
          "逐个写明到会还是缺席。不能委托别人代为出席。下一步记表决，现在还不保存。",
          "Say of each whether they were there. Nobody attends for another. Votes come next; nothing is saved yet.",
        )}
      </p>
      <Refused c={c} problem={wholeProblem(problem)} />
      <Form action={`${here}/votes`} token={formToken}>
        <ErrorSummary t={t} errors={errors} />
        <DateTimeField
          name="heldAt"
          label={t("实际什么时候开的会", "When it began")}
          value={form.heldAt}
          error={errorFor(errors, "heldAt")}
        />
        {seated.map(({ personId, name, title, standing }) => (
          <RadioGroup
            name={presentField(personId)}
            legend={
              standing === "alternate"
                ? t(`${name}（${title}，列席无表决权）`, `${name} (${title}, without a vote)`)
                : `${name}（${title}）`
            }
            value={form[presentField(personId)]}
            error={errorFor(errors, presentField(personId))}
            options={[
              { value: "yes", label: t("到会", "Present") },
              { value: "no", label: t("缺席", "Absent") },
            ]}
          />
        ))}
        {/* What was written before stays with the form while the roll call is taken again. */}
        {Object.entries(form)
          .filter(([name]) => /^(vote|why)\.|^text$/.test(name))
          .map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
        <Actions>
          <Button>{t("下一步：表决", "Next: the votes")}</Button>
        </Actions>
      </Form>
    </Page>,
    problem ? 422 : 200,
  );
}

sessionMinutesPages.get("/desk/committee/meetings/:number/minutes", records, async (c) => {
  const view = await viewOf(c);
  if (!view || (view.row.state !== "noticed" && view.row.state !== "recorded")) return c.notFound();
  const { now } = c.var;
  const heldAt = view.recorded?.minutes.heldAt ?? view.row.holdsAt ?? now;
  const form = view.recorded ? formOf(view.recorded, localValue(heldAt)) : { heldAt: localValue(heldAt) };
  return rollPage(c, view, await namedAt(c, Math.min(heldAt, now)), form);
});

// ——— Step two ———

/** The quorum of a roll call alone: what the second step begins with. */
const quorumOf = (loaded: Loaded, form: MinutesForm, now: Instant): ReturnType<typeof previewMinutes> | null => {
  const minutes = minutesIn(form);
  return minutes && previewMinutes(loaded, { ...minutes, votes: [], text: "x" }, now);
};

/**
 * Presence as the rules read it without votes: an answer where too few came, and where enough did the first missing vote, which
 * here means that it is time to ask for them.
 */
sessionMinutesPages.post("/desk/committee/meetings/:number/minutes/votes", records, async (c) => {
  const [view, loaded] = await Promise.all([viewOf(c), loadedOf(c)]);
  if (!view || !loaded) return c.notFound();
  const form = formIn(await c.req.parseBody({ all: true }));
  const heldAt = parseLocal(form.heldAt ?? "");
  const seated = await namedAt(c, heldAt ?? view.row.holdsAt ?? c.var.now);
  const names = nameOf(seated);
  const read = quorumOf(loaded, form, c.var.now);
  if (!read) {
    const problem = {
      ...minutesProblem({ reason: "held_in_future" }),
      detail: NO_TIME,
      errors: [{ pointer: "/heldAt", detail: NO_TIME }],
    };
    return rollPage(c, view, seated, form, problem);
  }
  if (read.ok) return votesPage(c, view, seated, form, read.value);
  if (read.error.reason === "vote_missing" && read.error.itemNo === view.items[0]?.itemNo)
    return votesPage(c, view, seated, form, null);
  return rollPage(c, view, seated, form, minutesProblem(read.error, names));
});

const NO_TIME = { zh: "请填写开会时间", en: "Say when it began" };
const nameOf = (seated: readonly Named[]) => (personId: string) =>
  seated.find((one) => one.personId === personId)?.name;

/** Votes of those present, or, where too few came, only a word on why there was no meeting. `missed` says so. */
function votesPage(
  c: AppContext,
  view: SessionView,
  seated: readonly Named[],
  form: MinutesForm,
  missed: Reckoning | null,
  problem?: Problem,
) {
  const { t, lang, scene, formToken } = c.var;
  const here = `${deskSessionHref(scene.community.slug, view.row.number)}/minutes`;
  const errors: FieldError[] = fieldErrors(problem, lang);
  const there = new Set(presencesIn(form).flatMap(({ personId, present }) => (present ? [personId] : [])));
  const voters = seated.filter(({ personId, standing }) => standing === "member" && there.has(personId));
  const carried = {
    heldAt: form.heldAt ?? "",
    version: String(view.row.version),
    ...Object.fromEntries(Object.entries(form).filter(([name]) => name.startsWith("present."))),
  };
  return c.html(
    <Page {...frame(c, view, t("表决和记录", "Votes and minutes"))}>
      <h1>{missed ? t("到会人数不够", "Too few came") : t("第二步：表决和记录", "Step two: votes and minutes")}</h1>
      {missed ? (
        <Refused
          c={c}
          problem={minutesProblem({ reason: "quorum_missed", present: missed.quorum.part, least: missed.quorum.least })}
        />
      ) : null}
      {missed ? (
        <InequalityLine
          t={t}
          subject={t("到会的委员", "Members present:")}
          axis="owners"
          part={missed.quorum.part}
          whole={missed.quorum.whole}
          line={quorumLine(view.practice)}
          of={t("全体", "all, ")}
        />
      ) : (
        <p class="lead">
          {t(
            `照会上每位委员说的记。委员登录后会看到自己的表决，核对后签字。${decidingWords(view.practice).zh}缺席、弃权、回避都不算同意。`,
            `Write down what each member said. Members see their own vote when they sign in, and sign. ${decidingWords(view.practice).en} Absence, abstention and recusal are not in favour.`,
          )}
        </p>
      )}
      <Refused c={c} problem={wholeProblem(problem)} />
      <Form action={here} token={formToken} once={form._once || newOnce()} hidden={carried}>
        <ErrorSummary t={t} errors={errors} />
        {missed
          ? null
          : view.items.map((item) => (
              <Fieldset legend={t(`第${item.itemNo}项：${item.title}`, `Item ${item.itemNo}: ${item.title}`)}>
                {voters.map(({ personId, name }) => (
                  <RadioGroup
                    name={voteField(item.itemNo, personId)}
                    legend={name}
                    value={form[voteField(item.itemNo, personId)]}
                    error={errorFor(errors, voteField(item.itemNo, personId))}
                    options={CHOICES.map((choice) => ({ value: choice, label: pick(CHOICE_WORDS[choice], lang) }))}
                  />
                ))}
                <Details
                  summary={t("有委员回避？写明原因", "Somebody took no part? Say why")}
                  open={voters.some(({ personId }) => {
                    const field = whyField(item.itemNo, personId);
                    return (form[field] ?? "") !== "" || errorFor(errors, field) !== undefined;
                  })}
                >
                  {voters.map(({ personId, name }) => (
                    <Field
                      name={whyField(item.itemNo, personId)}
                      label={t(`${name}回避的原因`, `Why ${name} took no part`)}
                      optional={t("只在回避时填，会公开", "only for a recusal; it is public")}
                      value={form[whyField(item.itemNo, personId)]}
                      maxlength={LONGEST_RECUSAL}
                      error={errorFor(errors, whyField(item.itemNo, personId))}
                    />
                  ))}
                </Details>
              </Fieldset>
            ))}
        <TextArea
          name="text"
          label={missed ? t("写明情况", "What happened") : t("会议记录", "Minutes")}
          hint={t(
            "讨论了什么、各方意见、怎样决定。会公开，不要写个人电话、住址。",
            "What was discussed and how it was decided. It will be public; no phone numbers or addresses.",
          )}
          rows={10}
          value={form.text ?? (missed ? t("到会人数不足，会议没有开成。", "Too few came; there was no meeting.") : "")}
          maxlength={LONGEST_MINUTES}
          error={errorFor(errors, "text")}
        />
        <Actions>
          <Button>
            {missed ? t("登记“没有开成”", "Record that there was no meeting") : t("保存会议记录", "Save the minutes")}
          </Button>
          <ButtonLink look="quiet" href={here}>
            {t("回到第一步", "Back to step one")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

sessionMinutesPages.post("/desk/committee/meetings/:number/minutes", records, async (c) => {
  const [view, loaded] = await Promise.all([viewOf(c), loadedOf(c)]);
  if (!view || !loaded) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const form = formIn(body);
  const minutes = minutesIn(form);
  const seated = await namedAt(c, minutes?.heldAt ?? c.var.now);
  if (!minutes) return rollPage(c, view, seated, form, minutesProblem({ reason: "held_in_future" }));
  const once = form._once || newOnce();
  const recorded = await recordMinutes(
    staffScene(c),
    view.row.sessionId,
    { ...minutes, version: versionIn(body) },
    once,
  );
  if (recorded.ok) return c.redirect(deskSessionHref(c.var.scene.community.slug, view.row.number), 303);
  const problem = minutesProblem(recorded.error, nameOf(seated));
  const quorum = quorumOf(loaded, form, c.var.now);
  return votesPage(c, view, seated, { ...form, _once: once }, quorum?.ok ? quorum.value : null, problem);
});

// ——— Signatures on paper ———

function paperPage(c: AppContext, view: SessionView, chosen: readonly string[] = [], problem?: Problem) {
  const { t, lang, scene, formToken } = c.var;
  const here = `${deskSessionHref(scene.community.slug, view.row.number)}/paper`;
  const errors = fieldErrors(problem, lang);
  const answered = new Set(view.recorded?.signatures.map(({ personId }) => personId));
  const signers = view.attendants.filter(
    ({ personId, standing, present }) => standing === "member" && present && !answered.has(personId),
  );
  return c.html(
    <Page {...frame(c, view, t("纸面签字", "Signatures on paper"))}>
      <h1>{t("登记纸面签字", "Record signatures on paper")}</h1>
      <p class="lead">
        {t(
          `把第${view.row.minutesVersion}稿会议记录打印出来，由到会的委员签名，再拍照或扫描上传。扫描件加密保存，公开记录里只有它的校验值。`,
          `Print version ${view.row.minutesVersion}, let those who were there sign it, and attach a photograph or scan. It is kept sealed; the record has its hash.`,
        )}
      </p>
      <Refused c={c} problem={wholeProblem(problem)} />
      <Form action={here} token={formToken} files hidden={{ version: String(view.row.minutesVersion) }}>
        <ErrorSummary t={t} errors={errors} />
        <CheckboxGroup
          name="persons"
          legend={t("谁在纸上签了字", "Who signed on paper")}
          values={chosen}
          error={errorFor(errors, "persons")}
          options={signers.map(({ personId, name, title }) => ({
            value: personId,
            label: `${name}（${pick(title, lang)}）`,
          }))}
        />
        <FileField
          name="scan"
          label={t("签字页的照片或PDF", "Photograph or PDF of the signed page")}
          accept="image/*,application/pdf"
          error={errorFor(errors, "scan")}
        />
        <Actions>
          <Button>{t("登记签字", "Record them")}</Button>
        </Actions>
      </Form>
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

sessionMinutesPages.get("/desk/committee/meetings/:number/paper", records, async (c) => {
  const view = await viewOf(c);
  return view?.recorded && view.row.state === "recorded" ? paperPage(c, view) : c.notFound();
});

sessionMinutesPages.post("/desk/committee/meetings/:number/paper", records, async (c) => {
  const key = keyOf(c);
  const view = await viewOf(c);
  if (key === null || !view?.recorded) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const [file] = files(body, "scan");
  const known = new Set<string>(signersOf(view.recorded).map(({ personId }) => personId));
  const personIds = several(body, "persons").filter((personId) => known.has(personId));
  const signed = await recordPaperSignatures(staffScene(c), key, {
    minutesVersion: versionIn(body),
    personIds,
    scan: file ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : null,
  });
  const home = deskSessionHref(c.var.scene.community.slug, view.row.number);
  if (signed.ok || signed.error.reason === "already_signed") return c.redirect(home, 303);
  return paperPage(c, view, personIds, minutesProblem(signed.error));
});

sessionMinutesPages.get(
  "/desk/committee/meetings/:number/scans/:fileId",
  requires("committee.record", "committee.publish"),
  async (c) => {
    const view = await viewOf(c);
    const fileId = c.req.param("fileId");
    const isScan = view?.attendants.some(({ signature }) => signature?.fileId === fileId) ?? false;
    const found = isScan ? await getFile(c.var.scene, fileId, "private") : null;
    if (!found) return c.notFound();
    return c.body(found.bytes as Uint8Array<ArrayBuffer>, 200, {
      "content-type": found.stored.mediaType,
      "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent(found.stored.name)}`,
    });
  },
);
