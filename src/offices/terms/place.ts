/** Where the desk of offices lies and who may enter it; shared by its pages. No page of its own. */
import { requires } from "../../platform/access.ts";
import type { AppContext } from "../../platform/context.ts";
import type { Crumb } from "../../platform/layout.tsx";
import { missing } from "../forms.tsx";

export const manages = requires("offices.manage");
export const baseOf = (c: AppContext): string => `/c/${c.var.scene.community.slug}`;
export const deskOf = (c: AppContext): string => `${baseOf(c)}/desk/offices`;

/** The way to a page of this desk; `deeper` for one below its list. */
export const crumbs = (c: AppContext, deeper: boolean): Crumb[] => [
  { href: `${baseOf(c)}/desk`, label: c.var.t("工作台", "Desk") },
  ...(deeper ? [{ href: deskOf(c), label: c.var.t("任职登记", "Recording offices") }] : []),
];

/** A form shown in answer to a POST switches language at its own address. */
export const switchOf = (c: AppContext): string => `${c.req.path}?lang=${c.var.lang === "en" ? "zh" : "en"}`;

export const ACT_MISSING = missing("act", { zh: "请选择一项", en: "Choose one" });
