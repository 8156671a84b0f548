/** A meeting of the committee as every page shows it: its agenda with what each item came to, who was there, the minutes. Markup only. */
import { matterText } from "../../assembly/rules.ts";
import { dayOf } from "../../kernel/day.ts";
import { type Lang, pick, type T } from "../../platform/i18n.ts";
import { Fact, FactList } from "../../platform/ui/facts.tsx";
import { InequalityLine } from "../../platform/ui/inequality.tsx";
import { sayDay, sayInstant } from "../../platform/ui/moments.ts";
import { Callout } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { CARETAKER_MATTERS } from "../standing/rules.ts";
import { CHOICE_WORDS } from "../words.ts";
import type { ItemDecision } from "./minutes/rules.ts";
import { majorityLine, quorumLine, resolutionNumber } from "./minutes/rules.ts";
import type { Attendant, SessionView } from "./reading.ts";
import type { SessionItem } from "./rules.ts";

interface Shown {
  readonly t: T;
  readonly lang: Lang;
  readonly view: SessionView;
  /** Each member's own vote too: at the desk, in the filing, and in public where the practice says so. */
  readonly byName: boolean;
  /** Of a resolution; without it numbers are not links. */
  readonly resolutionHref?: ((year: number, number: number) => string) | undefined;
  readonly authorisationHref?: ((meeting: number) => string) | undefined;
}

/** "同意3、反对1、弃权0，回避1". */
export const sayCounts = (counts: Pick<ItemDecision, "for" | "against" | "abstain" | "recused">, t: T): string =>
  t(
    `同意${counts.for}票，反对${counts.against}票，弃权${counts.abstain}票${counts.recused > 0 ? `，回避${counts.recused}人` : ""}`,
    `${counts.for} for, ${counts.against} against, ${counts.abstain} abstaining${counts.recused > 0 ? `, ${counts.recused} recused` : ""}`,
  );

const wholeWords = ({ practice }: SessionView, t: T): string =>
  practice.measuredBy.value === "sitting" ? t("现有委员", "members who sit, ") : t("全部席位", "all seats, ");

const decisionArticle = (t: T): string =>
  t("《业主大会和业主委员会指导规则》第三十八条", "Guiding Rules on owners' assemblies, art. 38");

/** What an item is about in law: none of the nine, or one of them with what it rests on. */
const Ground = ({ t, lang, view, item, authorisationHref }: Shown & { item: SessionItem }) => {
  const authorisation = view.authorisations.find((one) => one.authorisationId === item.authorisationId);
  const corrected = view.resolutions.find((one) => one.itemNo === item.itemNo && one.correctsNumber !== null);
  return (
    <>
      {item.matter === 0 ? null : (
        <p>
          {t("属于应由业主共同决定的事项：", "A matter for the owners: ")}
          {pick(matterText(item.matter), lang)}（{pick(matterText(item.matter).article, lang)}）。
          {authorisation ? (
            <>
              {t("依据业主大会的授权：", "Authorised by the owners: ")}
              {authorisationHref ? (
                <a href={authorisationHref(authorisation.meetingNumber)}>{authorisation.meetingTitle}</a>
              ) : (
                authorisation.meetingTitle
              )}
              {t(
                `第${authorisation.itemNo}项，范围：${authorisation.scope}，有效至${sayDay(authorisation.lastOn, lang)}。`,
                `, item ${authorisation.itemNo}; scope: ${authorisation.scope}; until ${sayDay(authorisation.lastOn, lang)}.`,
              )}
            </>
          ) : (
            t("没有业主大会的授权，不能作决议。", "Without the owners' authorisation nothing is resolved.")
          )}
        </p>
      )}
      {item.caretakerMatter === "" ? null : (
        <p class="hint">
          {t("换届期间可能不得决定的事项：", "Possibly barred during re-election: ")}
          {pick(CARETAKER_MATTERS[item.caretakerMatter], lang)}
        </p>
      )}
      {corrected ? (
        <p>
          {t("更正", "Corrects ")}
          {resolutionNumber(corrected.correctsYear ?? 0, corrected.correctsNumber ?? 0)}
        </p>
      ) : null}
    </>
  );
};

