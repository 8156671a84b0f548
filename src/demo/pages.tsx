/** The demo's own pages: a link for every role, the clock, the messages that would have been sent. They exist only on a developer's machine. */
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { dayOf, type Instant } from "../kernel/day.ts";
import { openSession } from "../offices/signin/actions.ts";
import { writeStaffCookie } from "../offices/signin/session.ts";
import { ownerCookieFor } from "../owners/session.ts";
import { advance } from "../platform/clock.ts";
import type { AppContext, AppEnv } from "../platform/context.ts";
import { type CommunityAddress, findCommunity, listCommunities, openCommunity } from "../platform/db.ts";
import type { Env } from "../platform/env.ts";
import { frameOf, newOnce } from "../platform/frame.ts";
import { Page } from "../platform/layout.tsx";
import { showNewest } from "../platform/outbox/actions.ts";
import { stateWord } from "../platform/outbox/pages.tsx";
import { type Scene, systemRandom } from "../platform/scene.ts";
import { keysOf } from "../platform/secrets.ts";
import { Actions, Button } from "../platform/ui/buttons.tsx";
import { LinkList } from "../platform/ui/facts.tsx";
import { Field } from "../platform/ui/fields.tsx";
import { Form } from "../platform/ui/forms.tsx";
import { sayInstant } from "../platform/ui/moments.ts";
import { EmptyState } from "../platform/ui/notices.tsx";
import { DataTable } from "../platform/ui/tables.tsx";
import { type DemoRole, listDemoRoles } from "./roles.ts";
import { SEED_STEPS, seedNext } from "./seed.ts";
import { DEMO_SLUG, GINKGO_SLUG } from "./seeding.ts";

/** What the clock does after it moved: the cron of the whole deployment, handed in so that the demo does not reach above itself. */
export type RunDue = (env: Env, now: Instant, origin: string) => Promise<void>;

const sceneOf = (c: AppContext, community: CommunityAddress): Scene => ({
  env: c.env,
  db: openCommunity(c.env, community, "primary"),
  community,
  now: c.var.now,
  random: systemRandom,
  keys: keysOf(c.env),
  origin: new URL(c.req.url).origin,
});

const MOST_STRIDES = 120;

const links = (c: AppContext): Promise<DemoRole[]> => listDemoRoles(c.env, new URL(c.req.url).origin, c.var.now);

/** A role with the scene of its community. */
async function findRole(c: AppContext): Promise<{ readonly role: DemoRole; readonly scene: Scene } | null> {
  const role = (await links(c)).find((one) => one.role === c.req.param("role"));
  const community = role ? await findCommunity(c.env, role.community) : null;
  return role && community ? { role, scene: sceneOf(c, community) } : null;
}

/** The estates of the demo, and what there is to see in each. */
const ESTATES = [
  {
    slug: DEMO_SLUG,
    zh: "金桂苑",
    en: "金桂苑 (Jingui)",
    saysZh:
      "第二届业委会在任：一次会议在投票，一次在公告期，委员会有会议要签。公共收益有两年的账，逐季公布，凭证都能点开；维修资金从报修到结算走过一遍。",
    saysEn:
      "Its second committee is in office: one meeting is being voted on, one is in notice, minutes wait to be signed. Two years of its common revenue are in the books, told quarter by quarter down to each voucher; the maintenance fund has paid for works from plan to settlement.",
  },
  {
    slug: GINKGO_SLUG,
    zh: "银杏苑",
    en: "银杏苑 (Yinxing)",
    saysZh: "正在选举第一届业委会：候选人已公布，业主正在投票。",
    saysEn: "It elects its first committee: the candidates are public and owners are voting.",
  },
] as const;

const MESSAGES = 100;
const COMMUNITIES = 50;

