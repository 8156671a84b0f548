/** What the desk's pages about a result share: finding the meeting an address names, and the page around the content. Not the content. */
import type { Child } from "hono/jsx";
import type { AppContext } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import type { Problem } from "../../platform/problem.tsx";
import { Done, Refused } from "../../platform/refused.tsx";
import { deskHref, deskMeetingHref, deskMeetingsHref, readNumber } from "../meeting/addresses.ts";
import { byNumber, type MeetingKey, type MeetingRow } from "../meeting/store.ts";

/** The meeting of `:number` in the address, to be read with the rest of a page; null for anything that is no number. */
export function keyOf(c: AppContext): MeetingKey | null {
  const number = readNumber(c.req.param("number"));
  return number === null ? null : byNumber(c.var.scene, number);
}

export const baseOf = (c: AppContext, row: Pick<MeetingRow, "number">): string =>
  deskMeetingHref(c.var.scene.community.slug, row.number);

/** The page of one step after the close. `path` is the step's own address below the meeting's; `done` is said once after it went through. */
export const ResultDesk = (props: {
  c: AppContext;
  row: MeetingRow;
  path: string;
  title: string;
  done?: string;
  problem?: Problem | undefined;
  children?: Child;
}) => {
  const { c, row, path, title } = props;
  const { t, scene } = c.var;
  const { slug } = scene.community;
  return (
    <Page
      {...frameOf(c, "staff")}
      title={title}
      switchHref={`${baseOf(c, row)}${path}?lang=${t("en", "zh")}`}
      breadcrumb={[
        { href: deskHref(slug), label: t("工作台", "Desk") },
        { href: deskMeetingsHref(slug), label: t("会议", "Meetings") },
        { href: baseOf(c, row), label: row.title },
      ]}
    >
      <h1>{title}</h1>
      {props.done ? <Done c={c} words={props.done} /> : null}
      <Refused c={c} problem={props.problem} />
      {props.children}
    </Page>
  );
};
