/** Who may read an election's working pages at the desk. */
import type { Permission } from "../../platform/access.ts";

/** Whoever has a part in elections, or may read meetings. */
export const READS = [
  "election.call",
  "election.prepare",
  "election.decide",
  "election.appeal",
  "meeting.read",
] as const satisfies readonly Permission[];
