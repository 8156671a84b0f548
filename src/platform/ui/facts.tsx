/**
 * Names and their values (dl), and lists of what can be opened or is due.
 *
 *   <FactList><Fact label={t("召集人", "Convener")}>{t("业主委员会", "Committee")}</Fact>…</FactList>
 *   <LinkList items={[{ href, title, note, status: <StatusWord …/> }]} />       meetings, papers, tasks of the desk
 */
import type { Child } from "hono/jsx";

export const FactList = (props: { children?: Child }) => <dl class="facts">{props.children}</dl>;

export const Fact = (props: { label: Child; children?: Child }) => (
  <div>
    <dt>{props.label}</dt>
    <dd>{props.children}</dd>
  </div>
);

export interface LinkItem {
  readonly href: string;
  readonly title: Child;
  readonly note?: Child;
  readonly status?: Child;
}

/** Rows that lead on: a title to press, what it is about, and its state as a word. */
export const LinkList = (props: { items: readonly LinkItem[]; empty?: Child }) => {
  if (props.items.length === 0) return props.empty ?? null;
  return (
    <ul class="links">
      {props.items.map((item) => (
        <li>
          <div>
            <a href={item.href}>{item.title}</a>
            {item.note ? <p class="hint">{item.note}</p> : null}
          </div>
          {item.status ?? null}
        </li>
      ))}
    </ul>
  );
};
