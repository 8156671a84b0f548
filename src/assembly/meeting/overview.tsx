/** One meeting at the desk: where it stands, the next step, and what else can be done or not yet. */
import { Hono } from "hono";
import { type Permission, requires } from "../../platform/access.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Done } from "../../platform/refused.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Turnout } from "../../platform/ui/charts.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay, sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { lint } from "../agenda/rules.ts";
import { findingWords } from "../agenda/words.ts";
import { CONVENER_WORDS } from "../convening/words.ts";
import { listWaiting } from "../desk/store.ts";
import { sayAuthor } from "./acting.ts";
import { type Act, actsOf, type Waiting } from "./acts.ts";
import { deskHref, deskMeetingHref, deskMeetingsHref, meetingHref, readNumber } from "./addresses.ts";
import { Items, RulesOf } from "./content.tsx";
import { Course } from "./course.tsx";
import { eventDetail, eventTitle, readEvent, STATE_TONE, stateWord } from "./events.ts";
import { meetingProblem, noticeFaultWords } from "./problems.ts";
import { draftOfEdition, factsOf, latestNoticeDay, readDraft, readManifest } from "./reading.ts";
import { type Draft, noticeFaults } from "./rules.ts";
import {
  byNumber,
  type EventRow,
  findMeeting,
  listEditions,
  listEvents,
  listTurnout,
  type MeetingRow,
  type TurnoutRow,
} from "./store.ts";

export const overviewPages = new Hono<AppEnv>();

overviewPages.get("/desk/meetings/:number", requires("meeting.read"), async (c) => {
  const { scene, now } = c.var;
  const number = readNumber(c.req.param("number"));
  if (number === null) return c.notFound();
  const key = byNumber(scene, number);
  const [rows, editions, events, turnout, waitingRows] = await scene.db.read(
    findMeeting(scene, key),
    listEditions(scene, key),
    listEvents(scene, key),
    listTurnout(scene, key),
    listWaiting(scene),
  );
  const row = rows[0];
  if (!row) return c.notFound();
  const newest = editions.at(-1);
  const kept = readDraft(row);
  const draft = newest ? draftOfEdition(readManifest(newest), row) : kept.draft;
  const found = waitingRows.find(({ meetingId }) => meetingId === row.meetingId);
  const waiting: Waiting = {
    papers: found?.papers ?? 0,
    openTickets: (found?.openTickets ?? 0) + (found?.rollObjections ?? 0),
    unpublishedRun: found?.unpublishedRun ?? null,
    unpublishedBy: found?.unpublishedBy ?? null,
  };
  const { personId } = c.var.actor;
  const facts = { ...factsOf(row), draftedBy: kept.editors.includes(personId) ? personId : row.draftedBy };
  const acts = actsOf(facts, row.edition === 0 ? draft : null, waiting, personId, now);
  return overview(c, { row, draft, events, turnout, acts });
});

interface Shown {
  readonly row: MeetingRow;
  readonly draft: Draft;
  readonly events: readonly EventRow[];
  readonly turnout: readonly TurnoutRow[];
  readonly acts: readonly Act[];
}

