/** The overlap over the years as SVG: the committee's seats with those of the branch, and a pair of bars for each named person. Hidden from screen readers: tables beside it say the same. */
import { addMonths, dayOf, endOf, type Instant, startOf } from "../../kernel/day.ts";
import { type Lang, pick, type T } from "../../platform/i18n.ts";
import { sayDay } from "../../platform/ui/moments.ts";
import type { NamedTenure, PublicOverlap } from "./actions.ts";

/** Width of a drawing and of every position on it; the eye gets as wide as there is room. */
const UNITS = 1000;
/** A timeline shows at least so much on each side of the day it is of. */
const LEAST_BEFORE_MONTHS = 12;
const LEAST_AFTER_MONTHS = 3;
const MOST_AFTER_MONTHS = 60;
/** Four figures each, and they must not touch on a narrow screen with doubled type. */
const MOST_YEARS_NAMED = 3;

/** From when to when is drawn. */
interface Scale {
  readonly start: Instant;
  readonly end: Instant;
}

/** The stretch of a timeline: all of its history, and as far ahead as terms are known to run, but not further than five years. */
export function scaleOf({ day, from, tenures }: Pick<PublicOverlap, "day" | "from" | "tenures">): Scale {
  const before = addMonths(day, -LEAST_BEFORE_MONTHS);
  const latest = startOf(addMonths(day, MOST_AFTER_MONTHS));
  const ends = tenures.flatMap(({ untilAt }) => (untilAt === null ? [] : [Math.min(untilAt, latest)]));
  return {
    start: startOf(from < before ? from : before),
    end: Math.max(startOf(addMonths(day, LEAST_AFTER_MONTHS)), ...ends),
  };
}

/** A position in thousandths of the width; what lies outside ends at the edge. */
export const place = ({ start, end }: Scale, at: Instant): number =>
  Math.floor(((Math.min(Math.max(at, start), end) - start) * UNITS) / (end - start));

/** Where each year begins, and which of them are written below: every one, or every second, third … so that no more than three are. */
export function yearsOf(scale: Scale): { readonly year: number; readonly at: number; readonly isNamed: boolean }[] {
  const first = Number(dayOf(scale.start).slice(0, 4)) + 1;
  const last = Number(dayOf(scale.end).slice(0, 4));
  const years = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  const step = Math.max(1, Math.ceil(years.length / MOST_YEARS_NAMED));
  return years.map((year) => ({
    year,
    at: place(scale, startOf(`${year}-01-01`)),
    isNamed: (last - year) % step === 0,
  }));
}

const Now = ({ at, height }: { at: number; height: number }) => <path class="bar-line" d={`M${at} 0v${height}`} />;

const GRAPH = 60;

/** Seats as a ground, the branch's as a step on it; where only a range may be said, its upper part is paler. */
const Seats = ({ overlap, scale, now }: { overlap: PublicOverlap; scale: Scale; now: number }) => (
  <svg
    width="100%"
    height="3.5em"
    viewBox={`0 0 ${UNITS} ${GRAPH}`}
    preserveAspectRatio="none"
    shape-rendering="crispEdges"
    aria-hidden="true"
    focusable="false"
  >
    {overlap.history.map(({ day, figure: { seats, least, most } }, at) => {
      const next = overlap.history[at + 1]?.day;
      const x = place(scale, startOf(day));
      const width = place(scale, next === undefined ? endOf(overlap.day) : startOf(next)) - x;
      const tall = (part: number): number => (seats === 0 ? 0 : Math.floor((GRAPH * part) / seats));
      return seats === 0 ? null : (
        <>
          <rect class="bar-ground" x={x} y="0" width={width} height={GRAPH} />
          <rect class="bar-part" x={x} y={GRAPH - tall(most)} width={width} height={tall(most)} />
          <rect class="bar-good" x={x} y={GRAPH - tall(least)} width={width} height={tall(least)} />
        </>
      );
    })}
    <Now at={now} height={GRAPH} />
  </svg>
);

