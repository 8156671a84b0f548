/** The voter's page before voting opens: what will be asked, their own entry in the frozen roll, and the way to object to it (A4). */

import type { Objection } from "../../community/snapshot/objections/actions.ts";
import { LONGEST_OBJECTION } from "../../community/snapshot/objections/actions.ts";
import type { Instant } from "../../kernel/day.ts";
import type { AppContext } from "../../platform/context.ts";
import { frameOf, newOnce } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { Actions, Button, ButtonLink } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { TextArea } from "../../platform/ui/fields.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { Clock } from "../../platform/ui/steps.tsx";
import { meetingHref } from "../meeting/addresses.ts";
import { itemsOf } from "./answering.ts";
import { ballotMark, type Entered } from "./entering.ts";
import { ItemText, papersOf } from "./form.tsx";
import { EntryTable, LeaveButton, ProxyCallout, WeightNote } from "./standing.tsx";
import { passesWords } from "./words.ts";

/** The name of the field an objection is written in. */
export const OBJECTION = "objection";

export interface RollEntry {
  /** Until when the entry may be objected to. */
  readonly objectionsUntil: Instant;
  readonly objections: readonly Objection[];
}

export function noticePage(
  c: AppContext,
  entered: Entered,
  entry: RollEntry,
  typed: { readonly text: string; readonly errors: readonly FieldError[] } = { text: "", errors: [] },
) {
  const { t, lang, now, scene, formToken } = c.var;
  const { slug } = scene.community;
  const { found, session } = entered;
  const { row } = found;
  const items = itemsOf(found);
  return c.html(
    <Page
      {...frameOf(c, "owner")}
      title={t("会议公告", "Notice")}
      switchHref={`/c/${slug}/vote?lang=${t("en", "zh")}`}
      breadcrumb={[{ href: meetingHref(slug, row.number), label: row.title }]}
    >
      <h1>{row.title}</h1>
      <WeightNote t={t} found={found} />
      {row.opensAt === null ? null : (
        <Clock t={t} lang={lang} label={t("表决开始", "Voting opens")} at={row.opensAt} now={now} />
      )}
      <p>
        {t(
          "到时再打开同一个链接就可以投票。现在请先看议题，并核对名册上您的登记。",
          "The same link opens the ballot then. For now, read what will be asked and check your entry in the roll.",
        )}
      </p>
      <ProxyCallout c={c} entered={entered} />
      <h2>{t("将要表决的议题", "What will be asked")}</h2>
      {items.length === 0 ? (
        <Callout>
          <p>{t("这次没有需要您表决的议题。", "No question is yours to decide this time.")}</p>
        </Callout>
      ) : null}
      {items.map((item, at) => (
        <section>
          <h3>{t(`议题${at + 1}：${item.title}`, `Question ${at + 1}: ${item.title}`)}</h3>
          <ItemText text={item.text} />
          {papersOf(slug, item).length > 0 ? (
            <ul class="papers">
              {papersOf(slug, item).map(({ href, label }) => (
                <li>
                  <a href={href}>{label}</a>
                </li>
              ))}
            </ul>
          ) : null}
          <p class="hint">{passesWords(item, t)}</p>
        </section>
      ))}
      <h2>{t("核对您的登记", "Check your entry")}</h2>
      <EntryTable t={t} found={found} />
      {entry.objections.map((objection) => (
        <Callout
          tone={objection.outcome === null ? "info" : objection.outcome === "upheld" ? "good" : "warn"}
          title={t(
            `您${sayInstant(objection.raisedAt, lang)}提出的异议`,
            `Your objection of ${sayInstant(objection.raisedAt, lang)}`,
          )}
        >
          <FactList>
            <Fact label={t("内容", "Text")}>{objection.text}</Fact>
            <Fact label={t("答复", "Answer")}>
              {objection.answer ??
                t("尚未答复；答复之前不会开始表决。", "Not answered yet; voting does not open before it is.")}
            </Fact>
          </FactList>
        </Callout>
      ))}
      {now < entry.objectionsUntil ? (
        <Form
          action={`/c/${slug}/vote/objection`}
          token={formToken}
          once={newOnce()}
          hidden={{ _for: ballotMark(session) }}
        >
          <ErrorSummary t={t} errors={typed.errors} />
          <TextArea
            name={OBJECTION}
            label={t("登记有误？请写在这里", "Something wrong? Write it here")}
            hint={t(
              `${sayDeadline(entry.objectionsUntil, lang)}前可以提出，召集人必须答复。例如：面积应为89.66㎡，以不动产权证为准。`,
              `Until ${sayDeadline(entry.objectionsUntil, lang)}; the convener must answer. For example: the area should be 89.66 m², as in the certificate.`,
            )}
            value={typed.text}
            error={errorFor(typed.errors, OBJECTION)}
            maxlength={LONGEST_OBJECTION}
            rows={4}
          />
          <Actions>
            <Button look="quiet">{t("提出异议", "Object to the entry")}</Button>
          </Actions>
        </Form>
      ) : (
        <p class="hint">
          {t(
            `对名册的异议期已于${sayDeadline(entry.objectionsUntil, lang)}结束。`,
            `The period for objecting to the roll ended ${sayDeadline(entry.objectionsUntil, lang)}.`,
          )}
        </p>
      )}
      <Actions>
        <ButtonLink look="quiet" href={meetingHref(slug, row.number)}>
          {t("会议公告全文", "The full notice")}
        </ButtonLink>
      </Actions>
      <LeaveButton c={c} />
    </Page>,
    typed.errors.length > 0 ? 422 : 200,
  );
}