function overview(c: AppContext, shown: Shown) {
  const { t, lang, scene } = c.var;
  const { row, draft, events, turnout, acts } = shown;
  const { slug } = scene.community;
  const base = deskMeetingHref(slug, row.number);
  const convener = CONVENER_WORDS[draft.convener.kind];
  const latest = latestNoticeDay(draft);
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={row.title}
      switchHref={`${base}?lang=${t("en", "zh")}`}
      breadcrumb={[
        { href: deskHref(slug), label: t("工作台", "Desk") },
        { href: deskMeetingsHref(slug), label: t("会议", "Meetings") },
      ]}
    >
      <h1>{row.title}</h1>
      <p>
        <StatusWord tone={STATE_TONE[row.state]}>{stateWord(row.state, t)}</StatusWord>
      </p>
      <Done c={c} words={t("已完成，并写入公开记录", "Done, and in the public record")} />
      {row.state === "draft" ? <DraftFaults c={c} base={base} draft={draft} /> : null}
      <ActList c={c} base={base} acts={acts} />
      <Rooms c={c} base={base} row={row} />
      <Course t={t} lang={lang} row={row} />
      {row.edition > 0 ? <TurnoutOfItems c={c} turnout={turnout} draft={draft} /> : null}
      <h2>{t("会议安排", "The meeting")}</h2>
      <FactList>
        <Fact label={t("召集人", "Convener")}>{t(convener.name.zh, convener.name.en)}</Fact>
        <Fact label={t("原因", "Why")}>{draft.convener.cause || t("（还没有写）", "(not written yet)")}</Fact>
        <Fact label={t("表决时间", "Voting")}>
          {draft.opensAt === null || draft.closesAt === null
            ? t("（还没有定）", "(not set yet)")
            : t(
                `${sayInstant(draft.opensAt, lang)}至${sayDeadline(draft.closesAt, lang)}`,
                `${sayInstant(draft.opensAt, lang)} to ${sayDeadline(draft.closesAt, lang)}`,
              )}
        </Fact>
        {row.state === "draft" && latest !== null ? (
          <Fact label={t("最迟哪天公告", "Notice at the latest")}>{sayDay(latest, lang, { weekday: true })}</Fact>
        ) : null}
      </FactList>
      <Items c={c} base={base} row={row} draft={draft} />
      <RulesOf c={c} base={base} row={row} draft={draft} />
      {row.edition > 0 ? (
        <Actions>
          <ButtonLink look="quiet" href={meetingHref(slug, row.number)}>
            {t("公开页面", "The public page")}
          </ButtonLink>
          <ButtonLink look="quiet" href={`${base}/dossier.zip`} download={`meeting-${row.number}.zip`}>
            {t("下载会议档案", "Download the dossier")}
          </ButtonLink>
        </Actions>
      ) : null}
      <History c={c} events={events} />
    </Page>,
  );
}

const ActList = ({ c, base, acts }: { c: AppContext; base: string; acts: readonly Act[] }) => {
  const { t, actor, scene } = c.var;
  const { slug } = scene.community;
  const mine = acts.filter(({ permission }) => actor.permissions.has(permission));
  const next = mine.find(({ isStep, notYet }) => isStep && notYet === null);
  const rest = acts.filter((act) => act !== next);
  const word = (act: Act): string => t(act.label.zh, act.label.en);
  return (
    <>
      {next ? (
        <Callout tone="info" title={t("下一步", "Next step")}>
          <Actions>
            <ButtonLink href={`${base}${next.path}`}>{word(next)}</ButtonLink>
          </Actions>
        </Callout>
      ) : null}
      {rest.length > 0 ? (
        <ul class="links">
          {rest.map((act) => {
            const allowed = actor.permissions.has(act.permission);
            const reason = act.notYet ? meetingProblem(act.notYet).detail : null;
            return (
              <li>
                <div>
                  {allowed && reason === null ? (
                    <a href={`${base}${act.path}`}>{word(act)}</a>
                  ) : (
                    <span>{word(act)}</span>
                  )}
                  {allowed ? null : (
                    <p class="hint">
                      {t("由另外的职务办理，见", "For another office; see ")}
                      <a href={`/c/${slug}/permissions`}>{t("谁可以做什么", "who may do what")}</a>
                    </p>
                  )}
                  {allowed && reason ? (
                    <p class="hint">{t(`现在还不能：${reason.zh}`, `Not yet: ${reason.en}`)}</p>
                  ) : null}
                </div>
              </li>
            );
          })}
        </ul>
      ) : null}
    </>
  );
};

