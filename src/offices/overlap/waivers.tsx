/** Granting a waiver and taking one back: by whom the rule names, for somebody else. */
import { Hono } from "hono";
import { addDays, addMonths, dayOf, startOf } from "../../kernel/day.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { NOT_FOUND, type Problem, problemResponse } from "../../platform/problem.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { type Choice, DateTimeField, Field, Select } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { Callout, EmptyState } from "../../platform/ui/notices.tsx";
import { fieldErrors, textOf, WholeRefusal } from "../forms.tsx";
import { openName } from "../people/store.ts";
import { switchOf } from "../terms/place.ts";
import { grantWaiver, type WaiverAsked, withdrawWaiver } from "./conflicts/actions.ts";
import { MOST_MONTHS } from "./conflicts/rules.ts";
import { findWaiver, listHoldersOf, listRuleRows, rulesFromRows, type WaiverRow } from "./conflicts/store.ts";
import { postsWords, ruleWords } from "./explained.ts";
import { overlapCrumbs, overlapDeskOf, postsOf, waives } from "./place.ts";
import { overlapProblem } from "./problems.ts";

export const overlapWaivers = new Hono<AppEnv>();

const WINDOW_DAYS = 30;

async function grantPage(c: AppContext, given: WaiverAsked, once: string, problem?: Problem) {
  const { t, lang, now, scene, formToken, actor } = c.var;
  const posts = postsOf(c);
  const errors = fieldErrors(problem, lang);
  const [rows] = await scene.db.read(listRuleRows(scene));
  const rules = rulesFromRows(rows).filter(
    ({ answer, waivedBy }) => answer === "waiver" && waivedBy.some((kind) => posts.includes(kind)),
  );
  const kinds = [...new Set(rules.flatMap(({ left, right }) => [...left, ...right]))];
  const since = startOf(addMonths(dayOf(now), -MOST_MONTHS));
  const [holders] = await scene.db.read(listHoldersOf(scene, kinds, since));
  const people = new Map<string, string[]>();
  for (const { personId, postKind } of holders)
    if (personId !== actor.personId)
      people.set(personId, [...new Set([...(people.get(personId) ?? []), pick(postsWords([postKind]), lang)])]);
  const options: Choice[] = await Promise.all(
    [...people].map(async ([personId, held]) => {
      const row = holders.find((one) => one.personId === personId)!;
      return { value: personId, label: `${await openName(scene, row)} — ${held.join(t("、", ", "))}` };
    }),
  );
  const title = t("批准例外", "Grant a waiver");
  const desk = overlapDeskOf(c);
  return (
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={overlapCrumbs(c, true)} switchHref={switchOf(c)}>
      <h1>{title}</h1>
      <WholeRefusal c={c} problem={problem} />
      {rules.length === 0 ? (
        <EmptyState
          title={t("没有规则点名由您批准例外", "No rule names your post")}
          action={
            <ButtonLink look="quiet" href={desk}>
              {t("查看规则", "See the rules")}
            </ButtonLink>
          }
        >
          {t(
            "哪条规则允许例外、由谁批准，写在规则里。",
            "Which rule knows a waiver, and who grants it, is written in the rule.",
          )}
        </EmptyState>
      ) : (
        <Form action={`${desk}/waivers/new`} token={formToken} once={once}>
          <ErrorSummary t={t} errors={errors} />
          <Callout tone="warn">
            <p>
              {t(
                "例外写入公开记录，用过的会公开。您批准的例外，任职要由另一个人登记；不能批准给自己。",
                "A waiver enters the public record, and its use is public. Somebody else then records the appointment, and nobody grants one to themselves.",
              )}
            </p>
          </Callout>
          <Select
            name="ruleKey"
            label={t("哪条规则的例外", "Of which rule")}
            prompt={t("请选择", "Choose")}
            value={given.ruleKey}
            error={errorFor(errors, "ruleKey")}
            options={rules.map((rule) => ({ value: rule.key, label: pick(ruleWords(rule), lang) }))}
          />
          <Select
            name="personId"
            label={t("给谁", "For whom")}
            hint={t("列出现在或曾经担任规则所列职务的人", "Those who hold or held a post the rule speaks of")}
            prompt={t("请选择", "Choose")}
            value={given.personId}
            error={errorFor(errors, "personId")}
            options={options}
          />
          <Select
            name="postKind"
            label={t("可以担任哪个职务", "Which post may be taken")}
            prompt={t("请选择", "Choose")}
            value={given.postKind}
            error={errorFor(errors, "postKind")}
            options={kinds.map((kind) => ({ value: kind, label: pick(postsWords([kind]), lang) }))}
          />
          <DateTimeField
            kind="date"
            name="fromOn"
            label={t("任职从哪天起有效", "For offices taken from")}
            value={given.fromOn}
            error={errorFor(errors, "fromOn")}
          />
          <DateTimeField
            kind="date"
            name="lastOn"
            label={t("到哪天为止", "Until")}
            hint={t(
              "任职开始的那天在这段时间里，例外才有效；任期多长由任职决定",
              "The office must begin within this time; how long it lasts is the appointment's",
            )}
            value={given.lastOn}
            error={errorFor(errors, "lastOn")}
            optional={t("选填", "optional")}
          />
          <Field
            name="document"
            label={t("理由和依据的文件", "Reason, and the document it rests on")}
            hint={t("工作人员可见，不公开", "Seen by staff, not public")}
            value={given.document}
            error={errorFor(errors, "document")}
          />
          <Actions>
            <Button>{t("批准，写入公开记录", "Grant it, in the public record")}</Button>
            <ButtonLink look="quiet" href={desk}>
              {t("取消", "Cancel")}
            </ButtonLink>
          </Actions>
        </Form>
      )}
    </Page>
  );
}

