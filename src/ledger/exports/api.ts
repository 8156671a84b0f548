/** The public JSON calls of the ledger: which books there are and what is due, and one statement. Reads only, nothing personal. */
import { createRoute, z } from "@hono/zod-openapi";
import { isoInstant } from "../../kernel/day.ts";
import { jsonAnswer, newApi, problemAnswer, SlugParam, sceneOfPath } from "../../platform/api/contract.ts";
import { NOT_FOUND, problemResponse } from "../../platform/problem.tsx";
import { ASSET_KINDS, GROUNDS } from "../assets/rules.ts";
import { accountsHref } from "../books/addresses.ts";
import { BOOKS } from "../books/rules.ts";
import { clockQueries, clocksFrom } from "../statements/actions.ts";
import { statementHref } from "../statements/addresses.ts";
import { listStatements, listVersions, statementFrom } from "../statements/store.ts";

/** Mounted at /. */
export const ledgerApi = newApi();

const MOST_STATEMENTS = 100;
const NOWHERE = problemAnswer("没有这个小区或这份公示 | No such community or statement");
const said = <S extends z.ZodType>(schema: S, description: string): S => schema.openapi({ description }) as S;
const month = (description: string) => said(z.string().regex(/^\d{4}-\d{2}$/), description);
const fen = (description: string) => said(z.int(), description);
const hash = (description: string) => said(z.string().regex(/^[0-9a-f]{64}$/), description);
const name = z.strictObject({ zh: z.string(), en: z.string() });

const Figure = z.strictObject({ account: z.string(), name, fen: fen("分 | In fen") });
const Use = Figure.extend({ decisions: said(z.array(z.string()), "业主大会决定 | The owners' decisions it rests on") });
const Standing = z.strictObject({
  account: z.string(),
  name,
  openingFen: fen("期初 | Before"),
  inFen: fen("增加 | Came"),
  outFen: fen("减少 | Went"),
  closingFen: fen("期末 | After"),
});
const Bank = z.strictObject({
  account: z.string(),
  holder: said(z.string(), "户名：业主大会或业委会 | The assembly or the committee"),
  bank: z.string(),
  numberMasked: z.string(),
  items: said(z.int().min(0), "未达账项笔数 | How many items explain the difference"),
  open: said(
    z
      .array(
        z.strictObject({
          side: z.enum(["bank", "book"]),
          onDay: z.string(),
          fen: fen("付出为负 | Less than nothing where it went out"),
          voucher: z.strictObject({ period: month("月 | Month"), number: z.int().min(1) }).nullable(),
        }),
      )
      .optional(),
    "未达账项，逐笔 | Each item that one side has alone",
  ),
  bookFen: fen("账面 | In the book"),
  bankFen: fen("银行 | At the bank"),
  bankInFen: fen("银行已收、账未收 | In at the bank only"),
  bankOutFen: fen("银行已付、账未付 | Out at the bank only"),
  bookInFen: fen("账已收、银行未收 | In in the book only"),
  bookOutFen: fen("账已付、银行未付 | Out in the book only"),
  adjustedBookFen: fen("调节后账面 | Book, adjusted"),
  adjustedBankFen: fen("调节后银行 | Bank, adjusted"),
  unexplainedFen: fen("没有解释的差额，公布的都是0 | Nothing, in whatever is published"),
});
const Content = z
  .strictObject({
    book: z.enum(BOOKS),
    from: month("第一个月 | First month"),
    to: month("最后一个月 | Last month"),
    openingFen: fen("上期结余 | Opening"),
    broughtInFen: fen("接收的期初余额 | Brought into the books"),
    income: z.array(Figure),
    incomeFen: fen("收入合计 | Income"),
    costs: z.array(Figure),
    costFen: fen("成本合计 | Cost"),
    netFen: fen("净收益 | Net"),
    toFund: z.array(Use),
    toFundFen: fen("补充维修资金 | To the maintenance fund"),
    uses: z.array(Use),
    usesFen: fen("其他使用 | Other uses"),
    closingFen: fen("本期结余 | Closing"),
    deposits: said(z.array(Standing), "押金，不计入收入 | Deposits, no income"),
    money: z.array(Standing),
    receivables: z.array(Standing),
    otherAssets: z.array(Standing),
    debts: z.array(Standing),
    banks: z.array(Bank),
    leases: said(
      z
        .array(
          z.strictObject({
            lease: z.int().min(1),
            purpose: z.string(),
            assets: z.array(z.string()),
            account: z.string(),
            fen: fen("本期收入 | What it brought"),
          }),
        )
        .optional(),
      "按租约的收入 | Income by lease",
    ),
    occupancy: said(
      z
        .array(
          z.strictObject({
            kind: z.enum(ASSET_KINDS),
            ground: z.enum(GROUNDS).nullable(),
            total: z.int().min(0),
            let: z.int().min(0),
          }),
        )
        .optional(),
      "最后一天的出租情况 | What was let on the last day",
    ),
    note: z.string(),
  })
  .openapi("StatementContent");

