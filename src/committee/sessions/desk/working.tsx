/** One meeting of the committee at the desk: where it stands, the next step for whoever looks, and all that is known of it. Markup; the acts stand in acts.ts. */

import { matterText } from "../../../assembly/rules.ts";
import { dayOf, endOf } from "../../../kernel/day.ts";
import { type AppContext, staffScene } from "../../../platform/context.ts";
import { frameOf } from "../../../platform/frame.ts";
import { pick } from "../../../platform/i18n.ts";
import { Page } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import { Refused } from "../../../platform/refused.tsx";
import { Actions, Button, ButtonLink, PostButton } from "../../../platform/ui/buttons.tsx";
import { TextArea } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../../platform/ui/forms.tsx";
import { sayInstant } from "../../../platform/ui/moments.ts";
import { Callout, Details } from "../../../platform/ui/notices.tsx";
import { StatusWord } from "../../../platform/ui/status.tsx";
import { Clock } from "../../../platform/ui/steps.tsx";
import { deskSessionHref, resolutionHref, sessionHref } from "../../addresses.ts";
import { membersOf } from "../../seated/rules.ts";
import { SESSION_TONE, SESSION_WORDS } from "../../words.ts";
import { faultsNow, type Loaded, mayAnnounce } from "../actions.ts";
import { mayEdit } from "../drafting.ts";
import { signersOf } from "../minutes/actions.ts";
import { LONGEST_REMARK, mayPublish, publishBy } from "../minutes/rules.ts";
import { noticeFaultWords } from "../problems.ts";
import type { SessionView } from "../reading.ts";
import { answersOf } from "../resolutions/actions.ts";
import { askersLeast, holdBy, suspectedMatters } from "../rules.ts";
import { AgendaShown, AttendanceShown, MinutesText, SessionFacts } from "../shown.tsx";
import { crumbs, fieldErrors, wholeProblem } from "./frame.tsx";

interface Props {
  readonly c: AppContext;
  readonly view: SessionView;
  readonly loaded: Loaded;
  /** Of the form for an objection, when it was refused. */
  readonly problem?: Problem | undefined;
  readonly remark?: string | undefined;
}

export function workingPage(c: AppContext, view: SessionView, loaded: Loaded, problem?: Problem, remark?: string) {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const { row } = view;
  const here = deskSessionHref(slug, row.number);
  const props: Props = { c, view, loaded, problem, remark };
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={row.title}
      switchHref={`${here}?lang=${t("en", "zh")}`}
      breadcrumb={crumbs(c)}
    >
      <h1>{row.title}</h1>
      <p>
        <StatusWord tone={SESSION_TONE[row.state]}>{pick(SESSION_WORDS[row.state], lang)}</StatusWord>
      </p>
      <Refused c={c} problem={wholeProblem(problem)} />
      {c.req.query("done") === undefined ? null : <Callout tone="good" title={t("已保存", "Saved")} />}
      <NextStep {...props} />
      <h2>{t("时间和地点", "Time and place")}</h2>
      <SessionFacts t={t} lang={lang} view={view} />
      <Arrange {...props} />
      <h2>{t("议题", "Agenda")}</h2>
      <AgendaShown
        t={t}
        lang={lang}
        view={view}
        byName={true}
        resolutionHref={row.state === "published" ? (year, number) => resolutionHref(slug, year, number) : undefined}
      />
      <EditItems {...props} />
      {view.recorded ? (
        <>
          <h2>{t("到会和签字", "Presence and signatures")}</h2>
          <AttendanceShown
            t={t}
            lang={lang}
            view={view}
            scanHref={
              c.var.actor.permissions.has("committee.record") || c.var.actor.permissions.has("committee.publish")
                ? (fileId) => `${here}/scans/${fileId}`
                : undefined
            }
          />
          <h2>{t("会议记录", "Minutes")}</h2>
          <p class="hint">
            {t(
              `第${row.minutesVersion}稿，${sayInstant(view.recorded.minutes.draftedAt, lang)}起草`,
              `Version ${row.minutesVersion}, drafted ${sayInstant(view.recorded.minutes.draftedAt, lang)}`,
            )}
          </p>
          <MinutesText view={view} />
        </>
      ) : null}
    </Page>,
    problem ? (problem.status as 409) : 200,
  );
}

