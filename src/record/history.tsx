/** Everything that happened to one matter, in order, each act with its entry in the record. Markup only; each room says its own words. */
import { isoInstant } from "../kernel/day.ts";
import type { AppContext } from "../platform/context.ts";
import type { T } from "../platform/i18n.ts";
import { sayInstant } from "../platform/ui/moments.ts";
import { Details } from "../platform/ui/notices.tsx";
import { DataTable } from "../platform/ui/tables.tsx";
import { shortCode } from "./rules.ts";

/** One line of a timeline. */
export interface TimelineEvent {
  readonly eventNo: number;
  readonly kind: string;
  readonly at: number;
  readonly byWords: string;
  readonly detail: string;
  readonly leafHash: string;
}

interface HistoryProps<E extends TimelineEvent> {
  c: AppContext;
  title: string;
  events: readonly E[];
  titleOf: (event: E) => string;
  /** Its facts in a sentence; "" where the title says all. */
  detailOf: (event: E) => string;
  sayAuthor: (words: string, t: T) => string;
  /** The stream of the record these entries stand in, and the words that lead there. */
  about: { readonly id: string; readonly words: string };
}

/** A longer history shows its latest lines; what was before is folded, so that a page stays readable on a phone. */
const SHOWN = 10;

/** In order. Each line has an address of its own (#event-3), which feeds use: browsers unfold what an address leads into. */
export const EventHistory = <E extends TimelineEvent>(props: HistoryProps<E>) => {
  const { c, title, events } = props;
  const { t, scene } = c.var;
  const from = events.length > SHOWN + 2 ? events.length - SHOWN : 0;
  return (
    <section id="history">
      <h2>{title}</h2>
      <p class="hint">
        {t(
          "每件事都写进了公开记录，不能改也不能删。点编号可以看到原文和证明。",
          "Every act stands in the public record and can be neither changed nor removed. A code leads to the entry and its proof.",
        )}
      </p>
      {from > 0 ? (
        <Details summary={t(`更早的${from}件`, `${from} earlier`)}>
          <EventTable {...props} events={events.slice(0, from)} />
        </Details>
      ) : null}
      <EventTable {...props} events={events.slice(from)} />
      <p>
        <a href={`/c/${scene.community.slug}/record/about/${props.about.id}`}>{props.about.words}</a>
      </p>
    </section>
  );
};

const EventTable = <E extends TimelineEvent>(props: HistoryProps<E>) => {
  const { c, title, events } = props;
  const { t, lang, scene } = c.var;
  return (
    <DataTable
      caption={title}
      quietCaption
      rows={events}
      columns={[
        {
          label: t("事项", "Act"),
          head: true,
          cell: (event) => <span id={`event-${event.eventNo}`}>{props.titleOf(event)}</span>,
        },
        {
          label: t("时间", "When"),
          cell: ({ at }) => <time datetime={isoInstant(at)}>{sayInstant(at, lang)}</time>,
        },
        {
          label: t("内容", "Details"),
          cell: (event) => {
            const detail = props.detailOf(event);
            return (
              <>
                {detail}
                {detail === "" ? null : <br />}
                <small class="quiet">{props.sayAuthor(event.byWords, t)}</small>
              </>
            );
          },
        },
        {
          label: t("记录", "Record"),
          cell: ({ leafHash }) => (
            <a href={`/c/${scene.community.slug}/record/${leafHash}`}>
              <code>{shortCode(leafHash)}</code>
            </a>
          ),
        },
      ]}
    />
  );
};
