/** Calling an election and ending one, at the desk: the forms, with what the law and the roll say beside them. The acts are actions.ts. */

import { Hono } from "hono";
import { formatArea } from "../../kernel/area.ts";
import { dayOf } from "../../kernel/day.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { problemErrors } from "../../platform/refused.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { RadioGroup } from "../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { DateTimeField, Field, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import { deskElectionHref, deskElectionsHref } from "../addresses.ts";
import { ElectionDesk, electionBaseOf, electionOf } from "../desk/frame.tsx";
import { readMethod } from "../method/rules.ts";
import { electionProblem } from "../problems.ts";
import { DEFAULT_METHOD, ELECTION_KINDS, type ElectionKind } from "../rules.ts";
import { type ElectionRow, findElection } from "../store.ts";
import { KIND_WORDS } from "../words.ts";
import {
  type Call,
  type CallFacts,
  callElection,
  committeeFacts,
  deliveredOn,
  endElection,
  NEW_BODY,
  readCallFacts,
} from "./actions.ts";
import {
  belowHalf,
  electionTitle,
  type FoundingTrigger,
  foundingTrigger,
  LONGEST_CAUSE,
  LONGEST_TITLE,
  LONGEST_WHY,
  mandateFilled,
  readPercent,
  vacantSeats,
} from "./rules.ts";

/** Mounted under /c/:slug. */
export const callingPages = new Hono<AppEnv>();
const calls = requires("election.call");

/** What the form is filled in with where nobody typed yet: the kind that the facts suggest. */
function suggested(facts: CallFacts, now: number): Call {
  const bodyId = facts.bodies[0]?.bodyId ?? NEW_BODY;
  const { mandate, holders } = committeeFacts(facts, bodyId, now);
  const vacant = mandate?.isRunning ? vacantSeats(mandate.seats, holders) : 0;
  const kind: ElectionKind = bodyId === NEW_BODY ? "founding" : vacant > 0 ? "by_election" : "renewal";
  return { kind, bodyId, title: "", cause: "", requestedOn: "" };
}

