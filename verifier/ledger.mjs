/** The books: every voucher of the record, what is published of it, months that were closed, and every statement, all added up again. */
import { canonical, hashOfText } from "./bytes.mjs";
import { readJson } from "./source.mjs";
import { differences, figures, movements, sumOf } from "./statement.mjs";
import { readTable, unguarded } from "./table.mjs";

/** @typedef {import("./statement.mjs").Line} Line */
/** @typedef {import("./report.mjs").Check} Check */
/** @typedef {import("./log.mjs").Place} Place */
/** @typedef {import("./source.mjs").Source} Source */
/** @typedef {import("./subjects.mjs").Subject} Subject */
/** @typedef {{ id: string, book: string, period: string, number: number, on: string, kind: string, lines: Line[], text: string, files: number, reverses: string, seq: number, hash: string }} Voucher */
/** @typedef {{ from: string, kinds: Map<string, string>, vouchers: Map<string, Voucher>, last: Map<string, number>, closed: { period: string, vouchers: number, seq: number }[] }} Book */

const CODE = {
  zh: "凭证号",
  on: "日期",
  text: "摘要",
  account: "科目编码",
  files: "附件数",
  reverses: "冲销凭证号",
  hash: "哈希",
  debit: "借方(分)",
  credit: "贷方(分)",
};

/** `2026-11-0007`, as the files of the accounts call a voucher. @param {{ period: string, number: number }} voucher */
const codeOf = ({ period, number }) => `${period}-${String(number).padStart(4, "0")}`;

/** @param {string} period */
const nextMonth = (period) => {
  const [year = 0, month = 0] = period.split("-").map(Number);
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, "0")}`;
};

/** What entries alone already show: balance, numbers, order, closed months, what is taken back. */
class Books {
  /** @type {Map<string, Book>} */
  books = new Map();
  /** @type {Map<string, Voucher>} */
  byId = new Map();
  /** The newest version of each statement. @type {Map<number, any>} */
  statements = new Map();
  /** @type {Set<string>} */
  #takenBack = new Set();
  /** Told when the checks begin: how much held, and what did not. */
  good = 0;
  /** @type {import("./report.mjs").Fault[]} */
  faults = [];

  /** @param {boolean} ok @param {string} where @param {string} zh @param {string} en */
  #note(ok, where, zh, en) {
    if (ok) this.good += 1;
    else this.faults.push({ where, zh, en });
  }

  /** @param {string} name @param {string} [from] */
  book(name, from = "") {
    let book = this.books.get(name);
    if (!book) {
      book = { from, kinds: new Map(), vouchers: new Map(), last: new Map(), closed: [] };
      this.books.set(name, book);
    }
    return book;
  }

  /** @param {any} entry @param {Place} place */
  see(entry, place) {
    switch (entry.type) {
      case "ledger.opened": {
        const book = this.book(entry.book, entry.from);
        for (const { code, kind } of entry.accounts) book.kinds.set(code, kind);
        break;
      }
      case "ledger.account_added":
        this.book(entry.book).kinds.set(entry.code, entry.kind);
        break;
      case "voucher.posted":
        this.#post(entry, place);
        break;
      case "ledger.closed":
        this.#close(entry, place);
        break;
      case "statement.published": {
        const before = this.statements.get(entry.statement);
        this.#note(
          entry.version === (before?.version ?? 0) + 1,
          `#${place.seq}`,
          "公示的版次有缺。",
          "A version of a statement is missing.",
        );
        this.statements.set(entry.statement, { ...entry, hash: place.hash });
        break;
      }
    }
  }

  /** @param {any} entry @param {Place} place */
  #post(entry, { seq, hash }) {
    const book = this.book(entry.book);
    /** @type {Voucher} */
    const voucher = { ...entry, id: entry.voucher, files: entry.files.length, seq, hash };
    const where = `${entry.book} ${codeOf(voucher)} (#${seq})`;
    const isWhole = voucher.lines.every(({ amount }) => Number.isSafeInteger(amount) && amount > 0);
    const [debit, credit] = [sumOf(voucher.lines, "debit"), sumOf(voucher.lines, "credit")];
    this.#note(
      isWhole && debit === credit && debit > 0,
      where,
      `凭证不平：借方 ${debit} 分，贷方 ${credit} 分。`,
      `The voucher does not balance: debit ${debit} fen, credit ${credit}.`,
    );
    const last = book.last.get(voucher.period) ?? 0;
    this.#note(
      voucher.number === last + 1 && voucher.on.startsWith(`${voucher.period}-`),
      where,
      `凭证号断号：上一张是 ${last}。`,
      `A gap in the numbers: the last was ${last}.`,
    );
    book.last.set(voucher.period, voucher.number);
    this.#note(
      !book.closed.some(({ period }) => period >= voucher.period),
      where,
      "记入已经结账的月份。",
      "Posted into a month that was closed.",
    );
    this.#note(
      voucher.lines.every(({ account }) => book.kinds.has(account)),
      where,
      "用了账簿里没有的科目。",
      "It uses an account that the book does not have.",
    );
    if (voucher.reverses !== "") {
      const original = this.byId.get(voucher.reverses);
      this.#note(
        !!original &&
          original.book === voucher.book &&
          !this.#takenBack.has(voucher.reverses) &&
          isMirror(original.lines, voucher.lines),
        where,
        "冲销的凭证不存在、已冲销过，或分录不是原来的反向。",
        "What it takes back is not there, was taken back already, or its lines are not the same on the other side.",
      );
      this.#takenBack.add(voucher.reverses);
    }
    book.vouchers.set(codeOf(voucher), voucher);
    this.byId.set(voucher.id, voucher);
  }

  /** @param {any} entry @param {Place} place */
  #close(entry, { seq }) {
    const book = this.book(entry.book);
    const before = book.closed.at(-1);
    const posted = book.last.get(entry.period) ?? 0;
    this.#note(
      entry.period === (before ? nextMonth(before.period) : book.from) && entry.vouchers === posted,
      `${entry.book} ${entry.period} (#${seq})`,
      `结账时说有 ${entry.vouchers} 张凭证，记录里有 ${posted} 张；或月份不连续。`,
      `Closed with ${entry.vouchers} vouchers, the record has ${posted}; or a month was passed over.`,
    );
    book.closed.push({ period: entry.period, vouchers: entry.vouchers, seq });
  }
}

