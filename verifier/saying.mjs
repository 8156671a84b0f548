/** What is said on the terminal: Chinese first, English beside. Words only; decides nothing. */

/** @typedef {import("./report.mjs").Report} Report */

export const USAGE = `用法 · Usage
  node verify.mjs <小区地址 | 保存的文件夹> [选项]
  node verify.mjs <a community's address | a saved folder> [options]

例 · Example
  node verify.mjs https://example.org/c/jingui --state my-state.json --save my-copy

选项 · Options
  --state FILE    记住这次看到的签名和公钥，下次核对记录没有被改写
                  remembers checkpoint and key, so that the next visit shows a record that was rewritten
  --key VKEY      记录的公钥，从网站以外的地方得到最好
                  the log's public key, best had from elsewhere than the site
  --witness VKEY  见证人的公钥，可以写几次
                  a witness's public key; may be given several times
  --save DIR      把读到的全部资料存下来，以后不联网也能再核对
                  saves all that was read, to be checked again offline
  --json          结果用 JSON 写出 · the result as JSON
  --help          显示这段说明 · this text

退出码 · Exit status
  0 都对 · all right    1 有不对的地方 · something is wrong    2 没能核对 · could not check
`;

const LINE = "─".repeat(60);

/** @param {number} n */
export const count = (n) => n.toLocaleString("en-US");

/** @param {Report} report @param {{ address: string, origin: string, size: number }} about */
export function sayReport(report, { address, origin, size }) {
  const lines = [
    `小区共治 独立核对 · Commonhold, checked independently`,
    `地址 · Address  ${address}`,
    ...(origin === "" ? [] : [`记录 · Record   ${origin}，${count(size)} 条 · entries`]),
    LINE,
  ];
  for (const { title, good, wrong, faults, open } of report.checks) {
    const mark = wrong > 0 ? "✗" : good > 0 ? "✓" : "–";
    const sum =
      wrong > 0 ? `${count(wrong)} 处不对 · wrong, ${count(good)} 处对 · right` : `${count(good)} 处 · checked`;
    lines.push(`${mark} ${title.zh}：${sum}`, `  ${title.en}`);
    for (const { where, zh, en } of faults) lines.push(`    ✗ ${where}`, `      ${zh}`, `      ${en}`);
    if (wrong > faults.length) lines.push(`    …… ${count(wrong - faults.length)} 处没有列出 · more not listed`);
    for (const { zh, en } of open) lines.push(`    – 未核对：${zh}`, `      Not checked: ${en}`);
  }
  lines.push(LINE);
  return `${lines.join("\n")}\n`;
}

/** @param {0 | 1 | 2} status */
export const sayEnd = (status) =>
  ({
    0: "结果：核对过的都对。 Result: all that was checked is right.",
    1: "结果：有不对的地方，见上。 Result: something is wrong, see above.",
    2: "结果：没能核对完。 Result: it could not be checked.",
  })[status];
