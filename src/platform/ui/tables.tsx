/**
 * Tables that become cards on a phone, and the links between their pages.
 *
 *   <DataTable
 *     caption={t("名册", "Roll")}
 *     rows={units}
 *     columns={[
 *       { label: t("房号", "Unit"), cell: (u) => u.label, head: true },
 *       { label: t("面积（㎡）", "Area (m²)"), cell: (u) => formatArea(u.areaDm2), number: true },
 *     ]}
 *     empty={<EmptyState title=… >…</EmptyState>}
 *   />
 *   <Pager t={t} page={2} pages={9} href={(n) => `?page=${n}`} />
 *
 * `head` marks the cell that names its row. Every cell carries its column's label for the card form.
 */
import type { Child } from "hono/jsx";
import type { T } from "../i18n.ts";

export interface Column<Row> {
  readonly label: string;
  readonly cell: (row: Row, at: number) => Child;
  /** Right-aligned, figures of equal width. */
  readonly number?: boolean | undefined;
  /** This cell names the row. At most one column. */
  readonly head?: boolean | undefined;
}

// A table drawn as cards (display: block) loses its meaning in older WebKit; the roles give it back.
const TABLE = { role: "table" } as const;
const ROW = { role: "row" } as const;
const CELL = { role: "cell" } as const;
const COLUMN_HEAD = { role: "columnheader" } as const;
const ROW_HEAD = { role: "rowheader" } as const;

export const DataTable = <Row,>(props: {
  caption: Child;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Shown in place of the table when there are no rows. */
  empty?: Child;
  /** The caption is read out but not seen, where a heading above says the same. */
  quietCaption?: boolean | undefined;
  /** A last row of sums, one cell for each column. */
  foot?: readonly Child[] | undefined;
  /** Stays a table on a phone: for two or three short columns. */
  keep?: boolean | undefined;
}) => {
  if (props.rows.length === 0 && props.empty !== undefined) return props.empty;
  const numeric = (at: number) => (props.columns[at]?.number ? "num" : undefined);
  return (
    <table class={props.keep ? undefined : "cards"} {...TABLE}>
      <caption class={props.quietCaption ? "sr" : undefined}>{props.caption}</caption>
      <thead>
        <tr {...ROW}>
          {props.columns.map((column, at) => (
            <th scope="col" class={numeric(at)} {...COLUMN_HEAD}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row, rowAt) => (
          <tr {...ROW}>
            {props.columns.map((column, at) => {
              const content = column.cell(row, rowAt);
              return column.head ? (
                <th scope="row" class={numeric(at)} {...ROW_HEAD}>
                  {content}
                </th>
              ) : (
                // Nothing to say of this row: an empty cell beside others, no line of its own on a card.
                <td class={content === null ? "none" : numeric(at)} data-label={column.label} {...CELL}>
                  <div>{content}</div>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
      {props.foot ? (
        <tfoot>
          <tr {...ROW}>
            {props.foot.map((cell, at) => (
              // The first cell names the row; an empty one has nothing to label on a card.
              <td
                class={cell === "" || cell === null ? "none" : numeric(at)}
                data-label={at === 0 ? undefined : props.columns[at]?.label}
                {...CELL}
              >
                <div>{cell}</div>
              </td>
            ))}
          </tr>
        </tfoot>
      ) : null}
    </table>
  );
};

/** Page n of m, with the page before and after. Nothing when there is only one. */
export const Pager = (props: { t: T; page: number; pages: number; href: (page: number) => string }) => {
  const { t, page, pages, href } = props;
  if (pages <= 1) return null;
  return (
    <nav class="pager" aria-label={t("分页", "Pages")}>
      {page > 1 ? (
        <a rel="prev" href={href(page - 1)}>
          {t("← 上一页", "← Previous")}
        </a>
      ) : (
        <span />
      )}
      <span>{t(`第${page}页，共${pages}页`, `Page ${page} of ${pages}`)}</span>
      {page < pages ? (
        <a rel="next" href={href(page + 1)}>
          {t("下一页 →", "Next →")}
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
};
