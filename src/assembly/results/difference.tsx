/** A recount beside the count that stands, figure by figure. Markup only; whether they are the same is asked of actions.ts. */
import type { AppContext } from "../../platform/context.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { sayAmount } from "../../platform/ui/shares.ts";
import { DataTable } from "../../platform/ui/tables.tsx";
import type { ItemCount } from "../counting/rules.ts";
import { isSameCount, type ShownOption, shownOptions } from "../counting/shown.ts";
import type { Run } from "../counting/stored.ts";
import { outcomeOf } from "../public/words.ts";
import { isSameRun } from "./actions.ts";

interface Line {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

const optionKey = ({ optionNo, role }: ShownOption): string => `${role}:${optionNo ?? ""}`;

/** Every figure of an item in both counts; an option that only one of them shows has a dash in the other. */
function linesOf(c: AppContext, item: Run["items"][number]["item"], before: ItemCount, after: ItemCount): Line[] {
  const { t } = c.var;
  const say = (weight: { readonly owners: number; readonly areaDm2: number } | undefined): string =>
    weight ? `${sayAmount(weight.owners, "owners", t)}，${sayAmount(weight.areaDm2, "area", t)}` : "—";
  const [old, fresh] = [shownOptions(before), shownOptions(after)];
  const keys = [...new Set([...old, ...fresh].map(optionKey))];
  const found = (rows: readonly ShownOption[], key: string) => rows.find((row) => optionKey(row) === key);
  return [
    { name: t("参与表决", "Took part"), before: say(before.participated), after: say(after.participated) },
    ...keys.map((key): Line => {
      const [a, b] = [found(old, key), found(fresh, key)];
      return { name: (a ?? b)!.label, before: say(a?.votes), after: say(b?.votes) };
    }),
    { name: t("结论", "Outcome"), before: outcomeOf(item, before, t), after: outcomeOf(item, after, t) },
  ];
}

/** Whether the recount says the same; where it does not, each item that differs. */
export const Differences = ({ c, standing, recount }: { c: AppContext; standing: Run; recount: Run }) => {
  const { t } = c.var;
  if (isSameRun(standing, recount))
    return (
      <Callout
        tone="good"
        title={t("复核的每个数字都与已公布的相同", "Every figure of the recount is the one published")}
      />
    );
  const differing = recount.items.flatMap(({ item, strict }) => {
    const before = standing.items.find((one) => one.item.itemNo === item.itemNo)?.strict;
    return before && !isSameCount(before, strict) ? [{ item, lines: linesOf(c, item, before, strict) }] : [];
  });
  return (
    <>
      <Callout tone="bad" title={t("复核与已公布的结果不同", "The recount differs from what was published")}>
        <p>
          {t(
            "公布复核结果以后，异议期重新开始。已公布的数字保留在公开记录里。",
            "Publishing it begins the period of objection anew. What was published stays in the record.",
          )}
        </p>
        {differing.length === 0 ? (
          <p>{t("不同的只是按议事规则推定的部分。", "Only what the rules of procedure deem differs.")}</p>
        ) : null}
      </Callout>
      {differing.map(({ item, lines }) => (
        <DataTable
          caption={t(`议题${item.itemNo}：${item.title}`, `Item ${item.itemNo}: ${item.title}`)}
          rows={lines}
          columns={[
            { label: t("数字", "Figure"), head: true, cell: ({ name }) => name },
            { label: t("已公布", "Published"), cell: ({ before }) => before },
            {
              label: t("复核", "Recount"),
              cell: ({ before, after }) => (before === after ? after : <strong>{after}</strong>),
            },
          ]}
        />
      ))}
    </>
  );
};
