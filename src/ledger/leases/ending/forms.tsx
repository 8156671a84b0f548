/** The forms of an early end: proposing it, and what the second person does with it. Markup only. */
import { dayOf } from "../../../kernel/day.ts";
import type { AppContext } from "../../../platform/context.ts";
import { Actions, Button, PostButton } from "../../../platform/ui/buttons.tsx";
import { Field } from "../../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../../platform/ui/forms.tsx";
import { sayDay } from "../../../platform/ui/moments.ts";
import { Callout } from "../../../platform/ui/notices.tsx";
import type { LeaseRow } from "../store.ts";
import type { EndRow } from "./store.ts";

interface Props {
  readonly c: AppContext;
  /** The lease's own page at the desk. */
  readonly here: string;
  readonly row: LeaseRow;
  readonly end: EndRow | null;
  readonly errors: readonly FieldError[];
  readonly value: (name: string, otherwise: string) => string;
}

export const EndForms = (props: Props) => {
  const { c, row, end } = props;
  const { now, actor } = c.var;
  const may = actor.permissions.has("ledger.draft") || actor.permissions.has("ledger.approve");
  if (!may || row.endedAt !== null || row.toOn <= dayOf(now)) return null;
  return end?.state === "proposed" ? <Waiting {...props} end={end} /> : <Propose {...props} />;
};

const Waiting = ({ c, here, end, errors, value }: Props & { readonly end: EndRow }) => {
  const { t, lang, actor, formToken } = c.var;
  const isOwn = end.proposedBy === actor.personId;
  return (
    <>
      <Callout
        tone="warn"
        title={t(
          `有人提出${sayDay(end.lastOn, lang)}提前终止，等另一个人确认`,
          `Proposed to end on ${sayDay(end.lastOn, lang)}; another person confirms it`,
        )}
      >
        <p>{end.why}</p>
      </Callout>
      {isOwn ? (
        <Actions>
          <PostButton action={`${here}/end/withdraw`} token={formToken} look="quiet">
            {t("撤回提前终止", "Give it up")}
          </PostButton>
        </Actions>
      ) : actor.permissions.has("ledger.approve") ? (
        <>
          <Actions>
            <PostButton action={`${here}/end/confirm`} token={formToken}>
              {t("确认提前终止", "Confirm the early end")}
            </PostButton>
          </Actions>
          <Form action={`${here}/end/refuse`} token={formToken}>
            <ErrorSummary t={t} errors={errors} />
            <Field
              name="why"
              label={t("不同意的原因", "Why not")}
              value={value("why", "")}
              error={errorFor(errors, "why")}
              maxlength={100}
            />
            <Actions>
              <Button look="quiet">{t("不同意，退回", "Refuse it")}</Button>
            </Actions>
          </Form>
        </>
      ) : (
        <p class="hint">{t("等主任或副主任确认。", "Waits for the chair's or a deputy's confirmation.")}</p>
      )}
    </>
  );
};

const Propose = ({ c, here, end, errors, value }: Props) => {
  const { t, now, formToken } = c.var;
  return (
    <Form action={`${here}/end`} token={formToken}>
      <h2>{t("提前终止", "End it early")}</h2>
      {end?.state === "refused" ? (
        <p class="hint">{t(`上次提出的没有同意：${end.decidedWhy}`, `The last was refused: ${end.decidedWhy}`)}</p>
      ) : null}
      <p class="hint">
        {t(
          "提出以后由另一个人确认才生效。多收的租金会自动算出，要退的在“登记收付”里退。",
          "It takes effect once another person confirms. What was charged too much is worked out by itself.",
        )}
      </p>
      <ErrorSummary t={t} errors={errors} />
      <Field
        name="lastOn"
        label={t("最后一天", "Last day")}
        value={value("lastOn", dayOf(now))}
        error={errorFor(errors, "toOn") ?? errorFor(errors, "lastOn")}
        width={11}
      />
      <Field
        name="why"
        label={t("原因（公开显示）", "Why (public)")}
        value={value("why", "")}
        error={errorFor(errors, "why")}
        maxlength={100}
      />
      <Actions>
        <Button look="quiet">{t("提出提前终止，交确认", "Propose the early end")}</Button>
      </Actions>
    </Form>
  );
};