const Line = z
  .strictObject({
    number: z.int().min(1),
    version: z.int().min(1),
    book: z.enum(BOOKS),
    from: month("第一个月 | First month"),
    to: month("最后一个月 | Last month"),
    publishedAt: z.string(),
    page: z.url(),
    api: z.url(),
  })
  .openapi("StatementLine");

const Accounts = z
  .strictObject({
    page: z.url(),
    books: z.array(
      z.strictObject({
        book: z.enum(BOOKS),
        from: month("下一期的第一个月 | First month of the next statement"),
        to: month("最后一个月 | Its last month"),
        dueOn: said(z.string(), "最迟公布日 | Published by"),
        state: said(z.enum(["running", "due", "overdue"]), "进行中、待公布、已逾期 | Running, due, overdue"),
        daysLate: said(z.int().min(0), "逾期天数 | Days late"),
      }),
    ),
    statements: said(z.array(Line), "最近的公示，新的在前 | The newest statements first"),
  })
  .openapi("Accounts");

const Published = z
  .strictObject({
    number: z.int().min(1),
    version: z.int().min(1),
    publishedAt: z.string(),
    why: said(z.string(), "更正的原因；第一版为空 | Why it was corrected; empty in a first version"),
    contentHash: hash("全文规范 JSON（RFC 8785）的 SHA-256 | SHA-256 of the content as canonical JSON"),
    leaf: hash("公开记录中的叶子 | Its leaf in the record"),
    page: z.url(),
    content: Content,
    versions: z.array(z.int().min(1)),
  })
  .openapi("Statement");

ledgerApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/accounts",
    tags: ["accounts"],
    summary: "账簿和收支公示 | Books and statements",
    middleware: [sceneOfPath] as const,
    request: { params: SlugParam },
    responses: {
      200: jsonAnswer(Accounts, "每本账下一期的期限和最近的公示 | What is due, and the newest statements"),
      404: NOWHERE,
    },
  }),
  async (c) => {
    const { scene } = c.var;
    const { slug } = scene.community;
    const [books, settings, rows] = await scene.db.read(
      ...clockQueries(scene),
      listStatements(scene, { limit: MOST_STATEMENTS, before: 99_999_999 }),
    );
    return c.json(
      {
        page: `${scene.origin}${accountsHref(slug)}`,
        books: clocksFrom(scene, [books, settings]).map(({ book, span, dueOn, state, daysLate }) => ({
          book,
          ...span,
          dueOn,
          state,
          daysLate,
        })),
        statements: rows.map(({ number, version, book, from, to, endedAt }) => ({
          number,
          version,
          book,
          from,
          to,
          publishedAt: isoInstant(endedAt),
          page: `${scene.origin}${statementHref(slug, number)}`,
          api: `${scene.origin}/api/communities/${slug}/accounts/statements/${number}`,
        })),
      },
      200,
    );
  },
);

ledgerApi.openapi(
  createRoute({
    method: "get",
    path: "/api/communities/{slug}/accounts/statements/{number}",
    tags: ["accounts"],
    summary: "一份收支公示 | One statement",
    middleware: [sceneOfPath] as const,
    request: {
      params: SlugParam.extend({
        number: z
          .string()
          .regex(/^[1-9]\d{0,7}$/, "编号是正整数 | A number is a whole number from 1")
          .openapi({ description: "公示的编号 | The statement's number", example: "1" }),
      }),
    },
    responses: { 200: jsonAnswer(Published, "最新的一版 | Its newest version"), 404: NOWHERE, 422: NOWHERE },
  }),
  async (c) => {
    const { scene } = c.var;
    const number = Number(c.req.valid("param").number);
    const [rows] = await scene.db.read(listVersions(scene, number));
    const [row] = rows.map(statementFrom);
    if (!row) return problemResponse(c, NOT_FOUND) as never;
    return c.json(
      {
        number,
        version: row.version!,
        publishedAt: isoInstant(row.endedAt!),
        why: row.why,
        contentHash: row.contentHash,
        leaf: row.leafHash!,
        page: `${scene.origin}${statementHref(scene.community.slug, number)}`,
        content: row.content as z.infer<typeof Content>,
        versions: rows.map(({ version }) => version!),
      },
      200,
    );
  },
);
