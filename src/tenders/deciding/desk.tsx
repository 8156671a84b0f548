/** Putting the candidates to the owners at the desk, taking that back, and settling what they chose. Markup and forms only. */
import { Hono } from "hono";
import { deskMeetingHref } from "../../assembly/meeting/addresses.ts";
import { stateWord } from "../../assembly/meeting/events.ts";
import { findMeeting, listMeetings, type MeetingRow } from "../../assembly/meeting/store.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { Actions, Button, PostButton } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { authorOf } from "../acting.ts";
import { TenderDesk, tenderBaseOf, tenderKeyOf } from "../desk/frame.tsx";
import { choicesOf } from "./paper.ts";
import { type Deciding, findDeciding, placeChoices, sayStand, takeChoiceBack } from "./placing.ts";
import { choiceProblem } from "./problems.ts";
import { mayAskOwners } from "./rules.ts";
import { settleChoice } from "./settling.ts";
import { type ChoiceRow, countOpenObjections } from "./store.ts";

/** Mounted under /c/:slug. */
export const decisionDeskPages = new Hono<AppEnv>();
const reads = requires("tender.draft", "tender.decide");
const drafts = requires("tender.draft");
const decides = requires("tender.decide");
const NEW = "new";

async function load(c: AppContext) {
  const key = tenderKeyOf(c);
  const found = key === null ? null : await findDeciding(c.var.scene, key);
  if (!found) return null;
  const { scene } = c.var;
  const [drafted, waiting] = await scene.db.read(
    listMeetings(scene, ["draft"], { limit: 20, offset: 0 }),
    countOpenObjections(scene, found.tender.tenderId),
  );
  return { found, drafted, open: waiting[0]?.open ?? 0 };
}
type Loaded = NonNullable<Awaited<ReturnType<typeof load>>>;

function decisionPage(c: AppContext, { found, drafted, open }: Loaded, problem?: Problem) {
  const { t, lang, actor, now } = c.var;
  const { tender, choices } = found;
  const may = mayAskOwners(tender, open, now);
  return c.html(
    <TenderDesk
      c={c}
      row={tender}
      path="/decision"
      title={t("业主表决", "The owners' choice")}
      done={t("已办理，并写入公开记录", "Done, and in the public record")}
      problem={problem}
    >
      <p class="lead">
        {t(
          "中标人由业主共同决定：参与表决的业主人数和专有部分面积都过半数（《民法典》第二百七十八条）。每个标段一项议题，选项是中标候选人、“以上都不同意”和弃权。",
          "The owners decide: more than half of those taking part, by number and by area (CC 278). One item for each lot, with the candidates, none of them, and abstaining.",
        )}
      </p>
      {may.ok || tender.state === "awarded" ? null : (
        <Callout tone="warn" title={t("现在还不能发会议公告", "Notice cannot be given yet")}>
          <p>{pick(sayStand(may.error), lang)}</p>
        </Callout>
      )}
      {choices.length === 0 && found.open.length === 0 ? (
        <EmptyState title={t("没有可以表决的标段", "No lot to decide on")}>
          {t(
            "公示中标候选人以后，在这里排入业主大会会议。",
            "Once the candidates are published, put them to a meeting here.",
          )}
        </EmptyState>
      ) : null}
      {choices.toReversed().map((choice) => (
        <ChoiceAtDesk c={c} found={found} choice={choice} />
      ))}
      {found.open.length > 0 && actor.permissions.has("tender.draft") ? (
        <PlaceForm c={c} found={found} drafted={drafted} />
      ) : null}
    </TenderDesk>,
    (problem?.status ?? 200) as 409,
  );
}

const VERDICTS = {
  chosen: { zh: "业主选定一家", en: "one was chosen" },
  none_chosen: { zh: "没有选定任何一家", en: "none was chosen" },
  quorum_not_met: { zh: "参加表决的业主不够", en: "too few took part" },
};
const VOIDS = {
  taken_back: { zh: "已撤回", en: "taken back" },
  withdrawn: { zh: "会议已撤回", en: "the meeting was withdrawn" },
  annulled: { zh: "决定已被撤销", en: "the decision was annulled" },
};

