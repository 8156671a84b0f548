/** The part of a contract's desk page about its end: the notice, what a second person says to it, and handing over line by line. Markup only. */
import { dayOf } from "../../../kernel/day.ts";
import type { AppContext } from "../../../platform/context.ts";
import { PostButton } from "../../../platform/ui/buttons.tsx";
import { DateTimeField, Field, FileField, Select, TextArea } from "../../../platform/ui/fields.tsx";
import { Act, type Loaded, type Part } from "../desk-parts.tsx";
import { TAKEOVER_KINDS } from "../rules.ts";
import { ENDING_WORDS, SIDE_WORDS, TAKEOVER_WORDS } from "../words.ts";
import { ENDING_KINDS } from "./rules.ts";
import { EndingSection } from "./shown.tsx";
export const Ending = ({
  c,
  loaded,
  part,
  standing,
}: {
  c: AppContext;
  loaded: Loaded;
  part: (path: string) => Part;
  standing: string;
}) => {
  const { t, lang, actor, formToken } = c.var;
  const { row, endings, lines, values } = loaded;
  const drafting = actor.permissions.has("tender.draft");
  const deciding = actor.permissions.has("tender.decide");
  const inForce = endings.find(({ state }) => state === "in_force");
  if (row.endsOn === null)
    return drafting && !endings.some(({ state }) => state === "waiting") ? (
      <Act
        c={c}
        part={part("/ending")}
        heading={t("终止合同：解聘、不续聘、到期", "End the contract")}
        button={t("保存，交第二人确认", "Save for a second person")}
        files={true}
      >
        {(at) => (
          <>
            <Select
              {...at("kind")}
              label={t("怎样终止", "How it ends")}
              options={ENDING_KINDS.map((value) => ({ value, label: ENDING_WORDS[value][lang] }))}
            />
            <Select
              {...at("bySide")}
              label={t("哪一方提出", "Whose notice")}
              options={(["owners", "provider", "both"] as const).map((value) => ({
                value,
                label: SIDE_WORDS[value][lang],
              }))}
            />
            <DateTimeField
              {...at("noticedOn", dayOf(c.var.now))}
              kind="date"
              label={t("书面通知送达的日期", "Day the notice arrived")}
            />
            <DateTimeField {...at("endsOn")} kind="date" label={t("合同的最后一天", "Last day")} />
            <TextArea {...at("why")} label={t("理由", "Why")} rows={2} />
            <Field
              {...at("meeting")}
              label={t("业主大会会议编号", "Owners' meeting no.")}
              optional={t("物业服务人提出的不填", "not where the provider ends it")}
              inputmode="numeric"
              width={20}
            />
            <Field
              {...at("item")}
              label={t("第几项", "Item")}
              optional={t("物业服务人提出的不填", "not where the provider ends it")}
              inputmode="numeric"
              width={20}
            />
            <FileField
              name="file"
              label={t("书面通知（PDF）", "The written notice (PDF)")}
              accept="application/pdf"
              error={at("file").error}
            />
          </>
        )}
      </Act>
    ) : null;
  return (
    <>
      <EndingSection c={c} row={row} ending={inForce} lines={lines} takeoverDays={values.takeoverDays.value} />
      {drafting && row.takenOverOn === null ? (
        <Act
          c={c}
          part={part("/takeover")}
          heading={t("列入移交清单", "Put on the list")}
          button={t("列入", "Put on the list")}
        >
          {(at) => (
            <>
              <Select
                {...at("lineKind")}
                label={t("类别", "Kind")}
                options={TAKEOVER_KINDS.map((value) => ({ value, label: TAKEOVER_WORDS[value][lang] }))}
              />
              <Field {...at("what")} label={t("移交什么（没有的写“无”）", "What (“none” where there is none)")} />
              <Field
                {...at("amount")}
                label={t("金额（款项必填）", "Amount, for money")}
                optional={t("其他不填", "else empty")}
                inputmode="decimal"
                width={20}
              />
              <Field
                {...at("strikes")}
                label={t("更正第几项", "Corrects line")}
                optional={t("可不填", "may stay empty")}
                inputmode="numeric"
                width={20}
              />
            </>
          )}
        </Act>
      ) : null}
      {lines
        .filter(({ struckBy }) => struckBy === null)
        .map(({ lineNo, what, givenBy, takenBy }) => (
          <>
            {drafting && givenBy === null ? (
              <Act
                c={c}
                part={part(`/takeover/${lineNo}/given`)}
                heading={t(`第${lineNo}项“${what}”：登记物业一方的签字`, `Line ${lineNo}: the provider signed`)}
                button={t("登记签字", "Enter")}
              >
                {(at) => <Field {...at("words")} label={t("谁签的（职务）", "Who signed, by post")} maxlength={60} />}
              </Act>
            ) : null}
            {deciding && takenBy === null ? (
              <PostButton action={part(`/takeover/${lineNo}/taken`).action} token={formToken} look="quiet">
                {t(`签收第${lineNo}项“${what}”`, `Take line ${lineNo}: ${what}`)}
              </PostButton>
            ) : null}
          </>
        ))}
      {deciding && row.takenOverOn === null && standing === "interim" ? (
        <Act
          c={c}
          part={part("/taken-over")}
          heading={t("登记接管", "Enter the takeover")}
          button={t("登记接管", "Enter the takeover")}
        >
          {(at) => (
            <DateTimeField
              {...at("takenOverOn", dayOf(c.var.now))}
              kind="date"
              label={t("接管的日期", "Day of the takeover")}
            />
          )}
        </Act>
      ) : null}
    </>
  );
};
