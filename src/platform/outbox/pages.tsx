/** The desk's page of messages: what waits, what left, what failed and why, and a further try for what failed. No texts, no numbers. */
import { Hono } from "hono";
import { requires } from "../access.ts";
import type { AppEnv } from "../context.ts";
import { frameOf } from "../frame.ts";
import { pick, type T } from "../i18n.ts";
import { Page } from "../layout.tsx";
import { NOT_FOUND, problemResponse } from "../problem.tsx";
import { PostButton } from "../ui/buttons.tsx";
import { sayInstant } from "../ui/moments.ts";
import { Callout, EmptyState } from "../ui/notices.tsx";
import { type StatusTone, StatusWord } from "../ui/status.tsx";
import { DataTable, Pager } from "../ui/tables.tsx";
import { retryMessage, sendSoon } from "./actions.ts";
import { adapterOf } from "./gateway.ts";
import { findMessageKind } from "./kinds.ts";
import { MESSAGE_STATES, type MessageState } from "./rules.ts";
import { countMessages, listMessages, readRow } from "./store.ts";

export const outboxRoutes = new Hono<AppEnv>();

const PER_PAGE = 50;

const TONE: Record<MessageState, StatusTone> = { queued: "waiting", sent: "good", failed: "bad", skipped: "off" };

export const stateWord = (t: T, state: MessageState): string =>
  ({
    queued: t("等待发送", "waiting"),
    sent: t("已发出", "sent"),
    failed: t("发送失败", "failed"),
    skipped: t("不再需要", "not needed any more"),
  })[state];

/** A stored outcome in words; what the gateway answered with is shown as it is. */
const sayOutcome = (t: T, detail: string): string =>
  ({
    "": "",
    kept: t("演示：保留不发", "demo: kept, not sent"),
    expired: t("已过有效期", "expired"),
    timeout: t("网关超时", "the gateway timed out"),
    "no answer": t("网关没有应答", "the gateway did not answer"),
    "no number": t("没有手机号", "no number"),
    "wording failed": t("内容生成失败", "could not be worded"),
  })[detail] ?? detail;

const isState = (text: string): text is MessageState => (MESSAGE_STATES as readonly string[]).includes(text);

outboxRoutes.get("/desk/outbox", requires("outbox.read"), async (c) => {
  const { t, lang, scene, formToken, actor } = c.var;
  const [countRows] = await scene.db.read(countMessages(scene));
  const counts = new Map(countRows.map(({ state, messages }) => [state, messages]));
  const asked = c.req.query("state") ?? "";
  // What needs a person comes first: failed, then waiting, then what left.
  const state = isState(asked)
    ? asked
    : ((["failed", "queued", "sent"] as const).find((s) => counts.has(s)) ?? "queued");
  const page = Math.max(1, Math.trunc(Number(c.req.query("page") ?? "1")) || 1);
  const [rows] = await scene.db.read(listMessages(scene, state, { limit: PER_PAGE, offset: (page - 1) * PER_PAGE }));
  const base = `/c/${scene.community.slug}`;
  const here = `${base}/desk/outbox`;
  const mayRetry = actor.permissions.has("meeting.deliver");
  return c.html(
    <Page
      {...frameOf(c, "staff")}
      title={t("消息发送", "Messages")}
      breadcrumb={[{ href: `${base}/desk`, label: t("工作台", "Desk") }]}
      wide={true}
    >
      <h1>{t("消息发送", "Messages")}</h1>
      {adapterOf(c.env) ? null : (
        <Callout tone="warn" title={t("还没有配置短信网关", "No SMS gateway is configured")}>
          <p>
            {t(
              "消息都保留在这里等待，没有一条发出。请系统管理员配置网关；在此之前请上门或邮寄送达。",
              "Every message waits here and none has left. Ask the operator to configure a gateway; until then deliver by hand or post.",
            )}
          </p>
        </Callout>
      )}
      <p>
        {t(
          "这里看得到每条消息发出没有，看不到内容和手机号。没有发出的会自动再试：1、2、4……分钟后，最多十次。提醒在晚 9 点到早 8 点不发。",
          "Whether each message left; not its text or number. What did not leave is tried again by itself after 1, 2, 4 … minutes, ten times at most. Reminders rest from 21:00 to 08:00.",
        )}
      </p>
      <nav class="pager" aria-label={t("按状态查看", "By state")}>
        {MESSAGE_STATES.map((one) => (
          <a href={`${here}?state=${one}`} aria-current={one === state ? "page" : undefined}>
            {stateWord(t, one)} {counts.get(one) ?? 0}
          </a>
        ))}
      </nav>
      <DataTable
        caption={stateWord(t, state)}
        rows={rows.map(readRow)}
        empty={
          <EmptyState title={t(`没有“${stateWord(t, state)}”的消息`, `No messages are ${stateWord(t, state)}`)}>
            {t(
              "发出会议公告、提醒或登录验证码后，消息会出现在这里。",
              "Messages appear here once a notice, a reminder or a sign-in code goes out.",
            )}
          </EmptyState>
        }
        columns={[
          {
            label: t("消息", "Message"),
            head: true,
            cell: (row) => {
              const name = findMessageKind(row.kind)?.name;
              return name ? pick(name, lang) : row.kind;
            },
          },
          {
            label: t("状态", "State"),
            cell: (row) => <StatusWord tone={TONE[row.state]}>{stateWord(t, row.state)}</StatusWord>,
          },
          { label: t("写入时间", "Queued"), cell: (row) => sayInstant(row.queuedAt, lang) },
          {
            label: whenLabel(t, state),
            cell: (row) => sayInstant(row.doneAt ?? row.nextAt, lang),
          },
          { label: t("已试次数", "Tries"), number: true, cell: (row) => `${row.attempts} / ${row.attemptLimit}` },
          { label: t("结果", "Outcome"), cell: (row) => sayOutcome(t, row.lastOutcome) },
          ...(state === "failed" && mayRetry
            ? [
                {
                  label: t("操作", "Act"),
                  cell: (row: { messageId: string }) => (
                    <PostButton action={`${here}/${row.messageId}/retry`} token={formToken} look="quiet">
                      {t("再试发送", "Try again")}
                    </PostButton>
                  ),
                },
              ]
            : []),
        ]}
      />
      <Pager
        t={t}
        page={page}
        pages={Math.ceil((counts.get(state) ?? 0) / PER_PAGE)}
        href={(n) => `${here}?state=${state}&page=${n}`}
      />
    </Page>,
  );
});

const whenLabel = (t: T, state: MessageState): string =>
  state === "queued" ? t("下次发送", "Next try") : t("完成时间", "Done");

outboxRoutes.post("/desk/outbox/:messageId/retry", requires("outbox.read"), requires("meeting.deliver"), async (c) => {
  const retried = await retryMessage(c.var.scene, c.req.param("messageId"));
  if (!retried.ok) return problemResponse(c, NOT_FOUND);
  await sendSoon(c);
  return c.redirect(`/c/${c.var.scene.community.slug}/desk/outbox?state=queued`, 303);
});