async function callPage(
  c: AppContext,
  given?: { readonly problem: Problem; readonly call: Call; readonly once: string },
) {
  const { t, lang, scene, now, formToken } = c.var;
  const { slug } = scene.community;
  const facts = await readCallFacts(scene);
  const call = given?.call ?? suggested(facts, now);
  const errors = problemErrors(c, given?.problem);
  const isNew = facts.bodies.length === 0;
  const mandate = facts.mandates[0] ?? null;
  const mayFound = mandate === null;
  const method = facts.latest ? readMethod(facts.latest.method) : DEFAULT_METHOD;
  const trigger = mayFound
    ? foundingTrigger(await deliveredOn(scene, dayOf(now)), readPercent(call) ?? method.deliveredPercent.value)
    : null;
  return c.html(
    <ElectionDesk c={c} row={null} path="/new" title={t("发起选举", "Call an election")} problem={given?.problem}>
      <Form action={`${deskElectionsHref(slug)}/new`} token={formToken} once={given?.once ?? newOnce()}>
        <ErrorSummary t={t} errors={errors} />
        {isNew ? (
          <input type="hidden" name="bodyId" value={NEW_BODY} />
        ) : (
          <RadioGroup
            name="bodyId"
            legend={t("选举哪个委员会", "Which committee")}
            value={call.bodyId}
            error={errorFor(errors, "bodyId")}
            options={facts.bodies.map(({ bodyId, nameZh, nameEn }) => ({
              value: bodyId,
              label: t(nameZh, nameEn),
              hint: <Seats c={c} facts={facts} bodyId={bodyId} />,
            }))}
          />
        )}
        <RadioGroup
          name="kind"
          legend={t("哪一种选举", "Which kind")}
          value={call.kind}
          error={errorFor(errors, "kind")}
          options={ELECTION_KINDS.filter((kind) => kind !== "founding" || mayFound).map((kind) => ({
            value: kind,
            label: pick(KIND_WORDS[kind].name, lang),
            hint: pick(KIND_WORDS[kind].hint, lang),
          }))}
        />
        {trigger ? (
          <Trigger
            c={c}
            trigger={trigger}
            clause={(readPercent(call) === null ? undefined : call.clause) || method.deliveredPercent.clause}
          />
        ) : null}
        {mayFound ? (
          <DateTimeField
            kind="date"
            name="requestedOn"
            label={t("业主书面要求成立业主大会的日期", "Day of the owners' written request")}
            hint={t(
              `只用于首次选举。从第二天起${method.requestWithinDays.value}天内成立小组（《业主大会和业主委员会指导规则》第九条）。`,
              `For a first election only. The group is formed within ${method.requestWithinDays.value} days from the day after (Guiding Rules art. 9).`,
            )}
            value={call.requestedOn}
            error={errorFor(errors, "requestedOn")}
            optional={t("没有可不填", "may stay empty")}
          />
        ) : null}
        {trigger ? (
          <Details
            summary={t("当地规定的比例不同", "The place asks for another percentage")}
            open={(call.percent ?? "") !== ""}
          >
            <Field
              name="percent"
              label={t("已交付面积应超过百分之几", "More than what percentage must be delivered")}
              inputmode="numeric"
              width={6}
              value={call.percent ?? ""}
              error={errorFor(errors, "percent")}
              optional={t("只用于首次选举", "for a first election only")}
            />
            <Field
              name="clause"
              label={t("依据的条款", "Clause it rests on")}
              value={call.clause ?? ""}
              error={errorFor(errors, "clause")}
              maxlength={300}
              optional={t("填了比例时必填", "needed with a percentage")}
            />
          </Details>
        ) : null}
        <TextArea
          name="cause"
          label={t("为什么选举", "Why")}
          hint={t(
            "会公开，不要写个人姓名。例如：本届任期到2026年12月届满。",
            "Public; name nobody. For example: the term ends in December 2026.",
          )}
          rows={3}
          maxlength={LONGEST_CAUSE}
          value={call.cause}
          error={errorFor(errors, "cause")}
        />
        <Field
          name="title"
          label={t("名称", "Title")}
          hint={t(
            `不填时为“${electionTitle(call.kind, mandateFilled(call.kind, mandate)).zh}”，按所选种类而定。`,
            `Left empty it is “${electionTitle(call.kind, mandateFilled(call.kind, mandate)).zh}”, by the kind chosen.`,
          )}
          value={call.title}
          error={errorFor(errors, "title")}
          maxlength={LONGEST_TITLE}
          optional={t("可不填", "may stay empty")}
        />
        <Actions>
          <Button>{t("发起选举", "Call the election")}</Button>
          <ButtonLink look="quiet" href={deskElectionsHref(slug)}>
            {t("先不发起", "Not now")}
          </ButtonLink>
        </Actions>
      </Form>
    </ElectionDesk>,
    (given?.problem.status ?? 200) as 422,
  );
}

/** How the seats of a committee stand, where its mandate is on record. */
const Seats = ({ c, facts, bodyId }: { c: AppContext; facts: CallFacts; bodyId: string }) => {
  const { t, lang, now } = c.var;
  const row = facts.mandates.find((one) => one.bodyId === bodyId && one.fromAt <= now);
  const holders = facts.holders.get(bodyId) ?? 0;
  if (!row)
    return (
      <>
        {t(
          `现有${holders}人任职；没有登记过任期和席位数。`,
          `${holders} hold office; no term and number of seats is on record.`,
        )}
      </>
    );
  const vacant = vacantSeats(row.seats, holders);
  const until = sayDay(dayOf(row.untilAt - 1), lang);
  return (
    <>
      {t(
        `第${row.number}届，${row.seats}个席位，${holders}人在任，空缺${vacant}个；任期到${until}。`,
        `No. ${row.number}: ${row.seats} seats, ${holders} held, ${vacant} vacant; its term runs until ${until}.`,
      )}
      {now < row.untilAt && belowHalf(row.seats, row.legalLeast, holders)
        ? t(
            "在任不足一半或少于法定人数，应当重新选举（《业主大会和业主委员会指导规则》第四十六条）。",
            " Fewer than half, or than the legal least: elect anew (Guiding Rules art. 46).",
          )
        : null}
    </>
  );
};

