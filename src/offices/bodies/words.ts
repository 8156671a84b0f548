/** How bodies, posts and the buildings they answer for are said on pages and in the drawing. Words only. */
import type { Lang } from "../../platform/i18n.ts";
import { PERMISSIONS, type PostKind, permissionList } from "../rules.ts";
import type { Holder } from "../terms/actions.ts";
import { PERMISSION_WORDS } from "../words.ts";
import type { BodyOnDay } from "./actions.ts";
import type { ChartNode } from "./chart/rules.ts";
import type { Area } from "./rules.ts";

/** "3栋、5栋 1单元". */
export const sayAreas = (areas: readonly Area[], lang: Lang): string =>
  areas
    .map(({ building, entrance }) => (entrance === "" ? building : `${building} ${entrance}`))
    .join(lang === "en" ? ", " : "、");

/** What the holder of a post may do, in words; empty for a post without power. */
export const sayPowers = (kind: PostKind, lang: Lang): string[] =>
  permissionList
    .filter((permission) => PERMISSIONS[permission].includes(kind))
    .map((permission) => PERMISSION_WORDS[permission][lang]);

/** "每届 60 个月" or nothing where the post has no term. */
export const sayTerm = (termMonths: number | null, lang: Lang): string => {
  if (termMonths === null) return lang === "en" ? "no fixed term" : "没有固定任期";
  if (termMonths % 12 !== 0) return lang === "en" ? `${termMonths} months` : `${termMonths}个月`;
  const years = termMonths / 12;
  return lang === "en" ? `${years} ${years === 1 ? "year" : "years"}` : `${years}年`;
};

const MOST_NAMED = 3;

/** Who holds a post: by name where the public may know them and they are few, else by number. */
export function sayHolders(holders: readonly Pick<Holder, "isNamed" | "publicName">[], lang: Lang): string {
  const named = holders.filter(({ isNamed }) => isNamed).map(({ publicName }) => publicName);
  if (holders.length === 0) return lang === "en" ? "vacant" : "空缺";
  if (named.length < holders.length || named.length > MOST_NAMED)
    return lang === "en" ? String(holders.length) : `${holders.length}人`;
  return named.join(lang === "en" ? ", " : "、");
}

/** A post and who holds it, in one line; one that is vacant only where it is the first of its body. */
export function sayPost(
  title: string,
  holders: readonly Pick<Holder, "isNamed" | "publicName">[],
  isFirst: boolean,
  lang: Lang,
): string | null {
  if (holders.length === 0 && !isFirst) return null;
  return `${title}${lang === "en" ? ": " : "："}${sayHolders(holders, lang)}`;
}

/** Everything the drawing and the list beside it say of a body: both read the same lines. */
export const linesOf = ({ body, posts }: BodyOnDay, lang: Lang): string[] => [
  ...posts.flatMap(({ post, holders }, at) => sayPost(post.title[lang], holders, at === 0, lang) ?? []),
  ...(body.areas.length > 0
    ? [lang === "en" ? `for ${sayAreas(body.areas, lang)}` : `负责 ${sayAreas(body.areas, lang)}`]
    : []),
];

/** The bodies of a day as nodes of the drawing; those the owners elected carry its mark. */
export const nodesOf = (bodies: readonly BodyOnDay[], lang: Lang): ChartNode[] =>
  bodies.map((one) => ({
    id: one.body.bodyId,
    parentId: one.body.parentId,
    note: one.body.level[lang],
    title: one.body.name[lang],
    lines: linesOf(one, lang),
    group: one.body.kind,
    isMarked: one.body.kind === "committee",
  }));
