/** The voter's page after the close, or when the meeting ended otherwise: what became of the ballot, the result, and objecting to it. Markup only. */
import type { Instant } from "../../kernel/day.ts";
import type { AppContext } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import { meetingHref } from "../meeting/addresses.ts";
import type { Entered } from "./entering.ts";
import { ObjectionForm, ObjectionList, type OwnObjection, type Typed } from "./objections.tsx";
import { LeaveButton, ToCorner } from "./standing.tsx";
import { channelWords } from "./words.ts";

export interface ResultStanding {
  /** Until when the result may be objected to; null while there is nothing to object to. */
  readonly objectionsUntil: Instant | null;
  readonly objections: readonly OwnObjection[];
}

/** After the close, or when the meeting ended otherwise: what became of the ballot and where the result is. */
export function afterPage(c: AppContext, entered: Entered, result: ResultStanding, typed?: Typed) {
  const { t, lang, now, scene } = c.var;
  const { slug } = scene.community;
  const { row, standing } = entered.found;
  const ended = row.state === "withdrawn" || row.state === "annulled";
  const published = row.publishedAt !== null && !ended;
  return c.html(
    <Page
      {...frameOf(c, "owner")}
      title={t("表决", "Voting")}
      breadcrumb={[{ href: meetingHref(slug, row.number), label: row.title }]}
    >
      <h1>
        {row.state === "withdrawn"
          ? t("会议已撤回", "The meeting was withdrawn")
          : row.state === "annulled"
            ? t("决定已被依法撤销", "The decision was annulled")
            : published
              ? t("结果已经公布", "The result is published")
              : t("表决已经截止", "Voting has closed")}
      </h1>
      <FactList>
        <Fact label={t("会议", "Meeting")}>{row.title}</Fact>
        {row.closesAt === null || ended ? null : (
          <Fact label={t("截止时间", "Closed")}>{sayDeadline(row.closesAt, lang)}</Fact>
        )}
        <Fact label={t("您的表决票", "Your ballot")}>
          {standing
            ? t(
                `${sayInstant(standing.castAt, lang)}收到（${channelWords(standing.channel, t)}）`,
                `received ${sayInstant(standing.castAt, lang)} (${channelWords(standing.channel, t)})`,
              )
            : t("没有收到", "none received")}
        </Fact>
      </FactList>
      {published ? null : ended ? (
        <Callout>
          <p>{t("原因和文件见会议页面。", "The meeting's page says why, and on what document.")}</p>
        </Callout>
      ) : (
        <Callout>
          <p>
            {t(
              "正在计票。结果公布以后，打开同一个链接就能看到。截止前交出的纸质票还会录入。",
              "Ballots are being counted. The same link will show the result. Paper handed in before the close is still entered.",
            )}
          </p>
        </Callout>
      )}
      <Actions>
        <ButtonLink href={meetingHref(slug, row.number)}>
          {published ? t("看结果", "See the result") : t("会议页面", "The meeting")}
        </ButtonLink>
        {standing ? (
          <ButtonLink look="quiet" href={`/c/${slug}/vote/receipt`}>
            {t("我的回执", "My receipt")}
          </ButtonLink>
        ) : null}
      </Actions>
      <ObjectionList c={c} objections={result.objections} />
      {result.objectionsUntil !== null && now < result.objectionsUntil ? (
        <Details summary={t("对结果有异议", "Objection to the result")} open={typed !== undefined}>
          <ObjectionForm
            c={c}
            entered={entered}
            about="result"
            label={t("您的异议", "Your objection")}
            hint={t(
              `${sayDeadline(result.objectionsUntil, lang)}前可以提出。召集人必须答复，答复以前结果不能确定。`,
              `Until ${sayDeadline(result.objectionsUntil, lang)}. The convener must answer; the result is not final before.`,
            )}
            button={t("提出异议", "Object")}
            {...(typed ? { typed } : {})}
          />
        </Details>
      ) : null}
      <ToCorner c={c} />
      <LeaveButton c={c} />
    </Page>,
    typed ? 422 : 200,
  );
}
