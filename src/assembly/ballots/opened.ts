/** The words of the ballot a voter kept, for the page that checks receipts: items and options by name. No markup. */
import { z } from "zod";
import type { MeetingId } from "../../kernel/id.ts";
import { translator } from "../../platform/i18n.ts";
import { registerOpening } from "../../record/receipt/explained.ts";
import { readItem } from "../meeting/reading.ts";
import { listItems } from "../meeting/store.ts";
import { answerWords } from "./words.ts";

/** As `ballotContent` writes it. */
const kept = z.array(z.object({ item: z.int(), options: z.array(z.int()) }));

registerOpening("ballot.cast", "/commitment", async (scene, entry, value) => {
  const read = kept.safeParse(value);
  if (!read.success || typeof entry.meeting !== "string") return null;
  const [rows] = await scene.db.read(listItems(scene, entry.meeting as MeetingId));
  const items = rows.map((row) => readItem(row).item);
  const [zh, en] = [translator("zh"), translator("en")];
  const facts = read.data.map(({ item: itemNo, options }) => {
    const item = items.find((one) => one.itemNo === itemNo);
    return item
      ? {
          label: { zh: `议题${itemNo}：${item.title}`, en: `Question ${itemNo}: ${item.title}` },
          text: { zh: answerWords(item, options, zh), en: answerWords(item, options, en) },
        }
      : null;
  });
  // A ballot that names an item the meeting does not have is shown as it stands, not half in words.
  return facts.every((fact) => fact !== null) ? facts : null;
});
