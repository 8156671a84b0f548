/** The refusals of the record, and each as a problem a person can read. */
import type { Problem } from "../platform/problem.tsx";
import type { Damage } from "./checkpointing.ts";
import type { NoteFault } from "./note/note.ts";

export type RecordRefusal =
  /** Nothing was recorded yet, so there is nothing to sign. */
  | { readonly reason: "empty_log" }
  /** No entry has this number, hash or code. */
  | { readonly reason: "unknown_entry" }
  /** The entry is there, but the latest checkpoint does not cover it. */
  | { readonly reason: "not_covered"; readonly seq: number; readonly size: number }
  /** The stored rows contradict each other or the signed root. Nothing further is signed. */
  | ({ readonly reason: "record_damaged" } & Damage)
  /** Nothing says under which address the log is to be opened; a name is for good, so none is made up. */
  | { readonly reason: "log_unnamed" }
  /** The deployment's key is not the one this log was opened with. */
  | { readonly reason: "log_key_changed"; readonly expected: string };

export type WitnessRefusal =
  | { readonly reason: "bad_vkey"; readonly fault: string }
  | { readonly reason: "not_a_witness_key" }
  | { readonly reason: "bad_label" }
  | { readonly reason: "bad_note"; readonly fault: NoteFault | "malformed_checkpoint" }
  | { readonly reason: "unknown_checkpoint"; readonly size: number }
  | { readonly reason: "checkpoint_differs"; readonly size: number }
  | { readonly reason: "unknown_witness" }
  | { readonly reason: "bad_cosignature"; readonly name: string }
  | { readonly reason: "cosigned_in_future"; readonly name: string };

