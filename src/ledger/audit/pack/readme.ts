/** The guide that lies on top of the papers for an audit, in Chinese: what each file is, and how to recompute balances with common tools. Words only. */

const section = (title: string, lines: readonly string[]): string =>
  [title, ...lines.map((line) => (line === "" ? "" : `  ${line}`))].join("\n");

/** The text of README.txt. */
export const readme = (community: string, { from, to }: { readonly from: string; readonly to: string }): string =>
  [
    `${community} 离任（届满）审计资料包`,
    `账目月份：${from} 至 ${to}`,
    "",
    section("文件", [
      "SHA256SUMS                   每个文件的 SHA-256，供 sha256sum -c 使用",
      "books/*/accounts.csv         科目表：编码、名称、类别、起用和停用",
      "books/*/vouchers.csv         全部过账凭证的分录，一行一条",
      "books/*/vouchers.jsonl       凭证索引：摘要、对方（已隐去个人姓名）、金额（分）、分录、决定、附件名和附件的 SHA-256、",
      "                             在公开记录里的序号 seq 和叶子 leafHash；entry 是该条原文的 SHA-256",
      "books/*/journal.hledger      同样的凭证，hledger 可以直接读",
      "books/*/balances.csv         系统算出的各科目期初、借方、贷方、期末（分）",
      "books/*/closed-months.csv    已结账的月份",
      "statements/*.json            公布过的收支公示，最新的一版",
      "bank/*.json                  最后一天账面与银行的核对，未达账项逐笔",
      "leases.csv                   这些月份里有效的租约",
      "decisions.csv                凭证依据的业主大会决定，各决定下的凭证和合计",
      "resolutions.csv              业主委员会的决议",
      "audits.json                  以前的审计和意见",
      "record/entries.jsonl         凭证在公开记录里的原文，一行一条，一字不改，与 entries.csv 逐行对应",
      "record/leaves.txt            公开记录从第 0 条起的全部叶子",
      "record/checkpoint.txt        检查点：条数、根、签名；record/vkey.txt 是验证签名的公钥",
    ]),
    "",
    section("怎样复算余额", [
      "一、sha256sum -c SHA256SUMS，文件应全部一致。",
      "二、把 vouchers.csv 的借方、贷方按科目相加，应等于 balances.csv 的借方、贷方；",
      "    期初加借方减贷方应等于期末。或者：hledger -f books/common/journal.hledger balance。",
      "三、每张凭证借贷相等；每个月的号码从 1 起没有缺号，张数等于 closed-months.csv。",
      "四、bank/*.json 调节后的账面等于调节后的银行，逐笔未达账项要能说明。",
    ]),
    "",
    section("怎样知道凭证没有被改过", [
      "叶子 = SHA-256( 0x00 ‖ 原文 )：printf '\\000%s' '一行原文' | sha256sum，应等于 entries.csv 的叶子，",
      "也等于 leaves.txt 的第 seq 行（从 0 起）。由全部叶子按 RFC 6962 算出的根，应等于 checkpoint.txt 第 3 行。",
      "公钥请从公告栏、街道办事处或业主手里的回执核对。附件的原件在系统里打开，SHA-256 应与索引一致。",
    ]),
    "",
    section("这里没有什么", [
      "没有业主、承租人等个人的姓名、电话、证件号，银行账号只有尾号。审计人员限时查阅时可以在系统里看全称和原件。",
    ]),
    "",
  ].join("\n");
