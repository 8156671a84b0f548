/** The page on which a result is checked and published: exactly what the public will read, with every inequality, and who may. The act is actions.ts. */
import { Hono } from "hono";
import type { MeetingId } from "../../kernel/id.ts";
import type { Result } from "../../kernel/result.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Confirm } from "../../platform/ui/choices.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { sayDeadline } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { listResults, listRuns } from "../counting/store.ts";
import { type Run, readRuns } from "../counting/stored.ts";
import { meetingHref, readNumber } from "../meeting/addresses.ts";
import { meetingProblem } from "../meeting/problems.ts";
import { type MoveRefusal, mayPublish, objectionsUntil } from "../meeting/rules.ts";
import { type PublicMeeting, readMeeting } from "../public/reading.ts";
import { ResultSection } from "../public/result.tsx";
import { isSameRun, publishResult } from "./actions.ts";
import { baseOf, ResultDesk } from "./desk-frame.tsx";
import { Differences } from "./difference.tsx";

export const publishPages = new Hono<AppEnv>();
const publishes = requires("result.publish");
const PATH = "/desk/meetings/:number/publish";

interface Loaded {
  readonly meeting: PublicMeeting;
  /** All counts, published or not. */
  readonly runs: readonly Run[];
}

async function load(c: AppContext): Promise<Loaded | null> {
  const { scene } = c.var;
  const number = readNumber(c.req.param("number"));
  const meeting = number === null ? null : await readMeeting(scene, String(number));
  if (!meeting) return null;
  const meetingId = meeting.row.meetingId as MeetingId;
  const [runs, results] = await scene.db.read(listRuns(scene, meetingId), listResults(scene, meetingId));
  const items = meeting.items.map(({ item }) => item);
  return { meeting, runs: readRuns(items, runs, results) };
}

/** The same question the act asks: a recount is published while the meeting already is. */
const mayPublishRun = ({ meeting }: Loaded, run: Run, personId: string): Result<true, MoveRefusal> => {
  const { facts } = meeting;
  const state = run.runNo > 1 && facts.state === "published" ? "counted" : facts.state;
  return mayPublish({ ...facts, state, countedBy: run.countedBy }, personId);
};

const notCounted = ({ meeting }: Loaded): Problem =>
  meetingProblem({ reason: "wrong_state", state: meeting.row.state, needed: ["counted"] });

publishPages.get(PATH, publishes, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  const run = loaded.runs.find(({ publishedAt }) => publishedAt === null);
  return run ? publishPage(c, loaded, run) : problemResponse(c, notCounted(loaded));
});

publishPages.post(PATH, publishes, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  const { row } = loaded.meeting;
  const body = await c.req.parseBody({ all: true });
  const runNo = readNumber(one(body, "run")) ?? 0;
  const run = loaded.runs.find((known) => known.runNo === runNo);
  if (!run) return problemResponse(c, notCounted(loaded));
  if (one(body, "checked") !== "yes" && run.publishedAt === null) return publishPage(c, loaded, run, UNCHECKED);
  const published = await publishResult(staffScene(c), row.meetingId as MeetingId, runNo);
  if (!published.ok) return publishPage(c, loaded, run, meetingProblem(published.error));
  return c.redirect(`${baseOf(c, row)}?done=1`, 303);
});

const UNCHECKED: Problem = {
  code: "result-unchecked",
  status: 422,
  title: { zh: "结果没有公布", en: "The result was not published" },
  detail: { zh: "请先勾选“我已逐项核对”。", en: "Tick that you have checked it first." },
};

function publishPage(c: AppContext, loaded: Loaded, run: Run, problem?: Problem) {
  const { t, lang, now, actor, formToken, scene } = c.var;
  const { meeting, runs } = loaded;
  const { row, rules } = meeting;
  const may = mayPublishRun(loaded, run, actor.personId);
  const standing = runs.findLast(({ publishedAt }) => publishedAt !== null);
  // As it will be read once it is published: the public page's own section, fed with this count.
  const published: PublicMeeting = {
    ...meeting,
    runs: [...meeting.runs, { ...run, publishedAt: now }],
  };
  // A recount that says the same gives no new time to object: owners have had it.
  const restarts = !standing || !isSameRun(standing, run);
  const until = sayDeadline(objectionsUntil(restarts ? now : (row.publishedAt ?? now), rules), lang);
  return c.html(
    <ResultDesk
      c={c}
      row={row}
      path="/publish"
      title={
        run.runNo === 1
          ? t("核对并公布结果", "Check and publish the result")
          : t("核对并公布复核结果", "Check and publish the recount")
      }
      problem={problem ?? (may.ok ? undefined : meetingProblem(may.error))}
    >
      <p class="lead">
        {t(
          "下面就是业主将要看到的结果。请对照每个不等式核对数字，再公布。",
          "Below is the result as owners will read it. Check its numbers against every inequality, then publish it.",
        )}
      </p>
      {standing ? (
        <>
          <p>{t(`复核的原因：${run.why}`, `Why it was recounted: ${run.why}`)}</p>
          <Differences c={c} standing={standing} recount={run} />
        </>
      ) : null}
      <ResultSection c={c} meeting={published} />
      {may.ok ? (
        <>
          <Callout tone="warn" title={t("公布以后", "Once it is published")}>
            <ul>
              <li>
                {t(
                  "结果和每一项的理由在公开页面上，数字写入公开记录，不能更改。",
                  "The result and its reasons stand on the public page, its numbers in the record, and cannot be changed.",
                )}
              </li>
              <li>
                {t(
                  `业主可以在${until}前提出异议，每件都要答复。`,
                  `Owners may object until ${until}; each objection must be answered.`,
                )}
              </li>
            </ul>
          </Callout>
          <Form action={`${baseOf(c, row)}/publish`} token={formToken} hidden={{ run: String(run.runNo) }}>
            <Confirm
              name="checked"
              label={t("我已逐项核对以上数字", "I have checked the numbers above, item by item")}
              error={problem?.code === UNCHECKED.code ? UNCHECKED.detail[lang] : undefined}
            />
            <Actions>
              <Button>{t("公布结果", "Publish the result")}</Button>
              <ButtonLink look="quiet" href={baseOf(c, row)}>
                {t("先不公布", "Not now")}
              </ButtonLink>
            </Actions>
          </Form>
        </>
      ) : (
        <Actions>
          <ButtonLink look="quiet" href={meetingHref(scene.community.slug, row.number)}>
            {t("公开页面", "The public page")}
          </ButtonLink>
        </Actions>
      )}
    </ResultDesk>,
    problem ? (problem.status as 422) : 200,
  );
}
