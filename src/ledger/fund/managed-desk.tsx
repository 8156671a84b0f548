/** Who manages the fund, at the desk: the notice to the authority with its clock, and the hand-over. Markup and forms only. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { one } from "../../platform/form-body.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Field } from "../../platform/ui/fields.tsx";
import { Form } from "../../platform/ui/forms.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { DataTable } from "../../platform/ui/tables.tsx";
import { readCount } from "../books/addresses.ts";
import { deskModeHref } from "./addresses.ts";
import { deskFundCrumbs } from "./desk.tsx";
import { recordMode, recordNotice } from "./managing.ts";
import { fundProblem } from "./problems.ts";
import { transferClock } from "./rules.ts";
import { FUND_SETTINGS } from "./settings.ts";
import { TransferState } from "./shown.tsx";
import { listModes, listTransfers } from "./store.ts";
import { MODE_WORDS } from "./words.ts";

/** Mounted at /c/:slug, before the pages of the book "fund". */
export const deskManagedRoutes = new Hono<AppEnv>();
const reads = requires("ledger.read");
const approves = requires("ledger.approve");

deskManagedRoutes.get("/desk/ledger/fund/managed", reads, (c) => modePage(c, newOnce()));

async function modePage(c: AppContext, once: string, problem?: Problem, typed: Readonly<Record<string, string>> = {}) {
  const { t, lang, scene, actor, formToken } = c.var;
  const [modes, notices, stored] = await scene.db.read(
    listModes(scene, 20),
    listTransfers(scene, 20),
    listSettings(scene, FUND_SETTINGS),
  );
  const now = modes[0]?.mode ?? "authority";
  const clock = transferClock(
    notices[0] ?? null,
    modes,
    valuesFromRows(FUND_SETTINGS, stored).transferDays.value,
    dayOf(c.var.now),
  );
  const mayTell = now === "authority" && (clock === null || clock.doneOn !== null);
  const next = now === "own" ? "authority" : "own";
  return c.html(
    <Page {...frameOf(c, "staff")} title={t("维修资金管理方式", "Who manages the fund")} breadcrumb={deskFundCrumbs(c)}>
      <h1>{t("维修资金管理方式", "Who manages the fund")}</h1>
      <p class="lead">
        {t(`现在：${MODE_WORDS[now].zh}。`, `Now: ${MODE_WORDS[now].en}.`)}{" "}
        {t(
          "业主大会成立后可以决定开立专户、划转自管；主管部门接到通知后三十日内划转（《住宅专项维修资金管理办法》第十五条）。",
          "Once it stands, the assembly may decide to hold it in an account of its own; the authority hands over within thirty days of the notice.",
        )}
      </p>
      <Done c={c} words={t("已登记，并写入公开记录", "Recorded, and in the public record")} />
      <Refused c={c} problem={problem} />
      <DataTable
        caption={t("变更", "Changes")}
        rows={modes}
        empty={<p>{t("没有变更过，由主管部门代管。", "Never changed: the authority holds it.")}</p>}
        columns={[
          { label: t("日期", "Day"), head: true, cell: ({ onDay }) => sayDay(onDay, lang) },
          { label: t("方式", "Who"), cell: ({ mode }) => MODE_WORDS[mode][lang] },
          {
            label: t("依据", "Ground"),
            cell: ({ meeting, item }) => t(`第${meeting}次会议 议题${item}`, `Meeting ${meeting}, item ${item}`),
          },
          { label: t("说明", "Words"), cell: ({ words }) => words },
        ]}
      />
      {clock ? <TransferState c={c} clock={clock} /> : null}
      {actor.permissions.has("ledger.approve") && mayTell ? (
        <Form action={`${deskModeHref(scene.community.slug)}/notice`} token={formToken} once={newOnce()}>
          <h2>{t("登记已通知主管部门划转", "Record that the authority was told")}</h2>
          <p class="hint">
            {t(
              "业主大会决定自管以后，书面通知主管部门。从通知的那天起算划转期限。",
              "Once the assembly has decided, the authority is told in writing. Its time runs from that day.",
            )}
          </p>
          <DecisionFields c={c} typed={typed} prefix="told." day={t("通知日期", "Day of the notice")} />
          <Actions>
            <Button look="quiet">{t("登记通知", "Record the notice")}</Button>
          </Actions>
        </Form>
      ) : null}
      {actor.permissions.has("ledger.approve") ? (
        <Form action={deskModeHref(scene.community.slug)} token={formToken} once={once} hidden={{ mode: next }}>
          <h2>{t(`改为${MODE_WORDS[next].zh}`, `Change: ${MODE_WORDS[next].en}`)}</h2>
          <DecisionFields c={c} typed={typed} day={t("划转日期", "Day of the hand-over")} />
          <Actions>
            <Button>{t("登记", "Record")}</Button>
          </Actions>
        </Form>
      ) : null}
    </Page>,
    problem ? (problem.status as 422) : 200,
  );
}

deskManagedRoutes.post("/desk/ledger/fund/managed", approves, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const scene = staffScene(c);
  const typed = {
    mode: one(body, "mode"),
    onDay: one(body, "onDay"),
    words: one(body, "words"),
    meeting: one(body, "meeting"),
    item: one(body, "item"),
  };
  const once = one(body, "_once") || newOnce();
  const done = await recordMode(
    scene,
    { ...typed, meeting: readCount(typed.meeting.trim()) ?? 0, item: readCount(typed.item.trim()) ?? 0 },
    once,
  );
  if (!done.ok) return modePage(c, once, fundProblem(done.error), typed);
  return c.redirect(`${deskModeHref(scene.community.slug)}?done=1`, 303);
});

const DecisionFields = (props: {
  c: AppContext;
  typed: Readonly<Record<string, string>>;
  day: string;
  /** In front of each field's name: the page has this form twice. */
  prefix?: string;
}) => {
  const { c, typed, day, prefix = "" } = props;
  const { t } = c.var;
  return (
    <>
      <Field name={`${prefix}onDay`} label={day} value={typed.onDay ?? dayOf(c.var.now)} width={11} />
      <Field
        name={`${prefix}meeting`}
        label={t("业主大会第几次会议", "Meeting no.")}
        value={typed.meeting}
        inputmode="numeric"
        width={4}
      />
      <Field
        name={`${prefix}item`}
        label={t("第几项议题", "Item no.")}
        value={typed.item}
        inputmode="numeric"
        width={4}
      />
      <Field name={`${prefix}words`} label={t("说明", "Words")} value={typed.words} maxlength={200} />
    </>
  );
};

deskManagedRoutes.post("/desk/ledger/fund/managed/notice", approves, async (c) => {
  const body = await c.req.parseBody({ all: true });
  const typed = {
    onDay: one(body, "told.onDay"),
    words: one(body, "told.words"),
    meeting: one(body, "told.meeting"),
    item: one(body, "told.item"),
  };
  const scene = staffScene(c);
  const once = one(body, "_once") || newOnce();
  const asked = { ...typed, meeting: readCount(typed.meeting.trim()) ?? 0, item: readCount(typed.item.trim()) ?? 0 };
  const done = await recordNotice(scene, asked, once);
  if (!done.ok) return modePage(c, newOnce(), fundProblem(done.error), typed);
  return c.redirect(`${deskModeHref(scene.community.slug)}?done=1`, 303);
});