const NextStep = (props: Props) => {
  switch (props.view.row.state) {
    case "draft":
    case "requested":
      return <BeforeNotice {...props} />;
    case "noticed":
      return <BeforeMeeting {...props} />;
    case "recorded":
      return <AfterMeeting {...props} />;
    case "published":
    case "withdrawn":
      return <Over {...props} />;
  }
};

/** Who has asked, what is missing for the announcement, and the button for whoever may announce. */
const BeforeNotice = ({ c, view, loaded }: Props) => {
  const { t, lang, now, scene, actor, formToken } = c.var;
  const { row } = view;
  const here = deskSessionHref(scene.community.slug, row.number);
  const members = membersOf(loaded.committee.sitters);
  const isMember = members.some(({ personId }) => personId === actor.personId);
  const asked = view.askers.includes(actor.personId);
  const waits = row.calledBy === "members" && row.reachedAt === null;
  const may = mayAnnounce(loaded, staffScene(c));
  const faults = faultsNow(loaded, now);
  return (
    <>
      {row.calledBy === "members" ? (
        <Callout
          tone={waits ? "info" : "warn"}
          title={
            waits
              ? t("等其他委员一起提议", "Waiting for other members")
              : t("三分之一以上委员已提议，应当开会", "A third have asked: the meeting is due")
          }
        >
          <p>
            {t(
              `已有${view.asking}位委员提议，要${askersLeast(members.length)}位（现有委员${members.length}人的三分之一以上）。`,
              `${view.asking} have asked; ${askersLeast(members.length)} are needed (a third of the ${members.length} members who sit).`,
            )}
          </p>
          {row.reachedAt === null ? null : (
            <Clock
              t={t}
              lang={lang}
              label={t("应在此前开会", "To be held by")}
              at={endOf(holdBy(row.reachedAt))}
              now={now}
            />
          )}
          {isMember && !asked ? (
            <PostButton action={`${here}/join`} token={formToken}>
              {t("我也提议开这次会", "I ask for this meeting too")}
            </PostButton>
          ) : null}
        </Callout>
      ) : null}
      {waits ? null : (
        <Callout
          tone={faults.length > 0 ? "warn" : "info"}
          title={
            faults.length > 0
              ? t(
                  `还有${faults.length}处要补全，才能公告`,
                  `${faults.length} thing(s) to complete before it can be announced`,
                )
              : t("可以公告了", "It can be announced")
          }
        >
          {faults.length > 0 ? (
            <ul>
              {faults.map((fault) => {
                const { words, article } = noticeFaultWords(fault);
                return (
                  <li>
                    {pick(words, lang)}
                    {article ? <small class="quiet">（{article}）</small> : null}
                  </li>
                );
              })}
            </ul>
          ) : (
            <p>
              {t(
                "公告以后，议题和开会的规则不能再改，时间只能往后改。请再看一遍下面的内容。",
                "Once announced, agenda and rules are fixed and the time only moves later. Please read it over once more.",
              )}
            </p>
          )}
          {faults.length === 0 && may.ok ? (
            <PostButton action={`${here}/announce`} token={formToken} hidden={{ version: String(row.version) }}>
              {t("公告会议", "Announce the meeting")}
            </PostButton>
          ) : null}
          {may.ok ? null : <p>{t("由主任或副主任公告。", "The chair or a deputy announces it.")}</p>}
        </Callout>
      )}
      <Doubts c={c} view={view} />
    </>
  );
};

/** Items that look like matters of the owners' although their writer chose none. Asks; never refuses. */
const Doubts = ({ c, view }: Pick<Props, "c" | "view">) => {
  const { t, lang } = c.var;
  const doubtful = view.items.flatMap((item) => {
    const matters = suspectedMatters(item);
    return matters.length > 0 ? [{ item, matters }] : [];
  });
  if (doubtful.length === 0) return null;
  return (
    <Callout tone="warn" title={t("请再核对：是不是应由业主决定？", "Please check: is it for the owners to decide?")}>
      <ul>
        {doubtful.map(({ item, matters }) => (
          <li>
            {t(`第${item.itemNo}项“${item.title}”看起来像：`, `Item ${item.itemNo} “${item.title}” looks like: `)}
            {matters.map((matter) => pick(matterText(matter), lang)).join(t("；", "; "))}
          </li>
        ))}
      </ul>
      <p>
        {t(
          "如果是，请在议题里选上事项，并选择业主大会的授权；没有授权的，要召开业主大会。",
          "If so, choose the matter in the item and the owners' authorisation; without one it goes to the owners.",
        )}
      </p>
    </Callout>
  );
};

