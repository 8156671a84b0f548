/** The page on which a teller seals the ballots and counts: what will be counted, what still waits, and who may. The counting is counting/actions.ts. */
import { Hono } from "hono";
import { endOf } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Turnout } from "../../platform/ui/charts.tsx";
import { Confirm } from "../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { channelWords } from "../ballots/words.ts";
import { countMeeting } from "../counting/actions.ts";
import {
  type ChannelCount,
  type CountRunRow,
  countByChannel,
  countWaitingPapers,
  listRuns,
} from "../counting/store.ts";
import { meetingProblem } from "../meeting/problems.ts";
import { factsOf, readItem } from "../meeting/reading.ts";
import { mayCount, publishBy } from "../meeting/rules.ts";
import {
  findMeeting,
  type ItemRow,
  listItems,
  listTurnout,
  type MeetingRow,
  type TurnoutRow,
} from "../meeting/store.ts";
import { settingText, valueWords } from "../settings/explained.ts";
import { baseOf, keyOf, ResultDesk } from "./desk-frame.tsx";

export const countPages = new Hono<AppEnv>();
const counts = requires("meeting.count");
const PATH = "/desk/meetings/:number/count";

interface Loaded {
  readonly row: MeetingRow;
  readonly items: readonly ItemRow[];
  readonly turnout: readonly TurnoutRow[];
  readonly channels: readonly ChannelCount[];
  readonly waiting: number;
  readonly runs: readonly CountRunRow[];
}

/** Null for a draft too: it has no ballots. */
async function load(c: AppContext): Promise<Loaded | null> {
  const { scene } = c.var;
  const key = keyOf(c);
  if (key === null) return null;
  const [rows, items, turnout, papers, runs] = await scene.db.read(
    findMeeting(scene, key),
    listItems(scene, key),
    listTurnout(scene, key),
    countWaitingPapers(scene, key),
    listRuns(scene, key),
  );
  const row = rows[0];
  if (!row || row.edition === 0) return null;
  const [channels] = await scene.db.read(countByChannel(scene, row.meetingId as MeetingId));
  return { row, items, turnout, channels, waiting: papers[0]?.waiting ?? 0, runs };
}

countPages.get(PATH, counts, async (c) => {
  const loaded = await load(c);
  return loaded ? countPage(c, loaded) : c.notFound();
});

countPages.post(PATH, counts, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  const { row } = loaded;
  const body = await c.req.parseBody({ all: true });
  // Asked again after the count, it is answered with the count, whatever was ticked.
  if (one(body, "complete") !== "yes" && row.countedAt === null) return countPage(c, loaded, UNCHECKED);
  const counted = await countMeeting(staffScene(c), row.meetingId as MeetingId);
  if (!counted.ok) {
    const problem = meetingProblem(counted.error);
    return problem.status === 404 ? problemResponse(c, problem) : countPage(c, loaded, problem);
  }
  return c.redirect(`${baseOf(c, row)}/count`, 303);
});

const UNCHECKED: Problem = {
  code: "count-unchecked",
  status: 422,
  title: { zh: "没有计票", en: "Nothing was counted" },
  detail: {
    zh: "请先确认收到的表决票都已录入。封票以后，任何表决票都不能再进入计票。",
    en: "First confirm that every ballot received has been entered. Once the ballots are sealed none can join the count.",
  },
};

function countPage(c: AppContext, loaded: Loaded, problem?: Problem) {
  const { t, now } = c.var;
  const { row, waiting, runs } = loaded;
  const may = mayCount(factsOf(row), waiting, now);
  const isCounted = runs.length > 0;
  return c.html(
    <ResultDesk
      c={c}
      row={row}
      path="/count"
      title={t("封票并计票", "Seal the ballots and count")}
      problem={problem ?? (isCounted || may.ok ? undefined : meetingProblem(may.error))}
    >
      {isCounted ? <Counted c={c} loaded={loaded} /> : null}
      <WhatIsCounted c={c} loaded={loaded} />
      {isCounted ? null : <CountForm c={c} loaded={loaded} may={may.ok} problem={problem} />}
    </ResultDesk>,
    problem ? (problem.status as 422) : 200,
  );
}

