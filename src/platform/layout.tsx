/**
 * The document around every page: head, header with what is open now, the menu, and the footer. Not the content.
 *
 *   c.html(
 *     <Page t={t} lang={lang} now={now} title={t("名册", "Roll")} community={{ name, slug }} nav="staff" actor={{ name, post }}
 *       breadcrumb={[{ href: `/c/${slug}/desk`, label: t("工作台", "Desk") }]} demo={c.var.demo}>
 *       <h1>{t("名册", "Roll")}</h1> …
 *     </Page>,
 *   )
 *
 * The page writes its own <h1>; `title` is what the browser's tab and a shared link show. Nothing personal belongs in it.
 */
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import type { Instant } from "../kernel/day.ts";
import { type Lang, langTag, type T } from "./i18n.ts";
import { MARK_PATH, STYLE_PATH } from "./style.ts";
import { PostButton } from "./ui/buttons.tsx";
import { sayDeadline, sayInstant, saySpan } from "./ui/moments.ts";

export interface Crumb {
  readonly href: string;
  readonly label: Child;
}

/** A vote that is open: shown in the header of every page of its community. */
export interface OpenNow {
  readonly title: string;
  readonly href: string;
  readonly closesAt: Instant;
}

export interface PageProps {
  t: T;
  lang: Lang;
  /** Of the document; the community's name is added. */
  title: string;
  now: Instant;
  community?: { readonly name: string; readonly slug: string } | undefined;
  openNow?: readonly OpenNow[] | undefined;
  /** The way here from the community's home, without this page. */
  breadcrumb?: readonly Crumb[] | undefined;
  /** Whose page it is. public: anyone's. owner: opened by a household's link. staff: behind sign-in. */
  nav?: "public" | "owner" | "staff" | undefined;
  /** In place of the menu that goes with `nav`. */
  menu?: readonly (Crumb & { readonly current?: boolean | undefined })[] | undefined;
  /** The address of this page (path only): marks it in the menu. */
  path?: string | undefined;
  /** `permissions` opens the doors of the staff menu that would otherwise lead to "no such page". */
  actor?:
    | {
        readonly name: string;
        readonly post?: string | undefined;
        readonly permissions?: ReadonlySet<string> | undefined;
      }
    | undefined;
  /** With an actor: the way out. */
  signOut?: { readonly action: string; readonly token: string } | undefined;
  demo?: boolean | undefined;
  /** Not for search engines. Pages of owners and staff never are. */
  isPrivate?: boolean | undefined;
  /** Room for wide tables; running text keeps its measure. */
  wide?: boolean | undefined;
  /** Where the language link leads when this address cannot be asked for again (a form shown after a POST). */
  switchHref?: string | undefined;
  /** Addresses of scripts of our own. Every page works without. */
  scripts?: readonly string[] | undefined;
  /** Further elements of the head, such as the link to a feed. */
  head?: Child;
  children?: Child;
}

/** The seal: 合 as a roof, a beam and a door. */
const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="3" />
    <path d="M5 15 16 6l11 9M11 16h10M10.5 20.5h11v6h-11z" />
  </svg>
);

type MenuItem = Crumb & { readonly current?: boolean | undefined };

function menuOf(props: PageProps): readonly MenuItem[] {
  if (props.menu) return props.menu;
  if (!props.community) return [];
  const { t } = props;
  const base = `/c/${props.community.slug}`;
  const offices = { href: `${base}/offices`, label: t("任职", "Offices") };
  const record = { href: `${base}/record`, label: t("公开记录", "Record") };
  const meetings = { href: `${base}/meetings`, label: t("会议与决定", "Meetings") };
  const committee = { href: `${base}/committee`, label: t("业委会", "Committee") };
  const accounts = { href: `${base}/accounts`, label: t("账目", "Accounts") };
  if (props.nav !== "staff")
    return [{ href: base, label: t("首页", "Home") }, meetings, committee, offices, accounts, record];
  const may = (permission: string): boolean => props.actor?.permissions?.has(permission) ?? false;
  return [
    { href: `${base}/desk`, label: t("工作台", "Desk") },
    { href: may("meeting.read") ? `${base}/desk/meetings` : meetings.href, label: t("会议", "Meetings") },
    ...(may("roll.read") ? [{ href: `${base}/desk/roll`, label: t("名册", "Roll") }] : []),
    ...(may("ledger.read") ? [{ href: `${base}/desk/ledger`, label: t("账簿", "Books") }] : []),
    offices,
    record,
  ];
}

/** "page" where the item is this page, "true" where this page lies behind it; home and desk lie before everything. */
function currentOf(item: MenuItem, { path, community }: PageProps): "page" | "true" | undefined {
  if (item.current || path === item.href) return "page";
  const roots = community ? [`/c/${community.slug}`, `/c/${community.slug}/desk`] : [];
  return path?.startsWith(`${item.href}/`) && !roots.includes(item.href) ? "true" : undefined;
}

