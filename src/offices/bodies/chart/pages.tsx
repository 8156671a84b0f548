/** The chart of the organisation at /c/:slug/offices/chart: drawn from the data of a day, with the same as a list. Changes nothing. */
import { Hono } from "hono";
import type { Child } from "hono/jsx";
import { dayOf, isDay } from "../../../kernel/day.ts";
import type { AppEnv } from "../../../platform/context.ts";
import { frameOf } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../../platform/ui/buttons.tsx";
import { sayDay } from "../../../platform/ui/moments.ts";
import { EmptyState } from "../../../platform/ui/notices.tsx";
import { type BodyOnDay, readOffices } from "../actions.ts";
import { linesOf, nodesOf } from "../words.ts";
import { Chart } from "./drawing.tsx";
import { foldAlike } from "./rules.ts";

/** Mounted under /c/:slug. */
export const chartPages = new Hono<AppEnv>();

/** The bodies as lists in lists, in the order of the tree. */
function nested(bodies: readonly BodyOnDay[], say: (one: BodyOnDay) => Child): Child {
  const items: Child[] = [];
  for (let at = 0; at < bodies.length; ) {
    const one = bodies[at]!;
    const rest = bodies.slice(at + 1);
    const end = rest.findIndex(({ depth }) => depth <= one.depth);
    const below = end < 0 ? rest : rest.slice(0, end);
    items.push(
      <li>
        {say(one)}
        {below.length > 0 ? nested(below, say) : null}
      </li>,
    );
    at += 1 + below.length;
  }
  return <ul>{items}</ul>;
}

chartPages.get("/offices/chart", async (c) => {
  const { t, lang, now, scene } = c.var;
  const asked = c.req.query("on") ?? "";
  const today = dayOf(now);
  const day = isDay(asked) ? asked : today;
  const bodies = await readOffices(scene, day);
  const base = `/c/${scene.community.slug}`;
  const on = day === today ? "" : `?on=${day}`;
  const nodes = foldAlike(nodesOf(bodies, lang), (more) => t(`另有${more}个同类组织`, `${more} more of this kind`));
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("组织体系图", "Chart of the organisation")}
      breadcrumb={[
        { href: base, label: t("首页", "Home") },
        { href: `${base}/offices${on}`, label: t("任职", "Offices") },
      ]}
    >
      <h1>{t("组织体系图", "Chart of the organisation")}</h1>
      <p>
        {t(
          `${sayDay(day, lang)}的组织和任职人员，按登记的数据画出。左边有绿条的由业主选举产生。`,
          `Bodies and who holds office in them on ${sayDay(day, lang)}, drawn from what is recorded. A green edge: elected by the owners.`,
        )}
      </p>
      {bodies.length === 0 ? (
        <EmptyState title={t("这一天还没有登记任何组织", "No bodies on that day")}>
          <p>{t("登记组织以后，这里画出上下级和任职人员。", "Once bodies are recorded, they are drawn here.")}</p>
        </EmptyState>
      ) : (
        <>
          <Chart nodes={nodes} />
          <section class="screen">
            <h2>{t("同样的内容，用文字列出", "The same in words")}</h2>
            {nested(bodies, (one) => (
              <>
                <a href={`${base}/offices/bodies/${one.body.bodyId}`}>{one.body.name[lang]}</a>
                {one.body.level[lang] === "" ? null : <small class="quiet">（{one.body.level[lang]}）</small>}
                {linesOf(one, lang).length > 0 ? <small> {linesOf(one, lang).join(t("；", "; "))}</small> : null}
              </>
            ))}
          </section>
        </>
      )}
      <Actions>
        <ButtonLink look="quiet" href={`${base}/offices/buildings`}>
          {t("各楼栋由谁负责", "Who answers for which building")}
        </ButtonLink>
      </Actions>
    </Page>,
  );
});