overlapWaivers.get("/desk/overlap/waivers/new", waives, async (c) => {
  const today = dayOf(c.var.now);
  const given: WaiverAsked = {
    ruleKey: c.req.query("rule") ?? "",
    personId: "",
    postKind: "",
    fromOn: today,
    lastOn: addDays(today, WINDOW_DAYS),
    document: "",
  };
  return c.html(await grantPage(c, given, newOnce()));
});

overlapWaivers.post("/desk/overlap/waivers/new", waives, async (c) => {
  const { _once, ...given } = await textOf(c, "ruleKey", "personId", "postKind", "fromOn", "lastOn", "document");
  const once = _once || newOnce();
  const done = await grantWaiver(staffScene(c), given, once);
  if (done.ok) return c.redirect(`${overlapDeskOf(c)}?done=${done.value.waiverId}#waivers`, 303);
  const problem = overlapProblem(done.error);
  return c.html(await grantPage(c, given, once, problem), problem.status);
});

// ——— Taking one back ———

async function withdrawPage(c: AppContext, waiver: WaiverRow, document: string, problem?: Problem) {
  const { t, lang, scene, formToken } = c.var;
  const errors = fieldErrors(problem, lang);
  const title = t("收回例外", "Take a waiver back");
  return (
    <Page {...frameOf(c, "staff")} title={title} breadcrumb={overlapCrumbs(c, true)} switchHref={switchOf(c)}>
      <h1>{title}</h1>
      <WholeRefusal c={c} problem={problem} />
      <FactList>
        <Fact label={t("姓名", "Name")}>{await openName(scene, waiver)}</Fact>
        <Fact label={t("可以担任", "May take")}>{pick(postsWords([waiver.postKind]), lang)}</Fact>
        <Fact label={t("批准", "Granted")}>
          {pick(postsWords([waiver.grantedAs]), lang)} {sayDay(dayOf(waiver.grantedAt), lang)}
        </Fact>
        <Fact label={t("理由", "Why")}>{waiver.document}</Fact>
      </FactList>
      <Callout tone="warn">
        <p>
          {t(
            "收回以后，不能再凭它任职；已经凭它任职的，任期不变，要另行办理离任。",
            "Nobody takes office by it any more. An office taken by it stays, and is ended separately.",
          )}
        </p>
      </Callout>
      <Form action={`${overlapDeskOf(c)}/waivers/${waiver.waiverId}`} token={formToken}>
        <ErrorSummary t={t} errors={errors} />
        <Field
          name="document"
          label={t("为什么收回", "Why it is taken back")}
          value={document}
          error={errorFor(errors, "document")}
        />
        <Actions>
          <Button look="danger">{t("收回例外", "Take it back")}</Button>
          <ButtonLink look="quiet" href={overlapDeskOf(c)}>
            {t("取消", "Cancel")}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>
  );
}

async function waiverOf(c: AppContext): Promise<WaiverRow | null> {
  const [rows] = await c.var.scene.db.read(findWaiver(c.var.scene, c.req.param("waiverId") ?? ""));
  return rows[0] ?? null;
}

overlapWaivers.get("/desk/overlap/waivers/:waiverId", waives, async (c) => {
  const waiver = await waiverOf(c);
  return waiver ? c.html(await withdrawPage(c, waiver, "")) : problemResponse(c, NOT_FOUND);
});

overlapWaivers.post("/desk/overlap/waivers/:waiverId", waives, async (c) => {
  const waiver = await waiverOf(c);
  if (!waiver) return problemResponse(c, NOT_FOUND);
  const { document } = await textOf(c, "document");
  const done = await withdrawWaiver(staffScene(c), { waiverId: waiver.waiverId, document });
  if (done.ok) return c.redirect(`${overlapDeskOf(c)}?done=${waiver.waiverId}#waivers`, 303);
  const problem = overlapProblem(done.error);
  return c.html(await withdrawPage(c, waiver, document, problem), problem.status);
});
