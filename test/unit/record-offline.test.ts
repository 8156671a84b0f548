/** The offline verifier: its program runs here as it stands in the file, and must agree with the server's own check. */
import { describe, expect, test } from "vitest";
import { checkpointText } from "../../src/record/note/checkpoint.ts";
import { cosign } from "../../src/record/note/cosignature.ts";
import { formatVkey } from "../../src/record/note/key.ts";
import { offlineVerifier } from "../../src/record/offline/page.ts";
import { formatReceipt } from "../../src/record/receipt/file.ts";
import { checkReceipt } from "../../src/record/receipt/rules.ts";
import { ballot, checkpoint, honest, key, other, proofWith, root, WRONG, witness } from "./record-receipt-of-test.ts";

interface Result {
  verdict: string;
  steps: { name: string; outcome: string }[];
  cosigned: { label: string; time: number }[];
  hash: string;
  kept: string[];
}
type Check = (text: string, vkey: string, witnesses: { label: string; vkey: string }[]) => Promise<Result>;

const html = offlineVerifier({
  community: '金桂苑 <b>"&',
  vkey: formatVkey(key),
  witnesses: [{ label: "</script><script>alert(1)", vkey: formatVkey(witness) }],
});
const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text!);
const check = new Function(`${scripts[0]}; return check;`)() as Check;
const vkey = formatVkey(key);

describe("the offline verifier", () => {
  test("proves an honest receipt, and agrees step by step with the server", async () => {
    const result = await check(formatReceipt(honest), vkey, []);
    expect(result.verdict).toBe("proved");
    const report = checkReceipt(honest, key, []);
    const mine = new Map<string, string>(report.steps.map(({ name, outcome }) => [name, outcome]));
    for (const { name, outcome } of result.steps) expect([name, outcome]).toEqual([name, mine.get(name)]);
    expect(result.hash).toBe(report.leafHash);
    expect(result.kept).toEqual(['"for"']);
  });
  test("takes a bare proof file, pasted with Windows line ends", async () => {
    expect((await check(honest.proof!.replaceAll("\n", "\r\n"), vkey, [])).verdict).toBe("proved");
    expect((await check(`  ${honest.proof!.trimEnd()}`, vkey, [])).verdict).toBe("proved");
  });
  test("calls a receipt without proof promised", async () => {
    expect((await check(formatReceipt({ ...honest, proof: null }), vkey, [])).verdict).toBe("promised");
    expect((await check(formatReceipt({ ...honest, proof: null, promise: null }), vkey, [])).verdict).toBe("failed");
  });
  test("names the witnesses that signed", async () => {
    const text = checkpointText({ origin: key.name, size: 5, root });
    const cosigned = { ...honest, proof: proofWith({ checkpoint: checkpoint + cosign(text, 1_790_000_100, witness) }) };
    const result = await check(formatReceipt(cosigned), vkey, [{ label: "街道", vkey: formatVkey(witness) }]);
    expect(result.cosigned).toEqual([{ label: "街道", time: 1_790_000_100 }]);
  });
  test.each(WRONG)("finds a receipt %s, at the same step", async (_, receipt, name) => {
    const result = await check(formatReceipt(receipt), vkey, []);
    expect(result.verdict).toBe("failed");
    expect(result.steps.find((step) => step.name === name)?.outcome).toBe("failed");
  });
  test("with another log's key believes nothing", async () => {
    expect((await check(formatReceipt(honest), formatVkey(other), [])).verdict).toBe("failed");
    expect((await check(formatReceipt(honest), "hello", [])).verdict).toBe("bad_key");
    expect((await check(formatReceipt(honest), formatVkey(witness), [])).verdict).toBe("bad_key");
  });
  test.each(["", "hello", "{}", "[]", "null", "c2sp.org/tlog-proof@v1\n"])(
    'says that "%s" is no receipt',
    async (text) => {
      expect((await check(text, vkey, [])).verdict).toBe("unreadable");
    },
  );
  test("finds a changed character in any line of the entry, the promise or the proof", async () => {
    const file = formatReceipt(honest);
    const inFile = (line: string) => JSON.stringify(line).slice(1, -1);
    // The copy of the entry inside the proof file is for bare proof files; here the receipt's own text counts.
    const lines = [ballot, honest.promise!, honest.proof!]
      .flatMap((text) => text.split("\n"))
      .filter((line) => line !== "" && !line.startsWith("extra "));
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines)
      for (let at = 0; at < line.length; at += 13) {
        const changed = line.slice(0, at) + (line[at] === "x" ? "y" : "x") + line.slice(at + 1);
        const broken = file.replace(inFile(line), inFile(changed));
        expect(broken).not.toBe(file);
        expect([line, (await check(broken, vkey, [])).verdict]).toEqual([line, "failed"]);
      }
  });
});

describe("the file it is saved as", () => {
  test("loads nothing: no address of another file or host stands in it, and its policy forbids connections", () => {
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/\b(src|href|action)=|url\(|https?:\/\/|import\(|fetch\(|XMLHttpRequest/);
  });
  test("cannot be broken out of by a name in it", () => {
    expect(html).toContain("金桂苑 &lt;b&gt;&quot;&amp;");
    expect(html).not.toContain("</script><script>alert(1)");
    expect(scripts).toHaveLength(2);
    const data = JSON.parse(/id="data">([\s\S]*?)<\/script>/.exec(html)![1]!) as { witnesses: { label: string }[] };
    expect(data.witnesses[0]!.label).toBe("</script><script>alert(1)");
  });
  test("is small enough to send by message", () => {
    expect(html.length).toBeLessThan(24_000);
  });
});
