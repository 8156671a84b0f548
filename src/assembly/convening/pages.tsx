/** Petitions of owners for a meeting at the desk: the list, a new one, and the acts on one. What one petition looks like: petition-view.tsx. */
import { Hono } from "hono";
import { headsOn } from "../../community/browse/actions.ts";
import { dayOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { type Problem, problemResponse } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { deskHref, deskMeetingHref, deskMeetingsHref } from "../meeting/addresses.ts";
import { findMeeting } from "../meeting/store.ts";
import { convenePetition, LONGEST_SUBJECT, openPetition, recordSignature, viewPetition } from "./actions.ts";
import { petitionHref, petitionPage, petitionsHref } from "./petition-view.tsx";
import { petitionProblem } from "./problems.ts";
import { countPetition } from "./rules.ts";
import { listPetitions, type PetitionLine } from "./store.ts";

/** Mounted at /c/:slug, behind the app's scene and whoever is signed in. */
export const petitionPages = new Hono<AppEnv>();
const reads = requires("meeting.read");
const drafts = requires("meeting.draft");
const MOST_LISTED = 100;

const crumbs = (c: AppContext) => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  return [
    { href: deskHref(slug), label: t("工作台", "Desk") },
    { href: deskMeetingsHref(slug), label: t("会议", "Meetings") },
  ];
};

petitionPages.get("/desk/petitions", reads, async (c) => {
  const { t, lang, scene, now, actor } = c.var;
  const { slug } = scene.community;
  const [petitions] = await scene.db.read(listPetitions(scene, MOST_LISTED));
  const { heads } = await headsOn(scene, dayOf(now));
  const { leastOwners } = countPetition({ owners: 0, areaDm2: 0 }, { owners: heads.length, areaDm2: 0 });
  const begin = <ButtonLink href={`${petitionsHref(slug)}/new`}>{t("登记业主提议", "Enter a petition")}</ButtonLink>;
  const mayDraft = actor.permissions.has("meeting.draft");
  const status = ({ signed, meetingNumber }: PetitionLine) =>
    meetingNumber !== null ? (
      <StatusWord tone="good">{t("已据此召集", "Led to a meeting")}</StatusWord>
    ) : signed >= leastOwners && heads.length > 0 ? (
      <StatusWord tone="active">{t("人数已够，应当召集", "Enough signed: a meeting is due")}</StatusWord>
    ) : (
      <StatusWord tone="waiting">{t("正在签名", "Signing")}</StatusWord>
    );
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("业主提议", "Petitions")} breadcrumb={crumbs(c)}>
      <h1>{t("业主提议召开会议", "Owners asking for a meeting")}</h1>
      <p class="lead">
        {t(
          `20%以上的业主提议，业主委员会就应当召开业主大会临时会议。现在名册上有${heads.length}位业主，要${leastOwners}位。`,
          `Once a fifth of the owners ask for it, the committee has to call a meeting. The roll has ${heads.length} owners today: ${leastOwners} are needed.`,
        )}
      </p>
      <LinkList
        items={petitions.map((line) => ({
          href: petitionHref(slug, line.petitionId),
          title: line.subject,
          note: t(
            `${sayInstant(line.openedAt, lang)}登记，${line.signed}位业主签名`,
            `entered ${sayInstant(line.openedAt, lang)}, ${line.signed} signed`,
          ),
          status: status(line),
        }))}
        empty={
          <EmptyState title={t("没有业主提议", "No petition")} action={mayDraft ? begin : undefined}>
            {t(
              "业主交来联名提议时，先登记提议的事项，再逐个登记签名。",
              "When owners hand one in, enter what they ask for, then the signatures one by one.",
            )}
          </EmptyState>
        }
      />
      {mayDraft && petitions.length > 0 ? <Actions>{begin}</Actions> : null}
    </Page>,
  );
});

petitionPages.get("/desk/petitions/new", drafts, (c) => newPage(c));

