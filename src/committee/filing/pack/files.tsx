/** The filing pack as named files: member roll, decision with its inequalities, minutes, adopted papers, manifest and guide. In Chinese, for an authority; how they are read stands in reading.ts. */
import type { ItemResult } from "../../../assembly/counting/stored.ts";
import { approvalOf, matterText, QUORUM } from "../../../assembly/rules.ts";
import { dayOf, isoInstant } from "../../../kernel/day.ts";
import { sha256Hex } from "../../../kernel/hash.ts";
import { TAKE_WORDS } from "../../../offices/words.ts";
import { type ArchiveFile, bytesOf, jsonFile } from "../../../platform/archive.ts";
import { translator } from "../../../platform/i18n.ts";
import { writeCsv } from "../../../platform/sheet/csv.ts";
import { InequalityLine } from "../../../platform/ui/inequality.tsx";
import { sayDay, sayInstant } from "../../../platform/ui/moments.ts";
import { sayAmount } from "../../../platform/ui/shares.ts";
import { NoticeSheet } from "../../../platform/ui/sheets.tsx";
import { standaloneDocument } from "../../../platform/ui/standalone.tsx";
import { DataTable } from "../../../platform/ui/tables.tsx";
import { shortCode } from "../../../record/rules.ts";
import type { SessionView } from "../../sessions/reading.ts";
import { AgendaShown, AttendanceShown, MinutesText, SessionFacts, sessionTitle } from "../../sessions/shown.tsx";
import type { ElectionDecision, PackFacts, RollLine } from "./reading.ts";

const zh = translator("zh");

const termOf = ({ fromAt, untilAt }: Pick<RollLine, "fromAt" | "untilAt">, end: number): readonly [string, string] => [
  dayOf(fromAt),
  dayOf((untilAt ?? end) - 1),
];

function memberFiles({ members, mandate, community, asOf }: PackFacts): ArchiveFile[] {
  const rows = members.map((one) => {
    const [from, until] = termOf(one, mandate.untilAt);
    const standing = one.isMember ? "委员" : "候补委员";
    return { ...one, from, until, standing, how: TAKE_WORDS[one.act].zh };
  });
  return [
    {
      path: "members.csv",
      text: writeCsv([
        ["姓名", "职务", "身份", "任期自", "任期至", "产生方式", "公开记录编号"],
        ...rows.map((row) => [
          row.name,
          row.title.zh,
          row.standing,
          row.from,
          row.until,
          row.how,
          shortCode(row.leafHash),
        ]),
      ]),
    },
    {
      path: "members.html",
      text: standaloneDocument(
        `${community.name}第${mandate.number}届业主委员会成员名单`,
        <NoticeSheet
          t={zh}
          title={`${community.name}第${mandate.number}届业主委员会成员名单`}
          lead={
            <p>
              截至{sayDay(asOf, "zh")}。本届任期{sayDay(dayOf(mandate.fromAt), "zh")}至
              {sayDay(dayOf(mandate.untilAt - 1), "zh")}，席位{mandate.seats}个，现任委员
              {rows.filter(({ isMember }) => isMember).length}人。产生依据：{mandate.document}。
            </p>
          }
          signedBy={[`${community.name}业主委员会`]}
          date={sayDay(asOf, "zh")}
        >
          <DataTable
            caption="成员名单"
            quietCaption={true}
            rows={rows}
            columns={[
              { label: "姓名", head: true, cell: ({ name }) => name },
              { label: "职务", cell: ({ title }) => title.zh },
              { label: "身份", cell: ({ standing }) => standing },
              { label: "任期", cell: ({ from, until }) => `${sayDay(from, "zh")}至${sayDay(until, "zh")}` },
              { label: "产生方式", cell: ({ how }) => how },
            ]}
          />
        </NoticeSheet>,
      ),
    },
  ];
}

