/** Who holds office in which body, since when and by which act, on any day; and who may do what. Public pages; they change nothing. */
import { Hono } from "hono";
import { type Day, dayOf, isDay } from "../../kernel/day.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { pick } from "../../platform/i18n.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { DateTimeField } from "../../platform/ui/fields.tsx";
import { SearchForm } from "../../platform/ui/forms.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout, Details, EmptyState } from "../../platform/ui/notices.tsx";
import { DataTable, Pager } from "../../platform/ui/tables.tsx";
import { shortCode } from "../../record/rules.ts";
import { type BodyOnDay, readOffices } from "../bodies/actions.ts";
import type { Post } from "../bodies/posts/rules.ts";
import { treeOf as treeOfBodies } from "../bodies/rules.ts";
import { sayAreas } from "../bodies/words.ts";
import { WEIGHTY_POSTS } from "../proposals/rules.ts";
import { PERMISSIONS, POST_KINDS, type PostKind, permissionList, rankOf, SEPARATED } from "../rules.ts";
import { END_WORDS, PERMISSION_WORDS, POST_WORDS, TAKE_WORDS } from "../words.ts";
import { type Holder, holderOf, listOfficeChanges, type ShownChange, UNSAID } from "./actions.ts";
import { type BodyRow, listTenuresOn } from "./store.ts";

export const termPages = new Hono<AppEnv>();

const CHANGES_A_PAGE = 20;

/** "2026年11月2日 起，至 2029年11月1日": the last day in office is said, not the day after. */
export const saySpanOfOffice = (c: AppContext, { fromAt, untilAt }: Pick<Holder, "fromAt" | "untilAt">): string => {
  const { t, lang } = c.var;
  const from = sayDay(dayOf(fromAt), lang);
  return untilAt === null
    ? t(`${from}起`, `since ${from}`)
    : t(`${from}至${sayDay(dayOf(untilAt - 1), lang)}`, `${from} to ${sayDay(dayOf(untilAt - 1), lang)}`);
};

/** The bodies there are now in their tree, those the owners chose first. */
export const treeOf = (bodies: readonly BodyRow[]): { readonly body: BodyRow; readonly depth: number }[] =>
  treeOfBodies(bodies.toSorted((a, b) => rankOf(a.kind) - rankOf(b.kind)));

interface Seat {
  readonly post: Post;
  readonly holder: Holder;
}

/** A body as a section: its posts, who holds them, and what stands open. */
const BodySection = ({
  c,
  one: { body, depth, posts },
  elsewhere,
}: {
  c: AppContext;
  one: BodyOnDay;
  elsewhere: (holder: Holder) => readonly Holder[];
}) => {
  const { t, lang, scene } = c.var;
  const base = `/c/${scene.community.slug}`;
  const held = posts.flatMap(({ post, holders }): Seat[] => holders.map((holder) => ({ post, holder })));
  const open = posts.filter(({ holders }) => holders.length === 0).map(({ post }) => pick(post.title, lang));
  const Title = depth === 0 ? "h2" : "h3";
  return (
    <section id={`body-${body.bodyId}`}>
      <Title>
        <a href={`${base}/offices/bodies/${body.bodyId}`}>{pick(body.name, lang)}</a>
        {pick(body.level, lang) === "" ? null : <small>（{pick(body.level, lang)}）</small>}
      </Title>
      {body.areas.length > 0 ? (
        <p class="quiet">
          {t("负责：", "Answers for: ")}
          {sayAreas(body.areas, lang)}
        </p>
      ) : null}
      {held.length === 0 ? (
        <p class="quiet">{t("尚未登记任职人员。", "Nobody is recorded in office.")}</p>
      ) : (
        <DataTable
          caption={t(`${body.name.zh}的任职人员`, `Office-holders of ${body.name.en}`)}
          quietCaption={true}
          rows={held}
          columns={[
            {
              label: t("姓名", "Name"),
              head: true,
              cell: ({ holder }) => {
                const others = elsewhere(holder);
                return (
                  <>
                    {holder.publicName}
                    {others.length > 0 ? (
                      <small class="quiet">
                        {" "}
                        {t("交叉任职：", "also: ")}
                        {others
                          .map((other) => `${pick(other.body, lang)} ${pick(other.title, lang)}`)
                          .join(t("、", ", "))}
                      </small>
                    ) : null}
                  </>
                );
              },
            },
            { label: t("职务", "Post"), cell: ({ post }) => pick(post.title, lang) },
            { label: t("任期", "Term"), cell: ({ holder }) => saySpanOfOffice(c, holder) },
            {
              label: t("依据", "By"),
              cell: ({ holder }) => (
                <>
                  {pick(TAKE_WORDS[holder.act], lang)}
                  <small class="quiet"> {holder.document}</small>
                </>
              ),
            },
            {
              label: t("记录编号", "Record"),
              cell: ({ holder }) => (
                <a href={`${base}/record/${holder.leafHash}`}>
                  <code>{shortCode(holder.leafHash)}</code>
                </a>
              ),
            },
          ]}
        />
      )}
      {held.length > 0 && open.length > 0 ? (
        <p class="quiet">{t(`空缺：${open.join("、")}`, `Vacant: ${open.join(", ")}`)}</p>
      ) : null}
    </section>
  );
};

