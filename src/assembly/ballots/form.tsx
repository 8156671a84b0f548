/** The ballot to fill in and the page that shows it once more before it is cast. Markup only. */

import type { AppContext } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { BallotItem } from "../../platform/ui/ballots.tsx";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { ErrorSummary, errorFor, type FieldError, Form } from "../../platform/ui/forms.tsx";
import { sayDeadline } from "../../platform/ui/moments.ts";
import { Callout, Details } from "../../platform/ui/notices.tsx";
import { Clock } from "../../platform/ui/steps.tsx";
import { choicePath } from "../agenda/origins.ts";
import type { Item } from "../agenda/rules.ts";
import { fileHref, meetingHref } from "../meeting/addresses.ts";
import { itemsOf } from "./answering.ts";
import { ballotMark, type Entered } from "./entering.ts";
import { fieldOf } from "./problems.ts";
import type { Answer } from "./rules.ts";
import { EntryTable, LeaveButton, ProxyCallout, WeightNote } from "./standing.tsx";
import { answerWords, optionWords, passesWords } from "./words.ts";

/** What binds a form to the ballot it was made for: whose it is, which edition was read, which ballot it would replace. */
const bindings = ({ session, found }: Entered): Record<string, string> => ({
  _for: ballotMark(session),
  edition: String(found.row.edition),
  replaces: String(found.standing?.version ?? 0),
});

export const papersOf = (slug: string, { attachments }: Item) =>
  attachments.map(({ fileId, name }) => ({ href: fileHref(slug, fileId), label: name }));

/** A link to where a choice presents itself. In a window of its own: what is marked already must not be lost by looking. */
const presentation = (c: AppContext, item: Item, optionNo: number) => {
  const { t, scene } = c.var;
  const path = choicePath(item, optionNo);
  return path === null ? null : (
    <a href={`/c/${scene.community.slug}${path}`} target="_blank" rel="noopener">
      {t("看介绍（在新窗口打开）", "about this candidate (in a new window)")}
    </a>
  );
};

/** The text of an item as it was frozen: its line breaks are paragraphs. */
export const ItemText = ({ text }: { text: string }) => (
  <>
    {text
      .split(/\n+/)
      .filter((line) => line.trim() !== "")
      .map((line) => (
        <p>{line}</p>
      ))}
  </>
);

export function ballotPage(
  c: AppContext,
  entered: Entered,
  filled: { readonly answers: readonly Answer[]; readonly errors?: readonly FieldError[] },
) {
  const { t, lang, now, scene, formToken } = c.var;
  const { slug } = scene.community;
  const { found } = entered;
  const { row } = found;
  const items = itemsOf(found);
  const chosen = (itemNo: number): string[] =>
    filled.answers.filter((answer) => answer.itemNo === itemNo).flatMap(({ options }) => options.map(String));
  const errors = filled.errors ?? [];
  return c.html(
    <Page
      {...frameOf(c, "owner")}
      title={t("表决票", "Ballot")}
      switchHref={`/c/${slug}/vote?lang=${t("en", "zh")}`}
      breadcrumb={[{ href: meetingHref(slug, row.number), label: row.title }]}
    >
      <h1>{t("表决票", "Ballot")}</h1>
      <WeightNote t={t} found={found} />
      <Details summary={t("为什么是这么多？看名册上的登记", "Why so much? See your entry in the roll")}>
        <EntryTable t={t} found={found} />
      </Details>
      {row.closesAt === null ? null : (
        <Clock t={t} lang={lang} label={t("截止", "Closes")} at={row.closesAt} now={now} />
      )}
      <ProxyCallout c={c} entered={entered} />
      <Form action={`/c/${slug}/vote/review`} token={formToken} hidden={bindings(entered)}>
        <ErrorSummary
          t={t}
          errors={errors}
          title={t(
            `有${errors.length}处还要看一下，表决票没有提交`,
            `${errors.length} to look at again; nothing was cast`,
          )}
        />
        {items.map((item) => (
          <BallotItem
            t={t}
            at={item.itemNo}
            of={found.meeting.items.length}
            title={item.title}
            name={fieldOf(item.itemNo)}
            // The widget goes on in the same paragraph with how many may be chosen.
            passes={
              item.question.kind === "approve_up_to" ? passesWords(item, t).replace(/[。.]$/, "") : passesWords(item, t)
            }
            papers={papersOf(slug, item)}
            options={item.question.options.map((option) => ({
              value: String(option.optionNo),
              label: optionWords(item, option, t),
              note: presentation(c, item, option.optionNo),
            }))}
            values={chosen(item.itemNo)}
            {...(item.question.kind === "approve_up_to" ? { most: item.question.atMost } : {})}
            error={errorFor(errors, fieldOf(item.itemNo))}
          >
            <ItemText text={item.text} />
          </BallotItem>
        ))}
        <Actions>
          <Button>{t("下一步：核对我的选择", "Next: check my choices")}</Button>
        </Actions>
        <p class="hint">
          {t("按下一步还不会提交，您会再看到一遍。", "Nothing is cast yet: you will see everything once more.")}
        </p>
      </Form>
      <LeaveButton c={c} />
    </Page>,
    errors.length > 0 ? 422 : 200,
  );
}

/** Everything that was chosen, once more, before the one act that counts. */
export function reviewPage(c: AppContext, entered: Entered, answers: readonly Answer[]) {
  const { t, lang, scene, formToken } = c.var;
  const { slug } = scene.community;
  const { found } = entered;
  const { row, meeting, standing } = found;
  const items = itemsOf(found);
  return c.html(
    <Page
      {...frameOf(c, "owner")}
      title={t("核对选择", "Check your choices")}
      switchHref={`/c/${slug}/vote?lang=${t("en", "zh")}`}
      breadcrumb={[{ href: meetingHref(slug, row.number), label: row.title }]}
    >
      <h1>{t("核对您的选择", "Check your choices")}</h1>
      <FactList>
        {items.map((item) => (
          <Fact label={t(`议题${item.itemNo}：${item.title}`, `Question ${item.itemNo}: ${item.title}`)}>
            <b class="lead">
              {answerWords(item, answers.find(({ itemNo }) => itemNo === item.itemNo)?.options ?? [], t)}
            </b>
          </Fact>
        ))}
      </FactList>
      <Callout tone={meeting.ballotReplaceable ? "info" : "warn"}>
        <p>
          {!meeting.ballotReplaceable
            ? t("提交以后不能修改，也不能撤回。", "Once cast it cannot be changed or taken back.")
            : row.closesAt === null
              ? ""
              : t(
                  `提交以后，${sayDeadline(row.closesAt, lang)}截止前还可以改，以最后一次为准。`,
                  `You may change it until ${sayDeadline(row.closesAt, lang)}; the last one counts.`,
                )}
        </p>
      </Callout>
      <Form action={`/c/${slug}/vote/cast`} token={formToken} hidden={bindings(entered)}>
        {answers.flatMap(({ itemNo, options }) =>
          options.map((option) => <input type="hidden" name={fieldOf(itemNo)} value={String(option)} />),
        )}
        <Actions>
          <Button>
            {standing
              ? t("提交，代替原来那张", "Cast it in place of the earlier one")
              : t("提交表决票", "Cast the ballot")}
          </Button>
          <Button look="quiet" formaction={`/c/${slug}/vote/change`}>
            {t("返回修改", "Go back and change")}
          </Button>
        </Actions>
      </Form>
    </Page>,
  );
}
