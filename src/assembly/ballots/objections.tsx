/** A voter's objections: to their entry in the roll, to the notice, to the result; and what was answered. The acts are the roll's and the results' own. */
import {
  LONGEST_OBJECTION as LONGEST_TO_ROLL,
  type ObjectionRefusal,
  raiseObjection,
  readObjections,
} from "../../community/snapshot/objections/actions.ts";
import type { Instant } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import type { Result } from "../../kernel/result.ts";
import type { AppContext } from "../../platform/context.ts";
import { newOnce } from "../../platform/frame.ts";
import type { Scene } from "../../platform/scene.ts";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Confirm } from "../../platform/ui/choices.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import {
  fileObjection,
  LONGEST_OBJECTION,
  type ObjectRefusal,
  openObjection,
  type Ticket,
} from "../results/actions.ts";
import { listTickets } from "../results/store.ts";
import { ballotMark, type Entered } from "./entering.ts";

export const ABOUT = ["roll", "notice", "result"] as const;
export type About = (typeof ABOUT)[number];

/** The name of the field, another for each subject: a page may carry two of these forms. */
export const objectionField = (about: About): string => `objection-${about}`;

export interface OwnObjection {
  readonly about: About;
  readonly madeAt: Instant;
  readonly text: string;
  readonly outcome: "upheld" | "rejected" | null;
  readonly answer: string | null;
}

/** Everything this voter has objected to in a meeting, the oldest first. */
export async function ownObjections(scene: Scene, meetingId: MeetingId, voterNo: number): Promise<OwnObjection[]> {
  const [tickets] = await scene.db.read(listTickets(scene, meetingId));
  const own = tickets.filter((ticket) => ticket.voterNo === voterNo);
  const opened = await Promise.all(
    own.map(
      async (ticket): Promise<OwnObjection> => ({
        about: ticket.about,
        madeAt: ticket.madeAt,
        text: await openObjection(scene, ticket),
        outcome: null,
        answer: ticket.answer,
      }),
    ),
  );
  const roll = (await readObjections(scene, meetingId, voterNo)).map(
    ({ raisedAt, text, outcome, answer }): OwnObjection => ({ about: "roll", madeAt: raisedAt, text, outcome, answer }),
  );
  return [...roll, ...opened].sort((a, b) => a.madeAt - b.madeAt);
}

/** Takes an objection to whatever it is about. `once` comes from the form: sent twice it is one. */
export function object(
  scene: Scene,
  { session, found }: Entered,
  asked: { readonly about: About; readonly text: string; readonly wantsRecount: boolean; readonly once: string },
): Promise<Result<Ticket | { objectionId: string }, ObjectRefusal | ObjectionRefusal>> {
  const { meetingId, voterNo } = session;
  const { about, text, wantsRecount, once } = asked;
  if (about !== "roll") return fileObjection(scene, { meetingId, voterNo, about, text, wantsRecount, once });
  const by = found.voter.votingPartyId ?? "voter";
  return raiseObjection(scene, { snapshotId: found.row.snapshotId, voterNo, by, text, key: once });
}

export const ObjectionList = ({ c, objections }: { c: AppContext; objections: readonly OwnObjection[] }) => {
  const { t, lang } = c.var;
  const subject = (about: About): string =>
    ({ roll: t("名册登记", "your entry"), notice: t("会议公告", "the notice"), result: t("表决结果", "the result") })[
      about
    ];
  return (
    <>
      {objections.map((objection) => (
        <Callout
          tone={objection.answer === null ? "info" : objection.outcome === "rejected" ? "warn" : "good"}
          title={t(
            `您${sayInstant(objection.madeAt, lang)}对${subject(objection.about)}提出的异议`,
            `Your objection to ${subject(objection.about)}, ${sayInstant(objection.madeAt, lang)}`,
          )}
        >
          <FactList>
            <Fact label={t("内容", "Text")}>{objection.text}</Fact>
            <Fact label={t("答复", "Answer")}>
              {objection.answer ?? t("尚未答复。召集人必须答复。", "Not answered yet. It must be.")}
            </Fact>
          </FactList>
        </Callout>
      ))}
    </>
  );
};

export const ObjectionForm = (props: {
  c: AppContext;
  entered: Entered;
  about: About;
  label: string;
  hint: string;
  button: string;
  typed?: Typed;
}) => {
  const { c, entered, about } = props;
  const { t, scene, formToken } = c.var;
  const name = objectionField(about);
  const typed = props.typed?.about === about ? props.typed : undefined;
  return (
    <Form
      action={`/c/${scene.community.slug}/vote/objection`}
      token={formToken}
      once={newOnce()}
      hidden={{ _for: ballotMark(entered.session), about }}
    >
      <ErrorSummary t={t} errors={typed?.errors ?? []} />
      <TextArea
        name={name}
        label={props.label}
        hint={props.hint}
        value={typed?.text ?? ""}
        error={errorFor(typed?.errors, name)}
        maxlength={about === "roll" ? LONGEST_TO_ROLL : LONGEST_OBJECTION}
        rows={4}
      />
      {about === "result" ? (
        <Confirm name="recount" label={t("我要求重新计票", "I ask for a recount")} checked={typed?.wantsRecount} />
      ) : null}
      <Actions>
        <Button look="quiet">{props.button}</Button>
      </Actions>
    </Form>
  );
};

/** A refused form, for showing it again. */
export interface Typed {
  readonly about: About;
  readonly text: string;
  readonly wantsRecount: boolean;
  readonly errors: readonly FieldError[];
}