/** Whether the same lines stand on the other sides. @param {readonly Line[]} lines @param {readonly Line[]} others */
export function isMirror(lines, others) {
  /** @param {Line} line @param {boolean} turned */
  const key = ({ account, side, amount }, turned) => `${account} ${(side === "debit") !== turned} ${amount}`;
  const [own, theirs] = [lines.map((line) => key(line, false)), others.map((line) => key(line, true))];
  return String(own.sort()) === String(theirs.sort());
}

/**
 * The published files of a book's year; its months one by one where the year is too long for one file. A month that the product does
 * not hand out yet, because one before is open, is left out and told.
 * @param {Source} source @param {string} name @param {readonly string[]} periods of one year @param {Check} check
 */
async function publishedRows(source, name, periods, check) {
  const base = `/c/${source.slug}/accounts/export/${name}`;
  const whole = await source.read(`${base}/${periods[0]?.slice(0, 4)}.csv`);
  if (whole) return { rows: readTable(whole), read: new Set(periods) };
  /** @type {Record<string, string>[]} */
  const rows = [];
  const read = new Set();
  for (const period of periods) {
    const month = await source.read(`${base}/${period}.csv`);
    if (month) {
      rows.push(...readTable(month));
      read.add(period);
    } else
      check.cannot(
        `${name} ${period} 的凭证文件还不能下载（前一个月没有结账）。`,
        `${name} ${period}: its file cannot be had yet (a month before it is open).`,
      );
  }
  return { rows, read };
}

/** One published voucher against its entry. @param {Voucher | undefined} own @param {readonly Record<string, string>[]} rows @param {Books} books */
function voucherFault(own, rows, books) {
  const [first = {}] = rows;
  if (!own) return { zh: "公开记录里没有这张凭证。", en: "The record has no such voucher." };
  if (rows.length === 0)
    return { zh: "记录里有，公布的账里没有。", en: "It is in the record and not in the published books." };
  const lines = rows.map((row) => {
    const isDebit = row[CODE.debit] !== "";
    return `${row[CODE.account]} ${isDebit ? "debit" : "credit"} ${isDebit ? row[CODE.debit] : row[CODE.credit]}`;
  });
  const wanted = own.lines.map(({ account, side, amount }) => `${account} ${side} ${amount}`);
  if (String(lines) !== String(wanted))
    return {
      zh: `金额或科目不同：公布 ${lines.join("；")}，记录 ${wanted.join("；")}。`,
      en: `Amounts or accounts differ: published ${lines.join("; ")}, record ${wanted.join("; ")}.`,
    };
  if (first[CODE.hash] !== own.hash || first[CODE.on] !== own.on || first[CODE.files] !== String(own.files))
    return { zh: "日期、附件数或哈希与记录不同。", en: "Its day, number of papers or hash is not the record's." };
  if (hashOfText(unguarded(first[CODE.text] ?? "")) !== own.text)
    return { zh: "摘要被改过。", en: "Its words were changed." };
  const original = books.byId.get(own.reverses);
  if (first[CODE.reverses] !== (original ? codeOf(original) : ""))
    return { zh: "冲销的凭证号与记录不同。", en: "It takes back another voucher than the record says." };
  return null;
}