/** What an item came to, with the sum anybody can check, and each member's word where it is shown. */
const Outcome = (props: Shown & { item: SessionItem; decision: ItemDecision }) => {
  const { t, lang, view, item, decision, byName, resolutionHref } = props;
  const resolution = view.resolutions.find(({ itemNo }) => itemNo === item.itemNo);
  const published = view.row.state === "published";
  const recusals = view.attendants.flatMap((one) => {
    const vote = one.votes.get(item.itemNo);
    return vote?.choice === "recused" ? [{ name: one.name, why: vote.why }] : [];
  });
  const number = resolution ? resolutionNumber(resolution.year, resolution.number) : "";
  return (
    <>
      <p>
        <StatusWord tone={decision.outcome === "carried" ? "good" : "bad"}>
          {decision.outcome === "carried" ? t("通过", "Carried") : t("未通过", "Lost")}
        </StatusWord>{" "}
        {sayCounts(decision, t)}
        {resolution ? (
          <>
            {t("。决议编号：", ". Resolution ")}
            {resolutionHref ? <a href={resolutionHref(resolution.year, resolution.number)}>{number}</a> : number}
          </>
        ) : null}
      </p>
      <InequalityLine
        t={t}
        subject={t("同意的委员", "Members in favour:")}
        axis="owners"
        part={decision.measure.part}
        whole={decision.measure.whole}
        line={majorityLine(view.practice)}
        of={wholeWords(view, t)}
        article={decisionArticle(t)}
      />
      {recusals.map(({ name, why }) => (
        <p>
          {t(`${name}声明与本项有利害关系，回避表决：${why}`, `${name} declared an interest and took no part: ${why}`)}
        </p>
      ))}
      {byName ? (
        <p>
          {t("各位委员：", "By member: ")}
          {view.attendants
            .filter(({ votes }) => votes.has(item.itemNo))
            .map(({ name, votes }) => `${name} ${pick(CHOICE_WORDS[votes.get(item.itemNo)!.choice], lang)}`)
            .join(t("，", ", "))}
        </p>
      ) : null}
      {published && decision.outcome === "carried" && !resolution ? (
        <Callout tone="warn" title={t("没有形成决议", "No resolution came of it")}>
          <p>
            {t(
              "本项属于应由业主共同决定的事项，公布时所依据的授权已经不成立。",
              "It is a matter for the owners, and when it was to be published its authorisation no longer stood.",
            )}
          </p>
        </Callout>
      ) : null}
    </>
  );
};

/** The agenda in order; with the outcome of each item once there is one. */
export const AgendaShown = (props: Shown) => {
  const { t, view } = props;
  return (
    <>
      {view.items.map((item) => {
        const decision = view.recorded?.decisions.find(({ itemNo }) => itemNo === item.itemNo);
        return (
          <section id={`item-${item.itemNo}`}>
            <h3>{t(`${item.itemNo}. ${item.title}`, `${item.itemNo}. ${item.title}`)}</h3>
            {item.text.split(/\n+/).map((line) => (
              <p>{line}</p>
            ))}
            <Ground {...props} item={item} />
            {decision ? <Outcome {...props} item={item} decision={decision} /> : null}
          </section>
        );
      })}
    </>
  );
};

const answerWords = ({ signature, present, standing }: Attendant, t: T, lang: Lang): string => {
  if (!present || standing === "alternate") return "—";
  if (!signature) return t("还没有签字", "not yet");
  const how =
    signature.way === "scan"
      ? t("纸面签字，扫描件存档", "on paper, scan kept")
      : t("本人登录签字", "in their own session");
  return signature.stance === "signed"
    ? t(
        `已签字（${how}，${sayDay(dayOf(signature.at), lang)}）`,
        `signed (${how}, ${sayDay(dayOf(signature.at), lang)})`,
      )
    : t(`有异议：${signature.remark}`, `objects: ${signature.remark}`);
};

