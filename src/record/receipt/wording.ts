/** What each step of checking a receipt says to the person who asked, passed or not. No checking here. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { ReceiptFault } from "./file.ts";
import type { Report, Step, StepFault, StepName } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const STEP_TITLES: Readonly<Record<StepName, Bilingual>> = {
  key: say("公钥", "Key"),
  entry: say("记录原文", "The entry"),
  promise: say("本站的签名承诺", "The signed promise"),
  checkpoint: say("检查点签名", "The checkpoint's signature"),
  inclusion: say("在记录中的位置", "Its place in the record"),
  openings: say("您保存的内容", "The values you kept"),
  cosignatures: say("见证人", "Witnesses"),
  standing: say("与现在的记录比对", "Against the record today"),
};

const PASSED: Readonly<Record<StepName, Bilingual>> = {
  key: say("回执写明的公钥，就是本小区公开记录的公钥。", "The key named in the receipt is this community's log key."),
  entry: say("原文格式完整，校验值已按原文重新计算。", "The text is whole, and its hash was computed again from it."),
  promise: say(
    "承诺书签名有效，写的正是这条记录和这个编号。",
    "The signature is valid and names this very entry at this number.",
  ),
  checkpoint: say(
    "检查点由本小区记录的密钥签名，没有被改动。",
    "The checkpoint was signed with this log's key and was not altered.",
  ),
  inclusion: say(
    "从这条记录的校验值逐层合并，得到的正是签过名的总校验值：它确实在这本记录里。",
    "Hashed together step by step, the entry leads to the signed root: it is in this record.",
  ),
  openings: say(
    "用您保存的内容重新计算，与记录里的密封值完全一致。",
    "Computed again from what you kept, the sealed values in the entry are the same.",
  ),
  cosignatures: say(
    "除本站以外，见证人也在这个检查点上签了名。",
    "Besides this site, witnesses signed the same checkpoint.",
  ),
  standing: say(
    "现在的记录里，这个编号仍是这条原文，您的检查点是今天这本记录的前半部分。",
    "Today's record has the same text at this number, and your checkpoint is the beginning of it.",
  ),
};

const SKIPPED: Readonly<Record<StepName, Bilingual>> = {
  key: say("这份文件没有写公钥，按本小区的公钥核对。", "The file names no key; this community's was used."),
  entry: say("没有核对。", "Not checked."),
  promise: say("这份文件里没有承诺书。", "The file holds no promise."),
  checkpoint: say("这份文件里还没有检查点。", "The file holds no checkpoint yet."),
  inclusion: say(
    "还没有证明。几分钟后检查点签好，可以重新下载带证明的回执。",
    "No proof yet. Once a checkpoint is signed, in a few minutes, the receipt can be downloaded again with it.",
  ),
  openings: say("这份文件里没有保存密封的内容。", "The file holds no sealed values."),
  cosignatures: say("这个检查点还没有登记过的见证人签名。", "No registered witness has signed this checkpoint yet."),
  standing: say("没有比对。", "Not compared."),
};

const FAULTS: Readonly<Record<StepFault, Bilingual>> = {
  other_log: say("它属于另一本记录，不是本小区的。", "It belongs to another log, not to this community's."),
  not_canonical: say(
    "原文不是规定的格式，可能被改动或截断。",
    "The text is not in the required form; it may have been altered or cut.",
  ),
  not_signed: say(
    "签名不是本小区记录的密钥所签，或内容被改动过。",
    "The signature is not this log's, or the text was altered after it.",
  ),
  malformed: say("格式不对，可能被截断。", "It is malformed; perhaps it was cut short."),
  another_entry: say("承诺书写的是另一条记录。", "The promise names another entry."),
  another_place: say("编号对不上。", "The numbers do not agree."),
  not_included: say(
    "逐层合并得不到签过名的总校验值：这条原文不在那个检查点的这个位置。",
    "Hashed together it does not lead to the signed root: this text is not at this place of that checkpoint.",
  ),
  value_differs: say(
    "用您保存的内容算出的值与记录里的不同：内容、盐值或记录有一样被改过。",
    "What you kept does not give the value in the entry: the value, its salt or the entry was changed.",
  ),
  entry_differs: say(
    "现在的记录在这个编号下是另一条原文。请保留这份回执，它是证据。",
    "Today's record has another text at this number. Keep this receipt: it is evidence.",
  ),
  history_differs: say(
    "您的检查点不是今天这本记录的前半部分：记录被改写或分叉。请保留这份回执，它是证据。",
    "Your checkpoint is not the beginning of today's record: it was rewritten or forked. Keep this receipt: it is evidence.",
  ),
  log_shorter: say(
    "今天的记录比您的检查点还短：有记录不见了。请保留这份回执，它是证据。",
    "Today's record is shorter than your checkpoint: entries are missing. Keep this receipt: it is evidence.",
  ),
};

export const stepText = (step: Step): Bilingual =>
  step.outcome === "failed" ? FAULTS[step.fault] : (step.outcome === "passed" ? PASSED : SKIPPED)[step.name];

export const VERDICTS: Readonly<Record<Report["verdict"], { readonly title: Bilingual; readonly text: Bilingual }>> = {
  proved: {
    title: say("核验通过：这条记录在案，没有被改动", "Verified: the entry is in the record, unaltered"),
    text: say(
      "请把回执留好。以后无论记录增加多少，都可以用它核对。",
      "Keep the receipt. However long the record grows, it can be checked against it.",
    ),
  },
  promised: {
    title: say("已收到，还没有证明", "Received, not proved yet"),
    text: say(
      "本站已签名承诺收录。检查点签好以后（通常几分钟），请重新下载回执再核验一次。",
      "The site has promised, signed, to include it. Once a checkpoint is signed (usually minutes), download the receipt again and check it once more.",
    ),
  },
  failed: {
    title: say("核验没有通过", "Not verified"),
    text: say(
      "至少有一步对不上，见下。请不要修改这份文件，可以带它去街道办事处或找见证人核对。",
      "At least one step does not hold, see below. Do not change the file; take it to the street office or a witness.",
    ),
  },
};

export const FILE_FAULTS: Readonly<Record<ReceiptFault, Bilingual>> = {
  empty: say("请粘贴回执的全部内容，或选择回执文件。", "Paste the whole receipt, or choose its file."),
  too_long: say("内容太长，不是一份回执。", "Too long to be a receipt."),
  not_a_receipt: say(
    "认不出这是回执。回执文件以“{”或“c2sp.org/tlog-proof@v1”开头。",
    "This is not recognised as a receipt. One begins with “{” or “c2sp.org/tlog-proof@v1”.",
  ),
  damaged_file: say(
    "回执不完整或被改动，请重新下载原来的文件。",
    "The receipt is incomplete or altered; download the original file again.",
  ),
  proof_without_entry: say(
    "这份证明里没有记录原文，请改用本站下载的回执文件。",
    "This proof does not hold the entry itself; use the receipt file from this site.",
  ),
};
