/** A journey told in several tests: where one fails, those that go on from it are skipped instead of failing for no reason of their own. */
import { afterEach, beforeEach } from "vitest";

/** Called once at the top of a file whose tests follow from one another. */
export function tellsOneStory(): void {
  let broken: string | null = null;
  beforeEach(({ skip }) => {
    if (broken !== null) skip(`follows from “${broken}”`);
  });
  afterEach(({ task }) => {
    if (task.result?.state === "fail") broken ??= task.name;
  });
}
