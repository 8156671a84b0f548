/** A candidate as everybody sees them: one layout for all, empty places said in words. Markup only. */
import { dayOf } from "../../kernel/day.ts";
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { type AgeBand, INTEREST_WORDS } from "../nominations/person/rules.ts";
import { AGE_WORDS, CHANNEL_WORDS } from "../nominations/words.ts";
import type { PublicCandidate } from "./reading.ts";
import { standsNow } from "./store.ts";

const PRIVATE = { zh: "本人未公开", en: "kept private" } as const;

export const channelsSaid = ({ channels }: PublicCandidate, { t, lang }: AppContext["var"]): string =>
  channels.map((channel) => pick(CHANNEL_WORDS[channel].name, lang)).join(t("、", "; "));

export const ageSaid = ({ birthYear, ageBand }: PublicCandidate, { t, lang }: AppContext["var"]): string =>
  birthYear !== null
    ? t(`${birthYear}年生`, `born ${birthYear}`)
    : ageBand
      ? pick(AGE_WORDS[ageBand as AgeBand], lang)
      : t(PRIVATE.zh, PRIVATE.en);

/** Whether they stand, and if not, since when and what that means for the paper. */
export const Standing = ({ c, one }: { c: AppContext; one: PublicCandidate }) => {
  const { t, lang } = c.var;
  const { row } = one;
  if (standsNow(row)) return <StatusWord tone="good">{t("候选人", "candidate")}</StatusWord>;
  if (row.withdrawnAt !== null)
    return (
      <Callout tone="warn" title={t("已退出", "Withdrawn")}>
        <p>
          {row.withdrawnFrozen === 1
            ? t(
                `${sayInstant(row.withdrawnAt, lang)}退出。当时选票已经固定，姓名仍在票上，选了也不能当选。`,
                `On ${sayInstant(row.withdrawnAt, lang)}. The paper stood already: the name stays on it and cannot be elected.`,
              )
            : t(
                `${sayInstant(row.withdrawnAt, lang)}退出，不上选票。`,
                `On ${sayInstant(row.withdrawnAt, lang)}: not on the paper.`,
              )}
        </p>
      </Callout>
    );
  return (
    <Callout tone="warn" title={t("已取消候选资格", "Struck from the list")}>
      <p>{row.excludedAt === null ? "" : sayInstant(row.excludedAt, lang)}</p>
    </Callout>
  );
};

/** The facts of a candidate, in the same order for all. */
export const CandidateFacts = ({ c, one, photo }: { c: AppContext; one: PublicCandidate; photo: string | null }) => {
  const { t } = c.var;
  const { row } = one;
  const hidden = t(PRIVATE.zh, PRIVATE.en);
  return (
    <>
      {photo ? (
        <p>
          <img src={photo} width="160" alt={t(`${row.publicName}的照片`, `Photograph of ${row.publicName}`)} />
        </p>
      ) : null}
      <FactList>
        <Fact label={t("姓名", "Name")}>{row.publicName}</Fact>
        <Fact label={t("房屋", "Home")}>{row.address === "" ? hidden : row.address}</Fact>
        <Fact label={t("年龄", "Age")}>{ageSaid(one, c.var)}</Fact>
        <Fact label={t("职业", "Occupation")}>{one.occupation === "" ? hidden : one.occupation}</Fact>
        <Fact label={t("政治面貌", "Political affiliation")}>{one.affiliation ?? hidden}</Fact>
        <Fact label={t("提名渠道", "Named by")}>{channelsSaid(one, c.var)}</Fact>
        {row.sentByOwner === 1 ? (
          <Fact label={t("身份", "Stands as")}>{t("单位业主委派", "sent by an organisation that owns here")}</Fact>
        ) : null}
      </FactList>
    </>
  );
};

export const Introduction = ({ one }: { one: PublicCandidate }) => (
  <>
    {one.introduction.split("\n").map((line) => (
      <p>{line}</p>
    ))}
  </>
);

/** Every question that was asked, with the answer, or that its signer keeps it private. */
export const Interests = ({ c, one }: { c: AppContext; one: PublicCandidate }) => {
  const { t, lang } = c.var;
  return (
    <>
      <DataTable
        caption={t("利益关系申报", "Declaration of interests")}
        quietCaption
        rows={one.interests}
        columns={[
          {
            label: t("事项", "Matter"),
            head: true,
            cell: ({ interest }) => pick(INTEREST_WORDS[interest].question, lang),
          },
          {
            label: t("申报", "Answer"),
            cell: ({ answer }) =>
              answer === null
                ? t(PRIVATE.zh, PRIVATE.en)
                : answer.applies
                  ? t(`有：${answer.detail}`, `yes: ${answer.detail}`)
                  : t("没有", "no"),
          },
        ]}
      />
      {one.declaredAt === null ? null : (
        <p class="hint">
          {t(
            `本人${sayDay(dayOf(one.declaredAt), "zh")}签署。未公开的，核对和决定资格的人看过。`,
            `Signed by the person on ${sayDay(dayOf(one.declaredAt), "en")}. What is kept private was read by those who checked and decided.`,
          )}
        </p>
      )}
    </>
  );
};