/** The newest messages of every community: one set up by the wizard has its codes and links here too. */
async function newestMessages(c: AppContext) {
  const { communities } = await listCommunities(c.env, COMMUNITIES, 0);
  const all = await Promise.all(
    communities.map(async (community) => {
      const shown = await showNewest(sceneOf(c, community), MESSAGES);
      return shown.map((message) => ({ ...message, community: community.name }));
    }),
  );
  return all
    .flat()
    .sort((a, b) => b.queuedAt - a.queuedAt)
    .slice(0, MESSAGES);
}

export function demoRoutes(runDue: RunDue): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const onlyInDemo = createMiddleware<AppEnv>(async (c, next) => (c.var.demo ? next() : c.notFound()));
  routes.use("/demo", onlyInDemo);
  routes.use("/demo/*", onlyInDemo);

  routes.get("/demo/links.json", async (c) => {
    const roles = (await links(c)).map(({ role, zh, en, url, community, lastFour }) => ({
      role,
      zh,
      en,
      url,
      community,
      ...(lastFour ? { lastFour } : {}),
    }));
    return c.json({ roles, now: c.var.now });
  });

  routes.get("/demo", async (c) => {
    const { t, now, lang, formToken } = c.var;
    const roles = await links(c);
    return c.html(
      <Page {...frameOf(c)} title={t("演示", "Demo")} isPrivate={true}>
        <h1>{t("演示：金桂苑和银杏苑", "Demo: the estates 金桂苑 and 银杏苑")}</h1>
        <p>
          {t(
            "从任何一个角色进入，像他本人一样操作。一次会议、一届选举从开始到结果，用下面的时钟几分钟就能走完。",
            "Enter as anyone and act as they would. With the clock below, a meeting or an election takes minutes from beginning to result.",
          )}
        </p>
        {roles.length === 0 ? (
          <EmptyState title={t("演示数据还没有准备好", "The demo is not filled yet")}>
            <p>{t("请重新运行 npm start。", "Please run npm start again.")}</p>
          </EmptyState>
        ) : (
          ESTATES.map((estate) => (
            <>
              <h2>{estate[lang]}</h2>
              <p>{t(estate.saysZh, estate.saysEn)}</p>
              <LinkList
                items={roles
                  .filter(({ community }) => community === estate.slug)
                  .map((role) => ({
                    href: role.url,
                    title: role[lang],
                    ...(role.lastFour
                      ? { note: t(`验证用的后四位：${role.lastFour}`, `Last four digits to enter: ${role.lastFour}`) }
                      : {}),
                  }))}
              />
            </>
          ))
        )}
        <h2>{t("时钟", "The clock")}</h2>
        <p>
          {t("产品现在的时间：", "The product's time: ")}
          <strong>{sayInstant(now, lang)}</strong>
        </p>
        <Form action="/demo/clock" token={formToken}>
          <Field
            name="advanceDays"
            label={t("往前拨几天", "Days to move forward")}
            value="1"
            inputmode="numeric"
            hint={t("只能往前；到期的事会立即办理。", "Forward only; what falls due is done at once.")}
          />
          <Actions>
            <Button>{t("拨动时钟", "Move the clock")}</Button>
          </Actions>
        </Form>
        <p>
          <a href="/demo/outbox">{t("看看会发出哪些消息", "See the messages that would have been sent")}</a>
        </p>
      </Page>,
    );
  });

  routes.post("/demo/clock", async (c) => {
    const isJson = (c.req.header("content-type") ?? "").includes("json");
    const body: Record<string, unknown> = isJson ? await c.req.json() : await c.req.parseBody();
    const days = Number(body.advanceDays);
    if (!(days >= 0 && days <= 3650)) return c.json({ error: "advanceDays: 0–3650" }, 422);
    // A day at a time, as it would pass: what opens on one day and closes on another does both. A long leap takes longer strides.
    const stride = Math.max(1, days / MOST_STRIDES);
    let now = await advance(c.env, 0);
    for (let left = days; left > 0; left -= stride) {
      now = await advance(c.env, Math.min(left, stride));
      await runDue(c.env, now, new URL(c.req.url).origin);
    }
    if (days === 0) await runDue(c.env, now, new URL(c.req.url).origin);
    return isJson ? c.json({ now, day: dayOf(now) }) : c.redirect("/demo", 303);
  });

  routes.post("/demo/seed", async (c) => {
    const progress = await seedNext(c.env, c.var.now, new URL(c.req.url).origin);
    return c.json({ ...progress, of: SEED_STEPS });
  });

  /** A role's link opens a page; only its button signs in, because a GET changes nothing. */
  routes.get("/demo/as/:role", async (c) => {
    const { t, lang } = c.var;
    const found = await findRole(c);
    if (!found) return c.notFound();
    const { role } = found;
    return c.html(
      <Page {...frameOf(c)} title={role[lang]} isPrivate={true}>
        <h1>{role[lang]}</h1>
        <p>
          {role.partyId
            ? t(
                "真实使用时，业主用名册上的手机号和一次性验证码登录，没有手机号的用登录卡。演示里可以直接进入。",
                "In real use an owner signs in with the number on the roll and a one-time code, or with a printed card. In the demo you may step in directly.",
              )
            : t(
                "真实使用时，这位工作人员用手机号和一次性验证码登录。演示里可以直接进入。",
                "In real use this person signs in with their phone and a one-time code. In the demo you may step in directly.",
              )}
        </p>
        <Form action={`/demo/as/${role.role}`} token={c.var.formToken} once={newOnce()}>
          <Actions>
            <Button>{t("以此身份进入", "Enter in this role")}</Button>
          </Actions>
        </Form>
      </Page>,
    );
  });

  routes.post("/demo/as/:role", async (c) => {
    const found = await findRole(c);
    if (!found) return c.notFound();
    const { role, scene } = found;
    c.set("scene", scene);
    if (role.partyId) {
      const href = await ownerCookieFor(c, role.partyId, "demo");
      return href ? c.redirect(href, 303) : c.notFound();
    }
    if (!role.personId) return c.notFound();
    await writeStaffCookie(c, await openSession(scene, role.personId));
    return c.redirect(`/c/${scene.community.slug}/desk`, 303);
  });

  routes.get("/demo/outbox", async (c) => {
    const { t, lang } = c.var;
    const messages = await newestMessages(c);
    return c.html(
      <Page {...frameOf(c)} title={t("消息", "Messages")} isPrivate={true} wide={true}>
        <h1>{t("会发出的消息", "Messages that would have been sent")}</h1>
        <p>
          {t(
            "演示里不发短信。这里是最新的一百条，文字与发送时一样。",
            "The demo sends no text messages. These are the newest hundred, worded as they would be.",
          )}
        </p>
        {messages.length === 0 ? (
          <EmptyState title={t("还没有消息", "No messages yet")} />
        ) : (
          <DataTable
            caption={t("最新的消息", "Newest messages")}
            rows={messages}
            columns={[
              { label: t("时间", "Queued"), cell: (row) => sayInstant(row.queuedAt, lang) },
              { label: t("小区", "Community"), cell: (row) => row.community },
              { label: t("状态", "State"), cell: (row) => stateWord(t, row.state) },
              { label: t("手机", "Phone"), cell: (row) => ("phone" in row.rendered ? row.rendered.phone : "—") },
              {
                label: t("内容", "Text"),
                cell: (row) => ("text" in row.rendered ? linked(row.rendered.text) : `（${row.rendered.skip}）`),
              },
            ]}
          />
        )}
      </Page>,
    );
  });

  return routes;
}

// In <code> an address may break anywhere: a link's token has no place of its own to do so.
const linked = (text: string) =>
  text.split(/(https?:\/\/[^\s，。]+)/).map((part) =>
    part.startsWith("http") ? (
      <a href={part}>
        <code>{part}</code>
      </a>
    ) : (
      part
    ),
  );
