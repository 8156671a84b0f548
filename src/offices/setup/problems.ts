/** What a refusal of the set-up says, and beside which field. Officers are told apart by the wizard's slots. */
import { formatInstant } from "../../kernel/day.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { together } from "../forms.tsx";
import { ruleWords } from "../overlap/explained.ts";
import { termsProblem } from "../terms/problems.ts";
import type { SetupRefusal } from "./actions.ts";
import type { CodeRefusal, CommunityAsked } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const CORRECT = say("有内容需要改", "Some of it needs correcting");

const atField = (code: string, field: string, detail: Bilingual): Problem => ({
  code,
  status: 422,
  title: CORRECT,
  detail,
  errors: [{ pointer: `/${field}`, detail }],
});

const FIELD: Record<keyof CommunityAsked, Bilingual> = {
  name: say("小区名称", "the community's name"),
  slug: say("网址名", "the address"),
  street: say("街道或乡镇", "the street office"),
  district: say("区县", "the district"),
  address: say("地址", "the postal address"),
};

/** Several refusals of one step, each beside its field. */
export const setupProblems = (
  [first, ...others]: readonly [SetupRefusal, ...SetupRefusal[]],
  slots: readonly string[],
): Problem => together([setupProblem(first, slots), ...others.map((refusal) => setupProblem(refusal, slots))]);

/** `slots` names the form's officers in the order they were handed to the check. */
export function setupProblem(refusal: SetupRefusal, slots: readonly string[]): Problem {
  const slot = "at" in refusal ? (slots[refusal.at] ?? "head") : "head";
  switch (refusal.reason) {
    case "field_missing":
      return atField(
        "field-missing",
        refusal.field,
        say(`请填写${FIELD[refusal.field].zh}`, `Give ${FIELD[refusal.field].en}`),
      );
    case "field_too_long":
      return atField(
        "field-too-long",
        refusal.field,
        say(
          `${FIELD[refusal.field].zh}最多 ${refusal.most} 个字`,
          `At most ${refusal.most} characters for ${FIELD[refusal.field].en}`,
        ),
      );
    case "slug_malformed":
      return atField(
        "slug-malformed",
        "slug",
        say(
          "只能用小写字母、数字和连字符，2 到 40 个，例如 jinguiyuan",
          "Small letters, digits and hyphens, 2 to 40 of them, such as jinguiyuan",
        ),
      );
    case "slug_taken":
      return atField(
        "slug-taken",
        "slug",
        say("这个网址名已被使用，请换一个", "This address is taken; choose another"),
      );
    case "nobody_approves":
      return atField(
        "nobody-approves",
        "head_name",
        say(
          "请填写主任或筹备组组长：没有人批准，会议发不出公告",
          "Give the chair or head: without one no notice can be issued",
        ),
      );
    case "nobody_drafts":
      return atField(
        "nobody-drafts",
        "secretary_name",
        say("请填写秘书：没有人起草，会议开不起来", "Give the secretary: without one no meeting can be drafted"),
      );
    case "approves_and_drafts":
      return atField(
        "approves-and-drafts",
        "secretary_phone",
        say(
          "起草的人不能批准：秘书和主任（组长）必须是两个人",
          "Who drafts does not approve: secretary and chair are two people",
        ),
      );
    case "enters_and_counts":
      return atField(
        "enters-and-counts",
        "teller_phone",
        say(
          "录入的人不能计票：计票人和秘书必须是两个人",
          "Who enters does not count: teller and secretary are two people",
        ),
      );
    case "one_phone_two_names":
      return atField(
        "one-phone-two-names",
        "head_phone",
        say(
          `同一个手机号（尾号 ${refusal.phone.slice(-2)}）填了两个姓名`,
          `One number (ending in ${refusal.phone.slice(-2)}) was given for two names`,
        ),
      );
    case "officer_name_missing":
      return atField("name-missing", `${slot}_name`, say("请填写姓名", "Give the name"));
    case "officer_phone_unreadable":
      return atField(
        "phone-unreadable",
        `${slot}_phone`,
        say("请填写 11 位手机号", "Give a mobile number of 11 digits"),
      );
    case "officer_conflicts":
      return {
        ...atField("officer-conflicts", `${slot}_phone`, ruleWords(refusal.conflict.rule)),
        article: refusal.conflict.rule.source.zh,
      };
    case "officer_refused": {
      const problem = termsProblem(refusal.why);
      const fields: Record<string, string> = { fromOn: "from", lastOn: "from", document: "document", act: "act" };
      const errors = (problem.errors ?? []).map(({ pointer, detail }) => ({
        pointer: `/${slot}_${fields[pointer.slice(1)] ?? "document"}`,
        detail,
      }));
      return { ...problem, errors };
    }
  }
}

export function codeProblem(refusal: CodeRefusal): Problem {
  switch (refusal.reason) {
    case "no_setup_code":
      return {
        code: "no-setup-code",
        status: 503,
        title: say("还不能设立小区", "No community can be set up yet"),
        detail: say(
          "系统管理员还没有设置开通码（SETUP_CODE，至少 12 位）。",
          "The operator has not set a set-up code yet (SETUP_CODE, at least 12 characters).",
        ),
        next: say(
          "请系统管理员运行 wrangler secret put SETUP_CODE，再把开通码交给您。",
          "Ask the operator to run wrangler secret put SETUP_CODE and to hand you the code.",
        ),
      };
    case "setup_code_wrong":
      return atField(
        "setup-code-wrong",
        "code",
        say("开通码不对，请向系统管理员核对", "Not the set-up code; check with the operator"),
      );
    case "setup_locked":
      return {
        code: "setup-locked",
        status: 429,
        title: say("开通码输错次数过多", "Too many wrong codes"),
        detail: say(
          `为防止有人猜测，${formatInstant(refusal.until)} 之前不再接受开通码。`,
          `So that nobody guesses, no code is taken until ${formatInstant(refusal.until)}.`,
        ),
      };
  }
}
