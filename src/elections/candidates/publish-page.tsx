/** The list before it comes out: who is ready, what still stands against it, and the button. The act is publishing.ts. */

import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { ElectionDesk, electionBaseOf, electionOf } from "../desk/frame.tsx";
import { readMethod } from "../method/rules.ts";
import { namesOf } from "../nominations/desk-list.tsx";
import { stageOfRow } from "../nominations/reading.ts";
import { StageWord } from "../nominations/summary.tsx";
import { candidatesHref, deskNominationHref } from "../nominations/words.ts";
import type { ElectionRow } from "../store.ts";
import { candidateProblem } from "./problems.ts";
import { publishCandidates, type Readiness, readReadiness } from "./publishing.ts";
import { earliestVoting, LONGEST_REASON, lastDayToObject, mayPublishCandidates } from "./rules.ts";

/** Mounted under /c/:slug. */
export const publishPages = new Hono<AppEnv>();
const decides = requires("election.decide");
const PATH = "/desk/elections/:number/candidates";

async function publishPage(c: AppContext, row: ElectionRow, given?: { fewerReason: string; problem: Problem }) {
  const { t, scene } = c.var;
  const ready = await readReadiness(scene, row.electionId);
  if (!ready) return c.notFound();
  return c.html(
    <ElectionDesk
      c={c}
      row={row}
      path="/candidates"
      title={t("公布候选人", "Publish the candidates")}
      problem={given?.problem}
      done={t("候选人已公布", "The candidates are published")}
    >
      {row.candidatesPublishedAt === null ? (
        <Ready c={c} ready={ready} given={given} />
      ) : (
        <p>
          <a href={candidatesHref(scene.community.slug, row.number)}>{t("看公布的候选人", "See the candidates")}</a>
        </p>
      )}
    </ElectionDesk>,
    (given?.problem.status ?? 200) as 422,
  );
}