const BeforeMeeting = ({ c, view }: Props) => {
  const { t, lang, now, scene, actor } = c.var;
  const { row } = view;
  const here = deskSessionHref(scene.community.slug, row.number);
  const holdsAt = row.holdsAt ?? now;
  return (
    <Callout
      tone="info"
      title={
        holdsAt > now
          ? t("已公告，等开会", "Announced; the meeting is to come")
          : t("到时间了，请记录", "Its time has come: please record it")
      }
    >
      <Clock t={t} lang={lang} label={t("开会", "Meeting")} at={holdsAt} now={now} />
      <p>
        <a href={sessionHref(scene.community.slug, row.number)}>
          {t("公开页面和张贴用的公告", "Public page and notice to post")}
        </a>
      </p>
      {holdsAt > now ? null : actor.permissions.has("committee.record") ? (
        <ButtonLink href={`${here}/minutes`}>{t("记录到会和表决", "Record presence and votes")}</ButtonLink>
      ) : (
        <p>{t("由秘书记录到会和表决。", "The secretary records presence and votes.")}</p>
      )}
    </Callout>
  );
};

/** Signing, and publishing, each for whom it waits. */
const AfterMeeting = ({ c, view, problem, remark }: Props) => {
  const { t, lang, now, scene, actor, formToken } = c.var;
  const { row, recorded } = view;
  if (!recorded) return null;
  const here = deskSessionHref(scene.community.slug, row.number);
  const due = publishBy(recorded.minutes.heldAt, view.practice.publishDays.value);
  const answers = answersOf(recorded);
  const isSigner = signersOf(recorded).some(({ personId }) => personId === actor.personId);
  const hasAnswered = recorded.signatures.some(({ personId }) => personId === actor.personId);
  const missing = answers.present - answers.signed - answers.objected;
  const may = mayPublish(
    {
      state: row.state,
      version: row.minutesVersion,
      draftedBy: recorded.minutes.draftedBy,
      ...answers,
      publishBy: due,
    },
    { personId: actor.personId, version: row.minutesVersion },
    dayOf(now),
  );
  const hidden = { version: String(row.minutesVersion) };
  const errors = fieldErrors(problem, lang);
  return (
    <>
      <Clock t={t} lang={lang} label={t("应在此前公布", "To be published by")} at={endOf(due)} now={now} />
      {isSigner && !hasAnswered ? (
        <Callout tone="warn" title={t("请核对并签字", "Please check and sign")}>
          <p>
            {t(
              "您到会了。请看下面的到会、表决和会议记录，尤其是您自己的表决记得对不对。",
              "You were there. Please read presence, votes and minutes below, above all your own votes.",
            )}
          </p>
          <PostButton action={`${here}/sign`} token={formToken} hidden={{ ...hidden, stance: "signed" }}>
            {t("记录属实，签字", "It is right: sign")}
          </PostButton>
          <Details summary={t("记得不对？写下意见", "Something is wrong?")} open={errors.length > 0}>
            <Form action={`${here}/sign`} token={formToken} hidden={{ ...hidden, stance: "objected" }}>
              <ErrorSummary t={t} errors={errors} />
              <TextArea
                name="remark"
                label={t("哪里记得不对", "What is wrong")}
                hint={t("会和会议记录一起公布。", "It is published with the minutes.")}
                rows={3}
                maxlength={LONGEST_REMARK}
                value={remark ?? ""}
                error={errorFor(errors, "remark")}
              />
              <Button look="quiet">{t("提交意见，不签字", "Object instead of signing")}</Button>
            </Form>
          </Details>
        </Callout>
      ) : null}
      {actor.permissions.has("committee.publish") ? (
        <Callout
          tone={may.ok ? "info" : "warn"}
          title={may.ok ? t("可以公布了", "It can be published") : t("还不能公布", "Not yet to be published")}
        >
          <p>
            {t(
              `到会委员${answers.present}人：${answers.signed}人签字，${answers.objected}人有异议，${missing}人还没有签。`,
              `Of ${answers.present} members present ${answers.signed} signed, ${answers.objected} object, ${missing} have not answered.`,
            )}
          </p>
          {may.ok ? (
            <PostButton action={`${here}/publish`} token={formToken} hidden={hidden}>
              {t("公布会议记录和决议", "Publish minutes and resolutions")}
            </PostButton>
          ) : null}
          {!may.ok && may.error.reason === "own_minutes" ? (
            <p>
              {t("会议记录是您起草的，要由另一个人公布。", "You drafted the minutes; another person publishes them.")}
            </p>
          ) : null}
        </Callout>
      ) : null}
      {actor.permissions.has("committee.record") ? (
        <Actions>
          {missing > 0 ? (
            <ButtonLink look="quiet" href={`${here}/paper`}>
              {t("登记纸面签字", "Record signatures on paper")}
            </ButtonLink>
          ) : null}
          <ButtonLink look="quiet" href={`${here}/minutes`}>
            {t("改写会议记录（新的一稿）", "Draft the minutes anew")}
          </ButtonLink>
        </Actions>
      ) : null}
    </>
  );
};

