/** Refusals of the panel, the examination and the scoring, each as a problem a person can read: what was not done, why, on what ground, what now. One switch. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { tenderProblem } from "../problems.ts";
import { QUALIFICATION_WORDS } from "../words.ts";
import type { PanelRefusal } from "./panel/actions.ts";
import type { PoolRefusal } from "./panel/pool.ts";
import type { ExamineRefusal } from "./qualifying/actions.ts";
import type { PublishRefusal, ScoreRefusal } from "./result/actions.ts";
import type { PointsFault } from "./result/rules.ts";
import type { ScoringActRefusal } from "./sheets/actions.ts";
import { formatPoints } from "./sheets/rules.ts";

export type ScoringRefusals =
  | PanelRefusal
  | PoolRefusal
  | ExamineRefusal
  | ScoringActRefusal
  | ScoreRefusal
  | PublishRefusal;

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const TB37 = "《招标投标法》第三十七条";
const TB40 = "《招标投标法》第四十条";
const TB28 = "《招标投标法》第二十八条";

const notYet = (code: string, detail: Bilingual, more: Partial<Problem> = {}): Problem => ({
  code,
  status: 409,
  title: say("这一步现在不能做", "This step cannot be done now"),
  detail,
  ...more,
});
const field = (code: string, name: string, detail: Bilingual, more: Partial<Problem> = {}): Problem => ({
  code,
  status: 422,
  title: say("有内容需要改", "Some of it needs correcting"),
  detail,
  errors: [{ pointer: `/${name}`, detail }],
  ...more,
});

/** Where a form asks for points: the field of one bid and criterion. */
export const pointsField = (at: { readonly lotNo: number; readonly bidderNo: number; readonly criterion: string }) =>
  `p.${at.lotNo}.${at.bidderNo}.${at.criterion}`;
export const reasonField = (at: Parameters<typeof pointsField>[0]): string => `r${pointsField(at).slice(1)}`;

export function sayPointsFault(fault: PointsFault): Bilingual {
  switch (fault.reason) {
    case "points_missing":
      return say("请打分，例如 8.5。", "Give points, such as 8.5.");
    case "points_twice":
      return say("同一项打了两次分。", "Given twice.");
    case "points_out_of_range":
      return say(
        `分数要在0到${formatPoints(fault.most)}之间，最多两位小数。`,
        `Between 0 and ${formatPoints(fault.most)}, two decimals at most.`,
      );
    case "reason_missing":
      return say("请写理由或依据。", "Give the reason or the evidence.");
    case "points_not_asked":
      return say("这一家或这一项不在评分范围内。", "This bid or criterion is not judged.");
  }
}

/** The faults of a sheet, each beside its field. */
const pointsProblem = (code: string, faults: readonly PointsFault[], article: string): Problem => ({
  code,
  status: 422,
  title: say("评分还不完整", "The points are not complete"),
  detail: say(`有${faults.length}处要改，见各项旁边。`, `${faults.length} to correct; see beside each.`),
  article,
  errors: faults.map((fault) => ({
    pointer: `/${fault.reason === "reason_missing" ? reasonField(fault) : pointsField(fault)}`,
    detail: sayPointsFault(fault),
  })),
});

const list = (all: readonly number[], lang: "zh" | "en"): string => all.join(lang === "zh" ? "、" : ", ");
const WORDS_OF: Readonly<Record<string, Bilingual>> = {
  name: say("请写姓名。", "Give the name."),
  speciality: say("请写专业。", "Give the speciality."),
  source: say("请写来自哪个名册。", "Say from which list."),
  why: say("请写理由。", "Give the reason."),
};

