/**
 * Paper: notices in the accustomed form of a 公告, and slips to cut apart. On screen they look like the sheet that comes out.
 *
 *   <NoticeSheet t={t} title={t("关于…表决结果的公告", "…")} to={t("金桂苑全体业主：", "To all owners:")} lead={…}
 *     sections={[{ heading: t("表决结果", "Result"), body: <>…</> }]}
 *     signedBy={["金桂苑业主委员会"]} date={sayDay(day, lang)} qr={{ text: url, label: t("扫码核对", "Scan to check") }} />
 *   <Slips><Slip title="1幢 1-101" qr={…}>…</Slip></Slips>
 */
import type { Child } from "hono/jsx";
import type { T } from "../i18n.ts";
import { Qr } from "./qr.tsx";
import { chineseNumeral } from "./shares.ts";

export interface NoticeSection {
  readonly heading: Child;
  readonly body: Child;
}

/** One A4 notice: centred title, 抬头, numbered sections 一、二、三, 落款 at the right with the date, the code at the corner. */
export const NoticeSheet = (props: {
  t: T;
  title: Child;
  /** 文号, such as 金桂苑业委〔2026〕3号. */
  number?: Child;
  /** 抬头: to whom. */
  to?: Child;
  lead?: Child;
  sections?: readonly NoticeSection[] | undefined;
  children?: Child;
  /** 落款: bodies that answer for it, one a line. */
  signedBy: readonly Child[];
  date: Child;
  qr?: { readonly text: string; readonly label: string } | undefined;
  /** 1 when the sheet is the page. */
  level?: 1 | 2 | undefined;
}) => {
  const { t } = props;
  const sections = props.sections ?? [];
  return (
    <article class="sheet">
      {props.level === 2 ? <h2 class="sheet-title">{props.title}</h2> : <h1 class="sheet-title">{props.title}</h1>}
      {props.number ? <p class="sheet-number">{props.number}</p> : null}
      {props.to ? <p class="sheet-to">{props.to}</p> : null}
      {props.lead ? <div class="sheet-text">{props.lead}</div> : null}
      {sections.map((section, at) => (
        <section>
          {props.level === 2 ? (
            <h3 class="sheet-heading">
              {t(`${chineseNumeral(at + 1)}、`, `${at + 1}. `)}
              {section.heading}
            </h3>
          ) : (
            <h2 class="sheet-heading">
              {t(`${chineseNumeral(at + 1)}、`, `${at + 1}. `)}
              {section.heading}
            </h2>
          )}
          <div class="sheet-text">{section.body}</div>
        </section>
      ))}
      {props.children}
      <footer class="sheet-foot">
        <div class="sheet-signed">
          {props.signedBy.map((body) => (
            <p>{body}</p>
          ))}
          <p>{props.date}</p>
        </div>
        {props.qr ? (
          <figure>
            <Qr text={props.qr.text} label={props.qr.label} />
            <figcaption>{props.qr.label}</figcaption>
          </figure>
        ) : null}
      </footer>
    </article>
  );
};

/** A sheet of slips to cut apart, one for each household; never torn across two pages. */
export const Slips = (props: { children?: Child }) => <div class="slips">{props.children}</div>;

export const Slip = (props: {
  title: Child;
  children?: Child;
  qr?: { readonly text: string; readonly label: string } | undefined;
}) => (
  <section class="slip">
    <h2 class="slip-title">{props.title}</h2>
    {props.qr ? <Qr text={props.qr.text} label={props.qr.label} /> : null}
    {props.children}
  </section>
);
