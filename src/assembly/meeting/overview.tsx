/** One meeting at the desk: where it stands, the next step, and what else can be done or not yet. */
import { Hono } from "hono";
import { requires } from "../../platform/access.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink, PostButton } from "../../platform/ui/buttons.tsx";
import { Turnout } from "../../platform/ui/charts.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, Details, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { lint } from "../agenda/rules.ts";
import { findingWords, scopeWords } from "../agenda/words.ts";
import { CONVENER_WORDS } from "../convening/words.ts";
import { listWaiting } from "../desk/store.ts";
import { matterText } from "../rules.ts";
import { isDefault, settingText, valueWords } from "../settings/explained.ts";
import { SETTING_NAMES } from "../settings/rules.ts";
import { sayAuthor } from "./acting.ts";
import { type Act, actsOf, type Waiting } from "./acts.ts";
import { deskHref, deskMeetingHref, deskMeetingsHref, meetingHref, readNumber } from "./addresses.ts";
import { Course } from "./course.tsx";
import { eventDetail, eventTitle, readEvent, STATE_TONE, stateWord } from "./events.ts";
import { meetingProblem, noticeFaultWords } from "./problems.ts";
import { draftOfEdition, factsOf, readDraft, readManifest } from "./reading.ts";
import { Done } from "./refused.tsx";
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
      <ActList c={c} base={base} acts={acts} />
      <Course t={t} lang={lang} row={row} />
      {row.state === "draft" ? <DraftFaults c={c} draft={draft} /> : null}
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

const DraftFaults = ({ c, draft }: { c: AppContext; draft: Draft }) => {
  const { t, now } = c.var;
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

const Items = ({ c, base, row, draft }: { c: AppContext; base: string; row: MeetingRow; draft: Draft }) => {
  const { t, actor, formToken } = c.var;
  const edits = row.state === "draft" && actor.permissions.has("meeting.draft");
  return (
    <>
      <h2>{t("议题", "Items")}</h2>
      {draft.items.length === 0 ? (
        <EmptyState title={t("还没有议题", "No items yet")}>
          {t(
            "每项议题写明要决定什么、属于哪一类、由谁表决。",
            "Each says what is decided, which matter it is and who decides.",
          )}
        </EmptyState>
      ) : (
        <ol>
          {draft.items.map((item) => {
            const scope = scopeWords(item.scope);
            const { short } = matterText(item.matter) ?? { short: { zh: "未选", en: "not chosen" } };
            return (
              <li>
                <strong>{item.title || t("（没有标题）", "(no title)")}</strong>
                <p class="hint">
                  {t(short.zh, short.en)} · {t(scope.zh, scope.en)} ·{" "}
                  {item.question.options.map(({ label }) => label).join("／")}
                  {item.attachments.length > 0
                    ? t(` · ${item.attachments.length}个附件`, ` · ${item.attachments.length} papers`)
                    : ""}
                </p>
                {edits ? (
                  <Actions>
                    <ButtonLink look="quiet" href={`${base}/items/${item.itemNo}`}>
                      {t("修改", "Edit")}
                    </ButtonLink>
                    {item.itemNo > 1 ? (
                      <PostButton
                        action={`${base}/items/${item.itemNo}/raise`}
                        token={formToken}
                        once={newOnce()}
                        look="quiet"
                        hidden={{ version: String(row.version) }}
                      >
                        {t("上移", "Move up")}
                      </PostButton>
                    ) : null}
                    <PostButton
                      action={`${base}/items/${item.itemNo}/remove`}
                      token={formToken}
                      once={newOnce()}
                      look="quiet"
                      hidden={{ version: String(row.version) }}
                    >
                      {t("删除", "Take out")}
                    </PostButton>
                  </Actions>
                ) : null}
              </li>
            );
          })}
        </ol>
      )}
      {edits ? (
        <Actions>
          <ButtonLink href={`${base}/items/new`}>{t("添加议题", "Add an item")}</ButtonLink>
          <ButtonLink look="quiet" href={`${base}/edit`}>
            {t("修改会议安排", "Edit the meeting")}
          </ButtonLink>
          <ButtonLink look="quiet" href={`${base}/preview`}>
            {t("预览公告和表决票", "Preview notice and ballot")}
          </ButtonLink>
        </Actions>
      ) : null}
    </>
  );
};

const RulesOf = ({ c, base, row, draft }: { c: AppContext; base: string; row: MeetingRow; draft: Draft }) => {
  const { t, actor } = c.var;
  const departs = SETTING_NAMES.filter((name) => !isDefault(name, draft.rules));
  return (
    <>
      <h2>{t("规则", "Rules")}</h2>
      <p>
        {departs.length === 0
          ? t("全部按默认规则。", "All at their defaults.")
          : t(`有${departs.length}项与默认不同：`, `${departs.length} differ from the defaults:`)}
      </p>
      {departs.length > 0 ? (
        <ul>
          {departs.map((name) => {
            const [{ title }, value] = [settingText(name), valueWords(name, draft.rules)];
            const { clause } = draft.rules[name];
            return (
              <li>
                {t(title.zh, title.en)}：{t(value.zh, value.en)}
                {clause ? t(`（依据：${clause}）`, ` (ground: ${clause})`) : ""}
              </li>
            );
          })}
        </ul>
      ) : null}
      {row.state === "draft" && actor.permissions.has("meeting.draft") ? (
        <Actions>
          <ButtonLink look="quiet" href={`${base}/rules`}>
            {t("修改本次会议的规则", "Edit the rules of this meeting")}
          </ButtonLink>
        </Actions>
      ) : null}
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
