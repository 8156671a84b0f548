/**
 * The owner's side of voting: one question with its answers, and the receipt.
 *
 *   <BallotItem t={t} at={1} of={3} title={item.title} name={`item-${item.id}`} passes={t("过半数同意即通过", "…")}
 *     papers={[{ href, label: "施工方案.pdf", note: "PDF · 320 KB" }]} options={[{ value: "for", label: t("同意", "For") }, …]}
 *     value={chosen} error={e}>{item.text}</BallotItem>
 *   most={3} makes it "up to three of these" with boxes; values={[…]} then holds what is ticked.
 *   <ReceiptCard t={t} lang={lang} code={receiptCode} seq={412} castAt={at} proven={true} address={url} actions={…} />
 */
import type { Child } from "hono/jsx";
import { type Instant, isoInstant } from "../../kernel/day.ts";
import type { Lang, T } from "../i18n.ts";
import { fieldId } from "./forms.tsx";
import { sayInstant } from "./moments.ts";
import { Qr } from "./qr.tsx";
import { StatusWord } from "./status.tsx";

export interface Paper {
  readonly href: string;
  readonly label: Child;
  /** Kind and size, so that nobody opens 20 MB on a telephone by surprise. */
  readonly note?: Child;
}

export interface Answer {
  readonly value: string;
  readonly label: Child;
  readonly note?: Child;
}

export const BallotItem = (props: {
  t: T;
  /** Position on the ballot, from 1. */
  at: number;
  of: number;
  title: Child;
  /** The text to be decided, as it was frozen. */
  children?: Child;
  /** What it takes to pass, in words. */
  passes: Child;
  papers?: readonly Paper[] | undefined;
  name: string;
  options: readonly Answer[];
  value?: string | undefined;
  /** Up to this many may be chosen: boxes instead of a single choice. */
  most?: number | undefined;
  values?: readonly string[] | undefined;
  error?: string | undefined;
}) => {
  const { t, name } = props;
  const id = fieldId(name);
  const chosen = props.values ?? (props.value === undefined ? [] : [props.value]);
  return (
    <fieldset
      class={props.error ? "item field-bad" : "item"}
      aria-describedby={props.error ? `${id}-error ${id}-passes` : `${id}-passes`}
    >
      <legend>
        <span class="item-at">{t(`议题${props.at}（共${props.of}项）`, `Question ${props.at} of ${props.of}`)}</span>
        <span class="item-title">{props.title}</span>
      </legend>
      {props.children ? <div class="item-text">{props.children}</div> : null}
      {props.papers && props.papers.length > 0 ? (
        <ul class="papers">
          {props.papers.map((paper) => (
            <li>
              <a href={paper.href}>{paper.label}</a> {paper.note ? <small>{paper.note}</small> : null}
            </li>
          ))}
        </ul>
      ) : null}
      <p id={`${id}-passes`}>
        {props.passes}
        {props.most === undefined ? null : t(`。最多选${props.most}项。`, `. Choose up to ${props.most}.`)}
      </p>
      {props.error ? (
        <p class="error" id={`${id}-error`}>
          {props.error}
        </p>
      ) : null}
      <div class="answers">
        {props.options.map((option, at) => (
          <label class="answer">
            <input
              type={props.most === undefined ? "radio" : "checkbox"}
              name={name}
              value={option.value}
              id={at === 0 ? id : undefined}
              checked={chosen.includes(option.value)}
            />
            <span>
              {option.label}
              {option.note ? <small>{option.note}</small> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};

/** Proof that a ballot is in the box. Says nothing of what was chosen, so it can be shown to anyone. */
export const ReceiptCard = (props: {
  t: T;
  lang: Lang;
  /** The short code in groups, as it is read out over the telephone. */
  code: string;
  /** Its place in the public record. */
  seq?: number | undefined;
  castAt: Instant;
  /** Whether a signed checkpoint covers it already. */
  proven: boolean;
  /** Where the receipt is checked; becomes a QR code. */
  address?: string | undefined;
  actions?: Child;
}) => {
  const { t } = props;
  return (
    <section class="receipt">
      <div>
        <h2 class="receipt-kind">{t("表决回执", "Receipt")}</h2>
        <p class="receipt-code">{props.code}</p>
        <dl class="facts">
          <div>
            <dt>{t("收到时间", "Received")}</dt>
            <dd>
              <time datetime={isoInstant(props.castAt)}>{sayInstant(props.castAt, props.lang)}</time>
            </dd>
          </div>
          {props.seq === undefined ? null : (
            <div>
              <dt>{t("公开记录", "Public record")}</dt>
              <dd class="num">{t(`第${props.seq}号`, `No. ${props.seq}`)}</dd>
            </div>
          )}
          <div>
            <dt>{t("核验", "Proof")}</dt>
            <dd>
              {props.proven ? (
                <StatusWord tone="good">{t("已列入签名的记录", "In the signed record")}</StatusWord>
              ) : (
                <StatusWord tone="waiting">
                  {t("已收到，几分钟后可核验", "Received; provable in a few minutes")}
                </StatusWord>
              )}
            </dd>
          </div>
        </dl>
        {props.actions ? <div class="actions">{props.actions}</div> : null}
      </div>
      {props.address ? <Qr text={props.address} label={t("扫码核验这张回执", "Scan to check this receipt")} /> : null}
    </section>
  );
};