/** The figures a founding rests on: shown, not enforced, because places differ (A2). */
const Trigger = ({ c, trigger, clause }: { c: AppContext; trigger: FoundingTrigger; clause: string }) => {
  const { t } = c.var;
  const { deliveredDm2, totalDm2, percent, leastDm2, holds } = trigger;
  const figures = (
    <FactList>
      <Fact label={t("已交付面积", "Delivered")}>{formatArea(deliveredDm2)}㎡</Fact>
      <Fact label={t("名册总面积", "All on the roll")}>{formatArea(totalDm2)}㎡</Fact>
      <Fact label={t(`超过${percent}%至少要`, `More than ${percent} % is at least`)}>{formatArea(leastDm2)}㎡</Fact>
      <Fact label={t("依据", "Ground")}>
        {clause || t("《业主大会和业主委员会指导规则》第八条", "Guiding Rules art. 8")}
      </Fact>
    </FactList>
  );
  return holds ? (
    <Details
      summary={t(
        `首次选举的条件：已交付面积超过${percent}%，已达到`,
        `For a first election: more than ${percent} % is delivered`,
      )}
    >
      {figures}
    </Details>
  ) : (
    <Callout
      tone="warn"
      title={t(
        `首次选举的条件：已交付面积还没有超过${percent}%`,
        `For a first election: not more than ${percent} % is delivered yet`,
      )}
    >
      {figures}
      <p>
        {t(
          "各地规定不同（例如杭州：60%，或30%并满两年）。符合当地规定的仍可发起，并在选举办法里写明条款。",
          "Places differ (Hangzhou: 60 %, or 30 % and two years). Where the place's rule is met you can go on; cite it in the method.",
        )}
      </p>
    </Callout>
  );
};

callingPages.get("/desk/elections/new", calls, (c) => callPage(c));

callingPages.post("/desk/elections/new", calls, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const kind = ELECTION_KINDS.find((known) => known === one(body, "kind")) ?? "renewal";
  const call: Call = {
    kind,
    bodyId: one(body, "bodyId"),
    title: one(body, "title"),
    cause: one(body, "cause").replace(/\r\n/g, "\n"),
    requestedOn: one(body, "requestedOn"),
    percent: one(body, "percent"),
    clause: one(body, "clause"),
  };
  const once = one(body, "_once") || newOnce();
  const scene = staffScene(c);
  const called = await callElection(scene, call, once);
  if (!called.ok) {
    const [first, ...others] = called.error.map(electionProblem);
    const whole = [first!, ...others].find(({ errors }) => errors === undefined);
    const problem = whole ?? { ...first!, errors: [first!, ...others].flatMap(({ errors }) => errors ?? []) };
    return callPage(c, { problem, call, once });
  }
  const [rows] = await scene.db.read(findElection(scene, called.value.electionId));
  return c.redirect(`${deskElectionHref(scene.community.slug, rows[0]?.number ?? 1)}?done=1`, 303);
});

// ——— Ending ———

function endPage(c: AppContext, row: ElectionRow, typed?: { readonly problem: Problem; readonly why: string }) {
  const { t, formToken } = c.var;
  const base = electionBaseOf(c, row);
  const errors = problemErrors(c, typed?.problem);
  return c.html(
    <ElectionDesk c={c} row={row} path="/end" title={t("终止选举", "End the election")} problem={typed?.problem}>
      <p>
        {t(
          "终止以后不能恢复，只能重新发起。已做的事和原因都留在公开记录里，因这次选举进入小组的人同时离任。",
          "It cannot be taken back; another one can be called. What was done stays in the record with the reason, and those whom its list brought into the group leave it.",
        )}
      </p>
      <Form action={`${base}/end`} token={formToken}>
        <ErrorSummary t={t} errors={errors} />
        <TextArea
          name="why"
          label={t("原因（公开）", "Reason (public)")}
          rows={3}
          maxlength={LONGEST_WHY}
          value={typed?.why ?? ""}
          error={errorFor(errors, "why")}
        />
        <Actions>
          <Button look="danger">{t("终止这次选举", "End this election")}</Button>
          <ButtonLink look="quiet" href={base}>
            {t("不终止", "Keep it")}
          </ButtonLink>
        </Actions>
      </Form>
    </ElectionDesk>,
    (typed?.problem.status ?? 200) as 422,
  );
}

callingPages.get("/desk/elections/:number/end", calls, async (c) => {
  const row = await electionOf(c);
  return row ? endPage(c, row) : c.notFound();
});

callingPages.post("/desk/elections/:number/end", calls, async (c) => {
  const row = await electionOf(c);
  if (!row) return c.notFound();
  const why = one(await c.req.parseBody({ all: true }), "why");
  const ended = await endElection(staffScene(c), row.electionId, { why });
  if (!ended.ok) return endPage(c, row, { problem: electionProblem(ended.error), why });
  return c.redirect(`${electionBaseOf(c, row)}?done=1`, 303);
});
