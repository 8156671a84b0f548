/** The papers for a term-end audit (离任审计): everything an auditor needs to recompute balances without us, as files. Writes nothing but a checkpoint. */
import { listResolutions } from "../../../committee/sessions/resolutions/store.ts";
import { addDays, isoInstant } from "../../../kernel/day.ts";
import { sha256Hex } from "../../../kernel/hash.ts";
import { plainYuan } from "../../../kernel/money.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { type ArchiveFile, jsonFile } from "../../../platform/archive.ts";
import type { Scene } from "../../../platform/scene.ts";
import { writeCsv } from "../../../platform/sheet/csv.ts";
import { cosignedNote, makeCheckpoint, onPrimary } from "../../../record/actions.ts";
import { evidenceAt } from "../../../record/reading.ts";
import { reconcileOn } from "../../bank/matching/actions.ts";
import { findBookBalance } from "../../bank/matching/store.ts";
import { listBankAccounts } from "../../bank/store.ts";
import { type Book, closingFen, firstDayOf, nextPeriod, type Period } from "../../books/rules.ts";
import { accountsFrom, listAccounts, listBooks, listCloses, listMovements } from "../../books/store.ts";
import { type ExportRefusal, readExport } from "../../exports/reading.ts";
import { hledgerOf, tableOf } from "../../exports/rules.ts";
import { leaseFrom, listRunning } from "../../leases/store.ts";
import { listTold, statementFrom } from "../../statements/store.ts";
import { auditFrom, listPublishedAudits } from "../store.ts";
import { readme } from "./readme.ts";
import { listPacked, type PackedVoucher, packedFrom } from "./store.ts";

export interface PackSpan {
  readonly from: Period;
  readonly to: Period;
}
export type PackRefusal =
  | ExportRefusal
  | { readonly reason: "record_unsigned" }
  | { readonly reason: "months_reversed" };

const MOST_VOUCHERS = 10_000;
const MOST_CLOSES = 1_200;
const MOST_STATEMENTS = 120;
const MOST_RESOLUTIONS = 1_000;
const lastDayOf = (period: Period) => addDays(firstDayOf(nextPeriod(period)), -1);

const table = (path: string, rows: readonly (readonly string[])[]): ArchiveFile => ({ path, text: writeCsv(rows) });

/** Every file of the pack, the guide first. Bounded: ten thousand vouchers a book, and the whole record once. */
export async function readPack(scene: Scene, span: PackSpan): Promise<Result<readonly ArchiveFile[], PackRefusal>> {
  if (span.to < span.from) return err({ reason: "months_reversed" });
  const primary = onPrimary(scene);
  const [books] = await primary.db.read(listBooks(primary));
  const kept = books.filter(({ fromPeriod }) => fromPeriod <= span.to);
  if (kept.length === 0) return err({ reason: "nothing_there" });
  const files: ArchiveFile[] = [];
  const vouchers: PackedVoucher[] = [];
  for (const { book } of kept) {
    const read = await bookFiles(primary, book, span);
    if (!read.ok) return read;
    files.push(...read.value.files);
    vouchers.push(...read.value.vouchers);
  }
  files.push(...(await bankFiles(primary, span)), ...(await paperFiles(primary, span, vouchers)));
  const record = await recordFiles(primary, vouchers);
  if (!record) return err({ reason: "record_unsigned" });
  files.push(...record);
  const guide: ArchiveFile = { path: "README.txt", text: readme(scene.community.name, span) };
  return ok([guide, ...files]);
}

async function bookFiles(
  scene: Scene,
  book: Book,
  span: PackSpan,
): Promise<
  Result<{ readonly files: readonly ArchiveFile[]; readonly vouchers: readonly PackedVoucher[] }, ExportRefusal>
> {
  const exported = await readExport(scene, book, span);
  if (!exported.ok) return exported;
  const months = { from: exported.value.from, to: span.to };
  const [accounts, movements, closes, packed, told] = await scene.db.read(
    listAccounts(scene, book),
    listMovements(scene, book, months.from, months.to),
    listCloses(scene, book, MOST_CLOSES),
    listPacked(scene, book, months, MOST_VOUCHERS),
    listTold(scene, book, MOST_STATEMENTS, span.to),
  );
  const vouchers = packed.map(packedFrom);
  const known = accountsFrom(accounts);
  const nameOf = new Map(known.map(({ code, name }) => [code, name.zh]));
  const at = `books/${book}`;
  return ok({
    vouchers,
    files: [
      table(`${at}/accounts.csv`, [
        ["科目编码", "科目名称", "类别", "可记账", "起用日", "停用日"],
        ...known.map((one) => [
          one.code,
          one.name.zh,
          one.kind,
          one.postable ? "1" : "0",
          one.fromOn,
          one.untilOn ?? "",
        ]),
      ]),
      table(`${at}/vouchers.csv`, tableOf(exported.value)),
      {
        path: `${at}/vouchers.jsonl`,
        text: vouchers.map(({ entry, ...row }) => `${JSON.stringify({ ...row, entry: sha256Hex(entry) })}\n`).join(""),
      },
      { path: `${at}/journal.hledger`, text: hledgerOf(exported.value) },
      table(`${at}/balances.csv`, [
        ["科目编码", "科目名称", "期初(分)", "借方(分)", "贷方(分)", "期末(分)", "期末(元)"],
        ...movements.map((one) => [
          one.account,
          nameOf.get(one.account) ?? "",
          String(one.openingFen),
          String(one.debitFen),
          String(one.creditFen),
          String(closingFen(one)),
          plainYuan(closingFen(one)),
        ]),
      ]),
      table(`${at}/closed-months.csv`, [
        ["月份", "凭证张数", "结账时间", "叶子"],
        ...closes
          .filter(({ period }) => period >= months.from && period <= months.to)
          .map((one) => [one.period, String(one.vouchers), isoInstant(one.closedAt), one.leafHash]),
      ]),
      ...told
        .map(statementFrom)
        .filter(({ to }) => to >= months.from)
        .map(({ number, version, content, contentHash, leafHash }) =>
          jsonFile(`statements/${number}-v${version}.json`, { number, version, contentHash, leafHash, content }),
        ),
    ],
  });
}

