/** Where the desk of duties lies and who may enter which part of it; shared by its pages. No page of its own. */
import { requires } from "../../platform/access.ts";
import type { AppContext } from "../../platform/context.ts";
import type { Crumb } from "../../platform/layout.tsx";

/** Arranging tasks and bodies. */
export const arranges = requires("duty.manage");
/** Anyone who works on duties: arranges or reports. */
export const works = requires("duty.manage", "duty.report");

export const baseOf = (c: AppContext): string => `/c/${c.var.scene.community.slug}`;
export const deskOf = (c: AppContext): string => `${baseOf(c)}/desk/duties`;

/** The way to a page of this desk; `deeper` for one below its list. */
export const crumbs = (c: AppContext, deeper: boolean): Crumb[] => [
  { href: `${baseOf(c)}/desk`, label: c.var.t("工作台", "Desk") },
  ...(deeper ? [{ href: deskOf(c), label: c.var.t("责任清单", "Duties") }] : []),
];
