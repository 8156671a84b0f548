/** An objection as the desk shows it, whatever it is about: its words opened for who may answer, from whom, until when. No route of its own. */
import { type Objection, readObjections } from "../../community/snapshot/objections/actions.ts";
import { dayOf, daysBetween, endOf, type Instant } from "../../kernel/day.ts";
import type { AppContext } from "../../platform/context.ts";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { StatusWord } from "../../platform/ui/status.tsx";
import { findMeeting, type MeetingRow } from "../meeting/store.ts";
import { openObjection } from "./actions.ts";
import { keyOf } from "./desk-frame.tsx";
import { listObjectors, listTickets, type ObjectorRow } from "./store.ts";

/** Either kind, as the desk shows it. */
export interface Shown {
  readonly id: string;
  /** Below the meeting's address. */
  readonly path: string;
  readonly title: string;
  readonly about: "roll" | "notice" | "result";
  /** Masked name and first unit; null when the head is no longer on the roll. */
  readonly from: string | null;
  readonly text: string;
  readonly madeAt: Instant;
  readonly dueAt: Instant;
  readonly wantsRecount: boolean;
  readonly outcome: "upheld" | "rejected" | null;
  readonly answer: string | null;
  readonly answeredBy: string | null;
  readonly answeredAt: Instant | null;
}

export interface LoadedObjections {
  readonly row: MeetingRow;
  readonly objections: readonly Shown[];
}

/** Every objection of a meeting with its words opened, in the order they came in; null where there is no such meeting. */
export async function loadObjections(c: AppContext): Promise<LoadedObjections | null> {
  const { scene } = c.var;
  const key = keyOf(c);
  if (key === null) return null;
  const [rows, tickets, objectors] = await scene.db.read(
    findMeeting(scene, key),
    listTickets(scene, key),
    listObjectors(scene, key),
  );
  const row = rows[0];
  if (!row || row.edition === 0) return null;
  const fromOf = (voterNo: number): string | null => nameOf(objectors.find((one) => one.voterNo === voterNo));
  const roll = await readObjections(scene, row.meetingId);
  const shown = await Promise.all(
    tickets.map(
      async (ticket, at): Promise<Shown> => ({
        id: ticket.objectionId,
        path: `/objections/${ticket.objectionId}`,
        title: c.var.t(`第${at + 1}号异议`, `Objection no. ${at + 1}`),
        about: ticket.about,
        from: fromOf(ticket.voterNo),
        text: await openObjection(scene, ticket),
        madeAt: ticket.madeAt,
        dueAt: endOf(ticket.dueOn),
        wantsRecount: ticket.wantsRecount === 1,
        outcome: null,
        answer: ticket.answer,
        answeredBy: ticket.answeredBy,
        answeredAt: ticket.answeredAt,
      }),
    ),
  );
  const ofRoll = roll
    .toSorted((a, b) => a.raisedAt - b.raisedAt)
    .map((one, at): Shown => rollShown(c, one, at + 1, fromOf(one.voterNo)));
  return { row, objections: [...ofRoll, ...shown] };
}

const rollShown = (c: AppContext, one: Objection, no: number, from: string | null): Shown => ({
  id: one.objectionId,
  path: `/objections/roll/${one.objectionId}`,
  title: c.var.t(`名册异议${no}`, `Objection to the roll, ${no}`),
  about: "roll",
  from,
  text: one.text,
  madeAt: one.raisedAt,
  dueAt: one.dueAt,
  wantsRecount: false,
  outcome: one.outcome,
  answer: one.answer,
  answeredBy: one.answeredBy,
  answeredAt: one.answeredAt,
});

const nameOf = (row: ObjectorRow | undefined): string | null =>
  row ? `${[row.building, row.entrance, row.room].filter((part) => part !== "").join(" ")} ${row.maskedName}` : null;

export const aboutWords = ({ about }: Shown, c: AppContext): string => {
  const { t } = c.var;
  return {
    roll: t("对名册", "to the roll"),
    notice: t("对公告", "to the notice"),
    result: t("对结果", "to the result"),
  }[about];
};

/** Who, when, what, until when; and the answer once there is one. */
export const ObjectionFacts = ({ c, one }: { c: AppContext; one: Shown }) => {
  const { t, lang, now } = c.var;
  const days = daysBetween(dayOf(now), dayOf(one.dueAt - 1));
  return (
    <FactList>
      <Fact label={t("提出人", "From")}>
        {one.from ?? t("（已不在名册上）", "(no longer on the roll)")}
        {t(`，${sayInstant(one.madeAt, lang)}`, `, ${sayInstant(one.madeAt, lang)}`)}
      </Fact>
      <Fact label={t("内容", "Text")}>
        {one.text.split(/\n+/).map((line) => (
          <p>{line}</p>
        ))}
        {one.wantsRecount ? <p>{t("要求复核计票。", "Asks for a recount.")}</p> : null}
      </Fact>
      {one.answeredAt === null ? (
        <Fact label={t("答复期限", "Answer due")}>
          {sayDeadline(one.dueAt, lang)}{" "}
          {now >= one.dueAt ? (
            <StatusWord tone="bad">{t("已经超期", "overdue")}</StatusWord>
          ) : days === 0 ? (
            <StatusWord tone="note">{t("今天到期", "due today")}</StatusWord>
          ) : (
            <StatusWord tone="waiting">{t(`还有${days}天`, `${days} days left`)}</StatusWord>
          )}
        </Fact>
      ) : (
        <>
          {one.outcome === null ? null : (
            <Fact label={t("结论", "Outcome")}>
              {one.outcome === "upheld" ? (
                <StatusWord tone="good">{t("异议成立", "upheld")}</StatusWord>
              ) : (
                <StatusWord tone="off">{t("异议不成立", "rejected")}</StatusWord>
              )}
            </Fact>
          )}
          <Fact label={t("答复", "Answer")}>
            {(one.answer ?? "").split(/\n+/).map((line) => (
              <p>{line}</p>
            ))}
          </Fact>
          <Fact label={t("答复时间", "Answered")}>{sayInstant(one.answeredAt, lang)}</Fact>
        </>
      )}
    </FactList>
  );
};