const Over = ({ c, view }: Props) => {
  const { t, lang, scene } = c.var;
  const { row } = view;
  return row.state === "published" ? (
    <Callout tone="good" title={t("已公布", "Published")}>
      <p>
        <a href={sessionHref(scene.community.slug, row.number)}>{t("看公开页面", "See the public page")}</a>
      </p>
    </Callout>
  ) : (
    <Callout tone="info" title={t("已撤回", "Withdrawn")}>
      <p>
        {row.endedAt === null ? "" : sayInstant(row.endedAt, lang)} {row.endedWhy}
      </p>
    </Callout>
  );
};

/** Changing time and place, putting off, withdrawing: small acts under the facts. */
const Arrange = ({ c, view, loaded }: Props) => {
  const { t, scene, actor } = c.var;
  const { row } = view;
  const here = deskSessionHref(scene.community.slug, row.number);
  const scened = staffScene(c);
  const open = row.state === "draft" || row.state === "requested";
  const mayFrame = open && (row.reachedAt === null ? mayEdit(loaded, scened).ok : mayAnnounce(loaded, scened).ok);
  const isOwn = row.draftedBy === actor.personId;
  const presides = actor.permissions.has("committee.call");
  const mayWithdraw = (open || row.state === "noticed") && (isOwn || (row.calledBy === "chair" && presides));
  if (!mayFrame && !mayWithdraw && row.state !== "noticed") return null;
  return (
    <Actions>
      {mayFrame ? (
        <ButtonLink look="quiet" href={`${here}/frame`}>
          {t("改名称、时间、地点", "Change title, time, place")}
        </ButtonLink>
      ) : null}
      {row.state === "noticed" && (presides || row.noticedBy === actor.personId) ? (
        <ButtonLink look="quiet" href={`${here}/postpone`}>
          {t("改期", "Put off")}
        </ButtonLink>
      ) : null}
      {mayWithdraw ? (
        <ButtonLink look="quiet" href={`${here}/withdraw`}>
          {t("撤回", "Withdraw")}
        </ButtonLink>
      ) : null}
    </Actions>
  );
};

const EditItems = ({ c, view, loaded }: Props) => {
  const { t, scene } = c.var;
  if (!mayEdit(loaded, staffScene(c)).ok) return null;
  const here = deskSessionHref(scene.community.slug, view.row.number);
  return (
    <Actions>
      {view.items.map(({ itemNo }) => (
        <ButtonLink look="quiet" href={`${here}/items/${itemNo}`}>
          {t(`改第${itemNo}项`, `Change item ${itemNo}`)}
        </ButtonLink>
      ))}
      <ButtonLink look={view.items.length === 0 ? "primary" : "quiet"} href={`${here}/items/${view.items.length + 1}`}>
        {t("加一项议题", "Add an item")}
      </ButtonLink>
    </Actions>
  );
};
