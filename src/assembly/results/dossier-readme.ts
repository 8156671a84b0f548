/** The guide that lies on top of a dossier, in Chinese: what each file proves, and how to recompute it with common tools. Words only. */
import { sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { KIND_WORDS } from "../delivery/words.ts";
import type { DossierFacts } from "./dossier-reading.ts";
import { DELIVERIES } from "./dossier-store.ts";

const section = (title: string, lines: readonly string[]): string =>
  [title, ...lines.map((line) => (line === "" ? "" : `  ${line}`))].join("\n");

const FORMULAS = section("怎样复算（只用 SHA-256，任何语言都能写）", [
  "叶子    leaf = SHA-256( 0x00 ‖ 原文的 UTF-8 字节 )",
  "节点    node = SHA-256( 0x01 ‖ 左 ‖ 右 )；n 个叶子的树，左边取小于 n 的最大的 2 的幂个（RFC 6962）",
  "密封值  commitment = SHA-256( 16 字节盐 ‖ 规范 JSON 的 UTF-8 字节 )（规范 JSON：RFC 8785）",
  "命令行  printf '\\000%s' '一行原文' | sha256sum        算一条记录的叶子",
  "        sha256sum -c SHA256SUMS                        核对本档案的每个文件",
]);

const PRIVACY = section("这里没有什么", [
  "没有任何业主的姓名、房号、电话、证件号，没有任何一张票投了什么，也没有打开密封值的盐。",
  "业主只以名册序号出现。每位业主可以用自己的表决链接拿到自己的名册原文和回执，自行核对。",
  "业主提出异议的原文是密封的，这里只有编号、时间和公开的答复；对名册异议的答复只给提出的那一户。",
  "纸质票的照片和议题附件的原件由召集人另行保存，这里有它们的 SHA-256，可以比对。",
]);

/** What the guide says of a file, in the order of the dossier. */
function filesOf({ meeting, rolls, petition }: DossierFacts): string {
  const { editions, runs } = meeting;
  const amended = editions.length > 1 ? `，共${editions.length}版` : "";
  const lines = [
    "README.txt              本说明",
    "manifest.json           每个文件的字节数和 SHA-256；会议、记录的名称、公钥和检查点",
    "SHA256SUMS              同上，供 sha256sum -c 使用",
    "",
    `notice/edition-N.json   公告的原文${amended}：议题、规则、时间、名册根、每项的全部人数和面积。`,
    "                        证明：业主被问的是什么。复算：文件的 SHA-256 = editions.json 里的 manifestHash，",
    "                        也 = 公开记录里 meeting.notice_given（修改时为 meeting.amended）的 manifest。",
    "notice/edition-N.html   同一内容的公告样式，可以直接打开和打印",
    "notice/editions.json    每一版：何时、为什么修改、叶子",
    "notice/rules.json       本次会议冻结的规则，每项写明依据的条款",
    "events.json             会议从公告到现在的每件事：时间、由哪个职务、内容、叶子",
    "",
    `roll/versions.json      冻结的名册${rolls.length > 1 ? `，共${rolls.length}版（异议成立后更正）` : ""}：总人数、总面积、计入哪些空间、根`,
    "roll/leaves-vN.csv      每个名册序号的叶子（加盐，看不出是谁、面积多少）。",
    "                        证明：计票所用的名册就是公告时的名册。复算：按 position 的顺序由叶子算出根，",
    "                        = versions.json 的 root，= 公开记录里 roll.frozen（更正为 roll.corrected）的 root。",
    "",
    "delivery/contacts.csv   每个名册序号何时以何种方式送达：",
    `                        ${DELIVERIES.map((kind) => `${kind} ${KIND_WORDS[kind].zh}`).join("，")}。`,
    "                        证明：履行了通知义务，以及推定时只对确已送达的业主推定。",
    "",
    "ballots/ballots.csv     每张表决票：名册序号、第几版、来源、时间、密封值、叶子。",
    "                        证明：有多少人投票、各占多少面积、没有一张被改过。复算：每个叶子在 record/entries.csv 里，",
    "                        原文（ballot.cast）的 items 写明每项 1 人和面积；同一序号只取第一版，按议题相加，",
    "                        = count/run-N.json 的 participated。",
    "paper/readings.csv      纸质票由两人以上各自独立录入：收到时间、录入时间、照片的 SHA-256",
    "paper/sheets.csv        每张纸质票的处理：counted 计入，unsigned 未签名，disputed 三次录入不一致，set_aside 已有有效票",
    "",
    runs.length === 0
      ? "count/                  结果还没有公布，所以没有计票文件；公开记录里的 meeting.counted 已经锁定了计票的密封值"
      : "count/run-N.json        已公布的计票：每项的人数、面积、四个不等式、结论。opening 是打开 meeting.counted 里",
    ...(runs.length === 0
      ? []
      : [
          "                        results 密封值的盐和各项的和；参与不足 20 人的会议不附，以免推算出个人的选择。",
          "                        证明：公布的就是当时计出的。复算：四个不等式用计算器即可，两边相乘比较，不除、不四舍五入。",
          "count/run-N.html        同一内容的页面",
        ]),
    "",
    "objections/tickets.json 对公告、对结果的异议：编号、期限、是否要求复核、公开的答复",
    "objections/roll.json    对名册的异议：时间、结论",
    ...(petition ? ["petition.json           业主提议：登记了多少签名，起草会议时按人数、按人数和面积各达到多少"] : []),
    "",
    "record/entries.jsonl    公开记录中关于本次会议的全部原文，一行一条，一字不改",
    "record/entries.csv      每行在公开记录里的序号、种类、叶子（与 entries.jsonl 逐行对应）",
    "record/leaves.txt       公开记录从第 0 条起的全部叶子，一行一个。",
    "                        证明：以上每一条都在签过名的记录里，并且在它说的位置。复算：第 seq 行（从 0 起）= 该条的叶子；",
    "                        由全部叶子算出的根 = checkpoint.txt 第 3 行（base64）。",
    "record/checkpoint.txt   检查点：记录的名称、条数、根，由记录的私钥签名（Ed25519，C2SP 格式），见证人的签名附在后面",
    "record/vkey.txt         验证签名的公钥。请从另一处（公告栏、街道办事处、邻居的回执）核对它",
    "record/proofs/*.tlog-proof  会议的每件事各一个证明文件，可以直接放进本站“核验”页或离线核验网页",
  ];
  return section("文件，和它们各证明什么", lines);
}

/** README.txt: plain text, LF, lines that a small screen still shows. */
export function readme(facts: DossierFacts): string {
  const { community, meeting, evidence, entries } = facts;
  const { row } = meeting;
  const voting = `${sayInstant(row.opensAt ?? 0, "zh")} 至 ${sayDeadline(row.closesAt ?? 0, "zh")}`;
  const head = [
    `${community.name}：${row.title}`,
    "会议合法性档案",
    "",
    `表决时间：${voting}`,
    `档案截至公开记录第 ${entries.at(-1)?.seq ?? 0} 条，由条数为 ${evidence.checkpoint.size} 的检查点覆盖。`,
    "只要关于本次会议没有新的记录，随时再下载，得到的是一模一样的文件。",
  ].join("\n");
  const why = section("为什么保存", [
    "业主认为决定侵害其合法权益，或者程序违法的，可以自知道或者应当知道决定之日起一年内请求人民法院撤销",
    "（《民法典》第二百八十条第二款；《最高人民法院建筑物区分所有权司法解释》第十二条）。",
    `本次会议的规则要求保存${meeting.rules.retentionYears.value}年以上。`,
  ]);
  return `${[head, why, filesOf(facts), FORMULAS, PRIVACY].join("\n\n")}\n`;
}
