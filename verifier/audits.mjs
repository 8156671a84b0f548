/** Samples of audits: the list they are drawn from against the vouchers of the record, and the draw again from its seed. */
import { hashOfText, textOf } from "./bytes.mjs";
import { drawSample, hashOfRefs } from "./draw.mjs";
import { checkSeed } from "./elections.mjs";
import { readJson } from "./source.mjs";
import { sumOf } from "./statement.mjs";

/** @typedef {import("./report.mjs").Check} Check */
/** @typedef {import("./draw.mjs").Listed} Listed */
/** @typedef {import("./source.mjs").Source} Source */
/** @typedef {import("./subjects.mjs").Subject} Subject */
/** What the record holds of one audit. @typedef {{ opened: any, hash: string, frozen: any, frozenAt: number, commitments: Set<string>, samples: { entry: any, hash: string, committed: Set<string> }[] }} Audit */
/** @typedef {{ line: string, book: string, on: string, seq: number, listed: Listed }} Posted */

/** The line of a voucher in a list, from its entry alone. @param {any} entry @param {import("./log.mjs").Place} place @returns {Posted} */
function postedOf(entry, { seq, hash }) {
  const ref = `${entry.book}/${entry.period}/${entry.number}`;
  const amount = sumOf(entry.lines, "debit");
  const isDecided = entry.decision !== "";
  const files = entry.files.length;
  const line = [ref, entry.on, amount, entry.kind, isDecided ? 1 : 0, files, hash].join("\t");
  return {
    line,
    book: entry.book,
    on: entry.on,
    seq,
    listed: { ref, amount: BigInt(amount), kind: entry.kind, isDecided, files },
  };
}

/**
 * The frozen list as it is handed out: the file that was hashed, and in it every voucher of those books and days and nothing else.
 * @param {string} text @param {Audit} audit @param {ReadonlyMap<string, Posted>} posted by line @param {Check} check @param {string} where
 * @returns {Listed[] | null}
 */
function checkList(text, { opened, frozen, frozenAt }, posted, check, where) {
  const lines = text.split("\n").slice(0, -1);
  const wanted = [...posted.values()].filter(
    ({ book, on, seq }) => opened.books.includes(book) && on >= opened.from && on <= opened.to && seq < frozenAt,
  );
  const isHashed = check.expect(
    hashOfText(text) === frozen.listHash && lines.length === frozen.vouchers,
    where,
    "抽样清单的文件与公开记录里的校验值不一致。",
    "The file of the list is not what the record has the hash of.",
  );
  const isWhole = check.expect(
    lines.length === wanted.length && new Set(lines).size === lines.length && lines.every((line) => posted.has(line)),
    where,
    `清单有 ${lines.length} 张凭证，记录里这段时间有 ${wanted.length} 张；或有一张与记录不同。`,
    `The list has ${lines.length} vouchers, the record ${wanted.length} of these days; or one is not the record's.`,
  );
  return isHashed && isWhole ? lines.flatMap((line) => posted.get(line)?.listed ?? []) : null;
}

/** @returns {Subject} */
export function audits() {
  /** @type {Map<string, Audit>} */
  const all = new Map();
  /** @type {Map<string, Posted>} */
  const posted = new Map();
  return {
    see(entry, place) {
      if (entry.type === "voucher.posted") {
        const one = postedOf(entry, place);
        posted.set(one.line, one);
        return;
      }
      if (entry.type === "audit.opened")
        all.set(entry.audit, {
          opened: entry,
          hash: place.hash,
          frozen: null,
          frozenAt: 0,
          commitments: new Set([entry.commitment]),
          samples: [],
        });
      const audit = all.get(entry.audit);
      if (entry.type === "audit.population_frozen" && audit)
        Object.assign(audit, { frozen: entry, frozenAt: place.seq });
      if (entry.type === "audit.sample_drawn" && audit) {
        audit.samples.push({ entry, hash: place.hash, committed: new Set(audit.commitments) });
        if (entry.nextCommitment) audit.commitments.add(entry.nextCommitment);
      }
    },
    async check({ source, report }) {
      const check = report.begin(
        "samples",
        "审计抽样：清单与凭证一致，由种子重抽",
        "Audit samples: the list is the vouchers', drawn again from the seed",
      );
      if (all.size === 0) return;
      const { audits: told = [] } = (await readJson(source, `/api/communities/${source.slug}/audits`)) ?? {};
      for (const audit of all.values()) {
        const number = told.find((/** @type {any} */ one) => one.leaf === audit.hash)?.number;
        const where = `audits/${number ?? audit.opened.audit}`;
        if (
          !check.expect(
            number !== undefined,
            where,
            "记录里的审计没有公布。",
            "An audit of the record is not published.",
          )
        )
          continue;
        if (audit.frozen) await checkSamples(source, audit, posted, number, check);
      }
    },
  };
}

/** @param {Source} source @param {Audit} audit @param {ReadonlyMap<string, Posted>} posted @param {number} number @param {Check} check */
async function checkSamples(source, audit, posted, number, check) {
  const file = await source.read(`/c/${source.slug}/accounts/audits/${number}/population.txt`);
  const where = `audits/${number} population`;
  if (!check.expect(file !== null, where, "抽样清单读不到。", "The list cannot be read.") || !file) return;
  const list = checkList(textOf(file), audit, posted, check, where);
  for (const { entry, hash, committed } of audit.samples) {
    const at = `audits/${number} sample ${entry.sample}`;
    // The entry names its seed; what it was committed to stands in an entry before it.
    checkSeed({ seed: entry.seed, commitment: [...committed][entry.sample - 1] }, committed, check, at);
    const told = await readJson(source, `/api/communities/${source.slug}/audits/${number}/samples/${entry.sample}`);
    check.expect(
      told?.leaf === hash && hashOfRefs(told.drawn) === entry.listHash && told.seed === entry.seed,
      at,
      "公布的抽样名单与公开记录里的校验值不一致。",
      "The sample published is not what the record has the hash of.",
    );
    if (!list) continue;
    const own =
      entry.purpose === `audit-${number}-sample-${entry.sample}`
        ? drawSample(list, entry.seed, entry.purpose, entry.asked)
        : [];
    if (own === null)
      check.cannot(
        "“与关联方的往来”按不公开的姓名挑选，外人不能重做；名单抽出时已写入记录。",
        "Dealings with related parties are chosen by names that are not public: nobody outside can repeat it; the list stands in the record since it was drawn.",
      );
    else
      check.expect(
        hashOfRefs(own) === entry.listHash,
        at,
        "由种子重抽，抽到的凭证不同。",
        "Drawn again from the seed, other vouchers come out.",
      );
  }
}
