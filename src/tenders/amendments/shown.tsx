/** Amendments as everybody reads them: what differs field by field, why, and until when bids are taken now. Markup only. */
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { DataTable } from "../../platform/ui/tables.tsx";
import { registerTenderEventWords, registerTenderSection } from "../public/sections.ts";
import type { Scheme } from "../scheme/rules.ts";
import type { Change } from "./rules.ts";
import { type AmendmentRow, listAmendments } from "./store.ts";
import { fieldWords, valueWords } from "./words.ts";

/** The difference between two editions. */
export const Changes = ({
  c,
  changes,
  scheme,
  caption,
}: {
  c: AppContext;
  changes: readonly Change[];
  scheme: Pick<Scheme, "lots">;
  caption: string;
}) => {
  const { t, lang } = c.var;
  return (
    <DataTable
      caption={caption}
      rows={changes}
      columns={[
        { label: t("哪一项", "What"), head: true, cell: ({ path }) => pick(fieldWords(path, scheme), lang) },
        { label: t("原来", "Before"), cell: ({ path, before }) => <del>{pick(valueWords(path, before), lang)}</del> },
        { label: t("现在", "Now"), cell: ({ path, after }) => <ins>{pick(valueWords(path, after), lang)}</ins> },
      ]}
    />
  );
};

/** What an amendment did to the time, in a sentence. */
export function closingWords(
  { touches, closesBefore, closesAfter }: Pick<AmendmentRow, "touches" | "closesBefore" | "closesAfter">,
  { t, lang }: Pick<AppContext["var"], "t" | "lang">,
): string {
  if (touches === 0)
    return t("不影响投标文件编制，投标截止时间不变。", "It does not touch what bids rest on; the closing stays.");
  return closesAfter === closesBefore
    ? t(
        `离截止还有足够的时间，仍在${sayDeadline(closesAfter, lang)}截止。已登记的投标人要重新确认。`,
        `Enough time is left: bids still close ${sayDeadline(closesAfter, lang)}. Registered bidders confirm again.`,
      )
    : t(
        `投标截止由${sayDeadline(closesBefore, lang)}顺延到${sayDeadline(closesAfter, lang)}（《招标投标法》第二十三条）。已登记的投标人要重新确认。`,
        `Bids close ${sayDeadline(closesAfter, lang)} instead of ${sayDeadline(closesBefore, lang)} (Tendering Law, art. 23). Registered bidders confirm again.`,
      );
}

export const OneAmendment = ({
  c,
  row,
  scheme,
}: {
  c: AppContext;
  row: AmendmentRow;
  scheme: Pick<Scheme, "lots">;
}) => {
  const { t, lang } = c.var;
  return (
    <section id={`amendment-${row.edition}`}>
      <h3>
        {t(`第${row.edition}版`, `Edition ${row.edition}`)}（{sayInstant(row.amendedAt, lang)}）
      </h3>
      <p>
        {t("为什么改：", "Why: ")}
        {row.why}
      </p>
      <p>{closingWords(row, c.var)}</p>
      <Changes
        c={c}
        changes={JSON.parse(row.changes) as Change[]}
        scheme={scheme}
        caption={t("改了什么", "What was changed")}
      />
    </section>
  );
};

registerTenderSection("amendments", {
  place: 25,
  queries: (scene, key) => [listAmendments(scene, key)] as const,
  render: (c, _, scheme, [rows]) =>
    rows.length === 0 ? null : (
      <section id="amendments">
        <h2>{c.var.t("澄清与修改", "Amendments")}</h2>
        {rows.toReversed().map((row) => (
          <OneAmendment c={c} row={row} scheme={scheme} />
        ))}
      </section>
    ),
});

registerTenderEventWords({
  amended: (facts, { t, lang }) =>
    t(
      `第${Number(facts.edition)}版，改了${Number(facts.changes)}处；投标到${sayDeadline(Number(facts.closesAt), lang)}截止`,
      `edition ${Number(facts.edition)}, ${Number(facts.changes)} changes; bids until ${sayDeadline(Number(facts.closesAt), lang)}`,
    ),
});
