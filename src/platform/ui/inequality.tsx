/**
 * A check of the law as a sentence, its sum, and its answer: what an angry neighbour recomputes with a pocket calculator.
 *
 *   <InequalityLine t={t} subject={t("参与表决的业主人数", "Owners who took part")} axis="owners"
 *     part={646} whole={817} line={TWO_THIRDS} article={t("《民法典》第二百七十八条第二款", "Civil Code art. 278(2)")} />
 *
 * Areas are integers of 0.01 m² unless `decimals` says otherwise (4 for figures given with four places).
 */
import type { Child } from "hono/jsx";
import { type Fraction, reaches } from "../../kernel/weight.ts";
import type { T } from "../i18n.ts";
import { type Axis, distance, formatScaled, sayAmount, sayFraction, type Whole } from "./shares.ts";
import { StatusWord } from "./status.tsx";

/**
 * "646 × 3 = 1938 ≥ 817 × 2 = 1634": both sides multiplied out, with the sign that is true. The sign begins the second
 * side, so that a narrow page breaks before it.
 */
export function sayInequality(part: Whole, whole: Whole, line: Fraction, decimals = 0): readonly [string, string] {
  const holds = reaches(BigInt(part), BigInt(whole), line);
  const sign = line.strict ? (holds ? ">" : "≤") : holds ? "≥" : "<";
  const times = (value: Whole, by: bigint) =>
    by === 1n
      ? formatScaled(value, decimals)
      : `${formatScaled(value, decimals)} × ${by} = ${formatScaled(BigInt(value) * by, decimals)}`;
  return [times(part, line.denominator), `${sign} ${times(whole, line.numerator)}`];
}

export const InequalityLine = (props: {
  t: T;
  /** What is measured, without its number. */
  subject: Child;
  axis: Axis;
  part: Whole;
  whole: Whole;
  line: Fraction;
  /** What the part is compared with: "小区全部" when absent. */
  of?: Child;
  article?: Child;
  decimals?: number | undefined;
}) => {
  const { t, axis, line } = props;
  const decimals = props.decimals ?? (axis === "area" ? 2 : 0);
  const { least, holds, missing } = distance(props.part, props.whole, line);
  const say = (value: Whole) => sayAmount(value, axis, t, decimals);
  const [left, right] = sayInequality(props.part, props.whole, line, decimals);
  const justShort =
    line.strict && !holds && BigInt(props.part) * line.denominator === BigInt(props.whole) * line.numerator;
  return (
    <div class="sum">
      <p>
        {props.subject} <b>{say(props.part)}</b>
        {t("，应为", " of ")}
        {props.of}
        {t(`${say(props.whole)}的${sayFraction(line, t)}`, `${say(props.whole)}; needed: ${sayFraction(line, t)}`)}
      </p>
      <p class="sum-line">
        <span class="sum-maths">
          <span>{left}</span> <span>{right}</span>
        </span>{" "}
        <StatusWord tone={holds ? "good" : "bad"}>
          {holds ? t("成立", "holds") : t("不成立", "does not hold")}
        </StatusWord>
      </p>
      <p class="hint">
        {t(`最少要${say(least)}`, `The least that would do is ${say(least)}`)}
        {justShort ? t("，恰好等于不算超过", "; exactly that is not more than that") : null}
        {holds ? null : t(`，差${say(missing)}`, `; ${say(missing)} missing`)}
        {props.article ? t("。依据：", ". Ground: ") : null}
        {props.article}
      </p>
    </div>
  );
};