/** Book against bank on the last day, account by account. */
async function bankFiles(scene: Scene, span: PackSpan): Promise<ArchiveFile[]> {
  const [accounts] = await scene.db.read(listBankAccounts(scene));
  const on = lastDayOf(span.to);
  const files: ArchiveFile[] = [];
  for (const account of accounts) {
    const [balance] = await scene.db.read(findBookBalance(scene, account, on));
    const sheet = await reconcileOn(scene, account, balance[0]?.bookFen ?? 0, on);
    files.push(
      jsonFile(`bank/${account.book}-${account.ledgerAccount}.json`, {
        book: account.book,
        account: account.ledgerAccount,
        holder: account.holderName,
        bank: account.bank,
        number: account.numberMasked,
        on,
        reconciliation: sheet
          ? {
              ...sheet,
              bankOnly: sheet.bankOnly.map(({ onDay, amountFen }) => ({ onDay, amountFen })),
              bookOnly: sheet.bookOnly.map(({ period, number, onDay, amountFen }) => ({
                period,
                number,
                onDay,
                amountFen,
              })),
            }
          : null,
      }),
    );
  }
  return files;
}

/** Leases that ran, decisions that vouchers name, the committee's resolutions, earlier audits. */
async function paperFiles(scene: Scene, span: PackSpan, vouchers: readonly PackedVoucher[]): Promise<ArchiveFile[]> {
  const [leases, resolutions, audits] = await scene.db.read(
    listRunning(scene, firstDayOf(span.from), lastDayOf(span.to)),
    listResolutions(scene, { limit: MOST_RESOLUTIONS, offset: 0 }),
    listPublishedAudits(scene, MOST_STATEMENTS),
  );
  const decisions = new Map<string, PackedVoucher[]>();
  for (const one of vouchers)
    if (one.decision !== null) decisions.set(one.decision, [...(decisions.get(one.decision) ?? []), one]);
  return [
    table("leases.csv", [
      ["编号", "用途", "承租人", "共有部分", "从", "到", "实际到", "押金(分)", "依据", "附件", "叶子"],
      ...leases
        .map(leaseFrom)
        .map((one) => [
          String(one.number),
          one.purpose,
          one.lesseeShown,
          one.assets ?? "",
          one.fromOn,
          one.toOn,
          one.untilOn,
          String(one.depositFen),
          JSON.stringify(one.basis),
          one.attachments.map(({ sha256 }) => sha256).join(" "),
          one.leafHash ?? one.draftLeaf,
        ]),
    ]),
    table("decisions.csv", [
      ["业主大会决定", "凭证", "合计(分)"],
      ...[...decisions].map(([decision, some]) => [
        decision,
        some.map(({ period, number }) => `${period}-${number}`).join(" "),
        String(some.reduce((sum, { amountFen }) => sum + amountFen, 0)),
      ]),
    ]),
    table("resolutions.csv", [
      ["年", "号", "标题", "通过日", "同意", "反对", "弃权", "叶子"],
      ...resolutions.map((one) => [
        String(one.year),
        String(one.number),
        one.title,
        one.adoptedOn,
        String(one.inFavour),
        String(one.against),
        String(one.abstaining),
        one.leafHash,
      ]),
    ]),
    jsonFile(
      "audits.json",
      audits.map((row) => {
        const { number, books, fromOn, toOn, firm, creditCode } = auditFrom(row);
        return { number, books, fromOn, toOn, firm, creditCode, opinion: row.opinion };
      }),
    ),
  ];
}

/** The vouchers' own entries, every leaf of the log, and the signed checkpoint over them; null where the log cannot be signed now. */
async function recordFiles(scene: Scene, vouchers: readonly PackedVoucher[]): Promise<ArchiveFile[] | null> {
  const made = await makeCheckpoint(scene);
  const evidence = made.ok ? await evidenceAt(scene, made.value.size) : null;
  if (!evidence) return null;
  const { log, checkpoint, cosignatures, leafHashes } = evidence;
  const entries = vouchers.toSorted((a, b) => a.seq - b.seq);
  return [
    { path: "record/entries.jsonl", text: entries.map(({ entry }) => `${entry}\n`).join("") },
    {
      path: "record/entries.csv",
      text: `seq,leaf\n${entries.map(({ seq, leafHash }) => `${seq},${leafHash}\n`).join("")}`,
    },
    { path: "record/leaves.txt", text: leafHashes.map((hash) => `${hash}\n`).join("") },
    { path: "record/checkpoint.txt", text: cosignedNote(checkpoint, cosignatures) },
    { path: "record/vkey.txt", text: `${log.vkey}\n` },
  ];
}
