/**
 * Bars against a line of the law, drawn on the server as SVG, each with the same said in words.
 *
 *   <TurnoutBar t={t} axis="owners" part={120} whole={232} line={TWO_THIRDS} />
 *   <Turnout t={t} voted={weight} total={weight} />                          both axes
 *   <TurnoutByBuilding t={t} buildings={[{ name: "1幢", voted: weight, total: weight }]} />
 *   <CoverageBars unit={t("个", "")} lines={[{ label: t("有党支部", "With a branch"), part: 180, whole: 300 }]} />
 *   <ResultBars t={t} participated={weight} options={[{ label: t("同意", "For"), votes: weight, line: MORE_THAN_HALF }, …]} />
 *
 * Percentages are cut off, never rounded up; whether a line is reached is decided by kernel/weight.ts alone.
 */
import type { Child } from "hono/jsx";
import { type Fraction, TWO_THIRDS, type Weight } from "../../kernel/weight.ts";
import type { T } from "../i18n.ts";
import {
  type Axis,
  BAR_UNITS,
  barGeometry,
  distance,
  formatScaled,
  percentCut,
  sayAmount,
  sayFraction,
  type Whole,
} from "./shares.ts";

const axisName = (axis: Axis, t: T): string => (axis === "owners" ? t("按人数", "By owners") : t("按面积", "By area"));

/**
 * The drawing alone: so many of `BAR_UNITS` on their ground, and a line across where there is one. Hidden from screen
 * readers: the words beside it say the same and more.
 */
export const DrawnBar = (props: { bar: number; tone?: "bar-part" | "bar-good" | undefined; line?: number | null }) => (
  <svg class="bar" viewBox={`0 0 ${BAR_UNITS} 20`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect class="bar-ground" y="3" width={BAR_UNITS} height="14" />
    <rect class={props.tone ?? "bar-part"} y="3" width={props.bar} height="14" />
    {props.line == null ? null : <path class="bar-line" d={`M${props.line} 0v20`} />}
  </svg>
);

const Bar = (props: { part: Whole; whole: Whole; line?: Fraction | undefined; tone?: "bar-good" | undefined }) => {
  const { bar, line } = barGeometry(props.part, props.whole, props.line);
  return <DrawnBar bar={bar} line={line} tone={props.tone} />;
};

/** One axis of participation against its line: the share, the least that would do, and what is missing. */
export const TurnoutBar = (props: {
  t: T;
  axis: Axis;
  part: Whole;
  whole: Whole;
  line?: Fraction | undefined;
  label?: Child;
}) => {
  const { t, axis, part, whole } = props;
  const line = props.line ?? TWO_THIRDS;
  const { least, holds, missing } = distance(part, whole, line);
  const say = (value: Whole) => sayAmount(value, axis, t);
  return (
    <div class="turnout">
      <p class="turnout-head">
        <span>{props.label ?? axisName(axis, t)}</span>
        <span class="num">
          <b>{say(part)}</b> / {say(whole)} <small>{percentCut(part, whole)}</small>
        </span>
      </p>
      <Bar part={part} whole={whole} line={line} tone={holds ? "bar-good" : undefined} />
      <p class="hint">
        {holds
          ? t(
              `✓ 已达到${sayFraction(line, t)}（最少${say(least)}）`,
              `✓ ${sayFraction(line, t)} reached (at least ${say(least)})`,
            )
          : t(
              `还差${say(missing)}，达到${sayFraction(line, t)}（最少${say(least)}）`,
              `${say(missing)} more for ${sayFraction(line, t)} (at least ${say(least)})`,
            )}
      </p>
    </div>
  );
};

/** Participation on both axes; both must reach the line (D2). */
export const Turnout = (props: { t: T; voted: Weight; total: Weight; line?: Fraction | undefined }) => (
  <div class="turnouts">
    <TurnoutBar t={props.t} axis="owners" part={props.voted.owners} whole={props.total.owners} line={props.line} />
    <TurnoutBar t={props.t} axis="area" part={props.voted.areaDm2} whole={props.total.areaDm2} line={props.line} />
  </div>
);

export interface BuildingTurnout {
  readonly name: Child;
  readonly href?: string | undefined;
  readonly voted: Weight;
  readonly total: Weight;
}

/** The same for each building, small, for finding where to knock. The line counts for the whole meeting, so it is only drawn. */
export const TurnoutByBuilding = (props: {
  t: T;
  buildings: readonly BuildingTurnout[];
  line?: Fraction | undefined;
}) => {
  const { t } = props;
  const line = props.line ?? TWO_THIRDS;
  return (
    <ul class="multiples">
      {props.buildings.map((building) => (
        <li>
          <p class="multiple-name">
            {building.href ? <a href={building.href}>{building.name}</a> : building.name}{" "}
            <small class="num">{percentCut(building.voted.owners, building.total.owners)}</small>
          </p>
          <Bar part={building.voted.owners} whole={building.total.owners} line={line} />
          <p class="hint">
            {building.voted.owners}/{sayAmount(building.total.owners, "owners", t)}
          </p>
          <Bar part={building.voted.areaDm2} whole={building.total.areaDm2} line={line} />
          <p class="hint">
            {formatScaled(building.voted.areaDm2, 2)} / {sayAmount(building.total.areaDm2, "area", t)}
          </p>
        </li>
      ))}
    </ul>
  );
};

export interface Coverage {
  readonly label: Child;
  readonly part: number;
  readonly whole: number;
  /** Said under the bar: of how many nothing is known, what counts. */
  readonly note?: Child;
}

/**
 * How many of a whole have something, a bar a line, without any line of the law. `unit` is the counter word of both
 * numbers, `say` how they are written. What is more than the whole fills the bar, and is said as it is.
 */
export const CoverageBars = (props: {
  lines: readonly Coverage[];
  unit: string;
  say?: ((value: number) => string) | undefined;
}) => (
  <div class="turnouts">
    {props.lines.map(({ label, part, whole, note }) => (
      <div class="turnout">
        <p class="turnout-head">
          <span>{label}</span>
          <span class="num">
            <b>{props.say?.(part) ?? part}</b> / {props.say?.(whole) ?? whole}
            {props.unit} <small>{percentCut(part, whole)}</small>
          </span>
        </p>
        <Bar part={Math.min(Math.max(part, 0), whole)} whole={whole} />
        {note ? <p class="hint">{note}</p> : null}
      </div>
    ))}
  </div>
);

export interface OptionVotes {
  readonly label: Child;
  readonly votes: Weight;
  /** The line this option has to reach, where it has one. */
  readonly line?: Fraction | undefined;
}

/** How those who took part divided. Green is what reached its line, on that axis. Shares are of the participating (D6), not of everybody. */
export const ResultBars = (props: { t: T; options: readonly OptionVotes[]; participated: Weight }) => {
  const { t, participated } = props;
  return (
    <dl class="results">
      {props.options.map((option) => (
        <div>
          <dt>{option.label}</dt>
          {(["owners", "area"] as const).map((axis) => {
            const part = axis === "owners" ? option.votes.owners : option.votes.areaDm2;
            const whole = axis === "owners" ? participated.owners : participated.areaDm2;
            return (
              <dd>
                <span class="turnout-head">
                  <b>{sayAmount(part, axis, t)}</b> <small class="num">{percentCut(part, whole)}</small>
                </span>
                <Bar
                  part={part}
                  whole={whole}
                  line={option.line}
                  tone={option.line && distance(part, whole, option.line).holds ? "bar-good" : undefined}
                />
              </dd>
            );
          })}
        </div>
      ))}
    </dl>
  );
};
