/** An election of the committee from its call to the close of nominations, through the product's own acts and pages. */
import { describe, expect, test } from "vitest";
import { ELECTION_STATES } from "../../src/elections/rules.ts";
import { makeElection } from "./election-of-test.ts";
import { makeStaffedCommunity } from "./offices-of-test.ts";

describe("an election of a test", () => {
  test.each(ELECTION_STATES)("can be brought to %s", async (state) => {
    const election = await makeElection(await makeStaffedCommunity(), { state });
    expect(election).toMatchObject({ state, number: 1, groupEdition: state === "preparing" ? 0 : 1 });
  });
});
