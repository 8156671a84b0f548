/** How a sample was drawn, drawn again before the reader's eyes, and how they do it themselves; and the list it was drawn from. Markup only. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { Hono } from "hono";
import { formatYuan } from "../../../kernel/money.ts";
import type { AppContext, AppEnv } from "../../../platform/context.ts";
import { frameOf } from "../../../platform/frame.ts";
import { Page } from "../../../platform/layout.tsx";
import { Actions, ButtonLink } from "../../../platform/ui/buttons.tsx";
import { Fact, FactList } from "../../../platform/ui/facts.tsx";
import { sayInstant } from "../../../platform/ui/moments.ts";
import { StatusWord } from "../../../platform/ui/status.tsx";
import { DataTable, Pager } from "../../../platform/ui/tables.tsx";
import { readCount } from "../../books/addresses.ts";
import { auditHref, populationHref, sampleHref } from "../addresses.ts";
import { auditCrumbs } from "../public.tsx";
import { auditTitle, VoucherLink } from "../shown.tsx";
import { askedWords } from "../words.ts";
import { readListText, readSample, replaySample, type SampleAsDrawn, type SampleShown } from "./actions.ts";
import { intervalOf, startOf } from "./rules.ts";

/** Mounted at /c/:slug. */
export const publicSampleRoutes = new Hono<AppEnv>();
const A_PAGE = 100;

publicSampleRoutes.get("/accounts/audits/:number/population.txt", async (c) => {
  const number = readCount(c.req.param("number"));
  const text = number ? await readListText(c.var.scene, number) : null;
  if (text === null) return c.notFound();
  c.header("content-disposition", `attachment; filename="audit-${number}-population.txt"`);
  return c.text(text);
});

publicSampleRoutes.get("/accounts/audits/:number/samples/:sample", async (c) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  const [number, sampleNo] = [readCount(c.req.param("number")), readCount(c.req.param("sample"))];
  const page = readCount(c.req.query("page") ?? "1");
  const read = c.req.query("check") === "1" ? replaySample : readSample;
  const shown: SampleAsDrawn | SampleShown | null = number && sampleNo ? await read(scene, number, sampleNo) : null;
  if (!shown || !page) return c.notFound();
  const { view, sample } = shown;
  const here = sampleHref(slug, view.row.number, sample.sampleNo);
  const title = t(`第${sample.sampleNo}次抽样是怎样抽的`, `How sample ${sample.sampleNo} was drawn`);
  const pages = Math.ceil(sample.drawn.length / A_PAGE);
  const rows = sample.drawn.slice((page - 1) * A_PAGE, page * A_PAGE);
  return c.html(
    <Page
      {...frameOf(c)}
      title={title}
      breadcrumb={[...auditCrumbs(c), { href: auditHref(slug, view.row.number), label: auditTitle(view.row, lang) }]}
      switchHref={`${here}?lang=${t("en", "zh")}`}
    >
      <h1>{title}</h1>
      <p class="lead">
        {t(
          "抽哪些凭证不由审计人员挑，也不由业委会挑。清单先固定，种子先承诺，抽的时候才公开；任何人拿着清单和种子都能重抽一遍。",
          "Neither the auditor nor the committee picks the vouchers. The list is frozen first, the seed is committed to first and revealed when drawn; anybody can draw again from both.",
        )}
      </p>
      {isReplayed(shown) ? (
        <>
          <h2>{t("刚才替您重抽了一遍", "Drawn again for you just now")}</h2>
          <Checks c={c} shown={shown} />
        </>
      ) : (
        <Actions>
          <ButtonLink href={`${here}?check=1`}>{t("现在替我重抽一遍", "Draw it again for me now")}</ButtonLink>
        </Actions>
      )}
      <h2>{t("怎样抽的", "How")}</h2>
      <Facts c={c} shown={shown} />
      <h2>{t("自己重抽一遍", "Draw it yourself")}</h2>
      <Recipe c={c} shown={shown} />
      <h2>{t(`抽到的${sample.drawn.length}张凭证`, `The ${sample.drawn.length} vouchers drawn`)}</h2>
      <DataTable
        caption={t("抽到的凭证", "Vouchers drawn")}
        quietCaption={true}
        keep={true}
        rows={rows}
        columns={[
          { label: t("序号", "No."), number: true, cell: (_, at) => (page - 1) * A_PAGE + at + 1 },
          { label: t("凭证", "Voucher"), head: true, cell: (reference) => <VoucherLink c={c} reference={reference} /> },
        ]}
      />
      <Pager t={t} page={page} pages={pages} href={(n) => `${here}?page=${n}`} />
    </Page>,
  );
});

const isReplayed = (shown: SampleAsDrawn | SampleShown): shown is SampleShown => "isSame" in shown;

const Checks = ({ c, shown }: { c: AppContext; shown: SampleShown }) => {
  const { t } = c.var;
  const line = (holds: boolean, yes: string, no: string) => (
    <StatusWord tone={holds ? "good" : "bad"}>{holds ? yes : no}</StatusWord>
  );
  return (
    <FactList>
      <Fact label={t("清单", "The list")}>
        {line(
          shown.isAsFrozen,
          t("和固定时一样", "as it was frozen"),
          t("和固定时不一样：固定以后账目被改动过", "not as it was frozen: the books were changed since"),
        )}
      </Fact>
      <Fact label={t("种子", "The seed")}>
        {line(
          shown.isCommitted,
          t("就是先前承诺的那一个", "the one committed to"),
          t("不是先前承诺的那一个", "not the one committed to"),
        )}
      </Fact>
      <Fact label={t("结果", "The vouchers")}>
        {line(shown.isSame, t("重抽的结果一样", "the same again"), t("重抽的结果不一样", "not the same"))}
      </Fact>
    </FactList>
  );
};