const Ready = async (props: {
  c: AppContext;
  ready: Readiness;
  given: { fewerReason: string; problem: Problem } | undefined;
}) => {
  const { c, ready, given } = props;
  const { t, lang, scene, now, formToken } = c.var;
  const { slug } = scene.community;
  const { election, candidacies, list, facts } = ready;
  const method = readMethod(election.method);
  const values = {
    candidatesBeforeDays: method.candidatesBeforeDays.value,
    candidatesPublicDays: method.candidatesPublicDays.value,
  };
  const names = await namesOf(scene, candidacies);
  const items = (numbers: readonly number[]) =>
    numbers.map((number) => ({
      href: deskNominationHref(slug, election.number, number),
      title: t(`${number}号　${names.get(number)}`, `No. ${number}, ${names.get(number)}`),
    }));
  const rest = candidacies.filter(({ number }) => !list.standing.includes(number));
  // Asked as if there were a reason: whether anything but the number stands against it.
  const may = mayPublishCandidates({ ...facts, fewerReason: "?" });
  const blocked = may.ok ? null : candidateProblem(may.error);
  const isFewer = list.standing.length < list.least;
  const errors = problemErrors(c, given?.problem);
  const today = dayOf(now);
  return (
    <>
      <h2>{t(`列入名单的（${list.standing.length}人）`, `On the list (${list.standing.length})`)}</h2>
      <LinkList
        items={items(list.standing)}
        empty={
          <EmptyState title={t("还没有符合条件的候选人", "Nobody yet")}>
            {t(
              "同意参选、核对并决定为符合条件的，会列在这里。",
              "Whoever agreed and was found eligible will stand here.",
            )}
          </EmptyState>
        }
      />
      {list.soldMeanwhile.length > 0 ? (
        <Callout tone="warn" title={t("今日名册上已不是业主，不列入", "No owner on the roll of today: left off")}>
          <LinkList items={items(list.soldMeanwhile)} />
          <p>
            {t(
              "公布时一并登记决定。名册有误的，请先更正名册。",
              "That is decided with the list. If the roll is wrong, correct it first.",
            )}
          </p>
        </Callout>
      ) : null}
      {rest.length > 0 ? (
        <>
          <h2>{t("不列入的", "Not on it")}</h2>
          <LinkList
            items={rest.map((row) => ({
              href: deskNominationHref(slug, election.number, row.number),
              title: t(`${row.number}号　${names.get(row.number)}`, `No. ${row.number}, ${names.get(row.number)}`),
              status: <StageWord c={c} stage={stageOfRow(election, row)} />,
            }))}
          />
        </>
      ) : null}
      {blocked ? (
        <Callout tone="warn" title={blocked.title[lang]}>
          <p>{blocked.detail[lang]}</p>
          {blocked.next ? <p>{blocked.next[lang]}</p> : null}
        </Callout>
      ) : (
        <Form
          action={`${electionBaseOf(c, election)}/candidates`}
          token={formToken}
          hidden={{ seen: list.standing.join(",") }}
        >
          <h2>{t("公布", "Publish")}</h2>
          <ErrorSummary t={t} errors={errors} />
          <p>
            {t(
              `公布以后：揭开抽签种子，按抽出的顺序上票；选举办法固定；业主可以提出异议，到${sayDay(lastDayToObject(today, values.candidatesPublicDays), "zh")}24:00；最早${sayDay(earliestVoting(today, values), "zh")}开始表决。`,
              `Then the seed is revealed and the order drawn; the method stands; owners may object until ${sayDay(lastDayToObject(today, values.candidatesPublicDays), "en")}, 24:00; voting opens on ${sayDay(earliestVoting(today, values), "en")} at the earliest.`,
            )}
          </p>
          {isFewer ? (
            <>
              <Callout tone="warn" title={t("候选人不足", "Too few candidates")}>
                <p>
                  {t(
                    `按选举办法应有${list.least}人，现有${list.standing.length}人。`,
                    `By the method there should be ${list.least}; there are ${list.standing.length}.`,
                  )}
                  {list.fewerThanSeats
                    ? t(
                        "少于应选人数，选不满；当选人数不足法定最少人数的，要再选一轮。",
                        " That is fewer than the seats: not all can be filled, and with fewer elected than the legal minimum a further round is needed.",
                      )
                    : ""}
                </p>
                <p>
                  <a href={`${electionBaseOf(c, election)}/extend`}>{t("重新开放提名", "Open nominations again")}</a>
                </p>
              </Callout>
              <TextArea
                name="fewerReason"
                label={t("为什么不再征集、继续选举", "Why the election goes on all the same")}
                hint={t("会公布，不要写个人姓名。", "It is published; name no person.")}
                rows={3}
                maxlength={LONGEST_REASON}
                value={given?.fewerReason ?? ""}
                error={errorFor(errors, "fewerReason")}
              />
            </>
          ) : null}
          <Actions>
            <Button>{t("公布候选人", "Publish the candidates")}</Button>
            <ButtonLink look="quiet" href={electionBaseOf(c, election)}>
              {t("先不公布", "Not now")}
            </ButtonLink>
          </Actions>
        </Form>
      )}
    </>
  );
};

publishPages.get(PATH, decides, async (c) => {
  const row = await electionOf(c);
  return row ? publishPage(c, row) : c.notFound();
});

publishPages.post(PATH, decides, async (c) => {
  const row = await electionOf(c);
  if (!row) return c.notFound();
  const body = await c.req.parseBody({ all: true });
  const fewerReason = one(body, "fewerReason").replace(/\r\n/g, "\n");
  const seen = one(body, "seen")
    .split(",")
    .filter((part) => /^\d{1,6}$/.test(part))
    .map(Number);
  const done = await publishCandidates(staffScene(c), row.electionId, { fewerReason, seen });
  if (!done.ok) return publishPage(c, row, { fewerReason, problem: candidateProblem(done.error) });
  return c.redirect(`${electionBaseOf(c, row)}/candidates?done=1`, 303);
});