/** The roll call, whether it was enough, and who has signed. */
export const AttendanceShown = ({
  t,
  lang,
  view,
  scanHref,
}: Pick<Shown, "t" | "lang" | "view"> & {
  /** Of a scan of signatures, for those who may open it. */
  readonly scanHref?: ((fileId: string) => string) | undefined;
}) => {
  const { recorded, attendants, practice } = view;
  if (!recorded) return null;
  const { minutes } = recorded;
  return (
    <>
      <InequalityLine
        t={t}
        subject={t("到会的委员", "Members present:")}
        axis="owners"
        part={minutes.present}
        whole={minutes.whole}
        line={quorumLine(practice)}
        of={wholeWords(view, t)}
        article={decisionArticle(t)}
      />
      {minutes.quorate === 1 ? null : (
        <Callout tone="warn" title={t("到会人数不够，会议没有开成", "Too few came: there was no meeting")}>
          <p>{t("没有表决，也没有作出任何决议。", "Nothing was voted on and nothing decided.")}</p>
        </Callout>
      )}
      <DataTable
        caption={t("到会和签字", "Presence and signatures")}
        quietCaption={true}
        rows={attendants}
        columns={[
          { label: t("姓名", "Name"), head: true, cell: ({ name }) => name },
          { label: t("职务", "Post"), cell: ({ title }) => pick(title, lang) },
          {
            label: t("到会", "Present"),
            cell: ({ present, standing }) =>
              present
                ? standing === "alternate"
                  ? t("列席，无表决权", "attended without a vote")
                  : t("到会", "present")
                : t("缺席", "absent"),
          },
          {
            label: t("会议记录", "Minutes"),
            cell: (one) => (
              <>
                {answerWords(one, t, lang)}
                {scanHref && one.signature?.fileId ? (
                  <>
                    {" "}
                    <a href={scanHref(one.signature.fileId)}>{t("看扫描件", "see the scan")}</a>
                  </>
                ) : null}
              </>
            ),
          },
        ]}
      />
    </>
  );
};

/** When, where, by whom called. */
export const SessionFacts = ({ t, lang, view }: Pick<Shown, "t" | "lang" | "view">) => {
  const { row, recorded, mandateNumber } = view;
  return (
    <FactList>
      <Fact label={t("届次", "Committee")}>{t(`第${mandateNumber}届业主委员会`, `No. ${mandateNumber}`)}</Fact>
      <Fact label={t("召集", "Called by")}>
        {row.calledBy === "chair"
          ? t("业主委员会主任", "The chair")
          : t("三分之一以上委员提议", "A third of the members asked for it")}
      </Fact>
      {row.holdsAt === null ? null : <Fact label={t("定于", "To be held")}>{sayInstant(row.holdsAt, lang)}</Fact>}
      {row.place === "" ? null : <Fact label={t("地点", "Place")}>{row.place}</Fact>}
      {row.noticedAt === null ? null : <Fact label={t("公告于", "Announced")}>{sayInstant(row.noticedAt, lang)}</Fact>}
      {recorded ? <Fact label={t("实际开会", "Held")}>{sayInstant(recorded.minutes.heldAt, lang)}</Fact> : null}
      {row.publishedAt === null ? null : (
        <Fact label={t("记录公布于", "Published")}>{sayInstant(row.publishedAt, lang)}</Fact>
      )}
    </FactList>
  );
};

/** What was said, as it was written down. */
export const MinutesText = ({ view }: Pick<Shown, "view">) => (
  <>
    {(view.recorded?.minutes.text ?? "")
      .split(/\n+/)
      .filter((line) => line.trim() !== "")
      .map((line) => (
        <p>{line}</p>
      ))}
  </>
);

/** 第二届业主委员会第3次会议 in words for a title; a meeting bears the title it was given. */
export const sessionTitle = ({ row }: SessionView): string => row.title;
