/** What a refusal about levels, bodies and posts says: status, words and the field it belongs to. One switch, no default: a new reason must find its words. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { BodiesRefusal } from "./actions.ts";
import type { LevelsRefusal } from "./levels/actions.ts";
import type { PostsRefusal } from "./posts/actions.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const CORRECT = say("有内容需要改", "Some of it needs correcting");
const UNSAVED = say("没有保存。请刷新后再看。", "Nothing was saved. Please reload and look again.");

const atField = (
  code: string,
  pointer: string,
  title: Bilingual,
  detail: Bilingual,
  more: Pick<Problem, "article" | "next"> = {},
): Problem => ({ code, status: 422, title, detail, errors: [{ pointer, detail }], ...more });

const named = (names: readonly string[]): Bilingual =>
  names.length === 0 ? say("", "") : say(`（${names.join("、")}）`, ` (${names.join(", ")})`);

export function bodiesProblem(refusal: BodiesRefusal | LevelsRefusal | PostsRefusal): Problem {
  switch (refusal.reason) {
    case "level_name_missing":
      return atField("level-name-missing", "/nameZh", CORRECT, say("请填写层级名称", "Give the level's name"));
    case "level_name_too_long":
      return atField(
        "level-name-too-long",
        "/nameZh",
        CORRECT,
        say(`层级名称最多 ${refusal.most} 个字`, `A level's name has at most ${refusal.most} characters`),
      );
    case "level_name_taken":
      return atField(
        "level-name-taken",
        "/nameZh",
        CORRECT,
        say(`已经有叫“${refusal.name}”的层级`, `There is a level called “${refusal.name}” already`),
      );
    case "too_many_levels":
      return atField(
        "too-many-levels",
        "/nameZh",
        CORRECT,
        say(`层级最多 ${refusal.most} 个`, `There are at most ${refusal.most} levels`),
      );
    case "unknown_level":
      return atField("unknown-level", "/levelId", CORRECT, say("请选择已有的层级", "Choose a level that exists"));
    case "level_in_use": {
      const bodies = named(refusal.bodies);
      return {
        code: "level-in-use",
        status: 409,
        title: say("还有组织在这个层级", "Bodies stand at this level"),
        detail: say(`先把这些组织改到别的层级${bodies.zh}。`, `First move those bodies to another level${bodies.en}.`),
      };
    }
    case "levels_there_already":
      return {
        code: "levels-there-already",
        status: 409,
        title: say("层级已经设定", "Levels have been named already"),
        detail: say("可以逐个增加、改名或停用。", "They can be added to, renamed and retired one by one."),
      };
    case "level_changed_meanwhile":
      return {
        code: "level-changed-meanwhile",
        status: 409,
        title: say("层级刚刚被别人改过", "The level was just changed by someone else"),
        detail: UNSAVED,
      };
    case "body_name_missing":
      return atField("body-name-missing", "/nameZh", CORRECT, say("请填写组织名称", "Give the body's name"));
    case "body_name_too_long":
      return atField(
        "body-name-too-long",
        "/nameZh",
        CORRECT,
        say(`名称最多 ${refusal.most} 个字`, `A name has at most ${refusal.most} characters`),
      );
    case "unknown_parent":
      return atField(
        "unknown-parent",
        "/parentId",
        CORRECT,
        say("请选择仍然存在的上级组织", "Choose a body above that still exists"),
      );
    case "parent_cycle":
      return atField(
        "parent-cycle",
        "/parentId",
        say("上下级成了一个圈", "The tree would become a circle"),
        say("不能归自己或自己的下级领导，请选择别的上级", "A body cannot stand under itself or what is below it"),
      );
    case "level_above_parent":
      return atField(
        "level-above-parent",
        "/levelId",
        CORRECT,
        say(
          `层级不能高于上级组织“${refusal.parent}”`,
          `The level cannot be higher than that of “${refusal.parent}” above it`,
        ),
      );
    case "level_below_child":
      return atField(
        "level-below-child",
        "/levelId",
        CORRECT,
        say(
          `层级不能低于下级组织“${refusal.child}”`,
          `The level cannot be lower than that of “${refusal.child}” below it`,
        ),
      );
    case "unknown_area":
      return atField(
        "unknown-area",
        "/areas",
        CORRECT,
        say(`名册里没有“${refusal.area}”`, `The roll has no “${refusal.area}”`),
      );
    case "not_a_day":
      return atField(
        "not-a-day",
        `/${refusal.field}`,
        CORRECT,
        say("请填写日期，例如 2026-12-08", "Give a day, such as 2026-12-08"),
      );
    case "day_to_come":
      return atField(
        "day-to-come",
        "/fromOn",
        CORRECT,
        say("还没有到这一天。请在那天或之后登记", "That day has not come. Record it on that day or after"),
      );
    case "before_last_change":
      return atField(
        "before-last-change",
        "/fromOn",
        CORRECT,
        say(`不能早于上一次变更的日期 ${refusal.on}`, `Not before the day of the last change, ${refusal.on}`),
      );
    case "document_missing":
      return atField(
        "document-missing",
        "/document",
        CORRECT,
        say("请写明依据的文件或决议", "Say which document or decision it rests on"),
      );
    case "document_too_long":
      return atField(
        "document-too-long",
        "/document",
        CORRECT,
        say(`依据最多 ${refusal.most} 个字`, `At most ${refusal.most} characters`),
      );
    case "nothing_changed":
      return {
        code: "nothing-changed",
        status: 422,
        title: say("没有改动", "Nothing was changed"),
        detail: say("填写的内容和现在一样，没有登记。", "What was given is what holds already; nothing was recorded."),
      };
    case "body_still_held":
      return {
        code: "body-still-held",
        status: 409,
        title: say("还有人在这个组织任职", "Somebody still holds office in this body"),
        detail: say(
          `有 ${refusal.held} 项任职没有在这一天之前结束。`,
          `${refusal.held} of its tenures do not end before that day.`,
        ),
        next: say("请先登记这些人离任，再撤销组织。", "Please record their leaving first, then end the body."),
      };
    case "body_has_children": {
      const children = named(refusal.children);
      return {
        code: "body-has-children",
        status: 409,
        title: say("下面还有组织", "Bodies stand below it"),
        detail: say(
          `先把下级组织改归别的上级，或先撤销${children.zh}。`,
          `First move those below to another body, or end them${children.en}.`,
        ),
      };
    }
    case "body_has_duties":
      return {
        code: "body-has-duties",
        status: 409,
        title: say("还有任务由它负责", "It still has duties"),
        detail: say("先在责任清单里把任务交给别的组织。", "First give its duties to another body."),
      };
    case "body_ended":
      return {
        code: "body-ended",
        status: 409,
        title: say("这个组织已经撤销", "This body has ended"),
        detail: say("不能再变更，也不能再任职。", "It cannot be changed any more, and gives no posts."),
        next: say("需要时请新设一个组织。", "Form a new body where one is needed."),
      };
    case "body_changed_meanwhile":
      return {
        code: "body-changed-meanwhile",
        status: 409,
        title: say("这个组织刚刚被别人改过", "The body was just changed by someone else"),
        detail: UNSAVED,
      };
    case "unknown_body":
      return {
        code: "unknown-body",
        status: 404,
        title: say("没有这个组织", "No such body"),
        detail: say("它可能属于别的小区。", "It may be another community's."),
      };
    case "unknown_post":
      return {
        code: "unknown-post",
        status: 404,
        title: say("没有这个职务", "No such post"),
        detail: say("它可能属于别的小区。", "It may be another community's."),
      };
    case "post_not_of_body":
      return atField(
        "post-not-of-body",
        "/kind",
        CORRECT,
        say("这类组织没有这种职务", "This kind of body has no such post"),
      );
    case "post_title_too_long":
      return atField(
        "post-title-too-long",
        "/titleZh",
        CORRECT,
        say(`职务名称最多 ${refusal.most} 个字`, `A title has at most ${refusal.most} characters`),
      );
    case "not_a_number_of_seats":
      return atField(
        "not-a-number-of-seats",
        "/seats",
        CORRECT,
        say(
          `席位数是 ${refusal.least} 到 ${refusal.most} 的整数`,
          `Seats are a whole number from ${refusal.least} to ${refusal.most}`,
        ),
      );
    case "not_a_term":
      return atField(
        "not-a-term",
        "/termMonths",
        CORRECT,
        say(
          `任期是 1 到 ${refusal.most} 个月的整数，没有任期就不填`,
          `A term is 1 to ${refusal.most} months; leave it empty where there is none`,
        ),
        refusal.most === 60 ? { article: "《物业管理条例》第十六条；《业主大会和业主委员会指导规则》" } : {},
      );
    case "seats_held":
      return atField(
        "seats-held",
        "/seats",
        say("席位不能少于在任的人", "Fewer seats than are held"),
        say(
          `现在或以后最多有 ${refusal.held} 人同时在任。请先登记离任，再减少席位`,
          `${refusal.held} are held at once, now or later. Record leavings first, then take seats away`,
        ),
      );
    case "post_changed_meanwhile":
      return {
        code: "post-changed-meanwhile",
        status: 409,
        title: say("这个职务刚刚被别人改过", "The post was just changed by someone else"),
        detail: UNSAVED,
      };
    case "key_reused":
      return {
        code: "key-reused",
        status: 409,
        title: say("这份表单已经提交过", "This form was submitted before"),
        detail: say("上次提交的内容不同。什么都没有改动。", "With other content. Nothing was changed."),
        next: say("请重新打开页面再填写。", "Please open the page again."),
      };
  }
}
