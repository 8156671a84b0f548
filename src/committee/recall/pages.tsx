/** Recalls as everybody reads them, and the acts of those who may: propose, sign, answer, put on an agenda. Markup and forms only. */
import { Hono } from "hono";
import type { Child } from "hono/jsx";
import { listPetitions } from "../../assembly/convening/store.ts";
import { findMeeting } from "../../assembly/meeting/store.ts";
import { dayOf, endOf } from "../../kernel/day.ts";
import { openName } from "../../offices/people/store.ts";
import { listTenuresFrom } from "../../offices/terms/store.ts";
import { requires, requiresOffice } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { type Problem, problemResponse } from "../../platform/problem.tsx";
import { Refused } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink, PostButton } from "../../platform/ui/buttons.tsx";
import { Fact, FactList, LinkList } from "../../platform/ui/facts.tsx";
import { Select, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { type StatusTone, StatusWord } from "../../platform/ui/status.tsx";
import { Clock } from "../../platform/ui/steps.tsx";
import { Pager } from "../../platform/ui/tables.tsx";
import { isMemberPost } from "../seated/rules.ts";
import { defend, proposeRecall, signRecall } from "./actions.ts";
import { placeRecall } from "./agenda.ts";
import { RECALL_STATE_WORDS, recallProblem } from "./problems.ts";
import { lastDayOfDefence, listRecallViews, type RecallView, viewRecall } from "./reading.ts";
import { LONGEST_DEFENCE, LONGEST_REASONS, type RecallState, signersLeast } from "./rules.ts";
import { byRecallNumber } from "./store.ts";

/** Mounted at /c/:slug. */
export const recallRoutes = new Hono<AppEnv>();
const A_PAGE = 20;
const proposes = requires("committee.sign", "meeting.draft");

const recallsHref = (slug: string): string => `/c/${slug}/committee/recalls`;
const recallHref = (slug: string, number: number): string => `${recallsHref(slug)}/${number}`;
const readNo = (text: string | undefined): number | null =>
  text !== undefined && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : null;

const TONES: Readonly<Record<RecallState, StatusTone>> = {
  proposed: "waiting",
  defending: "waiting",
  ready: "active",
  placed: "active",
  carried: "bad",
  lost: "good",
  dropped: "off",
};
const StateOf = ({ c, state }: { c: AppContext; state: RecallState }) => (
  <StatusWord tone={TONES[state]}>{RECALL_STATE_WORDS[state][c.var.lang]}</StatusWord>
);

const crumbs = (c: AppContext) => [
  { href: `/c/${c.var.scene.community.slug}/committee`, label: c.var.t("业主委员会", "Owners' committee") },
];

// ——— The list ———

recallRoutes.get("/committee/recalls", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const page = readNo(c.req.query("page")) ?? 1;
  const { views, total } = await listRecallViews(scene, { limit: A_PAGE, offset: (page - 1) * A_PAGE });
  const pages = Math.max(1, Math.ceil(total / A_PAGE));
  if (page > pages) return c.notFound();
  const actor = await c.var.findActor();
  const mayPropose =
    actor !== null && ["committee.sign", "meeting.draft"].some((one) => actor.permissions.has(one as never));
  const begin = (
    <ButtonLink href={`/c/${slug}/desk/committee/recalls/new`}>{t("提议罢免", "Propose a recall")}</ButtonLink>
  );
  return c.html(
    <Page {...frameOf(c)} title={t("罢免程序", "Recalls")} breadcrumb={crumbs(c)}>
      <h1>{t("罢免委员的程序", "Recalling a member")}</h1>
      <p class="lead">
        {t(
          "三分之一以上的委员，或者20%以上的业主，可以提议罢免一名委员。本人有申辩的权利；最后由全体业主表决，和选举同样的门槛。",
          "A third of the members, or a fifth of the owners, may propose it. The member has a right to be heard; the owners decide, by the same majorities as an election.",
        )}
      </p>
      <LinkList
        items={views.map((view) => ({
          href: recallHref(slug, view.row.number),
          title: t(`第${view.row.number}号：${view.name}`, `No. ${view.row.number}: ${view.name}`),
          note: t(
            `${view.row.proposer === "owners" ? "业主" : "委员"}提议，${sayDay(dayOf(view.row.proposedAt), lang)}`,
            `proposed by ${view.row.proposer === "owners" ? "owners" : "members"} on ${sayDay(dayOf(view.row.proposedAt), lang)}`,
          ),
          status: <StateOf c={c} state={view.state} />,
        }))}
        empty={
          <EmptyState title={t("没有罢免程序", "No recall")} action={mayPropose ? begin : undefined}>
            {t(
              "有人提议时，理由、申辩和表决结果都会列在这里。",
              "When there is one, its reasons, the defence and the result stand here.",
            )}
          </EmptyState>
        }
      />
      {mayPropose && views.length > 0 ? <Actions>{begin}</Actions> : null}
      <Pager t={t} page={page} pages={pages} href={(at) => `${recallsHref(slug)}?page=${at}`} />
    </Page>,
  );
});