export function scoringProblem(refusal: ScoringRefusals): Problem {
  switch (refusal.reason) {
    case "key_reused":
    case "wrong_tender_state":
    case "unknown_tender":
    case "tender_stale":
      return tenderProblem(refusal);
    case "words_missing":
      return field("tender-words-missing", refusal.field, WORDS_OF[refusal.field] ?? say("请填写。", "Fill it in."));
    case "words_too_long":
      return field(
        "tender-words-long",
        refusal.field,
        say(`最多${refusal.most}字。`, `${refusal.most} characters at most.`),
      );
    case "phone_malformed":
      return field("tender-phone-malformed", "phone", say("请填11位手机号。", "A mobile number has 11 digits."));
    case "expert_known":
      return field(
        "tender-expert-known",
        "phone",
        say("这个手机号已经在专家库里。", "This number stands in the pool already."),
      );
    case "unknown_expert":
      return {
        ...notYet("tender-expert-unknown", say("专家库里没有这个编号。", "The pool has no such number.")),
        status: 404,
      };
    case "panel_not_prepared":
      return notYet(
        "tender-panel-unprepared",
        say("还没有封存抽签种子。", "The seeds of the draw are not committed to."),
        {
          next: say("请先封存种子，再抽取专家。", "Commit to the seeds, then draw."),
        },
      );
    case "pool_too_small":
      return notYet(
        "tender-pool-small",
        say(
          `专家库里能抽的只有${refusal.experts}人，至少要${refusal.needed}人（有人回避时要有人接替）。`,
          `The pool has ${refusal.experts} to draw from; ${refusal.needed} are needed, so that somebody can take a seat that falls free.`,
        ),
        { article: TB37, next: say("请先把专家录入专家库。", "Enter more experts into the pool.") },
      );
    case "panel_size":
      return notYet(
        "tender-panel-size",
        say(
          `评审组现在${refusal.size}人，要${refusal.least}人以上的单数，并且与方案一致。`,
          `The panel has ${refusal.size}; it must be odd, ${refusal.least} or more, and as the scheme says.`,
        ),
        { article: TB37, next: say("请补齐评审组成员。", "Fill the panel's seats.") },
      );
    case "panel_experts":
      return notYet(
        "tender-panel-experts",
        say(
          `专家${refusal.experts}人，至少要${refusal.least}人。`,
          `${refusal.experts} experts; at least ${refusal.least} are needed.`,
        ),
        { article: TB37 },
      );
    case "panel_full":
      return notYet(
        "tender-panel-full",
        say(
          `招标人代表的席位只有${refusal.places}个，其余都是抽取的专家。`,
          `Only ${refusal.places} seats are the tenderer's; the others are drawn.`,
        ),
        { article: TB37 },
      );
    case "unknown_member":
      return {
        ...notYet("tender-member-unknown", say("评审组没有这位成员。", "The panel has no such member.")),
        status: 404,
      };
    case "member_left":
      return notYet(
        "tender-member-left",
        say("这位成员已经退出评审，由下一位接替。", "This member has left the panel; the next of the draw sits."),
      );
    case "ties_undeclared":
      return notYet(
        "tender-ties-undeclared",
        say(
          `${list(refusal.members, "zh")}号成员还没有申报利害关系。`,
          `Members ${list(refusal.members, "en")} have not declared whether anything ties them.`,
        ),
        { article: TB37, next: say("请等各成员打开自己的链接申报。", "Each does so through their own link.") },
      );
    case "bid_unknown":
      return { ...notYet("tender-bid-unknown", say("没有这份投标。", "There is no such bid.")), status: 404 };
    case "bid_void_already":
      return notYet(
        "tender-bid-void",
        say("这份投标在开标时已经无效，不用再审查。", "This bid was void at the opening; there is nothing to examine."),
      );
    case "void_reason_missing":
      return field(
        "tender-void-reason-missing",
        "voidWhy",
        say(
          `缺${refusal.lacks.map((one) => QUALIFICATION_WORDS[one].zh).join("、")}，投标无效，请写明理由。`,
          `It lacks ${refusal.lacks.map((one) => QUALIFICATION_WORDS[one].en).join(", ")} and is void: say why.`,
        ),
      );
    case "reason_too_long":
      return field("tender-void-reason-long", "voidWhy", say(`最多${refusal.most}字。`, `${refusal.most} at most.`));
    case "conflicts_open":
      return notYet(
        "tender-conflicts-open",
        say(
          `还有${refusal.open}件投标人的关联关系没有处理完。由主任决定、监督人确认以后，才能定下参加评审的投标。`,
          `${refusal.open} ties of bidders are not settled. The chair decides and the witness confirms before it is said which bids are compared.`,
        ),
        { article: "《招标投标法实施条例》第三十四条" },
      );
    case "price_queries_open":
      return notYet(
        "tender-price-queries-open",
        say(
          `还有${refusal.open}件报价询问没有决定。决定以后，才能定下参加评审的投标。`,
          `${refusal.open} questions about prices are not decided; only then it is said which bids are compared.`,
        ),
        { article: "《招标投标法》第四十一条" },
      );
    case "bids_unexamined":
      return notYet(
        "tender-bids-unexamined",
        say(`还有${refusal.left.length}份投标没有审查。`, `${refusal.left.length} bids are not examined yet.`),
        { article: TB28 },
      );
    case "facts_faulty":
      return pointsProblem("tender-facts-faulty", refusal.faults, TB40);
    case "sheet_faulty":
      return pointsProblem("tender-sheet-faulty", refusal.faults, TB40);
    case "sheet_reason_too_long":
      return notYet(
        "tender-sheet-long",
        say(`每条理由最多${refusal.most}字。`, `A reason has ${refusal.most} characters at most.`),
        {
          status: 422,
        },
      );
    case "scoring_not_open":
      return notYet("tender-scoring-not-open", say("评审还没有开始。", "The scoring is not open yet."));
    case "scoring_open":
      return notYet(
        "tender-scoring-open",
        say(
          "评审已经开始、评分表还没有交齐：客观分不能再改，评分表也还不能揭开。",
          "The scoring is open and not every sheet is in: facts stand, and no sheet is revealed yet.",
        ),
        { next: say("等所有成员封存评分表。", "Wait until every member has committed.") },
      );
    case "scoring_closed":
      return notYet(
        "tender-scoring-closed",
        say(
          "所有评分表都已封存，评审截止：不能再交、再改，也不能再换人。",
          "Every sheet is in and the scoring is closed: none is taken or changed, and nobody is replaced.",
        ),
        { article: TB40 },
      );
    case "sheet_committed":
      return notYet(
        "tender-sheet-committed",
        say("您的评分表已经封存，不能再换一份。", "Your sheet is committed to; another one is not taken."),
        { article: TB40 },
      );
    case "sheets_missing":
    case "sheet_missing":
      return notYet("tender-sheet-missing", say("还没有封存评分表。", "No sheet was committed to."));
    case "nonce_malformed":
      return field("tender-nonce-malformed", "file", say("这不是评分表文件。", "This is no sheet file."));
    case "another_sheet":
      return notYet(
        "tender-another-sheet",
        say(
          "这份评分表与封存时的校验值不符，没有接收，并已公开记录。",
          "This is not the sheet that was committed to. It was not taken, and the record shows that it was offered.",
        ),
        { article: TB40, next: say("请用封存时的那一份。", "Use the sheet you committed to.") },
      );
    case "sheets_hidden":
      return notYet(
        "tender-sheets-hidden",
        say(
          `${list(refusal.members, "zh")}号成员的评分表还没有揭开。`,
          `The sheets of members ${list(refusal.members, "en")} are not revealed yet.`,
        ),
      );
    case "no_valid_price":
      return notYet(
        "tender-no-valid-price",
        say(
          `第${refusal.lotNo}标段没有有效报价，算不出基准价。`,
          `Lot ${refusal.lotNo} has no valid price to compare with.`,
        ),
        { article: TB28 },
      );
    case "price_not_offered":
      return notYet(
        "tender-price-not-offered",
        say(
          `${refusal.bidderNo}号投标人没有报“${refusal.key}”这一项。`,
          `Bidder ${refusal.bidderNo} did not offer “${refusal.key}”.`,
        ),
      );
    case "points_faulty":
      return pointsProblem("tender-points-faulty", refusal.faults, TB40);
    case "another_seed":
      return notYet(
        "tender-another-seed",
        say("种子与封存的校验值不符，不能评审。", "The seed is not the one that was committed to."),
      );
  }
}