/** One elected name with its four inequalities; the two of taking part are the same for all and stand once. */
const Sums = ({ result }: { result: ItemResult }) => (
  <>
    {result.strict.decisions.map(({ optionNo, decision }, at) => {
      const label = result.item.question.options.find((one) => one.optionNo === optionNo)?.label ?? "";
      return decision.checks
        .filter(({ rule }) => rule === "approval" || at === 0)
        .map(({ rule, axis, part, whole }) =>
          part === null || whole === null ? null : (
            <InequalityLine
              t={zh}
              subject={`${rule === "quorum" ? "参与表决" : `同意“${label}”`}的${axis === "owners" ? "人数" : "面积"}`}
              axis={axis}
              part={part}
              whole={whole}
              line={rule === "quorum" ? QUORUM : approvalOf(result.item.matter)}
              of={rule === "quorum" ? "小区全部" : "参与的"}
              article="《民法典》第二百七十八条第二款"
            />
          ),
        );
    })}
  </>
);

function decisionFiles({ meeting, run, itemNos }: ElectionDecision, at: number): ArchiveFile[] {
  const results = run.items.filter(({ item }) => itemNos.includes(item.itemNo));
  const name = `decision/election-${at + 1}`;
  return [
    jsonFile(`${name}.json`, {
      meeting: { number: meeting.row.number, title: meeting.row.title, id: meeting.row.meetingId },
      manifestHash: meeting.row.manifestHash,
      publishedAt: isoInstant(run.publishedAt ?? 0),
      leaf: run.leafHash,
      items: results.map(({ item, strict }) => ({
        itemNo: item.itemNo,
        title: item.title,
        eligible: strict.eligible,
        participated: strict.participated,
        outcome: strict.outcome,
        candidates: strict.decisions.map(({ optionNo, decision }) => ({
          name: item.question.options.find((one) => one.optionNo === optionNo)?.label ?? "",
          checks: decision.checks.map(({ rule, axis, part, whole, threshold, strict: isStrict, least, holds }) => ({
            rule,
            axis,
            part: part === null ? null : String(part),
            whole: whole === null ? null : String(whole),
            threshold,
            strict: isStrict,
            least: least === null ? null : String(least),
            holds,
          })),
        })),
      })),
    }),
    {
      path: `${name}.html`,
      text: standaloneDocument(
        `${meeting.row.title}：选举结果`,
        <>
          <h1>{meeting.row.title}</h1>
          <p>
            {sayInstant(run.publishedAt ?? 0, "zh")}公布。公开记录编号 {shortCode(run.leafHash)}
            。人数和面积分别计算，比例不作四舍五入。
          </p>
          {results.map((result) => (
            <section>
              <h2>{result.item.title}</h2>
              <p>
                {matterText(result.item.matter).zh}（{matterText(result.item.matter).article.zh}）
              </p>
              <DataTable
                caption="各候选人得到的同意"
                rows={result.strict.options.filter(({ option }) => option.role === "choice" || option.role === "for")}
                columns={[
                  { label: "候选人", head: true, cell: ({ option }) => option.label },
                  { label: "人数", number: true, cell: ({ owners }) => sayAmount(owners, "owners", zh) },
                  { label: "面积", number: true, cell: ({ areaDm2 }) => sayAmount(areaDm2, "area", zh) },
                ]}
              />
              <Sums result={result} />
            </section>
          ))}
        </>,
      ),
    },
  ];
}

const sessionFile = (view: SessionView): ArchiveFile => ({
  path: `minutes/meeting-${view.row.number}.html`,
  text: standaloneDocument(
    `${sessionTitle(view)}：会议记录`,
    <>
      <h1>{sessionTitle(view)}：业主委员会会议记录</h1>
      <SessionFacts t={zh} lang="zh" view={view} />
      <h2>到会和签字</h2>
      <AttendanceShown t={zh} lang="zh" view={view} />
      <h2>议题和表决</h2>
      <AgendaShown t={zh} lang="zh" view={view} byName={true} />
      <h2>会议记录</h2>
      <MinutesText view={view} />
    </>,
  ),
});

const ENDINGS: Readonly<Record<string, string>> = {
  "application/pdf": "pdf",
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
};
const RULE_NAMES: Readonly<Record<number, string>> = { 1: "rules-of-procedure", 2: "covenant" };

const paperFiles = ({ papers }: PackFacts): ArchiveFile[] =>
  papers.map((paper, at) => ({
    path: `rules/${RULE_NAMES[paper.matter] ?? "paper"}-${at + 1}.${ENDINGS[paper.mediaType] ?? "bin"}`,
    text: paper.bytes,
  }));

