/** Papers of an item that were not taken, each as a problem a person can read. */
import type { FileFault } from "../../platform/files.ts";
import type { Problem } from "../../platform/problem.tsx";

const NEXT = {
  zh: "您填写的内容还在下面，请重新选择附件再保存。",
  en: "What you typed is below; choose the paper again and save.",
} as const;

export function fileProblem(fault: FileFault): Problem {
  switch (fault.reason) {
    case "file_empty":
      return {
        code: "paper-empty",
        status: 422,
        title: { zh: "附件是空的，内容还没有保存", en: "The paper is empty; nothing was saved" },
        detail: { zh: `“${fault.name}”里没有内容。`, en: `“${fault.name}” has nothing in it.` },
        next: NEXT,
      };
    case "file_too_large":
      return {
        code: "paper-too-large",
        status: 413,
        title: { zh: "附件太大，内容还没有保存", en: "The paper is too large; nothing was saved" },
        detail: { zh: `“${fault.name}”超过 10 MB。`, en: `“${fault.name}” is larger than 10 MB.` },
        next: NEXT,
      };
    case "file_type_refused":
      return {
        code: "paper-type-refused",
        status: 415,
        title: { zh: "附件的格式不能用，内容还没有保存", en: "Papers of this kind are not taken; nothing was saved" },
        detail: {
          zh: `“${fault.name}”不是 PDF 或照片（JPEG、PNG、WebP）。`,
          en: `“${fault.name}” is neither a PDF nor a photograph (JPEG, PNG, WebP).`,
        },
        next: NEXT,
      };
  }
}
