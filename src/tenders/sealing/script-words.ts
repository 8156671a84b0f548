/** What the browser's scripts say, in the reader's language: handed to a page with its data. */
import type { T } from "../../platform/i18n.ts";

/** Every code of SealError that a person can run into, and every progress the scripts tell. */
export const scriptWords = (t: T): Readonly<Record<string, string>> => ({
  failed: t("没有成功，请再试一次。", "It did not work; please try again."),
  offline: t(
    "网络断了，试了几次都没有连上。内容还在页面上，请稍后再按一次。",
    "The network is down. What you entered is still here; press again a little later.",
  ),
  // Keyholders
  making: t("正在生成钥匙，请稍候…", "Making the key …"),
  made: t(
    "钥匙已生成，公钥已登记并写入公开记录。请确认文件已经保存，并把口令记在别处；系统没有这两样的副本。然后刷新本页。",
    "The key is made, its public half registered and in the public record. Make sure the file is saved, and keep the passphrase elsewhere: the system has neither. Then reload this page.",
  ),
  unlocking: t("正在用口令打开钥匙文件…", "Opening the key file with the passphrase …"),
  opening: t("正在打开第{done}份，共{all}份…", "Opening {done} of {all} …"),
  released: t("已交出{parts}份，其中打不开的{unreadable}份。", "{parts} released, {unreadable} of them unreadable."),
  passphrase_short: t("口令太短，至少10个字符。", "The passphrase is too short: 10 characters at least."),
  passphrase_differs: t("两次输入的口令不一样。", "The two passphrases differ."),
  passphrase_wrong: t("口令不对，钥匙文件打不开。", "The passphrase is wrong; the key file does not open."),
  file_missing: t("请选择您的钥匙文件。", "Choose your key file."),
  not_a_jwe: t("这不是钥匙文件。", "This is not a key file."),
  not_a_key_file: t("这不是钥匙文件。", "This is not a key file."),
  tag: t("内容被改动过，打不开。", "It was altered and does not open."),
  share_for_another_key: t(
    "这个钥匙文件不是为这次选聘生成的，或者已经换过。",
    "This key file was made for another tender, or has been replaced.",
  ),
  // Bidders
  reading: t("正在读取文件…", "Reading the file …"),
  sealing: t("正在您的浏览器里加密…", "Sealing in your browser …"),
  uploading: t("正在上传密文：{part}%", "Uploading the sealed documents: {part}%"),
  delivered: t(
    "第{bid}次提交已收下，并写入公开记录。请保存下面的钥匙文件：开标时可以用它自己开启。",
    "Delivery {bid} is in, and in the public record. Save the key file below: with it you can open your bid yourself.",
  ),
  prices_wrong: t("请改正标出的报价。", "Correct the prices that are marked."),
  price_missing: t("请填写报价。", "Enter a price."),
  price_unreadable: t("请写成数字，例如 23456.00。", "Write a number such as 23456.00."),
  price_too_fine: t("最多两位小数（到分）。", "Two decimals at most."),
  price_too_large: t("金额太大。", "The amount is too large."),
  price_above_ceiling: t("高于最高限价；高于限价的投标作废。", "It is above the ceiling, and would be void."),
  document_missing: t("请选择投标文件（PDF）。", "Choose your documents (PDF)."),
  document_large: t("投标文件最大10MB。", "Documents are at most 10 MB."),
  document_not_pdf: t("投标文件要是PDF。", "Documents must be a PDF."),
  // Everybody
  checked: t(
    "在您的浏览器里重新核对：{good}份与记录完全一致，{wrong}份不一致，{sealed}份没有打开。",
    "Checked again in your browser: {good} agree with the record, {wrong} do not, {sealed} were not opened.",
  ),
});
