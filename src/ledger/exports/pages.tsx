/** Taking the books away: which months and formats there are, and the files. Everything in them is public already. */
import { Hono } from "hono";
import { dayOf } from "../../kernel/day.ts";
import { ok, type Result } from "../../kernel/result.ts";
import { jsonFile, zipOf } from "../../platform/archive.ts";
import type { AppEnv } from "../../platform/context.ts";
import { frameOf } from "../../platform/frame.ts";
import { Page } from "../../platform/layout.tsx";
import { problemResponse } from "../../platform/problem.tsx";
import type { Scene } from "../../platform/scene.ts";
import { CSV_MARK, csvLines, writeCsv } from "../../platform/sheet/csv.ts";
import { writeXlsxSheet } from "../../platform/sheet/xlsx.ts";
import { LinkList } from "../../platform/ui/facts.tsx";
import { Details, EmptyState } from "../../platform/ui/notices.tsx";
import { accountsHref, readBook } from "../books/addresses.ts";
import { BOOK_WORDS } from "../books/chart.ts";
import { type Book, type Period, periodOf } from "../books/rules.ts";
import { listBooks } from "../books/store.ts";
import { monthWords } from "../books/words.ts";
import { monthsOf } from "../statements/spans/rules.ts";
import { listTold, statementFrom } from "../statements/store.ts";
import { exportProblem } from "./problems.ts";
import { type ExportRefusal, MOST_VOUCHERS, readExport, readHead, vouchersOf } from "./reading.ts";
import {
  beancountHead,
  beancountOf,
  beancountVoucher,
  type Exported,
  type ExportedHead,
  type ExportedVoucher,
  hledgerHead,
  hledgerOf,
  hledgerVoucher,
  NUMBER_COLUMNS,
  rowsOf,
  TABLE_HEAD,
  tableOf,
} from "./rules.ts";

/** Mounted at /c/:slug. */
export const exportRoutes = new Hono<AppEnv>();

const FORMATS = ["csv", "xlsx", "journal", "beancount", "zip"] as const;
type Format = (typeof FORMATS)[number];
const WORDS: Readonly<Record<Format, { readonly zh: string; readonly en: string }>> = {
  csv: { zh: "CSV 表格", en: "CSV" },
  xlsx: { zh: "Excel 表格", en: "Excel" },
  journal: { zh: "hledger 日记账", en: "hledger journal" },
  beancount: { zh: "beancount 账本", en: "beancount ledger" },
  zip: { zh: "全部打包，带校验值清单", en: "All of it, with a list of hashes" },
};
const TYPES: Readonly<Record<Format, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  journal: "text/plain; charset=utf-8",
  beancount: "text/plain; charset=utf-8",
  zip: "application/zip",
};
export const exportHref = (slug: string): string => `${accountsHref(slug)}/export`;

exportRoutes.get("/accounts/export", async (c) => {
  const { t, lang, scene, now } = c.var;
  const { slug } = scene.community;
  const [books] = await scene.db.read(listBooks(scene));
  const thisYear = Number(dayOf(now).slice(0, 4));
  const yearsOf = (from: Period): number[] => {
    const first = Number(from.slice(0, 4));
    return Array.from({ length: Math.max(0, thisYear - first + 1) }, (_, at) => thisYear - at).slice(0, 10);
  };
  return c.html(
    <Page
      {...frameOf(c)}
      title={t("把账目带走", "Take the accounts away")}
      breadcrumb={[{ href: accountsHref(slug), label: t("公开账目", "Public accounts") }]}
      switchHref={`${exportHref(slug)}?lang=${t("en", "zh")}`}
    >
      <h1>{t("把账目带走", "Take the accounts away")}</h1>
      <p class="lead">
        {t(
          "每一张过账的凭证都在里面，个人姓名已隐去。可以用表格打开，也可以用 hledger、beancount 重新算一遍，看和公示是不是一样。",
          "Every posted voucher is in it, names of persons masked. Open it as a table, or add it up with hledger or beancount and see whether it is what was published.",
        )}
      </p>
      <p class="hint">
        {t(
          `CSV、hledger、beancount 多少张凭证都可以；Excel 和打包文件一次最多${MOST_VOUCHERS}张。`,
          `CSV, hledger and beancount hold any number of vouchers; a workbook and the packed file at most ${MOST_VOUCHERS}.`,
        )}
      </p>
      {books.length === 0 ? (
        <EmptyState title={t("还没有账目", "No accounts yet")}>
          {t("开始记账后，可以在这里下载。", "Once books are kept they can be taken from here.")}
        </EmptyState>
      ) : null}
      {books.map(({ book, fromPeriod }) =>
        yearsOf(fromPeriod).map((year) => (
          <section>
            <h2>{t(`${BOOK_WORDS[book].zh} ${year}年`, `${BOOK_WORDS[book].en}, ${year}`)}</h2>
            <LinkList
              items={FORMATS.map((format) => ({
                href: `${exportHref(slug)}/${book}/${year}.${format}`,
                title: WORDS[format][lang],
              }))}
            />
            <Details summary={t(`只要${year}年的某一个月`, `One month of ${year} alone`)}>
              <LinkList
                items={monthsIn(year, fromPeriod, periodOf(dayOf(now))).map((period) => ({
                  href: `${exportHref(slug)}/${book}/${period}.csv`,
                  title: t(`${monthWords(period).zh}，${WORDS.csv.zh}`, `${monthWords(period).en}, ${WORDS.csv.en}`),
                  status: <a href={`${exportHref(slug)}/${book}/${period}.xlsx`}>{WORDS.xlsx[lang]}</a>,
                }))}
              />
            </Details>
          </section>
        )),
      )}
    </Page>,
  );
});