const ChoiceAtDesk = ({ c, found, choice }: { c: AppContext; found: Deciding; choice: ChoiceRow }) => {
  const { t, lang, scene, actor, formToken } = c.var;
  const { slug } = scene.community;
  const { lotNo, turn, meetingNumber, meetingState, voidCause, verdict } = choice;
  const base = `${tenderBaseOf(c, found.tender)}/decision/${lotNo}/${turn}`;
  const isOpen = voidCause === null && verdict === null;
  return (
    <section>
      <h2>
        {t(`标段${lotNo}：`, `Lot ${lotNo}: `)}
        {found.scheme.lots.find((one) => one.lotNo === lotNo)?.title ?? ""}
      </h2>
      <p>
        {voidCause !== null ? (
          <StatusWord tone="off">{pick(VOIDS[voidCause], lang)}</StatusWord>
        ) : verdict !== null ? (
          <StatusWord tone={verdict === "chosen" ? "good" : "off"}>{pick(VERDICTS[verdict], lang)}</StatusWord>
        ) : (
          <StatusWord tone="active">{stateWord(meetingState as never, t)}</StatusWord>
        )}{" "}
        <a href={deskMeetingHref(slug, meetingNumber)}>
          {t(`第${meetingNumber}次会议`, `Meeting no. ${meetingNumber}`)}
        </a>
      </p>
      {isOpen && meetingState === "draft" && actor.permissions.has("tender.draft") ? (
        <Form action={`${base}/take-back`} token={formToken} once={newOnce()}>
          <Field
            name="why"
            label={t("撤回的原因（公开）", "Why it is taken back (public)")}
            maxlength={200}
            optional={t("选填", "optional")}
          />
          <Actions>
            <Button look="quiet">{t("从会议草案撤回", "Take it back from the draft")}</Button>
          </Actions>
        </Form>
      ) : null}
      {isOpen &&
      (meetingState === "published" || meetingState === "final") &&
      actor.permissions.has("tender.decide") ? (
        <Actions>
          <PostButton action={`${base}/settle`} token={formToken}>
            {t("按公布的结果定标", "Award by the published result")}
          </PostButton>
        </Actions>
      ) : null}
    </section>
  );
};

const PlaceForm = ({ c, found, drafted }: { c: AppContext; found: Deciding; drafted: readonly MeetingRow[] }) => {
  const { t, formToken } = c.var;
  return (
    <>
      <h2>{t("排入业主大会会议", "Put it to a meeting")}</h2>
      <Form action={`${tenderBaseOf(c, found.tender)}/decision`} token={formToken} once={newOnce()}>
        <ul>
          {found.open.map((paper) => (
            <li>
              {t(`标段${paper.lot.lotNo}${paper.lot.title}：`, `Lot ${paper.lot.lotNo} ${paper.lot.title}: `)}
              {choicesOf(paper)
                .map(({ label }) => label)
                .join(t("、", ", "))}
            </li>
          ))}
        </ul>
        <RadioGroup
          name="meeting"
          legend={t("排入哪次会议", "Which meeting")}
          value={drafted[0] ? `${drafted[0].meetingId}:${drafted[0].version}` : NEW}
          options={[
            ...drafted.map(({ meetingId, version, title }) => ({ value: `${meetingId}:${version}`, label: title })),
            {
              value: NEW,
              label: t("为这次选聘新开一次会议（业主委员会召集）", "A new meeting for this, called by the committee"),
            },
          ]}
        />
        <Actions>
          <Button>{t("排入会议", "Put it to the meeting")}</Button>
        </Actions>
      </Form>
    </>
  );
};

decisionDeskPages.get("/desk/tenders/:number/decision", reads, async (c) => {
  const loaded = await load(c);
  return loaded ? decisionPage(c, loaded) : c.notFound();
});

/** Back to the page, or the page again with the refusal. */
const answer = async (
  c: AppContext,
  loaded: Loaded,
  done: { readonly ok: true } | { readonly ok: false; readonly error: Parameters<typeof choiceProblem>[0] },
) =>
  done.ok
    ? c.redirect(`${tenderBaseOf(c, loaded.found.tender)}/decision?done=1`, 303)
    : decisionPage(c, (await load(c)) ?? loaded, choiceProblem(done.error));

decisionDeskPages.post("/desk/tenders/:number/decision", drafts, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const [meetingId, version] = one(body, "meeting").split(":");
  const draft =
    version !== undefined && /^\d{1,9}$/.test(version)
      ? { meetingId: meetingId as MeetingId, version: Number(version) }
      : { convener: "committee" as const };
  return answer(
    c,
    loaded,
    await placeChoices(staffScene(c), loaded.found.tender.tenderId, { draft, once: one(body, "_once") }),
  );
});

const numberOf = (text: string | undefined): number => (/^[1-9]\d{0,3}$/.test(text ?? "") ? Number(text) : 0);

decisionDeskPages.post("/desk/tenders/:number/decision/:lot/:turn/take-back", drafts, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  const { scene } = c.var;
  const at = { lotNo: numberOf(c.req.param("lot")), turn: numberOf(c.req.param("turn")) };
  const choice = loaded.found.choices.find(({ lotNo, turn }) => lotNo === at.lotNo && turn === at.turn);
  if (!choice) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const [rows] = await scene.db.read(findMeeting(scene, choice.meetingId as MeetingId));
  const asked = { version: rows[0]?.version ?? 0, why: one(body, "why"), once: one(body, "_once") };
  return answer(c, loaded, await takeChoiceBack(staffScene(c), loaded.found.tender.tenderId, at, asked));
});

decisionDeskPages.post("/desk/tenders/:number/decision/:lot/:turn/settle", decides, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  const scene = staffScene(c);
  const done = await settleChoice(scene, loaded.found.tender.tenderId, numberOf(c.req.param("lot")), authorOf(scene));
  return answer(c, loaded, done);
});