/** @param {Source} source @param {Books} books @param {Check} check */
async function checkPublished(source, books, check) {
  for (const [name, book] of books.books) {
    const years = byYear(book.last.keys());
    for (const periods of years.values()) {
      const { rows, read } = await publishedRows(source, name, [...periods].sort(), check);
      /** @type {Map<string, Record<string, string>[]>} */
      const byCode = new Map();
      for (const row of rows) {
        const code = row[CODE.zh] ?? "";
        byCode.set(code, [...(byCode.get(code) ?? []), row]);
      }
      const own = [...book.vouchers].filter(([, { period }]) => read.has(period)).map(([code]) => code);
      for (const code of new Set([...own, ...byCode.keys()])) {
        const fault = voucherFault(book.vouchers.get(code), byCode.get(code) ?? [], books);
        check.expect(fault === null, `${name} ${code}`, fault?.zh ?? "", fault?.en ?? "");
      }
    }
  }
}

/** The months of each year. @param {Iterable<string>} periods */
function byYear(periods) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const period of periods) found.set(period.slice(0, 4), [...(found.get(period.slice(0, 4)) ?? []), period]);
  return found;
}

/** @param {Source} source @param {Books} books @param {Check} check */
async function checkStatements(source, books, check) {
  /** What the last statement of each book ended with. @type {Map<string, { to: string, closingFen: number }>} */
  const before = new Map();
  const inOrder = [...books.statements.values()].sort((a, b) => (a.to < b.to ? -1 : 1));
  for (const entry of inOrder) {
    const where = `statement ${entry.statement}`;
    const told = await readJson(source, `/api/communities/${source.slug}/accounts/statements/${entry.statement}`);
    if (!check.expect(told !== null, where, "公示过的报表读不到。", "A statement that was published cannot be read."))
      continue;
    const { content } = told;
    const hash = hashOfText(canonical(content));
    check.expect(
      told.leaf === entry.hash && told.version === entry.version && hash === entry.content && told.contentHash === hash,
      where,
      "报表的内容与公开记录里的校验值不一致。",
      "The statement is not what the record has the hash of.",
    );
    const book = books.book(entry.book);
    const own = figures(movements(book.vouchers.values(), content.from, content.to), book.kinds);
    const found = differences(content, own);
    check.expect(
      found.length === 0,
      where,
      `与凭证重新加总的不同：${found
        .slice(0, 5)
        .map(({ what, told: it, own: mine }) => `${what} 公布 ${it}，应为 ${mine}`)
        .join("；")}`,
      `Not what the vouchers add up to: ${found
        .slice(0, 5)
        .map(({ what, told: it, own: mine }) => `${what} published ${it}, should be ${mine}`)
        .join("; ")}`,
    );
    const last = before.get(entry.book);
    check.expect(
      last ? content.from === nextMonth(last.to) && content.openingFen === last.closingFen : content.from === book.from,
      where,
      "期初与上一期的期末不衔接。",
      "It does not begin with what the one before ended with.",
    );
    before.set(entry.book, { to: content.to, closingFen: content.closingFen });
  }
  if (inOrder.some(({ version }) => version > 1))
    check.cannot("被更正以前的旧版本只核对版次。", "Of versions that were corrected since only the number is checked.");
  if (inOrder.length > 0)
    check.cannot(
      "各份租约的收入和最后一天的出租情况不重算：哪张凭证属于哪份租约不公开。",
      "Income by lease and what was let are not computed again: which voucher is of which lease is not public.",
    );
  if (inOrder.length > 0)
    check.cannot(
      "银行流水本身不公开：只核对账面数、未达账项和差额为零。",
      "The bank's own lines are not public: book figure, open items and the difference of nothing are checked.",
    );
}

/** @returns {Subject} */
export function ledger() {
  const books = new Books();
  return {
    see: (entry, place) => books.see(entry, place),
    async check({ source, report }) {
      const vouchers = report.begin(
        "vouchers",
        "凭证：借贷平衡、连号、冲销、结账",
        "Vouchers: balance, numbers, reversals, closed months",
      );
      vouchers.good = books.good;
      for (const { where, zh, en } of books.faults) vouchers.expect(false, where, zh, en);
      const published = report.begin(
        "books",
        "公布的账：每一张凭证与公开记录一致",
        "Published books: every voucher is the record's",
      );
      await checkPublished(source, books, published);
      const statements = report.begin(
        "statements",
        "收支公示：由凭证重新加总，期初期末衔接",
        "Statements, added up from vouchers, each beginning where the last ended",
      );
      await checkStatements(source, books, statements);
    },
  };
}
