/** What bidders, askers and officers say in confidence, and what each is sealed under. Keeps the contexts; opens nothing. */
import { registerSealed } from "../../platform/resealing/columns.ts";

/** Who stands behind a bidder. */
export const bidderContext = (communityId: string, bidderId: string): string =>
  `tender-bidder:${communityId}:${bidderId}`;
/** A contact's telephone. */
export const contactContext = (communityId: string, contactId: string): string =>
  `tender-contact:${communityId}:${contactId}`;
/** An officer's kin. */
export const interestContext = (communityId: string, interestId: string): string =>
  `tender-interest:${communityId}:${interestId}`;
/** What was asked, in the asker's own words. */
export const questionContext = (communityId: string, tenderId: string, no: number): string =>
  `tender-question:${communityId}:${tenderId}:${no}`;
/** What was objected, in its maker's own words. */
export const objectionContext = (communityId: string, tenderId: string, no: number): string =>
  `tender-objection:${communityId}:${tenderId}:${no}`;

registerSealed({
  table: "tender_contact",
  column: "phone_sealed",
  key: ["contact_id"],
  contextOf: (communityId, { contact_id }) => contactContext(communityId, String(contact_id)),
});
registerSealed({
  table: "tender_bidder",
  column: "persons_sealed",
  key: ["tender_id", "bidder_id"],
  contextOf: (communityId, { bidder_id }) => bidderContext(communityId, String(bidder_id)),
});
registerSealed({
  table: "tender_bidder_correction",
  column: "persons_sealed",
  key: ["tender_id", "bidder_id", "correction_no"],
  contextOf: (communityId, { bidder_id }) => bidderContext(communityId, String(bidder_id)),
});
registerSealed({
  table: "tender_interest",
  column: "kin_sealed",
  key: ["interest_id"],
  contextOf: (communityId, { interest_id }) => interestContext(communityId, String(interest_id)),
});
registerSealed({
  table: "tender_question",
  column: "text_sealed",
  key: ["tender_id", "question_no"],
  contextOf: (communityId, { tender_id, question_no }) =>
    questionContext(communityId, String(tender_id), Number(question_no)),
});
registerSealed({
  table: "tender_objection",
  column: "text_sealed",
  key: ["tender_id", "objection_no"],
  contextOf: (communityId, { tender_id, objection_no }) =>
    objectionContext(communityId, String(tender_id), Number(objection_no)),
});
