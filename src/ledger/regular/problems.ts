/** Why what owners are told regularly was not published, as a problem. One switch. */
import type { Problem } from "../../platform/problem.tsx";
import type { RegularRefusal } from "./actions.ts";
import { HEADING_WORDS, regularFaultWords } from "./words.ts";

export function regularProblem(refusal: RegularRefusal): Problem {
  switch (refusal.reason) {
    case "regular_faulty": {
      const { heading } = refusal.faults[0];
      const words = regularFaultWords(refusal.faults[0]);
      return {
        code: "regular-faulty",
        status: 422,
        title: { zh: "没有公布", en: "It was not published" },
        detail: { zh: `${HEADING_WORDS[heading].zh}：${words.zh}`, en: `${HEADING_WORDS[heading].en}: ${words.en}` },
        article: "《民法典》第九百四十三条",
        errors: refusal.faults.map((fault) => ({ pointer: `/${fault.heading}`, detail: regularFaultWords(fault) })),
      };
    }
  }
}