const Facts = ({ c, shown: { view, sample, commitment, purpose } }: { c: AppContext; shown: SampleAsDrawn }) => {
  const { t, lang, scene } = c.var;
  const { slug } = scene.community;
  return (
    <FactList>
      <Fact label={t("方法", "Method")}>{askedWords(sample.asked)[lang]}</Fact>
      <Fact label={t("从哪里抽", "Drawn from")}>
        <a href={populationHref(slug, view.row.number)}>
          {t(
            `${view.population!.vouchers}张凭证的清单，合计${formatYuan(view.population!.totalFen)}元`,
            `the list of ${view.population!.vouchers} vouchers, ${formatYuan(view.population!.totalFen)} yuan`,
          )}
        </a>
      </Fact>
      <Fact label={t("清单的 SHA-256", "SHA-256 of the list")}>
        <small class="num">{view.population!.listHash}</small>
      </Fact>
      <Fact label={t("先前的承诺", "Committed to before")}>
        <small class="num">{commitment}</small>
      </Fact>
      <Fact label={t("公开的种子", "The seed revealed")}>
        <small class="num">{sample.seed}</small>
      </Fact>
      <Fact label={t("用途", "Purpose")}>
        <small class="num">{purpose}</small>
      </Fact>
      <Fact label={t("抽出名单的 SHA-256", "SHA-256 of the drawn list")}>
        <small class="num">{sample.drawnHash}</small>
      </Fact>
      <Fact label={t("抽的时间", "Drawn")}>
        {sayInstant(sample.drawnAt, lang)}{" "}
        <a href={`/c/${slug}/record/${sample.leafHash}`}>{t("公开记录的条目", "its entry in the record")}</a>
      </Fact>
    </FactList>
  );
};

/** The steps in words and numbers: nothing of ours is needed to follow them. */
const Recipe = ({ c, shown: { view, sample, purpose } }: { c: AppContext; shown: SampleAsDrawn }) => {
  const { t } = c.var;
  const { asked } = sample;
  const { totalFen } = view.population!;
  const interval = asked.method === "monetary_unit" ? intervalOf(totalFen, asked.size) : 0;
  return (
    <ol>
      <li>
        {t(
          "下载清单，算它的 SHA-256（例如 sha256sum），应与上面的一样。每行的第一栏是凭证，第三栏是金额（分）。",
          "Take the list and compute its SHA-256 (sha256sum does); it is the one above. The first field of a line is the voucher, the third its amount in fen.",
        )}
      </li>
      <li>
        {t(
          "把种子当作32个字节，在前面接上文字“commonhold draw v1”，算 SHA-256，应是先前的承诺。",
          "Take the seed as 32 bytes behind the text “commonhold draw v1”; their SHA-256 is what was committed to.",
        )}
      </li>
      {asked.method === "random" ? (
        <li>
          {t(
            `对每张凭证算 SHA-256（种子32字节，接“${purpose}”，接一个零字节，接第一栏的文字），从小到大排，取前${asked.size}张。`,
            `For each voucher take the SHA-256 of the seed, “${purpose}”, a zero byte and the first field; sort, and take the first ${asked.size}.`,
          )}
        </li>
      ) : null}
      {asked.method === "monetary_unit" ? (
        <li>
          {t(
            `间隔是总额${totalFen}分除以${asked.size}，舍去余数，得${interval}。起点是 SHA-256（种子，“${purpose}”，一个零字节，“start”）当作整数，除以间隔取余数，加1，得${startOf(hexToBytes(sample.seed), purpose, interval)}。按清单的顺序一分一分往下数，数到起点和以后每隔一个间隔的那一分落在哪张凭证，就抽哪张。`,
            `The interval is ${totalFen} fen over ${asked.size}, cut off: ${interval}. The start is the SHA-256 of the seed, “${purpose}”, a zero byte and “start” as a number, modulo the interval, plus one: ${startOf(hexToBytes(sample.seed), purpose, interval)}. Count the fen down the list: the vouchers in which the start and every interval after it fall are drawn.`,
          )}
        </li>
      ) : null}
      {asked.method === "threshold" ? (
        <li>
          {t(
            `取第三栏不小于${asked.fromFen}的每一行。`,
            `Take every line whose third field is ${asked.fromFen} or more.`,
          )}
        </li>
      ) : null}
      {asked.method === "kind" ? <li>{t(KIND_RECIPE[asked.kind][0], KIND_RECIPE[asked.kind][1])}</li> : null}
      <li>
        {t(
          "把抽到的凭证一行一张写下，每行后面一个换行，算 SHA-256，应是抽出名单的校验值。",
          "Write the vouchers down, one a line, a line feed after each: the SHA-256 is that of the drawn list.",
        )}
      </li>
    </ol>
  );
};
const KIND_RECIPE = {
  reversal: ["取第四栏是 reversal 的每一行。", "Take every line whose fourth field is reversal."],
  opening: ["取第四栏是 opening 的每一行。", "Take every line whose fourth field is opening."],
  no_decision: [
    "取第四栏是 ordinary、第五栏是0的每一行。",
    "Take every line with ordinary in the fourth field and 0 in the fifth.",
  ],
  no_file: [
    "取第四栏是 ordinary、第六栏是0的每一行。",
    "Take every line with ordinary in the fourth field and 0 in the sixth.",
  ],
  related_party: [
    "这一类要比对对方的姓名，姓名不公开，所以只有审计人员能重抽；名单一抽出就写进公开记录，以后不能改。",
    "This kind compares names that are not public, so the auditor alone can repeat it; the list is in the record since it was drawn and stands.",
  ],
} as const;
