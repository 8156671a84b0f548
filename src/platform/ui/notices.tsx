/**
 * What a page says to its reader outside the running text: remarks, refusals, empty places, folded explanations.
 *
 *   <Callout tone="good" title={t("已收到您的表决票", "Your ballot is recorded")}>…</Callout>
 *   <Refusal t={t} what={t("没有提交表决票", "The ballot was not cast")} why={…} article="《民法典》第二百七十八条" next={<a …/>} />
 *   <EmptyState title={t("还没有会议", "No meetings yet")} action={<ButtonLink …/>}>{t("会议通知发出后…", "…")}</EmptyState>
 *   <Details summary={t("怎么计算的？", "How is this counted?")}>…</Details>
 */
import type { Child } from "hono/jsx";
import type { T } from "../i18n.ts";

export type NoteTone = "info" | "good" | "warn" | "bad";

const MARK: Record<NoteTone, string> = { info: "※", good: "✓", warn: "!", bad: "✕" };

/** A remark set off from the text. The tone has a mark of its own shape, not only a colour. */
export const Callout = (props: { tone?: NoteTone | undefined; title?: Child; children?: Child }) => {
  const tone = props.tone ?? "info";
  return (
    <div class={`note note-${tone}`}>
      <span class="note-mark" aria-hidden="true">
        {MARK[tone]}
      </span>
      {props.title ? <p class="note-title">{props.title}</p> : null}
      {props.children}
    </div>
  );
};

const Title = (props: { level: 1 | 2 | undefined; children?: Child }) =>
  props.level === 1 ? <h1 class="note-title">{props.children}</h1> : <h2 class="note-title">{props.children}</h2>;

/**
 * Something was asked for and is not done. Always says what, why, on what ground, and what can be done instead:
 * a refusal without its reason is what owners stop trusting a committee for.
 */
export const Refusal = (props: {
  t: T;
  /** What was not done, as a sentence. Left out where the page's own h1 says it. */
  what?: Child;
  why: Child;
  /** The law or rule it rests on, such as "《民法典》第二百七十八条第二款". */
  article?: Child;
  /** What the reader can do now. */
  next?: Child;
  /** 1 when it is the subject of the page. */
  level?: 1 | 2 | undefined;
}) => {
  const { t } = props;
  return (
    <section class="note note-bad" role="alert">
      <span class="note-mark" aria-hidden="true">
        ✕
      </span>
      {props.what ? <Title level={props.level}>{props.what}</Title> : null}
      <dl class="facts">
        <div>
          <dt>{t("原因", "Why")}</dt>
          <dd>{props.why}</dd>
        </div>
        {props.article ? (
          <div>
            <dt>{t("依据", "Ground")}</dt>
            <dd>{props.article}</dd>
          </div>
        ) : null}
        {props.next ? (
          <div>
            <dt>{t("现在可以", "You can now")}</dt>
            <dd>{props.next}</dd>
          </div>
        ) : null}
      </dl>
    </section>
  );
};

/** A place where nothing is yet: what it will hold, and the step that fills it. */
export const EmptyState = (props: { title: Child; children?: Child; action?: Child }) => (
  <div class="empty">
    <p class="empty-title">{props.title}</p>
    {props.children ? <div>{props.children}</div> : null}
    {props.action ? <div class="actions">{props.action}</div> : null}
  </div>
);

/** Folded until asked for; printed open. */
export const Details = (props: { summary: Child; open?: boolean | undefined; children?: Child }) => (
  <details open={props.open}>
    <summary>{props.summary}</summary>
    <div class="fold">{props.children}</div>
  </details>
);
