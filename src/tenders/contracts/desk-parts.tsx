/** What the pages of one contract at the desk share: the contract as it is read, a form in its fold, and what a second person decides. Markup only. */
import type { Child } from "hono/jsx";
import { dayOf } from "../../kernel/day.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import type { AppContext } from "../../platform/context.ts";
import type { FormBody } from "../../platform/form-body.ts";
import { newOnce } from "../../platform/frame.ts";
import type { Problem } from "../../platform/problem.tsx";
import { Actions, Button, PostButton } from "../../platform/ui/buttons.tsx";
import { DateTimeField, TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import { readContractNumber } from "./addresses.ts";
import { type EndingRow, endingFrom, listEndings, listTakeoverLines, type TakeoverLine } from "./ending/store.ts";
import { CONTRACT_SETTINGS } from "./settings.ts";
import {
  byContractNumber,
  type ContractRow,
  contractFrom,
  type EditionRow,
  editionFrom,
  findContract,
  listEditions,
  listSubcontracts,
  type SubcontractRow,
} from "./store.ts";

export interface Loaded {
  readonly row: ContractRow;
  readonly editions: readonly EditionRow[];
  readonly subs: readonly SubcontractRow[];
  readonly endings: readonly EndingRow[];
  readonly lines: readonly TakeoverLine[];
  readonly values: ReturnType<typeof valuesFromRows<(typeof CONTRACT_SETTINGS)["specs"]>>;
}
export async function load(c: AppContext): Promise<Loaded | null> {
  const { scene } = c.var;
  const number = readContractNumber(c.req.param("number"));
  if (!number) return null;
  const key = byContractNumber(scene, number);
  const [contracts, editions, subs, endings, lines, settings] = await scene.db.read(
    findContract(scene, key),
    listEditions(scene, key),
    listSubcontracts(scene, key),
    listEndings(scene, key),
    listTakeoverLines(scene, key),
    listSettings(scene, CONTRACT_SETTINGS),
  );
  return contracts[0]
    ? {
        row: contractFrom(contracts[0]),
        editions: editions.map(editionFrom),
        subs,
        endings: endings.map(endingFrom),
        lines,
        values: valuesFromRows(CONTRACT_SETTINGS, settings),
      }
    : null;
}

/** The form that was refused, its words and what was typed into it. */
export interface Again {
  readonly path: string;
  readonly problem: Problem;
  readonly body: FormBody;
}
/** One form of the page: its address, its values after a refusal, its messages. */
export interface Part {
  readonly action: string;
  readonly errors: readonly FieldError[];
  readonly at: (name: string, initial?: string) => { name: string; value: string; error: string | undefined };
}

/** A form in its fold: open where it was refused. */
export const Act = (props: {
  c: AppContext;
  part: Part;
  heading: string;
  button: string;
  files?: boolean;
  children: (at: Part["at"]) => Child;
}) => {
  const { c, part } = props;
  return (
    <Details summary={props.heading} open={part.errors.length > 0}>
      <Form action={part.action} token={c.var.formToken} once={newOnce()} files={props.files}>
        <ErrorSummary t={c.var.t} errors={part.errors} />
        {props.children(part.at)}
        <Actions>
          <Button>{props.button}</Button>
        </Actions>
      </Form>
    </Details>
  );
};

/** What a second person decides on: signing with its day, refusing with a reason; or its drafter gives it up. */
export const Deciding = (props: {
  c: AppContext;
  part: (path: string) => Part;
  path: string;
  draftedBy: string;
  words: { sign: string; day: string | null };
}) => {
  const { c, part, path, words } = props;
  const { t, formToken, actor } = c.var;
  const own = actor.personId === props.draftedBy;
  if (own)
    return (
      <Callout tone="info" title={t("等主任或副主任签订", "Waits for the chair or a deputy")}>
        {actor.permissions.has("tender.draft") ? (
          <PostButton action={part(`${path}/withdraw`).action} token={formToken} look="link">
            {t("撤回", "Give it up")}
          </PostButton>
        ) : null}
      </Callout>
    );
  if (!actor.permissions.has("tender.decide"))
    return <p>{t("等主任或副主任签订。", "Waits for the chair or a deputy.")}</p>;
  return (
    <>
      <Form action={part(`${path}/sign`).action} token={formToken}>
        <ErrorSummary t={t} errors={part(`${path}/sign`).errors} />
        {words.day === null ? null : (
          <DateTimeField {...part(`${path}/sign`).at("signedOn", dayOf(c.var.now))} kind="date" label={words.day} />
        )}
        <Actions>
          <Button>{words.sign}</Button>
        </Actions>
      </Form>
      <Act c={c} part={part(`${path}/refuse`)} heading={t("不签", "Refuse")} button={t("不签，退回", "Refuse")}>
        {(at) => <TextArea {...at("why")} label={t("理由", "Why")} rows={2} />}
      </Act>
    </>
  );
};
