/** What can be done with a tender by its course, and who may: asked of the same rules that guard the acts. Registers; no page. */
import type { Bilingual } from "../../platform/i18n.ts";
import { tenderProblem } from "../problems.ts";
import { registerTenderActs, type TenderAct } from "../public/sections.ts";
import { sayFault } from "../scheme/fault-words.ts";
import { schemeFaults } from "../scheme/rules.ts";
import { keyholdersReady, listKeyholders } from "../sealing/reading.ts";
import { mayClose } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const act = (
  label: Bilingual,
  path: string,
  permissions: TenderAct["permissions"],
  more: { readonly isStep?: boolean; readonly notYet?: Bilingual | null } = {},
): TenderAct => ({ label, path, permissions, isStep: more.isStep ?? false, notYet: more.notYet ?? null });

const CANCELLED_FROM: readonly string[] = [
  "draft",
  "decided",
  "noticed",
  "closed",
  "opened",
  "qualified",
  "scored",
  "published",
];

registerTenderActs("procedure", {
  queries: (scene, key) => [listKeyholders(scene, key)] as const,
  actsOf: (row, scheme, [keys], now) => {
    const acts: TenderAct[] = [];
    if (row.state === "draft") {
      const [fault] = schemeFaults(scheme).map(sayFault);
      if (fault) acts.push(act(say("改好方案", "Correct the scheme"), fault.part, ["tender.draft"], { isStep: true }));
      acts.push(
        act(say("方案总则", "The scheme in general"), "/general", ["tender.draft"]),
        act(say("标段", "Lots"), "/lots", ["tender.draft"]),
        act(say("怎么评分", "Criteria"), "/criteria", ["tender.draft"]),
        act(say("自己的岗位和现有合同", "Own posts and contracts"), "/posts", ["tender.draft"]),
        act(say("确定选聘方案", "Decide the scheme"), "/decide", ["tender.decide"], {
          isStep: true,
          notYet: fault ? say(`方案还不完整：${fault.words.zh}`, `not complete yet: ${fault.words.en}`) : null,
        }),
      );
    }
    if (row.state === "decided" && scheme.lots.length > 0) {
      const ready = keyholdersReady(keys);
      acts.push(
        act(say("发布选聘公告", "Announce the tender"), "/notice", ["tender.decide"], {
          isStep: true,
          notYet: ready.ok ? null : tenderProblem(ready.error).detail,
        }),
      );
    }
    if (row.state === "noticed") {
      const may = mayClose(row, now);
      acts.push(
        act(say("登记投标截止", "Log the closing"), "/close", ["tender.decide"], {
          isStep: true,
          notYet: may.ok ? null : tenderProblem(may.error).detail,
        }),
      );
    }
    if (row.state === "failed" || row.state === "cancelled")
      acts.push(act(say("重新选聘", "Repeat the tender"), "/repeat", ["tender.draft"], { isStep: true }));
    if (CANCELLED_FROM.includes(row.state))
      acts.push(act(say("终止选聘", "Cancel the tender"), "/cancel", ["tender.decide"]));
    return acts;
  },
});
