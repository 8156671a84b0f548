/** Where rooms to the right of the assembly add what concerns everybody: to a community's home, the desk, the calendar and the feed. Keeps what was registered; shows nothing itself. */
import type { Child } from "hono/jsx";
import type { Day, Instant } from "../../kernel/day.ts";
import type { Actor, Permission } from "../../platform/access.ts";
import type { AppContext } from "../../platform/context.ts";
import type { Query } from "../../platform/db.ts";
import type { Bilingual, Lang, T } from "../../platform/i18n.ts";
import type { Scene } from "../../platform/scene.ts";
import type { FeedEntry } from "./atom.ts";
import type { CalendarEntry } from "./calendar.ts";

type RowsOf<Q extends readonly Query[]> = { [I in keyof Q]: Q[I] extends Query<infer R> ? R : never };

/** A section of the community's home. Its queries join the page's one round trip and must not depend on one another. */
export interface HomeSection<Q extends readonly Query[] = readonly Query[]> {
  /** `now`: above what was decided, for what is going on. `standing`: below who holds office. */
  readonly where: "now" | "standing";
  /** Sections of one `where` stand in the order of their places. */
  readonly place: number;
  readonly queries: (scene: Scene) => Q;
  /** The section with its own h2; null shows nothing. */
  readonly render: (c: AppContext, rows: RowsOf<Q>) => Child | null;
}

/** Something to do, with its day. Who may do it sees it as theirs; others see whom it waits for only if they may read meetings. */
export interface DeskTask {
  readonly what: Bilingual;
  /** What it belongs to: the title of an election, a committee. */
  readonly about: string;
  readonly note: Bilingual | null;
  /** Any of these may do it. */
  readonly permissions: readonly Permission[];
  /** Where it is done, in full: /c/:slug/desk/… */
  readonly href: string;
  /** For those who wait: a page they may read. */
  readonly waitingHref: string;
  readonly due: Day | null;
  readonly overdue: boolean;
  /** Whoever asks cannot do this one although they hold the office: they did the step before. */
  readonly notByAsker: boolean;
}

export interface DeskFacts {
  readonly scene: Scene;
  readonly actor: Actor;
}

/** What there is to do in a room today. Its queries join the desk's one round trip. */
export interface DeskSource<Q extends readonly Query[] = readonly Query[]> {
  readonly queries: (facts: DeskFacts) => Q;
  readonly tasks: (facts: DeskFacts, rows: RowsOf<Q>) => readonly DeskTask[];
  /** Rooms of the desk that lie behind this one, for those with one of the permissions. */
  readonly doors?: readonly DeskDoor[];
}

export interface DeskDoor {
  readonly permissions: readonly Permission[];
  /** Below /c/:slug/desk, such as "/elections". */
  readonly path: string;
  readonly label: Bilingual;
}

/** For whom dates and news are worded. `base` is https://…/c/:slug. */
export interface Telling {
  readonly t: T;
  readonly lang: Lang;
  readonly base: string;
}

const HALF_AN_HOUR = 30 * 60_000;
/** When something that ends at an instant stands in a calendar: the half hour before. */
export const endingAt = (at: Instant): Pick<CalendarEntry, "startsAt" | "endsAt"> => ({
  startsAt: at - HALF_AN_HOUR,
  endsAt: at,
});

/** Entries of the calendar, or of the feed. Its queries join the one round trip of their page; `most` bounds what each yields. */
export interface ToldSource<E, Q extends readonly Query[] = readonly Query[]> {
  readonly queries: (scene: Scene, most: number) => Q;
  readonly entries: (telling: Telling, rows: RowsOf<Q>) => readonly E[];
}

const register = <S>(kept: Map<string, S>, name: string, source: S): void => {
  if (kept.has(name)) throw new TypeError(`${name} is registered twice`);
  kept.set(name, source);
};

const sections = new Map<string, HomeSection>();
const desks = new Map<string, DeskSource>();
const dates = new Map<string, ToldSource<CalendarEntry>>();
const news = new Map<string, ToldSource<FeedEntry>>();

/** Makes a section of the home known, once per isolate, at load time. */
export const registerHomeSection = <const Q extends readonly Query[]>(name: string, section: HomeSection<Q>): void =>
  register(sections, name, section as unknown as HomeSection);
/** The same for what there is to do. */
export const registerDeskSource = <const Q extends readonly Query[]>(name: string, source: DeskSource<Q>): void =>
  register(desks, name, source as unknown as DeskSource);
/** The same for public dates, which the calendar holds. */
export const registerDates = <const Q extends readonly Query[]>(
  name: string,
  source: ToldSource<CalendarEntry, Q>,
): void => register(dates, name, source as unknown as ToldSource<CalendarEntry>);
/** The same for what happened, which the feed tells. */
export const registerNews = <const Q extends readonly Query[]>(name: string, source: ToldSource<FeedEntry, Q>): void =>
  register(news, name, source as unknown as ToldSource<FeedEntry>);

export const homeSections = (where: HomeSection["where"]): readonly HomeSection[] =>
  [...sections.values()].filter((section) => section.where === where).toSorted((a, b) => a.place - b.place);
export const deskSources = (): readonly DeskSource[] => [...desks.values()];
export const dateSources = (): readonly ToldSource<CalendarEntry>[] => [...dates.values()];
export const newsSources = (): readonly ToldSource<FeedEntry>[] => [...news.values()];

/** Several sources' queries as one list, and each source with its own rows once the list was read. */
export function joined<S>(
  sources: readonly S[],
  queriesOf: (source: S) => readonly Query[],
): {
  readonly queries: readonly Query[];
  readonly withRows: (rows: readonly unknown[]) => readonly (readonly [S, never])[];
} {
  const lists = sources.map(queriesOf);
  return {
    queries: lists.flat(),
    withRows: (rows) => {
      let from = 0;
      return sources.map((source, at) => {
        const own = rows.slice(from, from + lists[at]!.length);
        from += own.length;
        return [source, own as never] as const;
      });
    },
  };
}
