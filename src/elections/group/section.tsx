/** The group that runs an election as owners read it: who sits there for whom, the rules of its composition, and what was objected and answered. Markup only. */

import { openName } from "../../offices/people/store.ts";
import type { AppContext } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { Actions, ButtonLink } from "../../platform/ui/buttons.tsx";
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { Details, EmptyState } from "../../platform/ui/notices.tsx";
import { StatusWord } from "../../platform/ui/status.tsx";
import { DataTable } from "../../platform/ui/tables.tsx";
import { electionHref } from "../addresses.ts";
import { readMethod } from "../method/rules.ts";
import { registerElectionSection } from "../public/sections.ts";
import type { ElectionRow } from "../store.ts";
import { groupName, PART_WORDS } from "../words.ts";
import { factsOf } from "./objecting.ts";
import { type GroupFinding, groupFindings, groupUntil, mayObjectToGroup, publicHome } from "./rules.ts";
import { type GroupMemberRow, type GroupObjectionRow, listGroup, listGroupObjections } from "./store.ts";

export interface ShownMember extends GroupMemberRow {
  readonly name: string;
}

/** Members with their names opened: they hold office and are named in public. */
export const openMembers = (c: AppContext, rows: readonly GroupMemberRow[]): Promise<ShownMember[]> =>
  Promise.all(rows.map(async (row) => ({ ...row, name: await openName(c.var.scene, row) })));

/** The rules of composition, each with what was found and its article. */
export const Findings = ({ c, findings }: { c: AppContext; findings: readonly GroupFinding[] }) => {
  const { t, lang } = c.var;
  return (
    <ul class="links">
      {findings.map(({ holds, words, article }) => (
        <li>
          <div>
            {pick(words, lang)}
            <p class="hint">{article}</p>
          </div>
          <StatusWord tone={holds ? "good" : "bad"}>{holds ? t("符合", "kept") : t("不符合", "not kept")}</StatusWord>
        </li>
      ))}
    </ul>
  );
};

export const MemberTable = ({ c, members }: { c: AppContext; members: readonly ShownMember[] }) => {
  const { t, lang } = c.var;
  return (
    <DataTable
      caption={t("小组成员", "Members of the group")}
      quietCaption
      rows={members}
      columns={[
        { label: t("姓名", "Name"), head: true, cell: ({ name }) => name },
        {
          label: t("职务", "Post"),
          cell: ({ isChair }) => (isChair ? t("组长", "Head") : t("成员", "Member")),
        },
        {
          label: t("代表", "For"),
          cell: ({ part, home }) =>
            `${pick(PART_WORDS[part], lang)}${home === "" ? "" : t(`（${publicHome(home)}）`, ` (${publicHome(home)})`)}`,
        },
      ]}
    />
  );
};

const Objections = ({ c, rows }: { c: AppContext; rows: readonly GroupObjectionRow[] }) => {
  const { t, lang } = c.var;
  if (rows.length === 0) return null;
  const answered = rows.filter(({ answer }) => answer !== null).length;
  return (
    <>
      <h3>{t("异议和答复", "Objections and answers")}</h3>
      <p>{t(`共收到${rows.length}件，已答复${answered}件。`, `${rows.length} came in, ${answered} answered.`)}</p>
      <DataTable
        caption={t("对小组名单的异议", "Objections to the group")}
        quietCaption
        rows={rows}
        columns={[
          {
            label: t("编号", "No."),
            head: true,
            cell: ({ objectionNo }) => t(`第${objectionNo}件`, `No. ${objectionNo}`),
          },
          { label: t("提出", "Made"), cell: ({ madeAt }) => sayInstant(madeAt, lang) },
          {
            label: t("答复", "Answer"),
            cell: ({ answer, answeredAt }) =>
              answer === null ? (
                <StatusWord tone="waiting">{t("尚未答复", "not answered yet")}</StatusWord>
              ) : (
                <>
                  {answer}
                  <br />
                  <small class="quiet">{sayInstant(answeredAt ?? 0, lang)}</small>
                </>
              ),
          },
        ]}
      />
    </>
  );
};

const Empty = ({ c, row }: { c: AppContext; row: ElectionRow }) => {
  const { t } = c.var;
  if (row.kind === "by_election")
    return <p>{t("补选由业主委员会组织，没有另外成立小组。", "The committee itself runs this by-election.")}</p>;
  return (
    <EmptyState title={t("小组还没有公布", "The group is not published yet")}>
      <p>
        {t(
          "由街道、居民委员会、业主等各方组成，单数，业主不少于一半。名单公布以后，业主可以提出异议。",
          "Street, residents' committee, owners and others form it: an odd number, at least half of them owners. Once its list is published, owners may object.",
        )}
      </p>
    </EmptyState>
  );
};

registerElectionSection("group", {
  place: 10,
  queries: (scene, key) => [listGroup(scene, key), listGroupObjections(scene, key)] as const,
  render: async (c, row, [rows, objections]) => {
    const { t, lang, scene, now } = c.var;
    const name = groupName(row.kind);
    const members = await openMembers(c, rows);
    const method = readMethod(row.method);
    const findings = groupFindings(
      members.map(({ part, isChair }) => ({ part, isChair: isChair === 1 })),
      method.groupChairFromStreet,
    );
    const base = electionHref(scene.community.slug, row.number);
    const until =
      row.groupPublishedAt === null ? null : groupUntil(row.groupPublishedAt, method.groupPublicationDays.value);
    return (
      <section id="group">
        <h2>{pick(name, lang)}</h2>
        {members.length === 0 || until === null ? (
          <Empty c={c} row={row} />
        ) : (
          <>
            <p>
              {t(
                `${sayInstant(row.groupPublishedAt ?? 0, lang)}公布，异议期到${sayDeadline(until, lang)}。`,
                `Published on ${sayInstant(row.groupPublishedAt ?? 0, lang)}; objections until ${sayDeadline(until, lang)}.`,
              )}
            </p>
            <MemberTable c={c} members={members} />
            <Details
              summary={
                findings.every(({ holds }) => holds)
                  ? t(
                      `组成符合规定（${findings.length}项都符合）`,
                      `Composed as it must be (${findings.length} rules, all kept)`,
                    )
                  : t("组成是否符合规定", "Whether it is composed as it must be")
              }
              open={findings.some(({ holds }) => !holds)}
            >
              <Findings c={c} findings={findings} />
            </Details>
            <Actions>
              {mayObjectToGroup(factsOf(row), now).ok ? (
                <ButtonLink href={`${base}/objection`}>{t("我要提出异议", "I object")}</ButtonLink>
              ) : null}
              <ButtonLink look="quiet" href={`${base}/group/notice`}>
                {t("打印名单公告", "Print the notice")}
              </ButtonLink>
            </Actions>
          </>
        )}
        <Objections c={c} rows={objections} />
      </section>
    );
  },
});
