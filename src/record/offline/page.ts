/** The offline verifier as one HTML file: saved beside a receipt it opens without a network and asks nobody. Pure text. */
import { PAGE_SCRIPT, PROGRAM } from "./program.ts";

export interface OfflineVerifier {
  /** The community's name, for the heading. */
  readonly community: string;
  readonly vkey: string;
  readonly witnesses: readonly { readonly label: string; readonly vkey: string }[];
}

// Both languages at once: a saved file is handed on, and nobody asks then which one is preferred.
const WORDS = {
  verdicts: {
    proved: "✓ 核验通过：这条记录在案，没有被改动 / Verified: the entry is in the record, unaltered",
    promised: "○ 本站已签名承诺收录，还没有证明 / Promised under signature, not proved yet",
    failed: "✕ 核验没有通过 / Not verified",
    unable:
      "○ 这个浏览器不会验证 Ed25519 签名，请换一个较新的浏览器 / This browser cannot verify Ed25519; use a newer one",
    unreadable: "✕ 认不出这是回执，或内容不完整 / Not a receipt, or incomplete",
    bad_key: "✕ 公钥格式不对 / The public key is malformed",
  },
  outcomes: {
    passed: "✓ 通过 / holds —",
    failed: "✕ 不通过 / does not hold —",
    skipped: "— 未核对 / not checked —",
    unable: "○ 浏览器不支持 / browser cannot —",
  },
  steps: {
    key: "回执写明的公钥就是上面的公钥 / the receipt names the key above",
    entry: "记录原文格式完整 / the entry's text is whole",
    promise: "签名承诺写的是这条记录和这个编号 / the signed promise names this entry and number",
    checkpoint: "检查点由这把公钥签名 / the checkpoint is signed by this key",
    inclusion: "从原文逐层计算，得到签过名的总校验值 / hashed step by step, the entry leads to the signed root",
    openings: "您保存的内容与记录里的密封值一致 / the values you kept are the sealed ones",
  },
  witness: "见证人 / Witness: ",
  number: "记录编号 / Entry no. ",
  kept: "您保存的内容 / What you kept: ",
};

const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
// "</script>" inside a string would end the element.
const embed = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

/** The policy forbids every connection, so the file cannot tell anyone what is checked with it. */
export function offlineVerifier({ community, vkey, witnesses }: OfflineVerifier): string {
  const name = escapeHtml(community);
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>离线核验 · ${name}</title>
<style>
:root { color-scheme: light dark; }
body { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; font: 1.1rem/1.7 system-ui, "Noto Sans CJK SC", sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; }
label { display: block; margin: 1.25rem 0 .25rem; font-weight: 600; }
textarea, input { box-sizing: border-box; width: 100%; font: inherit; padding: .5rem; }
textarea, pre, #vkey { font-family: ui-monospace, monospace; font-size: .95rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .75rem; border: 1px solid; }
button { margin: 1.25rem 0; padding: .75rem 1.5rem; font: inherit; font-weight: 600; min-height: 3rem; }
.good { color: #18794e; } .bad { color: #c62a2f; }
@media (prefers-color-scheme: dark) { .good { color: #4cc38a; } .bad { color: #ff8589; } }
</style>
</head>
<body>
<main>
<h1>离线核验：${name} <span lang="en">/ Offline verifier</span></h1>
<p>这个网页不连接任何网站，断网也能用。计算程序全在本文件里，可以请懂的人查看。<br>
<span lang="en">This page connects to nothing and works without a network. The whole program is in this file; have someone read it.</span></p>
<label for="file">回执文件 <span lang="en">/ Receipt file</span></label>
<input id="file" type="file" accept=".json,.tlog-proof,.txt">
<label for="receipt">或粘贴回执内容 <span lang="en">/ or paste it</span></label>
<textarea id="receipt" rows="8" autocomplete="off" spellcheck="false"></textarea>
<label for="vkey">本小区公开记录的公钥 <span lang="en">/ Public key of this community's record</span></label>
<textarea id="vkey" rows="3" autocomplete="off" spellcheck="false"></textarea>
<p>请从另一处（公告栏、街道办事处、邻居）核对这一行，它应当完全相同。<br>
<span lang="en">Compare this line with one from elsewhere (the notice board, the street office, a neighbour): it must be the same.</span></p>
<button id="check" type="button">开始核验 <span lang="en">/ Check</span></button>
<section id="result" tabindex="-1" aria-live="polite"></section>
</main>
<script type="application/json" id="words">${embed(WORDS)}</script>
<script type="application/json" id="data">${embed({ vkey, witnesses })}</script>
<script>${PROGRAM}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}