const Terms = (props: { tenures: readonly NamedTenure[]; scale: Scale; now: number; tone: string }) => (
  <svg
    class="bar"
    viewBox={`0 0 ${UNITS} 20`}
    preserveAspectRatio="none"
    shape-rendering="crispEdges"
    aria-hidden="true"
    focusable="false"
  >
    <rect class="bar-ground" y="8" width={UNITS} height="4" />
    {props.tenures.map(({ fromAt, untilAt }) => {
      const x = place(props.scale, fromAt);
      const width = Math.max(4, place(props.scale, untilAt ?? props.scale.end) - x);
      return <rect class={props.tone} x={x} y="3" width={width} height="14" />;
    })}
    <Now at={props.now} height={20} />
  </svg>
);

/** Text on the axis keeps its own size: positions are shares of the width, not units that stretch with it. */
const Axis = ({ scale, now, t }: { scale: Scale; now: number; t: T }) => (
  <svg width="100%" height="3.2em" aria-hidden="true" focusable="false">
    {yearsOf(scale).map(({ year, at, isNamed }) => (
      <>
        <line x1={`${at / 10}%`} x2={`${at / 10}%`} y1="0" y2="6" stroke="var(--edge)" />
        {isNamed ? (
          <text x={`${at / 10}%`} y="1.4em" font-size=".8em" fill="var(--soft)" text-anchor={anchorOf(at)}>
            {year}
          </text>
        ) : null}
      </>
    ))}
    <text x={`${now / 10}%`} y="2.9em" font-size=".8em" font-weight="700" fill="var(--ink)" text-anchor={anchorOf(now)}>
      {t("▲ 今天", "▲ today")}
    </text>
  </svg>
);

const anchorOf = (at: number): "start" | "middle" | "end" => (at < 80 ? "start" : at > 920 ? "end" : "middle");

const spanWords = (t: T, lang: Lang, { title, fromAt, untilAt }: NamedTenure): string => {
  const from = sayDay(dayOf(fromAt), lang);
  const what = pick(title, lang);
  return untilAt === null
    ? t(`${what}（${from}起）`, `${what} (since ${from})`)
    : t(
        `${what}（${from}至${sayDay(dayOf(untilAt - 1), lang)}）`,
        `${what} (${from} to ${sayDay(dayOf(untilAt - 1), lang)})`,
      );
};

/** The whole timeline, as a list: each row is said in words before it is drawn. */
export const Timeline = (props: { t: T; lang: Lang; overlap: PublicOverlap }) => {
  const { t, lang, overlap } = props;
  const scale = scaleOf(overlap);
  const now = place(scale, endOf(overlap.day) - 1);
  const people = [...new Set(overlap.tenures.map(({ personId }) => personId))].map((id) =>
    overlap.tenures.filter(({ personId }) => personId === id),
  );
  return (
    <>
      <div class="turnout">
        <p class="turnout-head">
          {t("业主委员会的席位，其中由支部成员担任的", "Seats of the committee, and those held by the branch")}
        </p>
        <Seats overlap={overlap} scale={scale} now={now} />
        <Axis scale={scale} now={now} t={t} />
        <p class="hint">
          {t(
            "浅底是全部席位，绿色是支部成员担任的；灰色一段表示只能说出范围。没有业委会的时候是空白。",
            "The pale ground is all seats, green those of the branch; grey where only a range may be said. Blank where there was no committee.",
          )}
        </p>
      </div>
      {people.map((those) => (
        <div class="turnout">
          <h3>{those[0]!.name}</h3>
          {(["committee", "branch"] as const).map((body) => {
            const own = those.filter(({ bodyKind }) => bodyKind === body);
            return own.length === 0 ? null : (
              <>
                <p class="hint">
                  {body === "committee" ? t("业主委员会：", "Committee: ") : t("党支部：", "Branch: ")}
                  {own.map((one) => spanWords(t, lang, one)).join(t("，", "; "))}
                </p>
                <Terms tenures={own} scale={scale} now={now} tone={body === "committee" ? "bar-good" : "bar-part"} />
              </>
            );
          })}
          <Axis scale={scale} now={now} t={t} />
        </div>
      ))}
    </>
  );
};