/** After the count: who goes on, and until when. The sums are for the publisher to check and then for everybody. */
const Counted = ({ c, loaded }: { c: AppContext; loaded: Loaded }) => {
  const { t, lang } = c.var;
  const { row, runs } = loaded;
  const { rules, closesAt } = factsOf(row);
  const due = closesAt === null || rules === null ? null : sayDeadline(endOf(publishBy(closesAt, rules)), lang);
  return (
    <>
      <Callout tone="good" title={t("已经计票，并写入公开记录", "Counted, and in the public record")}>
        <FactList>
          <Fact label={t("计票时间", "Counted")}>{sayInstant(runs[0]!.countedAt, lang)}</Fact>
          {row.publishedAt === null && due !== null ? (
            <Fact label={t("结果应公布", "Result due")}>{t(`${due}前`, `by ${due}`)}</Fact>
          ) : null}
        </FactList>
        <p>
          {row.publishedAt === null
            ? rules?.counterMayPublish.value
              ? t("下一步：核对每个算式，公布结果。", "Next: check every sum and publish the result.")
              : t(
                  "下一步：由另一位有公布权的人核对每个算式，公布结果。",
                  "Next: another person with that right checks every sum and publishes the result.",
                )
            : t("结果已经公布。", "The result has been published.")}
        </p>
      </Callout>
      <Actions>
        {c.var.actor.permissions.has("result.publish") && row.publishedAt === null ? (
          <ButtonLink href={`${baseOf(c, row)}/publish`}>{t("核对并公布", "Check and publish")}</ButtonLink>
        ) : null}
        <ButtonLink look="quiet" href={baseOf(c, row)}>
          {t("回到会议", "Back to the meeting")}
        </ButtonLink>
      </Actions>
    </>
  );
};

const WhatIsCounted = ({ c, loaded }: { c: AppContext; loaded: Loaded }) => {
  const { t, lang } = c.var;
  const { row, items, turnout, channels, waiting } = loaded;
  const { rules } = factsOf(row);
  const ballots = channels.reduce((sum, one) => sum + one.ballots, 0);
  const unreturned = rules ? valueWords("unreturned", rules) : null;
  return (
    <>
      <h2>{t("计入的表决票", "The ballots")}</h2>
      <DataTable
        caption={t("按来源", "By how they came in")}
        quietCaption
        keep
        rows={channels}
        columns={[
          { label: t("来源", "Channel"), head: true, cell: ({ channel }) => channelWords(channel, t) },
          { label: t("张数", "Ballots"), number: true, cell: (one) => one.ballots },
        ]}
        foot={[t("合计", "Total"), String(ballots)]}
        empty={<p>{t("没有收到表决票。", "No ballot came in.")}</p>}
      />
      {waiting > 0 ? (
        <Callout
          tone="warn"
          title={t(`还有${waiting}张纸质票在等另一位录入人`, `${waiting} paper ballots wait for another reader`)}
        >
          <p>
            <a href={`${baseOf(c, row)}/paper`}>{t("去录入纸质票", "To the paper ballots")}</a>
          </p>
        </Callout>
      ) : null}
      <h2>{t("各项议题的参与情况", "Who took part in each item")}</h2>
      {items.map((line) => {
        const { item, eligible } = readItem(line);
        const part = turnout.find(({ key }) => key === `item:${item.itemNo}`);
        return (
          <section>
            <h3>{t(`议题${item.itemNo}：${item.title}`, `Item ${item.itemNo}: ${item.title}`)}</h3>
            <Turnout t={t} voted={{ owners: part?.owners ?? 0, areaDm2: part?.areaDm2 ?? 0 }} total={eligible} />
          </section>
        );
      })}
      <FactList>
        <Fact label={t("表决截止", "Closes")}>{row.closesAt === null ? "—" : sayDeadline(row.closesAt, lang)}</Fact>
        {unreturned && rules ? (
          <Fact label={t(settingText("unreturned").title.zh, settingText("unreturned").title.en)}>
            {t(unreturned.zh, unreturned.en)}
            {rules.unreturned.clause === "" ? null : <span class="hint">（{rules.unreturned.clause}）</span>}
          </Fact>
        ) : null}
      </FactList>
    </>
  );
};

const CountForm = (props: { c: AppContext; loaded: Loaded; may: boolean; problem: Problem | undefined }) => {
  const { c, loaded, may, problem } = props;
  const { t, lang, formToken, scene } = c.var;
  const { row } = loaded;
  return (
    <>
      <h2>{t("谁来计票", "Who counts")}</h2>
      <p>
        {t(
          "由计票人计票，由另一人公布。计票是机器按冻结的名册逐票相加，计票人看不到任何一户的选择。",
          "A teller counts and another person publishes. The sums are made by machine on the frozen roll; the teller sees no household's choice. ",
        )}
        <a href={`/c/${scene.community.slug}/permissions`}>{t("谁可以做什么", "Who may do what")}</a>
      </p>
      {may ? (
        <Form action={`${baseOf(c, row)}/count`} token={formToken}>
          <Confirm
            name="complete"
            label={t("截止前收到的纸质表决票都已录入", "Every paper ballot received before the close has been entered")}
            hint={t(
              "封票以后，任何表决票都不能再进入这次计票。",
              "Once the ballots are sealed, none can join this count.",
            )}
            error={problem?.code === UNCHECKED.code ? UNCHECKED.detail[lang] : undefined}
          />
          <Actions>
            <Button>{t("封票并计票", "Seal and count")}</Button>
            <ButtonLink look="quiet" href={baseOf(c, row)}>
              {t("先不计票", "Not now")}
            </ButtonLink>
          </Actions>
        </Form>
      ) : null}
    </>
  );
};