// ——— One ———

recallRoutes.get("/committee/recalls/:number", async (c) => {
  const view = await found(c);
  return view ? recallPage(c, view) : c.notFound();
});

async function found(c: AppContext): Promise<RecallView | null> {
  const number = readNo(c.req.param("number"));
  return number === null ? null : viewRecall(c.var.scene, byRecallNumber(c.var.scene, number));
}

async function recallPage(
  c: AppContext,
  view: RecallView,
  refused?: { readonly problem: Problem; readonly defence?: string },
) {
  const { t, lang, scene, now } = c.var;
  const { slug } = scene.community;
  const { row, state } = view;
  const here = recallHref(slug, row.number);
  const until = lastDayOfDefence(view);
  const [meetings] = await scene.db.read(findMeeting(scene, (row.meetingId ?? "") as never));
  const meeting = meetings[0];
  return c.html(
    <Page
      {...frameOf(c)}
      title={t(`罢免程序第${row.number}号`, `Recall no. ${row.number}`)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
      breadcrumb={[...crumbs(c), { href: recallsHref(slug), label: t("罢免程序", "Recalls") }]}
    >
      <h1>{t(`提议罢免${view.name}的委员职务`, `Proposal to recall ${view.name} as a member`)}</h1>
      <p>
        <StateOf c={c} state={state} />
      </p>
      <Refused c={c} problem={refused?.problem} />
      {until && state === "defending" ? (
        <Clock t={t} lang={lang} label={t("申辩截止", "Defence until")} at={endOf(until)} now={now} />
      ) : null}
      <FactList>
        <Fact label={t("提议", "Proposed")}>
          {row.proposer === "owners"
            ? t(
                `20%以上业主联名，${sayInstant(row.proposedAt, lang)}`,
                `by a fifth of the owners, ${sayInstant(row.proposedAt, lang)}`,
              )
            : t(
                `${view.facts.signers}位委员联名（现任${view.facts.sitting}位，至少${signersLeast(view.facts.sitting)}位），${sayInstant(row.proposedAt, lang)}`,
                `by ${view.facts.signers} of ${view.facts.sitting} members (at least ${signersLeast(view.facts.sitting)}), ${sayInstant(row.proposedAt, lang)}`,
              )}
        </Fact>
        {view.signers.length > 0 ? (
          <Fact label={t("联名的委员", "Signed by")}>{view.signers.map(({ name }) => name).join(t("、", ", "))}</Fact>
        ) : null}
        <Fact label={t("依据", "Ground")}>
          {t(
            "《民法典》第二百七十八条第一款第三项；《业主大会和业主委员会指导规则》第四十四条",
            "Civil Code art. 278(1)(3); Guiding Rules art. 44",
          )}
        </Fact>
        {meeting && meeting.edition > 0 ? (
          <Fact label={t("表决", "Vote")}>
            <a href={`/c/${slug}/meetings/${meeting.number}`}>{meeting.title}</a>
          </Fact>
        ) : null}
        <Fact label={t("记录", "Record")}>
          <a href={`/c/${slug}/record/about/${row.recallId}`}>
            {t("每一步在公开记录中的条目", "Every step in the public record")}
          </a>
        </Fact>
      </FactList>
      <h2>{t("理由", "Reasons")}</h2>
      <Words text={row.reasons} />
      <h2>{t("本人申辩", "The member's defence")}</h2>
      {row.defence ? (
        <Words text={row.defence} />
      ) : (
        <p class="quiet">
          {state === "defending" || state === "proposed"
            ? t("还没有提交。", "Not handed in yet.")
            : t("在规定时间内没有提交。", "None was handed in within the time.")}
        </p>
      )}
      {await acts(c, view, here, refused?.defence)}
    </Page>,
    refused ? (refused.problem.status as 409) : 200,
  );
}

const Words = ({ text }: { text: string }) => (
  <>
    {text.split(/\n+/).map((line) => (
      <p>{line}</p>
    ))}
  </>
);

/** What whoever is signed in may do here now; nothing for a stranger. */
async function acts(c: AppContext, view: RecallView, here: string, typed?: string): Promise<Child> {
  const { t, formToken } = c.var;
  const actor = await c.var.findActor();
  if (!actor) return null;
  const { row, state } = view;
  const open = state === "proposed" || state === "defending" || state === "ready";
  const own = actor.personId === row.personId;
  const maySign = row.proposer === "members" && open && !own && actor.permissions.has("committee.sign");
  return (
    <>
      {maySign ? (
        <PostButton action={`${here}/sign`} token={formToken} look="quiet">
          {t("我也联名", "I sign too")}
        </PostButton>
      ) : null}
      {open && (own || actor.permissions.has("committee.record")) ? (
        <Form action={`${here}/defence`} token={formToken}>
          <TextArea
            name="defence"
            label={own ? t("我的申辩", "My defence") : t("按本人签名的书面申辩登记", "Enter the signed defence")}
            hint={t(
              "会和理由一起印在议题里。公告前可以改写，以最后一次为准。",
              "It is printed with the reasons. Until the notice it may be rewritten; the last one stands.",
            )}
            rows={8}
            maxlength={LONGEST_DEFENCE}
            value={typed ?? row.defence ?? ""}
          />
          <Actions>
            <Button>{t("提交申辩", "Hand in the defence")}</Button>
          </Actions>
        </Form>
      ) : null}
      {state === "ready" && actor.permissions.has("meeting.draft") ? (
        <Callout tone="info" title={t("下一步：放入会议议程", "Next: put it on an agenda")}>
          <p>
            {t(
              "会新建一份会议草稿，理由和申辩已写入议题；由主任审核后公告。",
              "A draft of a meeting is made with the item in it; another officer approves it and gives notice.",
            )}
          </p>
          <PostButton action={`${here}/place`} token={formToken} once={newOnce()}>
            {t("新建会议草稿", "Make the draft")}
          </PostButton>
        </Callout>
      ) : null}
    </>
  );
}

recallRoutes.post("/committee/recalls/:number/sign", requires("committee.sign"), async (c) => {
  const view = await found(c);
  if (!view) return c.notFound();
  const signed = await signRecall(staffScene(c), view.row.recallId);
  return signed.ok
    ? c.redirect(recallHref(c.var.scene.community.slug, view.row.number), 303)
    : recallPage(c, view, { problem: recallProblem(signed.error) });
});

recallRoutes.post("/committee/recalls/:number/defence", requiresOffice, async (c) => {
  const view = await found(c);
  if (!view) return c.notFound();
  const text = one(await c.req.parseBody({ all: true }), "defence");
  const written = await defend(staffScene(c), view.row.recallId, text);
  if (written.ok) return c.redirect(recallHref(c.var.scene.community.slug, view.row.number), 303);
  // Somebody else's defence looks like no form at all.
  if (written.error.reason === "not_yours_to_answer") return c.notFound();
  return recallPage(c, view, { problem: recallProblem(written.error), defence: text });
});

recallRoutes.post("/committee/recalls/:number/place", requires("meeting.draft"), async (c) => {
  const view = await found(c);
  if (!view) return c.notFound();
  const scene = staffScene(c);
  const once = one(await c.req.parseBody({ all: true }), "_once") || newOnce();
  const placed = await placeRecall(scene, view.row.recallId, once);
  if (!placed.ok) return recallPage(c, view, { problem: recallProblem(placed.error) });
  const [meetings] = await scene.db.read(findMeeting(scene, placed.value.meetingId));
  return c.redirect(`/c/${scene.community.slug}/desk/meetings/${meetings[0]?.number ?? ""}`, 303);
});

// ——— Proposing ———

recallRoutes.get("/desk/committee/recalls/new", proposes, (c) => newPage(c));

async function newPage(
  c: AppContext,
  typed?: {
    readonly problem: Problem;
    readonly tenureId: string;
    readonly reasons: string;
    readonly petitionId: string;
    readonly once: string;
  },
) {
  const { t, lang, scene, now, actor, formToken } = c.var;
  const { slug } = scene.community;
  const [tenures, petitions] = await scene.db.read(listTenuresFrom(scene, now), listPetitions(scene, 50));
  const seats = new Map(
    tenures
      .filter(
        ({ postKind, fromAt, personId }) => isMemberPost(postKind) && fromAt <= now && personId !== actor.personId,
      )
      .map((one) => [one.personId, one] as const),
  );
  const members = await Promise.all(
    [...seats.values()].map(async (one) => ({
      value: one.tenureId,
      label: `${await openName(scene, one)}（${t(one.titleZh, one.titleEn)}）`,
    })),
  );
  const field =
    typed?.problem.status === 422 ? (typed.problem.code === "recall-no-such-member" ? "tenure" : "reasons") : null;
  const errors: FieldError[] = typed && field ? [{ field, message: typed.problem.detail[lang] }] : [];
  const isMember = actor.permissions.has("committee.sign");
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("提议罢免委员", "Propose a recall")}
      breadcrumb={[...crumbs(c), { href: recallsHref(slug), label: t("罢免程序", "Recalls") }]}
    >
      <h1>{t("提议罢免一名委员", "Propose the recall of a member")}</h1>
      <p class="lead">
        {isMember
          ? t(
              "您签第一个名。够现任委员的三分之一以后，通知本人申辩。",
              "You sign first. When a third of the members have signed, the member is asked for their defence.",
            )
          : t(
              "先登记20%以上业主联名的提议，再在这里选它。",
              "First enter the petition of a fifth of the owners, then choose it here.",
            )}
      </p>
      <Refused c={c} problem={field ? undefined : typed?.problem} />
      <Form action={`/c/${slug}/desk/committee/recalls/new`} token={formToken} once={typed?.once || newOnce()}>
        <ErrorSummary t={t} errors={errors} />
        <Select
          name="tenure"
          label={t("罢免谁", "Whom")}
          value={typed?.tenureId ?? ""}
          options={[{ value: "", label: t("请选择", "Choose") }, ...members]}
          error={errorFor(errors, "tenure")}
        />
        <TextArea
          name="reasons"
          label={t("理由", "Reasons")}
          hint={t(
            `最多${LONGEST_REASONS}字，会原样公布并由本人申辩。写事实，不写身份证号、电话等个人信息。`,
            `At most ${LONGEST_REASONS} characters, published as written and answered by the member. Facts; no numbers of papers or telephones.`,
          )}
          rows={8}
          maxlength={LONGEST_REASONS}
          value={typed?.reasons ?? ""}
          error={errorFor(errors, "reasons")}
        />
        {isMember ? null : (
          <Select
            name="petition"
            label={t("根据哪一份业主提议", "On which petition")}
            value={typed?.petitionId ?? ""}
            options={[
              { value: "", label: t("请选择", "Choose") },
              ...petitions.map(({ petitionId, subject, signed }) => ({
                value: petitionId,
                label: t(`${subject}（${signed}位业主）`, `${subject} (${signed} owners)`),
              })),
            ]}
          />
        )}
        <Actions>
          <Button>{t("提议", "Propose")}</Button>
          <ButtonLink look="quiet" href={recallsHref(slug)}>
            {t("先不提议", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

recallRoutes.post("/desk/committee/recalls/new", proposes, async (c) => {
  const scene = staffScene(c);
  const body = await c.req.parseBody({ all: true });
  const asked = { tenureId: one(body, "tenure"), reasons: one(body, "reasons"), petitionId: one(body, "petition") };
  const once = one(body, "_once") || newOnce();
  // Who is no member proposes for owners only.
  const isMember = scene.actor.permissions.has("committee.sign");
  const proposed =
    !isMember && asked.petitionId === ""
      ? ({ ok: false, error: { reason: "petition_too_small" } } as const)
      : await proposeRecall(scene, asked, once);
  if (!proposed.ok) return newPage(c, { problem: recallProblem(proposed.error), ...asked, once });
  const view = await viewRecall(scene, proposed.value.recallId);
  if (!view) return problemResponse(c, recallProblem({ reason: "unknown_recall" }));
  return c.redirect(recallHref(scene.community.slug, view.row.number), 303);
});