const Header = (props: PageProps) => {
  const { t, lang, community, actor } = props;
  const name = community?.name ?? t("小区共治", "Commonhold");
  const menu = menuOf(props);
  return (
    <header class="top">
      <div class="wrap top-row">
        <a class="brand" href={community ? `/c/${community.slug}` : "/"}>
          <Mark />
          <span>
            {name}
            {community ? <small>{t("小区共治", "Commonhold")}</small> : null}
          </span>
        </a>
        <div class="top-side">
          {actor ? (
            <span>
              {actor.name}
              {actor.post ? <small> · {actor.post}</small> : null}
            </span>
          ) : null}
          {lang === "en" ? (
            <a href={props.switchHref ?? "?lang=zh"} lang="zh-CN" hreflang="zh-CN" rel="nofollow">
              中文
            </a>
          ) : (
            <a href={props.switchHref ?? "?lang=en"} lang="en" hreflang="en" rel="nofollow">
              English
            </a>
          )}
          {actor && props.signOut ? (
            <PostButton action={props.signOut.action} token={props.signOut.token} look="link">
              {t("退出", "Sign out")}
            </PostButton>
          ) : null}
        </div>
      </div>
      {menu.length > 0 ? (
        <nav class="wrap menu" aria-label={t("主菜单", "Main menu")}>
          {menu.map((item) => (
            <a href={item.href} aria-current={currentOf(item, props)}>
              {item.label}
            </a>
          ))}
        </nav>
      ) : null}
    </header>
  );
};

/** Whoever comes after the last minute reads no more that voting is open, though the doors are shut only by the next round of the clock. */
const OpenStrip = ({ t, lang, now, openNow = [] }: PageProps) => {
  const open = openNow.filter(({ closesAt }) => closesAt > now);
  return open.length > 0 ? (
    <aside class="open" aria-label={t("正在进行", "Open now")}>
      {open.map((vote) => (
        <p class="wrap">
          <b>{t("正在表决", "Voting is open")}</b> <a href={vote.href}>{vote.title}</a>{" "}
          <small>
            {t(
              `${sayDeadline(vote.closesAt, lang)}截止，还剩${saySpan(vote.closesAt - now, lang)}`,
              `closes ${sayDeadline(vote.closesAt, lang)}, ${saySpan(vote.closesAt - now, lang)} left`,
            )}
          </small>
        </p>
      ))}
    </aside>
  ) : null;
};

const Footer = ({ t, lang, now, community }: PageProps) => {
  const base = community ? `/c/${community.slug}` : null;
  return (
    <footer class="foot">
      <div class="wrap">
        <nav aria-label={t("说明", "About")}>
          {base ? <a href={`${base}/record`}>{t("公开记录", "The public record")}</a> : null}
          {base ? <a href={`${base}/my`}>{t("业主专页", "My corner")}</a> : null}
          {base ? <a href={`${base}/permissions`}>{t("谁可以做什么", "Who may do what")}</a> : null}
          <a href="/calculator">{t("表决计算器", "Decision calculator")}</a>
          <a href="/docs">{t("开放接口", "API")}</a>
        </nav>
        <p>
          {t(
            "人数和面积按冻结的名册精确计算，任何人都可以用公开记录复算。本站不提供法律意见。",
            "Owners and areas are counted exactly on the frozen roll; anyone can recompute them from the public record. Nothing here is legal advice.",
          )}
        </p>
        <p>
          <small>
            {t("本页生成于", "This page was made on ")}
            {sayInstant(now, lang)}
            {t("（北京时间）", " (Beijing time)")}
          </small>
        </p>
      </div>
    </footer>
  );
};

/** The full HTML document. */
export const Page = (props: PageProps) => {
  const { t, lang, community, breadcrumb } = props;
  const site = community?.name ?? t("小区共治", "Commonhold");
  const isPrivate = props.isPrivate ?? (props.nav === "owner" || props.nav === "staff");
  return (
    <>
      {raw("<!doctype html>")}
      <html lang={langTag(lang)}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="referrer" content="no-referrer" />
          <meta name="format-detection" content="telephone=no" />
          {isPrivate ? <meta name="robots" content="noindex, nofollow" /> : null}
          <title>{props.title === site ? site : `${props.title} · ${site}`}</title>
          <link rel="stylesheet" href={STYLE_PATH} />
          <link rel="icon" href={MARK_PATH} type="image/svg+xml" />
          {props.head}
          {(props.scripts ?? []).map((src) => (
            <script src={src} defer />
          ))}
        </head>
        <body class={props.wide ? "wide" : undefined}>
          <a class="skip" href="#main">
            {t("跳到正文", "Skip to content")}
          </a>
          {props.demo ? (
            <aside class="demo" aria-label={t("演示", "Demo")}>
              <a href="/demo">
                {t("演示模式：人物、消息和时间都是虚构的", "Demo: people, messages and time are made up")}
              </a>
            </aside>
          ) : null}
          <Header {...props} />
          <OpenStrip {...props} />
          <main id="main" class="wrap" tabindex={-1}>
            {breadcrumb && breadcrumb.length > 0 ? (
              <nav class="crumbs" aria-label={t("当前位置", "You are here")}>
                <ol>
                  {breadcrumb.map((crumb) => (
                    <li>
                      <a href={crumb.href}>{crumb.label}</a>
                    </li>
                  ))}
                </ol>
              </nav>
            ) : null}
            {props.children}
          </main>
          <Footer {...props} />
        </body>
      </html>
    </>
  );
};