function newPage(
  c: AppContext,
  typed?: { readonly problem: Problem; readonly subject: string; readonly once: string },
) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const isField = typed?.problem.status === 422;
  const errors: FieldError[] = typed && isField ? [{ field: "subject", message: typed.problem.detail[lang] }] : [];
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("登记业主提议", "Enter a petition")}
      switchHref={`${petitionsHref(slug)}/new?lang=${t("en", "zh")}`}
      breadcrumb={[...crumbs(c), { href: petitionsHref(slug), label: t("业主提议", "Petitions") }]}
    >
      <h1>{t("登记业主提议", "Enter a petition")}</h1>
      <Refused c={c} problem={isField ? undefined : typed?.problem} />
      <Form action={`${petitionsHref(slug)}/new`} token={formToken} once={typed?.once || newOnce()}>
        <ErrorSummary t={t} errors={errors} />
        <TextArea
          name="subject"
          label={t("提议决定什么", "What they ask to decide")}
          hint={t(
            "照业主交来的写，会写入公开记录，不要写个人姓名。例如：召开临时会议，表决是否更换物业服务企业。",
            "As the owners wrote it. It stands in the public record; name no person. For example: a meeting on whether to change the property service.",
          )}
          rows={3}
          maxlength={LONGEST_SUBJECT}
          value={typed?.subject ?? ""}
          error={errorFor(errors, "subject")}
        />
        <Actions>
          <Button>{t("登记", "Enter it")}</Button>
          <ButtonLink look="quiet" href={petitionsHref(slug)}>
            {t("先不登记", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

petitionPages.post("/desk/petitions/new", drafts, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const subject = one(body, "subject").replace(/\s*\r?\n\s*/g, " ");
  const once = one(body, "_once") || newOnce();
  const opened = await openPetition(staffScene(c), { subject }, once);
  if (!opened.ok) return newPage(c, { problem: petitionProblem(opened.error), subject, once });
  return c.redirect(petitionHref(c.var.scene.community.slug, opened.value.petitionId), 303);
});

petitionPages.get("/desk/petitions/:petitionId", reads, async (c) => {
  const view = await viewPetition(c.var.scene, c.req.param("petitionId"));
  return view ? petitionPage(c, view) : c.notFound();
});

petitionPages.post("/desk/petitions/:petitionId/signatures", drafts, async (c) => {
  const petitionId = c.req.param("petitionId");
  const body = await c.req.parseBody({ all: true });
  const scene = staffScene(c);
  const signed = await recordSignature(scene, petitionId, one(body, "unit"), one(body, "_once") || newOnce());
  // The next line of a sheet is usually a neighbour's.
  const asked = new URLSearchParams({ building: one(body, "building"), signed: "1" });
  if (signed.ok) return c.redirect(`${petitionHref(scene.community.slug, petitionId)}?${asked}#sign`, 303);
  if (signed.error.reason === "unknown_petition") return c.notFound();
  const view = await viewPetition(scene, petitionId);
  return view ? petitionPage(c, view, petitionProblem(signed.error)) : c.notFound();
});

petitionPages.post("/desk/petitions/:petitionId/convene", drafts, async (c) => {
  const petitionId = c.req.param("petitionId");
  const scene = staffScene(c);
  const convened = await convenePetition(scene, petitionId);
  if (!convened.ok) {
    if (convened.error.reason === "unknown_petition") return c.notFound();
    const view = await viewPetition(scene, petitionId);
    return view ? petitionPage(c, view, petitionProblem(convened.error)) : c.notFound();
  }
  const [meetings] = await scene.db.read(findMeeting(scene, convened.value.meetingId));
  const number = meetings[0]?.number;
  if (number === undefined) return problemResponse(c, petitionProblem({ reason: "unknown_petition" }));
  return c.redirect(`${deskMeetingHref(scene.community.slug, number)}?done=1`, 303);
});