termPages.get("/offices", async (c) => {
  const { t, lang, now, scene } = c.var;
  const asked = c.req.query("on") ?? "";
  const today = dayOf(now);
  const day: Day = isDay(asked) ? asked : today;
  const page = Math.max(1, Math.trunc(Number(c.req.query("page") ?? "1")) || 1);
  const bodies = await readOffices(scene, day);
  const holders = bodies.flatMap(({ posts }) => posts.flatMap((post) => post.holders));
  const { changes, pages } = await listOfficeChanges(scene, page, CHANGES_A_PAGE);
  // Two posts of one person are put together only where the public may know of both.
  const elsewhere = (holder: Holder): Holder[] =>
    holders.filter(
      (other) =>
        holder.isNamed && other.isNamed && other.personId === holder.personId && other.bodyId !== holder.bodyId,
    );
  const base = `/c/${scene.community.slug}`;
  return c.html(
    <Page {...frameOf(c)} title={t("任职", "Offices")} breadcrumb={[{ href: base, label: t("首页", "Home") }]}>
      <h1>{t("谁在任职", "Who holds office")}</h1>
      <p>
        {t(
          "每项任职都写明从哪天起、由哪项选举或文件产生。任职和离任都进入公开记录，不能删除。",
          "Each office says since when and by which election or document. Taking and leaving office enter the public record and cannot be deleted.",
        )}
      </p>
      <SearchForm action={`${base}/offices`}>
        <DateTimeField
          kind="date"
          name="on"
          label={t("查看哪一天的任职情况", "As of which day")}
          value={day}
          optional={t("选填", "optional")}
        />
        <Button look="quiet">{t("查看", "Show")}</Button>
      </SearchForm>
      {asked !== "" && !isDay(asked) ? (
        <Callout tone="warn">
          <p>{t("没有看懂这个日期，下面显示的是今天。", "That is not a day; what follows is today's.")}</p>
        </Callout>
      ) : null}
      {day === today ? null : (
        <Callout tone="info" title={t(`${sayDay(day, lang)} 的情况`, `As of ${sayDay(day, lang)}`)}>
          <p>
            <a href={`${base}/offices`}>{t("回到今天", "Back to today")}</a>
          </p>
        </Callout>
      )}
      {bodies.map((one) => (
        <BodySection c={c} one={one} elsewhere={elsewhere} />
      ))}
      {bodies.length === 0 ? (
        <EmptyState title={t("这一天还没有登记任何组织", "No bodies on that day")}>
          <p>
            {t(
              "组织登记以后，这里列出它的职务、由谁担任、依据什么。",
              "Once a body is recorded, its posts stand here with who holds them and by which act.",
            )}
          </p>
        </EmptyState>
      ) : null}
      {holders.some(({ publicName }) => publicName === UNSAID) ? (
        <p class="quiet">
          {t(
            `${UNSAID}：支部成员的姓名经本人单独同意才公开（《个人信息保护法》第二十八条、第二十九条）。`,
            `${UNSAID}: members of a branch are named only with their own separate consent (Personal Information Protection Law, art. 28–29).`,
          )}
        </p>
      ) : null}
      <h2 id="changes">{t("任职变动", "Changes")}</h2>
      <Changes c={c} changes={changes} />
      <Pager t={t} page={page} pages={pages} href={(n) => `${base}/offices?page=${n}#changes`} />
      <Actions>
        <ButtonLink look="quiet" href={`${base}/offices/chart${day === today ? "" : `?on=${day}`}`}>
          {t("组织体系图", "Chart of the organisation")}
        </ButtonLink>
        <ButtonLink look="quiet" href={`${base}/offices/buildings`}>
          {t("各楼栋由谁负责", "Who answers for which building")}
        </ButtonLink>
        <ButtonLink look="quiet" href={`${base}/duties`}>
          {t("责任清单", "Duties")}
        </ButtonLink>
        <ButtonLink look="quiet" href={`${base}/overlap`}>
          {t("交叉任职", "Cross-appointment")}
        </ButtonLink>
        <ButtonLink look="quiet" href={`${base}/permissions`}>
          {t("各职务可以做什么", "What each post may do")}
        </ButtonLink>
      </Actions>
    </Page>,
  );
});

