/** Who took part, against the two-thirds line, while a vote is open and after: by item and by building. Never a choice. Markup only. */
import type { AppContext } from "../../platform/context.ts";
import { Turnout, TurnoutByBuilding } from "../../platform/ui/charts.tsx";
import { QUORUM } from "../rules.ts";
import { itemTitle } from "./agenda.tsx";
import type { Part, PublicMeeting } from "./reading.ts";

const isSame = (a: Part, b: Part): boolean =>
  a.voted.owners === b.voted.owners &&
  a.voted.areaDm2 === b.voted.areaDm2 &&
  a.total.owners === b.total.owners &&
  a.total.areaDm2 === b.total.areaDm2;

export interface Shared<Item> {
  readonly part: Part;
  readonly items: readonly Item[];
}

/** Items that the same owners answered in the same number stand together: most meetings then show one pair of bars. */
export function sharedParts<Item extends { readonly itemNo: number }>(
  items: readonly Item[],
  turnout: ReadonlyMap<number, Part>,
): Shared<Item>[] {
  const shared: { part: Part; items: Item[] }[] = [];
  for (const item of items) {
    const part = turnout.get(item.itemNo);
    if (!part) continue;
    const alike = shared.find((one) => isSame(one.part, part));
    if (alike) alike.items.push(item);
    else shared.push({ part, items: [item] });
  }
  return shared;
}

/** Both axes for each group of items; what they are is only said where there is more than one group. */
export const TurnoutOfItems = <Item extends { readonly itemNo: number; readonly title: string }>({
  c,
  items,
  turnout,
}: {
  c: AppContext;
  items: readonly Item[];
  turnout: ReadonlyMap<number, Part>;
}) => {
  const groups = sharedParts(items, turnout);
  return (
    <>
      {groups.map(({ part, items: alike }) => (
        <>
          {groups.length > 1 ? (
            <p>
              <b>{alike.map((item) => itemTitle(item, c)).join(c.var.t("；", "; "))}</b>
            </p>
          ) : null}
          <Turnout t={c.var.t} voted={part.voted} total={part.total} line={QUORUM} />
        </>
      ))}
    </>
  );
};

export const BuildingsSection = ({
  c,
  buildings,
}: {
  c: AppContext;
  buildings: readonly (Part & { readonly name: string })[];
}) => {
  const { t } = c.var;
  if (buildings.length === 0) return null;
  return (
    <section id="buildings">
      <h3>{t("各楼栋的参与情况", "By building")}</h3>
      <TurnoutByBuilding t={t} buildings={buildings} line={QUORUM} />
      <p class="hint">
        {t(
          "在几栋都有房屋的业主，每栋各列一次，合计只计一人。三分之二是对全体的要求，竖线只作参考。",
          "An owner with units in several buildings is listed in each and counts once in all. Two thirds are asked of the whole; the line is only for orientation.",
        )}
      </p>
    </section>
  );
};

/** Turnout of a meeting that is open or being counted. */
export const TurnoutSection = ({ c, meeting }: { c: AppContext; meeting: PublicMeeting }) => {
  const { t } = c.var;
  return (
    <section id="turnout">
      <h2>{t("参与情况", "Turnout")}</h2>
      <p>
        {t(
          "人数和面积都要有三分之二以上参与，表决才有效（《民法典》第二百七十八条第二款）。",
          "Two thirds must take part by owners and by area for anything to be decided (Civil Code art. 278(2)).",
        )}
      </p>
      <TurnoutOfItems c={c} items={meeting.items.map(({ item }) => item)} turnout={meeting.turnout} />
      <BuildingsSection c={c} buildings={meeting.buildings} />
    </section>
  );
};
