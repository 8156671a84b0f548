/** The page on which a published result is counted again: why, who asked for it, and what came of it beside what stands. The counting is counting/actions.ts. */
import { Hono } from "hono";
import type { MeetingId } from "../../kernel/id.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { recount } from "../counting/actions.ts";
import { listResults, listRuns } from "../counting/store.ts";
import { type Run, readRuns } from "../counting/stored.ts";
import { readNumber } from "../meeting/addresses.ts";
import { meetingProblem } from "../meeting/problems.ts";
import { readItem } from "../meeting/reading.ts";
import { findMeeting, listItems, type MeetingRow } from "../meeting/store.ts";
import { isSameRun } from "./actions.ts";
import { baseOf, keyOf, ResultDesk } from "./desk-frame.tsx";
import { Differences } from "./difference.tsx";
import { listTickets } from "./store.ts";

export const recountPages = new Hono<AppEnv>();
const counts = requires("meeting.count");
const PATH = "/desk/meetings/:number/recount";
const LONGEST_REASON = 500;

interface Loaded {
  readonly row: MeetingRow;
  readonly runs: readonly Run[];
  /** Objections that ask for a recount and wait for their answer. */
  readonly asked: number;
}

async function load(c: AppContext): Promise<Loaded | null> {
  const { scene } = c.var;
  const key = keyOf(c);
  if (key === null) return null;
  const [rows, items, runs, results, tickets] = await scene.db.read(
    findMeeting(scene, key),
    listItems(scene, key),
    listRuns(scene, key),
    listResults(scene, key),
    listTickets(scene, key),
  );
  const row = rows[0];
  if (!row || row.edition === 0) return null;
  const read = readRuns(
    items.map((line) => readItem(line).item),
    runs,
    results,
  );
  const asked = tickets.filter(({ wantsRecount, answeredAt }) => wantsRecount === 1 && answeredAt === null).length;
  return { row, runs: read, asked };
}

recountPages.get(PATH, counts, async (c) => {
  const loaded = await load(c);
  return loaded ? recountPage(c, loaded) : c.notFound();
});

recountPages.post(PATH, counts, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  const { row } = loaded;
  const body = await c.req.parseBody({ all: true });
  const asked = { afterRun: readNumber(one(body, "afterRun")) ?? 0, why: one(body, "why").slice(0, LONGEST_REASON) };
  const counted = await recount(staffScene(c), row.meetingId as MeetingId, asked);
  if (!counted.ok) {
    const problem = meetingProblem(counted.error);
    return problem.status === 404 ? problemResponse(c, problem) : recountPage(c, loaded, { problem, why: asked.why });
  }
  return c.redirect(`${baseOf(c, row)}/recount?done=1`, 303);
});

/** A recount that waits to be published; while it does, there is no further one. */
const waiting = ({ runs }: Loaded): Run | undefined => runs.find((run) => run.runNo > 1 && run.publishedAt === null);
const standing = ({ runs }: Loaded): Run | undefined => runs.findLast((run) => run.publishedAt !== null);

function recountPage(c: AppContext, loaded: Loaded, typed?: { readonly problem: Problem; readonly why: string }) {
  const { t, lang } = c.var;
  const { row, asked } = loaded;
  const stands = standing(loaded);
  const made = waiting(loaded);
  const mayRecount = row.state === "published" && stands !== undefined && made === undefined;
  const problem = typed?.problem ?? (mayRecount || made ? undefined : meetingProblem({ reason: "nothing_to_recount" }));
  return c.html(
    <ResultDesk
      c={c}
      row={row}
      path="/recount"
      title={t("复核计票", "Recount")}
      done={t("已复核，并写入公开记录", "Recounted, and in the public record")}
      problem={problem?.code === "reason-missing" ? undefined : problem}
    >
      {asked > 0 ? (
        <Callout tone="info" title={t(`有${asked}件异议要求复核`, `${asked} objections ask for a recount`)}>
          <p>{t("复核以后，仍要逐件书面答复。", "Each is still answered in writing after the recount.")}</p>
        </Callout>
      ) : null}
      {made && stands ? <Made c={c} row={row} stands={stands} made={made} /> : null}
      {mayRecount && stands ? (
        <Ask c={c} row={row} afterRun={loaded.runs.at(-1)!.runNo} typed={typed} lang={lang} />
      ) : null}
      <PastRuns c={c} runs={loaded.runs} />
    </ResultDesk>,
    typed ? (typed.problem.status as 422) : 200,
  );
}

