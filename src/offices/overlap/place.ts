/** Where the desk of cross-appointment lies, and who may enter which part of it; shared by its pages. No page of its own. */
import { requires } from "../../platform/access.ts";
import type { AppContext } from "../../platform/context.ts";
import type { Crumb } from "../../platform/layout.tsx";
import { baseOf } from "../terms/place.ts";

export const sees = requires("overlap.manage", "overlap.waive");
export const manages = requires("overlap.manage");
export const waives = requires("overlap.waive");

export const overlapDeskOf = (c: AppContext): string => `${baseOf(c)}/desk/overlap`;

/** The way to a page of this desk; `deeper` for one below its first. */
export const overlapCrumbs = (c: AppContext, deeper: boolean): Crumb[] => [
  { href: `${baseOf(c)}/desk`, label: c.var.t("工作台", "Desk") },
  ...(deeper ? [{ href: overlapDeskOf(c), label: c.var.t("交叉任职的规则", "Rules of cross-appointment") }] : []),
];

/** The kinds of the posts that the signed-in person holds today. */
export const postsOf = (c: AppContext): string[] => c.var.actor.posts.map(({ kind }) => kind);
