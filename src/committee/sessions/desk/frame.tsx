/** What the committee's pages at the desk share: who may come here, the way back, a meeting by its address. Markup and reading only. */
import { dayOf } from "../../../kernel/day.ts";
import { type Permission, requires } from "../../../platform/access.ts";
import { type AppContext, staffScene } from "../../../platform/context.ts";
import { type FormBody, one } from "../../../platform/form-body.ts";
import type { Lang } from "../../../platform/i18n.ts";
import type { Crumb } from "../../../platform/layout.tsx";
import type { Problem } from "../../../platform/problem.tsx";
import type { FieldError } from "../../../platform/ui/forms.tsx";
import { deskCommitteeHref, deskHref, deskSessionHref, deskSessionsHref, readNumber } from "../../addresses.ts";
import { type Loaded, loadSession } from "../actions.ts";
import { readSession, type SessionView } from "../reading.ts";
import { bySessionNumber, type SessionKey } from "../store.ts";

/** Everyone who has a hand in the committee's meetings reads all of them. */
export const HANDS = [
  "committee.call",
  "committee.record",
  "committee.sign",
  "committee.publish",
] as const satisfies readonly Permission[];
export const hands = requires(...HANDS);

export const crumbs = (c: AppContext, view?: Pick<SessionView, "row">): Crumb[] => {
  const { t, scene } = c.var;
  const { slug } = scene.community;
  return [
    { href: deskHref(slug), label: t("工作台", "Desk") },
    { href: deskCommitteeHref(slug), label: t("业委会工作", "Committee") },
    { href: deskSessionsHref(slug), label: t("会议", "Meetings") },
    ...(view ? [{ href: deskSessionHref(slug, view.row.number), label: view.row.title }] : []),
  ];
};

/** The meeting an address names; null for what cannot be one. */
export const keyOf = (c: AppContext): SessionKey | null => {
  const number = readNumber(c.req.param("number"));
  return number === null ? null : bySessionNumber(c.var.scene, number);
};

/** Reads the meeting of the address for a page; null when there is none. */
export const viewOf = async (c: AppContext): Promise<SessionView | null> => {
  const key = keyOf(c);
  return key === null ? null : readSession(c.var.scene, key);
};
/** The same with what acts ask. */
export const loadedOf = async (c: AppContext): Promise<Loaded | null> => {
  const key = keyOf(c);
  return key === null ? null : loadSession(staffScene(c), key);
};

/** The version a form was made from: 0 for what is none, which no meeting has. */
export const versionIn = (body: FormBody, name = "version"): number => {
  const text = one(body, name);
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
};

/** The messages of a problem by field: the pointer "/place" is the field "place". */
export const fieldErrors = (problem: Problem | undefined, lang: Lang): FieldError[] =>
  (problem?.errors ?? []).map(({ pointer, detail }) => ({ field: pointer.slice(1), message: detail[lang] }));

/** A problem that belongs to no field stands above the form. */
export const wholeProblem = (problem: Problem | undefined): Problem | undefined =>
  problem && (problem.errors === undefined || problem.article !== undefined) ? problem : undefined;

export const todayOf = (c: AppContext) => dayOf(c.var.now);