const Made = (props: { c: AppContext; row: MeetingRow; stands: Run; made: Run }) => {
  const { c, row, stands, made } = props;
  const { t } = c.var;
  return (
    <>
      <h2>{t("复核的结果", "What the recount came to")}</h2>
      <p>{t(`原因：${made.why}`, `Why: ${made.why}`)}</p>
      <Differences c={c} standing={stands} recount={made} />
      <p>
        {t(
          "下一步：由另一位有公布权的人核对并公布。没有公布以前，结果不会确定。",
          "Next: another person with that right checks and publishes it. The result is not final before.",
        )}
      </p>
      <Actions>
        {c.var.actor.permissions.has("result.publish") ? (
          <ButtonLink href={`${baseOf(c, row)}/publish`}>{t("核对并公布复核结果", "Check and publish it")}</ButtonLink>
        ) : null}
        <ButtonLink look="quiet" href={baseOf(c, row)}>
          {t("回到会议", "Back to the meeting")}
        </ButtonLink>
      </Actions>
    </>
  );
};

const Ask = (props: {
  c: AppContext;
  row: MeetingRow;
  afterRun: number;
  typed: { readonly problem: Problem; readonly why: string } | undefined;
  lang: "zh" | "en";
}) => {
  const { c, row, afterRun, typed, lang } = props;
  const { t, formToken } = c.var;
  const errors: FieldError[] =
    typed?.problem.code === "reason-missing" ? [{ field: "why", message: typed.problem.detail[lang] }] : [];
  return (
    <>
      <p class="lead">
        {t(
          "在同一批冻结的票上重新逐票相加，与已公布的结果逐项对照。原来的结果保留，不会被覆盖。",
          "The same sealed ballots are added up again and compared with what was published, figure by figure. The first result stays.",
        )}
      </p>
      <Form action={`${baseOf(c, row)}/recount`} token={formToken} hidden={{ afterRun: String(afterRun) }}>
        <ErrorSummary t={t} errors={errors} />
        <TextArea
          name="why"
          label={t("为什么复核（公开）", "Why (public)")}
          hint={t(
            "会写进会议的经过和公开记录，不要写个人信息。例如：第2号异议要求复核。",
            "Stands in the meeting's history and the public record; no personal data. For example: objection no. 2 asks for it.",
          )}
          rows={3}
          maxlength={LONGEST_REASON}
          value={typed?.why ?? ""}
          error={errorFor(errors, "why")}
        />
        <Actions>
          <Button>{t("复核计票", "Recount")}</Button>
          <ButtonLink look="quiet" href={baseOf(c, row)}>
            {t("先不复核", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </>
  );
};

const PastRuns = ({ c, runs }: { c: AppContext; runs: readonly Run[] }) => {
  const { t, lang } = c.var;
  const first = runs[0];
  if (!first || runs.length < 2) return null;
  return (
    <>
      <h2>{t("历次计票", "All counts")}</h2>
      <DataTable
        caption={t("历次计票", "All counts")}
        quietCaption
        rows={runs}
        columns={[
          {
            label: t("计票", "Count"),
            head: true,
            cell: ({ runNo }) => (runNo === 1 ? t("首次", "First") : t(`第${runNo}次`, `No. ${runNo}`)),
          },
          { label: t("时间", "When"), cell: ({ countedAt }) => sayInstant(countedAt, lang) },
          { label: t("原因", "Why"), cell: ({ why }) => why || "—" },
          {
            label: t("公布", "Published"),
            cell: ({ publishedAt }) =>
              publishedAt === null ? t("还没有公布", "not yet") : sayInstant(publishedAt, lang),
          },
          {
            label: t("与首次相比", "Beside the first"),
            cell: (run) => (run === first ? "—" : isSameRun(first, run) ? t("相同", "the same") : t("不同", "differs")),
          },
        ]}
      />
    </>
  );
};