/** The months of a year that a book has, the newest first. */
const monthsIn = (year: number, from: Period, to: Period): Period[] =>
  monthsOf({ from: `${year}-01`, to: `${year}-12` })
    .filter((period) => from <= period && period <= to)
    .reverse();

interface Asked {
  readonly from: Period;
  readonly to: Period;
  readonly format: Format;
}
/** `2026.csv`, `2026-11.journal` → months and format; null for another name. */
export function readFileName(name: string): Asked | null {
  const parts = /^(\d{4})(?:-(0[1-9]|1[0-2]))?\.([a-z]+)$/.exec(name);
  const format = FORMATS.find((known) => known === parts?.[3]);
  if (!parts || !format) return null;
  const [, year, month] = parts;
  return month
    ? { from: `${year}-${month}`, to: `${year}-${month}`, format }
    : { from: `${year}-01`, to: `${year}-12`, format };
}

exportRoutes.get("/accounts/export/:book{common|fund|working}/:file", async (c) => {
  const { scene, now } = c.var;
  const book = readBook(c.req.param("book"));
  const asked = readFileName(c.req.param("file"));
  if (!book || !asked) return c.notFound();
  const made = await bodyOf(scene, book, asked, now);
  if (!made.ok) return problemResponse(c, exportProblem(made.error));
  const name = `${BOOK_WORDS[book].zh}-${c.req.param("file")}`;
  c.header("content-type", TYPES[asked.format]);
  c.header(
    "content-disposition",
    `attachment; filename="${book}-${c.req.param("file")}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  );
  return c.body(made.value);
});

/** The file: text as it is read, page by page; a workbook or a packed file as a whole. */
async function bodyOf(
  scene: Scene,
  book: Book,
  asked: Asked,
  now: number,
): Promise<Result<ReadableStream | Uint8Array<ArrayBuffer>, ExportRefusal>> {
  const { format } = asked;
  if (isText(format)) {
    const head = await readHead(scene, book, asked);
    return head.ok ? ok(streamOf(textOf(scene, head.value, asked.to, TEXTS[format]))) : head;
  }
  const read = await readExport(scene, book, asked);
  if (!read.ok) return read;
  const bytes =
    format === "xlsx"
      ? await writeXlsxSheet(read.value.bookName, tableOf(read.value), NUMBER_COLUMNS)
      : zipOf([...filesOf(read.value), ...(await statementsOf(scene, book, asked))], now);
  return ok(bytes as Uint8Array<ArrayBuffer>);
}

/** A format of text: what it begins with, and each voucher behind it. */
interface Written {
  readonly head: (head: ExportedHead) => string;
  readonly voucher: (voucher: ExportedVoucher, accounts: ExportedHead["accounts"]) => string;
}
const TEXTS: Readonly<Record<"csv" | "journal" | "beancount", Written>> = {
  csv: {
    head: () => CSV_MARK + csvLines([TABLE_HEAD]),
    voucher: (voucher, accounts) => csvLines(rowsOf(voucher, accounts)),
  },
  journal: { head: hledgerHead, voucher: hledgerVoucher },
  beancount: { head: beancountHead, voucher: beancountVoucher },
};
const isText = (format: Format): format is keyof typeof TEXTS => format in TEXTS;

async function* textOf(scene: Scene, head: ExportedHead, to: Period, { head: begin, voucher }: Written) {
  yield begin(head);
  for await (const page of vouchersOf(scene, head.book, { from: head.from, to }))
    yield page.map((one) => voucher(one, head.accounts)).join("");
}

/** Made as fast as it is taken: no more than a page waits. */
function streamOf(text: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await text.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await text.return(undefined);
    },
  });
}

/** The vouchers in every format of text. */
const filesOf = (exported: Exported) => [
  { path: `${exported.book}.csv`, text: writeCsv(tableOf(exported)) },
  { path: `${exported.book}.journal`, text: hledgerOf(exported) },
  { path: `${exported.book}.beancount`, text: beancountOf(exported) },
];

/** What was published of these months: the newest version of each statement, as it is hashed in the record. */
async function statementsOf(scene: Scene, book: Book, span: { readonly from: Period; readonly to: Period }) {
  const [told] = await scene.db.read(listTold(scene, book, 12, span.to));
  return told
    .map(statementFrom)
    .filter(({ to }) => to >= span.from)
    .map(({ number, version, content, leafHash }) =>
      jsonFile(`statements/${number}-v${version}.json`, { number, version, leafHash, content }),
    );
}