function readme(facts: PackFacts, files: readonly ArchiveFile[]): string {
  const { community, mandate, asOf, decisions, sessions, papers } = facts;
  const has = (prefix: string): boolean => files.some(({ path }) => path.startsWith(prefix));
  const missing = [
    decisions.length === 0
      ? `选举决定：本届由${mandate.document}产生，选举不是在本系统举行的，请另附当时的会议决定。`
      : "",
    sessions.length === 0 ? "业主委员会会议记录：还没有公布过会议记录。推选主任、副主任的会议开过以后再下载一次。" : "",
    has("rules/rules-of-procedure") ? "" : "业主大会议事规则：本系统里没有通过的议事规则文件，请另附。",
    has("rules/covenant") ? "" : "管理规约：本系统里没有通过的管理规约文件，请另附。",
  ].filter((line) => line !== "");
  const lines = [
    `${community.name}第${mandate.number}届业主委员会备案材料`,
    `以${sayDay(asOf, "zh")}的成员为准。`,
    "",
    "依据",
    "  《物业管理条例》第十六条：业主委员会应当自选举产生之日起三十日内，向物业所在地的区、县人民政府房地产行政主管部门和",
    "  街道办事处、乡镇人民政府备案。备案内容变更的，也应当备案（《业主大会和业主委员会指导规则》第三十三条、第三十四条）。",
    "",
    "文件",
    "  members.html / members.csv   成员名单：姓名、职务、任期、产生方式（可直接打印盖章；表格可用电子表格打开）",
    ...(decisions.length > 0
      ? ["  decision/                    选举决定：每位候选人的人数、面积和四个不等式，可用计算器复算"]
      : []),
    ...(sessions.length > 0 ? ["  minutes/                     已公布的业主委员会会议记录：到会、表决、签字"] : []),
    ...(papers.length > 0 ? ["  rules/                       业主大会通过的议事规则、管理规约原件"] : []),
    "  manifest.json                每个文件的字节数和 SHA-256，以及公开记录里的编号",
    "  SHA256SUMS                   同上，可用 sha256sum -c SHA256SUMS 核对",
    "",
    ...(missing.length > 0 ? ["还需要另附", ...missing.map((line) => `  ${line}`), ""] : []),
    "个人信息",
    "  这里没有成员的电话、证件号和住址。主管部门的备案表要求填写的，请当面补填，不要放进公开的文件里。",
    "",
    "以上内容都来自本小区的公开记录，任何人可以按编号核对。本材料不构成法律意见。",
  ];
  return `${lines.join("\n")}\n`;
}

/** The files of a filing, the guide first. The same state as of the same day gives the same bytes. */
export function packFiles(facts: PackFacts): ArchiveFile[] {
  const { community, mandate, asOf, members, papers } = facts;
  const content = [
    ...memberFiles(facts),
    ...facts.decisions.flatMap(decisionFiles),
    ...facts.sessions.map(sessionFile),
    ...paperFiles(facts),
  ];
  const guide: ArchiveFile = { path: "README.txt", text: readme(facts, content) };
  const manifest = jsonFile("manifest.json", {
    format: "commonhold-filing/v1",
    community,
    mandate: {
      id: mandate.mandateId,
      number: mandate.number,
      seats: mandate.seats,
      from: dayOf(mandate.fromAt),
      until: dayOf(mandate.untilAt - 1),
      document: mandate.document,
      leaf: mandate.leafHash,
    },
    asOf,
    members: members.map(({ leafHash, title, isMember }) => ({ title: title.zh, isMember, leaf: leafHash })),
    papers: papers.map(({ name, sha256: hash, meetingNumber, itemNo }, at) => ({
      path: paperFiles(facts)[at]?.path ?? "",
      name,
      sha256: hash,
      meeting: meetingNumber,
      item: itemNo,
    })),
    files: [guide, ...content].map((file) => ({
      path: file.path,
      bytes: bytesOf(file).length,
      sha256: sha256Hex(bytesOf(file)),
    })),
  });
  return [guide, manifest, ...content];
}
