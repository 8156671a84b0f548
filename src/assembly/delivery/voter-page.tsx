/** One voter of a meeting at the desk: how they were reached, their link, who votes for them, their authorisation. */
import { type Context, Hono } from "hono";
import type { MeetingId, PartyId } from "../../kernel/id.ts";
import { requires } from "../../platform/access.ts";
import { type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { Field, Select, TextArea } from "../../platform/ui/fields.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout, Details, EmptyState, Refusal } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { type Posted, valuesOf } from "../ballots/answering.ts";
import { placesOf } from "../ballots/standing.tsx";
import { votingFrom, votingQueries } from "../ballots/store.ts";
import { channelWords } from "../ballots/words.ts";
import { reissueLink, revokeLink } from "../links/actions.ts";
import { linkProblem } from "../links/problems.ts";
import { mayIdentify } from "../links/rules.ts";
import { listLinksOf } from "../links/store.ts";
import { deskMeetingHref } from "../meeting/addresses.ts";
import { findProxyOf } from "../proxies/store.ts";
import { changeVoter, LONGEST_NOTE, openNote, RECORDED_KINDS } from "./actions.ts";
import { AT, deskMeeting, readVoterNo } from "./at-desk.ts";
import { listContacts, listOwners, listWorkers } from "./lists.ts";
import { delivers, deliveryHref, deskCrumbs } from "./pages.tsx";
import { papersHref } from "./print.tsx";
import { deliveryProblem } from "./problems.ts";
import { byWords, kindWord } from "./words.ts";

type C = Context<AppEnv>;

/** Mounted under /c/:slug. */
export const voterPages = new Hono<AppEnv>();

/** Giving out links and entering who votes is for those who keep the roll; a volunteer at the door only sees and writes down. */
const manages = requires("roll.write");

const VOTER = `${AT}/voters/:voter`;

voterPages.get(VOTER, delivers, (c) => voterPage(c));

async function voterPage(c: C, problem?: Problem): Promise<Response> {
  const { scene, t, lang, now, formToken } = c.var;
  const meeting = await deskMeeting(c);
  const voterNo = readVoterNo(c.req.param("voter"));
  if (!meeting || voterNo === null) return c.notFound();
  const [links, contacts, proxies, owners, ...rows] = await scene.db.read(
    listLinksOf(scene, meeting.id, voterNo),
    listContacts(scene, meeting.id, voterNo),
    findProxyOf(scene, meeting.id, voterNo),
    listOwners(scene, meeting, voterNo),
    ...votingQueries(scene, meeting.id, voterNo),
  );
  const found = votingFrom(...rows);
  if (!found) return c.notFound();
  const [people] = await scene.db.read(
    listWorkers(
      scene,
      contacts.map(({ byPerson }) => byPerson),
    ),
  );
  const workers = new Map(people.map(({ personId, name }) => [personId, name]));
  const notes = await Promise.all(contacts.map(({ note }) => openNote(scene, meeting.id, note)));
  const { slug } = scene.community;
  const here = `${deskMeetingHref(slug, meeting.number)}/voters/${voterNo}`;
  const [link] = links;
  const inForce = link?.revokedAt === null ? link : undefined;
  const may = inForce ? mayIdentify(inForce, now) : null;
  const votes = owners.find(({ partyId }) => partyId === found.voter.votingPartyId);
  const building = found.units[0]?.building ?? "";
  const { standing } = found;
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t(`第${voterNo}号`, `No. ${voterNo}`)}
      switchHref={`${here}?lang=${t("en", "zh")}`}
      breadcrumb={[
        ...deskCrumbs(c, meeting),
        { href: deliveryHref(slug, meeting.number), label: t("送达", "Delivery") },
      ]}
    >
      <h1>
        {found.voter.maskedName} <small>{placesOf(found.units, t)}</small>
      </h1>
      {problem ? (
        <Refusal
          t={t}
          what={pick(problem.title, lang)}
          why={pick(problem.detail, lang)}
          {...(problem.article ? { article: problem.article } : {})}
          {...(problem.next ? { next: pick(problem.next, lang) } : {})}
        />
      ) : c.req.query("done") === undefined ? null : (
        <Callout tone="good" title={t("已办好", "Done")} />
      )}
      <FactList>
        <Fact label={t("名册序号", "Line of the roll")}>{voterNo}</Fact>
        <Fact label={t("表决票", "Ballot")}>
          {standing ? (
            <StatusWord tone="good">
              {t(
                `${sayInstant(standing.castAt, lang)}收到（${channelWords(standing.channel, t)}）`,
                `received ${sayInstant(standing.castAt, lang)} (${channelWords(standing.channel, t)})`,
              )}
            </StatusWord>
          ) : (
            t("还没有收到", "not received")
          )}
        </Fact>
        <Fact label={t("行使表决权的人", "Who votes")}>
          {votes ? (
            votes.maskedName
          ) : (
            <StatusWord tone="bad">{t("共有人还没有推选", "the co-owners have chosen nobody")}</StatusWord>
          )}
        </Fact>
        <Fact label={t("表决链接", "Voting link")}>
          {!inForce
            ? t("没有在用的链接", "none in force")
            : t(
                `第${inForce.generation}个，${sayInstant(inForce.issuedAt, lang)}发出`,
                `no. ${inForce.generation}, issued ${sayInstant(inForce.issuedAt, lang)}`,
              )}
          {may && !may.ok ? (
            <>
              {" "}
              <StatusWord tone="bad">{t("试错太多，暂停核对", "resting after wrong tries")}</StatusWord>
            </>
          ) : null}
        </Fact>
        {proxies[0] ? (
          <Fact label={t("委托", "Authorisation")}>
            {proxies[0].agentMasked} · {proxies[0].usedAt === null ? t("未使用", "not used") : t("已使用", "used")}
          </Fact>
        ) : null}
      </FactList>
      <h2>{t("送达记录", "How they were reached")}</h2>
      <DataTable
        caption={t("送达记录", "How they were reached")}
        quietCaption
        rows={contacts.map((contact, at) => ({ ...contact, plain: notes[at] ?? "" }))}
        columns={[
          { label: t("时间", "When"), cell: (row) => sayInstant(row.at, lang), head: true },
          { label: t("方式", "How"), cell: (row) => kindWord(row.kind, t) },
          { label: t("经手", "By"), cell: (row) => byWords(row.byPerson, workers, t) },
          { label: t("备注", "Note"), cell: (row) => row.plain },
        ]}
        empty={
          <EmptyState title={t("还没有送达记录", "Nothing yet")}>
            {t("发出短信、当面送达或上门后会记在这里。", "Messages, visits and hand-overs stand here.")}
          </EmptyState>
        }
      />
      <Form
        action={`${deliveryHref(slug, meeting.number)}/record`}
        token={formToken}
        once={newOnce()}
        hidden={{ voter: String(voterNo), building }}
      >
        <Select
          name="kind"
          label={t("登记一次送达或上门", "Write down a delivery or a visit")}
          options={RECORDED_KINDS.map((kind) => ({ value: kind, label: kindWord(kind, t) }))}
        />
        <Field name="note" label={t("备注", "Note")} maxlength={LONGEST_NOTE} optional={t("选填", "optional")} />
        <Actions>
          <Button look="quiet">{t("登记", "Write down")}</Button>
          <ButtonLink look="quiet" href={papersHref(slug, meeting, { building, onlyNotVoted: false }, voterNo)}>
            {t("打印纸质票", "Print a paper ballot")}
          </ButtonLink>
        </Actions>
      </Form>
      {standing || !c.var.actor.permissions.has("roll.write") ? null : (
        <>
          <Details summary={t("补发或停用链接", "Re-issue or revoke the link")} open={problem !== undefined}>
            <Form action={`${here}/link`} token={formToken}>
              <Field
                name="why"
                label={t("原因", "Why")}
                hint={t(
                  "写入公开记录，不要写姓名、电话。例如：短信没收到。",
                  "Goes into the public record; no names or numbers. Such as: message not received.",
                )}
                maxlength={LONGEST_NOTE}
              />
              <Actions>
                <Button>{t("补发新链接（旧的立即失效）", "Issue a new link (the old one dies at once)")}</Button>
                {inForce ? (
                  <Button look="danger" formaction={`${here}/link/revoke`}>
                    {t("停用，不补发", "Revoke only")}
                  </Button>
                ) : null}
              </Actions>
            </Form>
          </Details>
          {owners.length > 1 ? (
            <Details summary={t("登记由哪位共有人投票", "Enter which co-owner votes")}>
              <Form action={`${here}/votes`} token={formToken}>
                <RadioGroup
                  name="party"
                  legend={t("行使表决权的共有人", "The co-owner who votes")}
                  options={owners.map((owner) => ({ value: owner.partyId, label: owner.maskedName }))}
                  value={found.voter.votingPartyId ?? undefined}
                />
                <TextArea
                  name="why"
                  label={t("依据", "Ground")}
                  hint={t(
                    "例如：全体共有人签名的推选书，2026年11月20日。加密保存。",
                    "Such as: a letter signed by all co-owners. Kept encrypted.",
                  )}
                  rows={2}
                  maxlength={LONGEST_NOTE}
                />
                <Actions>
                  <Button>{t("登记，并补发链接", "Enter, and issue a new link")}</Button>
                </Actions>
              </Form>
            </Details>
          ) : null}
        </>
      )}
    </Page>,
    problem ? (problem.status as 409 | 422) : 200,
  );
}