export function recordProblem(refusal: RecordRefusal | WitnessRefusal): Problem {
  switch (refusal.reason) {
    case "empty_log":
      return {
        code: "record-empty",
        status: 404,
        title: { zh: "还没有任何记录", en: "Nothing is recorded yet" },
        detail: {
          zh: "本小区还没有写入公开记录的事项，所以也没有可签名的内容。",
          en: "Nothing has been written to this community's record, so there is nothing to sign.",
        },
      };
    case "unknown_entry":
      return {
        code: "record-entry-unknown",
        status: 404,
        title: { zh: "没有这条记录", en: "No such entry" },
        detail: {
          zh: "本小区的公开记录里没有这个编号、校验值或短码。",
          en: "This community's record has no entry with this number, hash or short code.",
        },
        next: {
          zh: "请核对回执上的短码，或从公开记录页查找。",
          en: "Check the short code on the receipt, or look it up on the record page.",
        },
      };
    case "not_covered":
      return {
        code: "record-not-covered-yet",
        status: 409,
        title: { zh: "这条记录还在等待签名", en: "This entry is still waiting to be signed over" },
        detail: {
          zh: `第${refusal.seq}号已经写入，签名的检查点目前只到第${refusal.size - 1}号。`,
          en: `Entry ${refusal.seq} is written; the signed checkpoint reaches entry ${refusal.size - 1} so far.`,
        },
        next: { zh: "几分钟后再来下载证明。", en: "Come back for the proof in a few minutes." },
      };
    case "record_damaged":
      return {
        code: "record-damaged",
        status: 500,
        title: { zh: "记录自相矛盾，已停止签名", en: "The record contradicts itself; signing has stopped" },
        detail: {
          zh: `${whereZh(refusal)}与签过名的内容对不上。在查清之前不会再签新的检查点。`,
          en: `${whereEn(refusal)} does not agree with what was signed. No new checkpoint is signed until this is explained.`,
        },
        next: {
          zh: "请保留您手里的回执和旧检查点，它们可以证明原来的内容，并告知街道办事处。",
          en: "Keep your receipt and older checkpoints: they prove what stood here. Tell the street office.",
        },
      };
    case "log_unnamed":
      return {
        code: "record-unnamed",
        status: 503,
        title: { zh: "公开记录还没有名称", en: "The record has no name yet" },
        detail: {
          zh: "部署时没有设置 ORIGIN，记录不知道自己的网址，暂不签名。",
          en: "The deployment has no ORIGIN, so the record does not know its address and is not signed yet.",
        },
      };
    case "log_key_changed":
      return {
        code: "record-key-changed",
        status: 500,
        title: { zh: "签名密钥与开册时不同", en: "The signing key is not the one the log was opened with" },
        detail: {
          zh: "系统的签名密钥被换过，为避免同一本记录出现两把钥匙，已停止签名。",
          en: "The deployment's signing key was changed. One log has one key, so signing has stopped.",
        },
      };
    case "bad_vkey":
      return {
        code: "witness-key-malformed",
        status: 422,
        title: { zh: "见证公钥格式不对", en: "The witness key is malformed" },
        detail: {
          zh: `应为“名称+8位编号+base64”的一行文字（${refusal.fault}）。`,
          en: `It should be one line, name+key id+base64 (${refusal.fault}).`,
        },
      };
    case "not_a_witness_key":
      return {
        code: "witness-key-wrong-type",
        status: 422,
        title: { zh: "这不是见证用的公钥", en: "This is not a witness's key" },
        detail: {
          zh: "见证签名用的公钥类型应为 0x04（cosignature/v1），同一把密钥不要用于别的签名。",
          en: "A witness signs with a key of type 0x04 (cosignature/v1), used for nothing else.",
        },
      };
    case "bad_label":
      return {
        code: "witness-label-missing",
        status: 422,
        title: { zh: "请写明见证人是谁", en: "Say who the witness is" },
        detail: {
          zh: "名称应为1至60个字，例如“璧城街道办事处”。",
          en: "A name of 1 to 60 characters, such as the street office's.",
        },
      };
    case "bad_note":
      return {
        code: "cosigned-note-malformed",
        status: 422,
        title: { zh: "见证签名的格式不对", en: "The cosigned note is malformed" },
        detail: {
          zh: `应提交检查点原文，空一行，再加以“— ”开头的签名行（${refusal.fault}）。`,
          en: `Send the checkpoint's text, a blank line, and signature lines that begin with "— " (${refusal.fault}).`,
        },
      };
    case "unknown_checkpoint":
      return {
        code: "checkpoint-unknown",
        status: 404,
        title: { zh: "没有这个检查点", en: "No such checkpoint" },
        detail: {
          zh: `本记录没有签过长度为${refusal.size}的检查点。`,
          en: `This log never signed a checkpoint of size ${refusal.size}.`,
        },
      };
    case "checkpoint_differs":
      return {
        code: "checkpoint-differs",
        status: 409,
        title: { zh: "检查点与本记录签过的不同", en: "The checkpoint is not the one this log signed" },
        detail: {
          zh: `长度为${refusal.size}的检查点，您见到的与本记录签过的不一样。请保留它：这可能是记录被分叉的证据。`,
          en: `The checkpoint of size ${refusal.size} that you saw is not the one signed here. Keep it: it may be evidence of a forked log.`,
        },
      };
    case "unknown_witness":
      return {
        code: "witness-unknown",
        status: 422,
        title: { zh: "没有登记过的见证签名", en: "No signature of a registered witness" },
        detail: {
          zh: "提交的签名都不属于本小区登记过的见证人。",
          en: "None of the signatures belongs to a witness registered with this community.",
        },
        next: {
          zh: "请先由业主委员会登记见证人的公钥。",
          en: "Ask the committee to register the witness's key first.",
        },
      };
    case "bad_cosignature":
      return {
        code: "cosignature-invalid",
        status: 422,
        title: { zh: "见证签名验证不通过", en: "The cosignature does not verify" },
        detail: {
          zh: `“${refusal.name}”名下的签名与检查点不符，没有保存。`,
          en: `The signature under “${refusal.name}” does not fit the checkpoint and was not stored.`,
        },
      };
    case "cosigned_in_future":
      return {
        code: "cosignature-in-future",
        status: 422,
        title: { zh: "见证时间在将来", en: "The cosignature's time lies ahead" },
        detail: {
          zh: `“${refusal.name}”的签名时间比现在晚十分钟以上，请核对见证人电脑的时钟。`,
          en: `The time under “${refusal.name}” is more than ten minutes ahead. Check the witness's clock.`,
        },
      };
  }
}

const whereZh = (damage: Damage): string =>
  damage.where === "entry"
    ? `第${damage.seq}号记录`
    : damage.where === "checkpoint"
      ? `长度为${damage.size}的检查点`
      : "记录的校验树";

const whereEn = (damage: Damage): string =>
  damage.where === "entry"
    ? `Entry ${damage.seq}`
    : damage.where === "checkpoint"
      ? `The checkpoint of size ${damage.size}`
      : "The record's hash tree";
