/** Refusals of the register as problems: what was not done, why, by which article, what now. One switch. */
import { rollProblem } from "../../community/problems.ts";
import { LARGEST_FILE_BYTES } from "../../platform/files.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { AssetRefusal } from "./actions.ts";
import type { EarningRefusal } from "./rules.ts";
import { assetFaultWords, GROUND_WORDS } from "./words.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const NOT_ENTERED = say("登记册没有改动", "The register was not changed");
export const CC275 = "《民法典》第二百七十五条；法释〔2009〕7号第六条";

export function assetProblem(refusal: AssetRefusal | EarningRefusal): Problem {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "asset_faulty": {
      const faults = refusal.faults.map(assetFaultWords);
      return {
        code: "asset-faulty",
        status: 422,
        title: NOT_ENTERED,
        detail: say(faults.map(({ words }) => words.zh).join(""), faults.map(({ words }) => words.en).join(" ")),
        errors: faults.map(({ field, words }) => ({ pointer: `/${field}`, detail: words })),
      };
    }
    case "asset_code_taken":
      return {
        code: "asset-code-taken",
        status: 409,
        title: NOT_ENTERED,
        detail: say(
          `编号“${refusal.code}”已经登记过。编号不重用。`,
          `The number “${refusal.code}” is in the register; numbers are not used again.`,
        ),
        next: say("请打开那一项修改，或换一个编号。", "Change that entry, or give another number."),
      };
    case "unknown_asset":
      return {
        code: "asset-unknown",
        status: 404,
        title: say("登记册里没有这一项", "The register has no such entry"),
        detail: say("编号或地址可能不完整。", "The number or address may be incomplete."),
      };
    case "asset_moved":
      return {
        code: "asset-moved",
        status: 409,
        title: NOT_ENTERED,
        detail: say("您填写的时候，别人改过这一项。", "Somebody changed this entry while you were typing."),
        next: say("请刷新页面，看过新的内容再改。", "Reload the page, read what is new, then change it."),
      };
    case "nothing_changed":
      return {
        code: "asset-unchanged",
        status: 422,
        title: NOT_ENTERED,
        detail: say("内容和现在登记的一样。", "It says what the register says already."),
      };
    case "too_many_photos":
      return {
        code: "asset-photos",
        status: 422,
        title: NOT_ENTERED,
        detail: say(`照片最多${refusal.most}张。`, `At most ${refusal.most} pictures.`),
        errors: [
          {
            pointer: "/photos",
            detail: say(`照片最多${refusal.most}张。`, `At most ${refusal.most} pictures.`),
          },
        ],
      };
    case "photo_refused": {
      const detail = photoWords(refusal.fault);
      return {
        code: "asset-photo",
        status: 422,
        title: NOT_ENTERED,
        detail,
        errors: [{ pointer: "/photos", detail }],
      };
    }
    case "sheet_unreadable":
      return rollProblem(refusal);
    case "rows_faulty":
      return {
        code: "asset-rows",
        status: 422,
        title: NOT_ENTERED,
        detail: say(
          `表格里有${refusal.messages.length}处要改，一行也没有写入。`,
          `${refusal.messages.length} things in the table need correcting; not one row was written.`,
        ),
      };
    case "not_common_ground":
      return {
        code: "asset-not-common-ground",
        status: 422,
        title: say("不能作为公共收益", "It earns no common revenue"),
        detail: say(
          `“${refusal.code}”登记为“${GROUND_WORDS[refusal.ground].zh}”。只有占用业主共有道路、场地的车位，收入才归全体业主。`,
          `“${refusal.code}” is entered as “${GROUND_WORDS[refusal.ground].en}”. Only spaces on common roads and places earn for all owners.`,
        ),
        article: CC275,
        next: say(
          "请改选共有车位；登记有误的，先更正登记册。",
          "Choose a common space, or correct the register first.",
        ),
      };
    case "asset_retired":
      return {
        code: "asset-retired",
        status: 422,
        title: say("这一项已经不再使用", "It is retired"),
        detail: say(`“${refusal.code}”登记为不再使用。`, `“${refusal.code}” is entered as retired.`),
      };
  }
}

export const photoWords = (fault: {
  readonly reason: "file_empty" | "file_too_large" | "file_type_refused";
  readonly name: string;
}): Bilingual => {
  const { name } = fault;
  switch (fault.reason) {
    case "file_empty":
      return say(`“${name}”是空的。`, `“${name}” is empty.`);
    case "file_too_large":
      return say(
        `“${name}”太大，最多${LARGEST_FILE_BYTES / 1024 / 1024}MB。`,
        `“${name}” is too large; at most ${LARGEST_FILE_BYTES / 1024 / 1024} MB.`,
      );
    case "file_type_refused":
      return say(
        `“${name}”不是照片或 PDF（按内容判断，不看扩展名）。`,
        `“${name}” is no photograph or PDF, by its content and whatever its name.`,
      );
  }
};
