/** As whom the clock acts on leases. Nothing else. */
import type { PersonId } from "../../kernel/id.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";

/** As whom the clock drafts: nobody who could review, so that a person always does. */
export const CLOCK = "clock";
export const byClock = (scene: Scene): StaffScene => ({
  ...scene,
  actor: {
    personId: CLOCK as PersonId,
    sessionId: CLOCK,
    name: CLOCK,
    posts: [],
    permissions: new Set(["ledger.draft"] as const),
  },
});