/** Bringing ballots out and in, while that is possible; each room for those who work there. */
const Rooms = ({ c, base, row }: { c: AppContext; base: string; row: MeetingRow }) => {
  const { t, actor } = c.var;
  if (!["notice", "open", "closed"].includes(row.state)) return null;
  const rooms: readonly (readonly [readonly Permission[], string, string])[] = [
    [["meeting.deliver"], "/delivery", t("送达和上门联系", "Delivery and calls at doors")],
    [["paper.enter", "paper.confirm"], "/paper", t("纸质表决票", "Paper ballots")],
    [["proxy.record"], "/proxies", t("书面委托", "Written proxies")],
  ];
  const mine = rooms.filter(([anyOf]) => anyOf.some((permission) => actor.permissions.has(permission)));
  if (mine.length === 0) return null;
  return (
    <Actions>
      {mine.map(([, path, label]) => (
        <ButtonLink look="quiet" href={`${base}${path}`}>
          {label}
        </ButtonLink>
      ))}
    </Actions>
  );
};

const DraftFaults = ({ c, base, draft }: { c: AppContext; base: string; draft: Draft }) => {
  const { t, now, actor } = c.var;
  const mayDraft = actor.permissions.has("meeting.draft");
  const faults = noticeFaults(draft, now, true).flatMap(noticeFaultWords);
  const warnings = lint(draft.items).filter(({ severity }) => severity === "warning");
  return (
    <>
      {faults.length === 0 ? (
        <Callout
          tone="good"
          title={t("草案已经完整，可以请另一位有权的人批准", "The draft is complete; another person can approve it")}
        />
      ) : (
        <Callout tone="warn" title={t("公告发出前还要完成", "Before notice can be given")}>
          <ul>
            {faults.map(({ zh, en }) => (
              <li>{t(zh, en)}</li>
            ))}
          </ul>
          {mayDraft && draft.items.length === 0 ? (
            <Actions>
              <ButtonLink href={`${base}/items/new`}>{t("写第一项议题", "Write the first item")}</ButtonLink>
            </Actions>
          ) : null}
        </Callout>
      )}
      {warnings.length > 0 ? (
        <Callout tone="info" title={t("建议再看一下", "Worth another look")}>
          <ul>
            {warnings.map((finding) => {
              const { zh, en } = findingWords(finding);
              return (
                <li>
                  {finding.itemNo === null
                    ? t(zh, en)
                    : t(`议题${finding.itemNo}：${zh}`, `Item ${finding.itemNo}: ${en}`)}
                </li>
              );
            })}
          </ul>
        </Callout>
      ) : null}
    </>
  );
};

const TurnoutOfItems = ({ c, turnout, draft }: { c: AppContext; turnout: readonly TurnoutRow[]; draft: Draft }) => {
  const { t } = c.var;
  return (
    <>
      <h2>{t("参与情况", "Turnout")}</h2>
      {draft.items.map((item) => {
        const row = turnout.find(({ key }) => key === `item:${item.itemNo}`);
        if (!row) return null;
        return (
          <section>
            <h3>{t(`议题${item.itemNo}：${item.title}`, `Item ${item.itemNo}: ${item.title}`)}</h3>
            <Turnout
              t={t}
              voted={{ owners: row.owners, areaDm2: row.areaDm2 }}
              total={{ owners: row.eligibleOwners, areaDm2: row.eligibleAreaDm2 }}
            />
          </section>
        );
      })}
    </>
  );
};

const History = ({ c, events }: { c: AppContext; events: readonly EventRow[] }) => {
  const { t, lang } = c.var;
  if (events.length === 0) return null;
  return (
    <Details summary={t("经过", "History")}>
      <ol>
        {events.map(readEvent).map((event) => (
          <li>
            <strong>{eventTitle(event, t)}</strong>
            <p class="hint">
              {sayInstant(event.at, lang)} · {sayAuthor(event.byWords, t)}
              {eventDetail(event, t, lang) === "" ? "" : ` · ${eventDetail(event, t, lang)}`}
            </p>
          </li>
        ))}
      </ol>
    </Details>
  );
};