/** Takings and leavings of office, newest first. */
export const Changes = ({ c, changes }: { c: AppContext; changes: readonly ShownChange[] }) => {
  const { t, lang } = c.var;
  return (
    <DataTable
      caption={t("任职和离任", "Taking and leaving office")}
      quietCaption={true}
      rows={changes}
      empty={<EmptyState title={t("还没有任职变动", "No changes yet")} />}
      columns={[
        {
          label: t("姓名", "Name"),
          head: true,
          cell: (change) => change.publicName,
        },
        {
          label: t("变动", "Change"),
          cell: (change) =>
            `${change.change === "taken" ? t("任", "took office as ") : t("离任", "left ")}${pick(change.body, lang)} ${pick(change.title, lang)}`,
        },
        { label: t("自", "From"), cell: (change) => sayDay(dayOf(change.effectiveAt), lang) },
        {
          label: t("依据", "By"),
          cell: (change) =>
            change.change === "taken"
              ? `${pick(TAKE_WORDS[change.act], lang)} ${change.document}`
              : `${change.leftAct ? pick(END_WORDS[change.leftAct], lang) : ""} ${change.leftDocument ?? ""}`,
        },
        { label: t("登记于", "Recorded"), cell: (change) => sayInstant(change.changedAt, lang) },
      ]}
    />
  );
};

termPages.get("/permissions", async (c) => {
  const { t, lang, now, scene } = c.var;
  const [rows] = await scene.db.read(listTenuresOn(scene, dayOf(now)));
  const holders = await Promise.all(rows.map((row) => holderOf(scene, row)));
  const whoHolds = (kind: PostKind): string => {
    const all = holders.filter((holder) => holder.postKind === kind);
    const named = all.filter(({ isNamed }) => isNamed).map(({ publicName }) => publicName);
    const rest = all.length - named.length;
    return [...named, ...(rest > 0 ? [t(`${rest}人`, `${rest}`)] : [])].join(t("、", ", "));
  };
  const without = POST_KINDS.filter(
    (kind) => !permissionList.some((permission) => PERMISSIONS[permission].includes(kind)),
  );
  const base = `/c/${scene.community.slug}`;
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("谁可以做什么", "Who may do what")}
      breadcrumb={[
        { href: base, label: t("首页", "Home") },
        { href: `${base}/offices`, label: t("任职", "Offices") },
      ]}
    >
      <h1>{t("谁可以做什么", "Who may do what")}</h1>
      <p>
        {t(
          "系统按今天的任职决定每个人能做的事，没有别的授权途径。任职今天结束，权限今天停止。",
          "What a person may do follows from the offices they hold today, and from nothing else. An office that ends today stops working today.",
        )}
      </p>
      <DataTable
        caption={t("权限与职务", "Permissions and posts")}
        rows={permissionList}
        columns={[
          { label: t("可以做的事", "May"), head: true, cell: (permission) => pick(PERMISSION_WORDS[permission], lang) },
          {
            label: t("职务", "Posts"),
            cell: (permission) => (
              <ul>
                {PERMISSIONS[permission].map((kind) => {
                  const who = whoHolds(kind);
                  return (
                    <li>
                      {pick(POST_WORDS[kind], lang)}
                      {who === "" ? null : <small class="quiet">（{who}）</small>}
                    </li>
                  );
                })}
              </ul>
            ),
          },
        ]}
      />
      <h2>{t("必须由两个人完成的事", "What takes two people")}</h2>
      <ul>
        {SEPARATED.map(([first, second]) => (
          <li>
            {pick(PERMISSION_WORDS[first], lang)} ≠ {pick(PERMISSION_WORDS[second], lang)}
          </li>
        ))}
      </ul>
      <p>
        {t(
          "没有一个职务同时有这两项权限；一个人即使身兼两职，也不能批准自己起草的、复核自己录入的、公布自己计的票，或登记自己任职。",
          "No post has both. Nor may a person with two posts approve what they drafted, confirm what they entered, publish what they counted, or record their own appointment.",
        )}
      </p>
      <p>
        {t(
          `任命这些职务，以及更换这些人的登录号码，也要两个人：${WEIGHTY_POSTS.map((kind) => POST_WORDS[kind].zh).join("、")}。`,
          `Two people are also needed to fill these posts and to change the number their holders sign in with: ${WEIGHTY_POSTS.map((kind) => POST_WORDS[kind].en).join(", ")}.`,
        )}
      </p>
      <Details summary={t("没有任何权限的职务", "Posts without any permission")}>
        <p>{without.map((kind) => pick(POST_WORDS[kind], lang)).join(t("、", ", "))}</p>
        <p>
          {t(
            "党组织职务不带来对表决的任何权力，物业服务企业的人员没有任何权限。",
            "Party posts give no power over a vote; the provider's people have no permission at all.",
          )}
        </p>
      </Details>
      <p class="quiet">{t(`今天是${sayDay(dayOf(now), lang)}。`, `Today is ${sayDay(dayOf(now), lang)}.`)}</p>
    </Page>,
  );
});
