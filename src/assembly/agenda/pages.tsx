/** Writing the items of a draft, one a page, with the lint beside the fields after each save. */
import { Hono } from "hono";
import { sortText } from "../../community/rules.ts";
import { listUnits, type UnitRow } from "../../community/store.ts";
import { dayOf } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { requires } from "../../platform/access.ts";
import { type AppContext, type AppEnv, staffScene } from "../../platform/context.ts";
import { files, one } from "../../platform/form-body.ts";
import { newOnce } from "../../platform/frame.ts";
import { type Problem, problemResponse } from "../../platform/problem.tsx";
import { deskMeetingHref, readNumber } from "../meeting/addresses.ts";
import { raiseItem, removeItem, saveItem } from "../meeting/drafting.ts";
import { meetingProblem } from "../meeting/problems.ts";
import { readDraft } from "../meeting/reading.ts";
import { byNumber, findMeeting, type MeetingRow } from "../meeting/store.ts";
import { type EditedItem, itemPage } from "./editor.tsx";
import { formFromItem, itemFormOf, itemFromForm, NO_ITEM, unitLines } from "./form.ts";
import { originPath } from "./origins.ts";
import { putPapers } from "./papers.ts";
import { fileProblem } from "./problems.ts";
import { type Attachment, type KnownPlaces, lint } from "./rules.ts";

export const agendaPages = new Hono<AppEnv>();
const drafts = requires("meeting.draft");

interface Loaded {
  readonly row: MeetingRow;
  readonly units: readonly UnitRow[];
}

async function load(c: AppContext): Promise<Loaded | null> {
  const { scene, now } = c.var;
  const number = readNumber(c.req.param("number"));
  if (number === null) return null;
  const [rows, units] = await scene.db.read(findMeeting(scene, byNumber(scene, number)), listUnits(scene, dayOf(now)));
  return rows[0] ? { row: rows[0], units: units.filter(({ state }) => state !== "retired") } : null;
}

const nameOf = ({ building, entrance, room }: UnitRow): string =>
  [building, entrance, room].filter((part) => part !== "").join(" ");
/** 1栋-1单元-0101 and 1栋 1单元 0101 are the same place. */
const placeOf = (text: string): string => text.normalize("NFKC").replace(/[\s\-–—_/·.,、]+/g, "");

const placesOf = (units: readonly UnitRow[]): KnownPlaces => ({
  buildings: new Set(units.map(({ building }) => building)),
  unitIds: new Set(units.map(({ unitId }) => unitId)),
});

/** In the order a person would look for them: 2栋 before 10栋. */
const buildingsOf = (units: readonly UnitRow[]): string[] =>
  [...placesOf(units).buildings].sort((a, b) => (sortText(a) < sortText(b) ? -1 : 1));

const itemNoOf = (c: AppContext, count: number): number | null => {
  const param = c.req.param("itemNo");
  const itemNo = param === "new" ? count + 1 : readNumber(param);
  return itemNo !== null && itemNo <= count + 1 ? itemNo : null;
};

agendaPages.get("/desk/meetings/:number/items/:itemNo", drafts, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  const { row, units } = loaded;
  const { draft } = readDraft(row);
  const itemNo = itemNoOf(c, draft.items.length);
  if (itemNo === null || row.state !== "draft") return c.notFound();
  const item = draft.items[itemNo - 1];
  const elsewhere = item ? originPath(item) : null;
  if (elsewhere !== null) return c.redirect(`/c/${c.var.scene.community.slug}${elsewhere}`, 303);
  const names = new Map(units.map((unit) => [unit.unitId as string, nameOf(unit)]));
  const unitIds = item?.scope.kind === "units" ? item.scope.unitIds : [];
  const edited: EditedItem = {
    row,
    itemNo,
    isNew: item === undefined,
    form: item
      ? formFromItem(
          item,
          unitIds.map((unitId) => names.get(unitId) ?? unitId),
        )
      : NO_ITEM,
    attachments: item?.attachments ?? [],
    buildings: buildingsOf(units),
    findings: item ? lint([{ ...item, itemNo: 1 }], placesOf(units)) : [],
  };
  return itemPage(c, edited);
});

agendaPages.post("/desk/meetings/:number/items/:itemNo", drafts, async (c) => {
  const loaded = await load(c);
  if (!loaded) return c.notFound();
  const { row, units } = loaded;
  const { draft } = readDraft(row);
  const body = await c.req.parseBody({ all: true });
  const itemNo = readNumber(one(body, "itemNo"));
  if (itemNo === null) return c.notFound();
  const form = itemFormOf(body);
  const standing = draft.items[itemNo - 1];
  const byPlace = new Map(units.map((unit) => [placeOf(nameOf(unit)), unit.unitId as string]));
  const typed = form.scope === "units" ? unitLines(form) : [];
  // A line that is no unit of the roll stays as it is: the lint names it, and nothing is dropped silently.
  const unitIds = typed.map((line) => byPlace.get(placeOf(line)) ?? line);
  const kept = (standing?.attachments ?? []).filter(({ fileId }) => form.keep.includes(fileId));
  const edited = (problem: Problem, attachments: readonly Attachment[], version = row.version): EditedItem => ({
    row: { ...row, version },
    itemNo,
    isNew: standing === undefined,
    form,
    attachments,
    buildings: buildingsOf(units),
    findings: [],
    problem,
  });
  const papers = await putPapers(staffScene(c), kept, files(body, "files"));
  if (!papers.ok) return itemPage(c, edited(fileProblem(papers.error), kept));
  const { attachments, statements } = papers.value;
  const item = itemFromForm(form, itemNo, unitIds, attachments);
  const save = {
    meetingId: row.meetingId as MeetingId,
    version: readNumber(one(body, "version")) ?? 0,
    once: one(body, "_once") || newOnce(),
  };
  const saved = await saveItem(staffScene(c), save, item, statements);
  if (!saved.ok) return itemPage(c, edited(meetingProblem(saved.error), kept));
  return c.redirect(`${deskMeetingHref(c.var.scene.community.slug, row.number)}/items/${itemNo}?done=1`, 303);
});

const changeItem = (act: typeof removeItem) => async (c: AppContext) => {
  const loaded = await load(c);
  const itemNo = readNumber(c.req.param("itemNo"));
  if (!loaded || itemNo === null) return c.notFound();
  const { row } = loaded;
  const body = await c.req.parseBody({ all: true });
  const save = {
    meetingId: row.meetingId as MeetingId,
    version: readNumber(one(body, "version")) ?? 0,
    once: one(body, "_once") || newOnce(),
  };
  const changed = await act(staffScene(c), save, itemNo);
  if (!changed.ok) return problemResponse(c, meetingProblem(changed.error));
  return c.redirect(`${deskMeetingHref(c.var.scene.community.slug, row.number)}?done=1`, 303);
};

agendaPages.post("/desk/meetings/:number/items/:itemNo/remove", drafts, changeItem(removeItem));
agendaPages.post("/desk/meetings/:number/items/:itemNo/raise", drafts, changeItem(raiseItem));