voterPages.post(`${VOTER}/link`, manages, async (c) =>
  act(c, (scene, voter, body) => {
    const asked = { ...voter, why: valuesOf(body, "why")[0] ?? "" };
    return reissueLink(scene, asked).then((done) => (done.ok ? null : linkProblem(done.error)));
  }),
);

voterPages.post(`${VOTER}/link/revoke`, manages, async (c) =>
  act(c, (scene, voter, body) => {
    const asked = { ...voter, why: valuesOf(body, "why")[0] ?? "" };
    return revokeLink(scene, asked).then((done) => (done.ok ? null : linkProblem(done.error)));
  }),
);

voterPages.post(`${VOTER}/votes`, manages, async (c) =>
  act(c, (scene, voter, body) => {
    const partyId = (valuesOf(body, "party")[0] ?? "") as PartyId;
    const asked = { ...voter, partyId, why: valuesOf(body, "why")[0] ?? "", evidence: "" };
    return changeVoter(scene, asked).then((done) => (done.ok ? null : deliveryProblem(done.error)));
  }),
);

interface Voter {
  readonly meetingId: MeetingId;
  readonly voterNo: number;
}

/** An act on one voter: back to the page when done, the page with the reason when refused. */
async function act(
  c: C,
  run: (scene: ReturnType<typeof staffScene>, voter: Voter, body: Posted) => Promise<Problem | null>,
): Promise<Response> {
  const meeting = await deskMeeting(c);
  const voterNo = readVoterNo(c.req.param("voter"));
  if (!meeting || voterNo === null) return c.notFound();
  const body: Posted = await c.req.parseBody({ all: true });
  const problem = await run(staffScene(c), { meetingId: meeting.id, voterNo }, body);
  if (problem?.status === 404) return problemResponse(c, problem);
  if (problem) return voterPage(c, problem);
  return c.redirect(`${deskMeetingHref(c.var.scene.community.slug, meeting.number)}/voters/${voterNo}?done=1`, 303);
}
