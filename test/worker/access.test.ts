/** Who gets through which door. Every route of the app stands in the table below; one that does not fails the test. */
import { beforeAll, describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { addDays, dayOf } from "../../src/kernel/day.ts";
import { PERMISSIONS, type PostKind } from "../../src/offices/rules.ts";
import { createCommunity } from "../../src/offices/setup/actions.ts";
import { openSession } from "../../src/offices/signin/actions.ts";
import { holdersAsOf } from "../../src/offices/terms/actions.ts";
import { ACTS_INTO } from "../../src/offices/terms/rules.ts";
import type { Permission } from "../../src/platform/access.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { signToken } from "../../src/platform/session.ts";
import { sceneAt, T0, testEnv } from "./community-of-test.ts";
import { csvOf, importFile } from "./community-roll-of-test.ts";
import { OWNERS_ROLL, ownerCookie, partyNamed } from "./owners-of-test.ts";

/** anyone: no sign-in. voter: a household's link. owner: a signed-in owner. bidder: a telephone proved by a code. office: any office-holder. demo: only with DEMO=1. Else: one of these permissions. */
type Access = "anyone" | "voter" | "owner" | "bidder" | "office" | "demo" | readonly Permission[];

const ELECTION_READS: readonly Permission[] = [
  "election.call",
  "election.prepare",
  "election.decide",
  "election.appeal",
  "meeting.read",
];

const TENDER_READS: readonly Permission[] = ["tender.read", "tender.draft", "tender.decide"];
const TENDER_HOLDS: readonly Permission[] = ["tender.read", "tender.decide", "tender.witness"];
const TENDER_RUNS: readonly Permission[] = ["tender.draft", "tender.decide", "tender.witness"];
const TENDER_OPENS: readonly Permission[] = ["tender.read", ...TENDER_RUNS];

const ACCESS: Readonly<Record<string, Access>> = {
  "GET /healthz": "anyone",
  "GET /:sheet{style-[0-9a-f]{12}\\.css}": "anyone",
  "GET /:mark{mark-[0-9a-f]{12}\\.svg}": "anyone",
  "GET /sealing/:version/:name": "anyone",
  "GET /design": "demo",
  "GET /problems": "anyone",
  "GET /problems/:code": "anyone",
  "GET /setup": "anyone",
  "POST /setup": "anyone",
  "GET /setup/community": "anyone",
  "POST /setup/community": "anyone",
  "POST /setup/people": "anyone",
  "POST /setup/create": "anyone",
  "GET /setup/done": "anyone",
  "GET /calculator": "anyone",
  "GET /calculator/election": "anyone",
  "POST /api/calculator/decision": "anyone",
  "GET /": "anyone",
  "GET /docs": "anyone",
  "GET /openapi.json": "anyone",
  "GET /api/communities": "anyone",
  "GET /api/communities/:slug": "anyone",
  "GET /api/communities/:slug/offices": "anyone",
  "GET /api/communities/:slug/overlap": "anyone",
  "GET /api/communities/:slug/meetings": "anyone",
  "GET /api/communities/:slug/meetings/:meetingId": "anyone",
  "GET /api/communities/:slug/meetings/:meetingId/result": "anyone",
  "GET /districts": "anyone",
  "GET /districts/:district": "anyone",
  "GET /districts/:district/communities.csv": "anyone",
  "GET /districts/:district/streets/:street": "anyone",
  "GET /districts/:district/streets/:street/communities.csv": "anyone",
  "GET /api/districts": "anyone",
  "GET /api/districts/:district": "anyone",
  "GET /api/districts/:district/streets/:street": "anyone",
  "GET /c/:slug": "anyone",
  "GET /c/:slug/tenders": "anyone",
  "GET /c/:slug/tenders/:number": "anyone",
  "GET /c/:slug/tenders/:number/notice": "anyone",
  "GET /c/:slug/tenders/sealed": "anyone",
  "GET /c/:slug/tenders/:number/opening": "anyone",
  "GET /c/:slug/tenders/:number/opening.json": "anyone",
  "GET /c/:slug/tenders/:number/opening/record": "anyone",
  "POST /c/:slug/tenders/:number/opening/key": "bidder",
  "GET /c/:slug/tenders/:number/bid": "bidder",
  "POST /c/:slug/tenders/:number/bid": "bidder",
  "POST /c/:slug/tenders/:number/bid/pieces": "bidder",
  "POST /c/:slug/tenders/:number/bid/withdraw": "bidder",
  "GET /c/:slug/desk/tenders/keyholders": ["settings.manage", ...TENDER_READS],
  "POST /c/:slug/desk/tenders/keyholders": ["settings.manage"],
  "GET /c/:slug/desk/tenders/:number/keys": TENDER_HOLDS,
  "POST /c/:slug/desk/tenders/:number/keys": TENDER_HOLDS,
  "POST /c/:slug/desk/tenders/:number/keys/rehearse": TENDER_HOLDS,
  "GET /c/:slug/desk/tenders/:number/opening": TENDER_OPENS,
  "POST /c/:slug/desk/tenders/:number/opening/begin": TENDER_RUNS,
  "POST /c/:slug/desk/tenders/:number/opening/documents": TENDER_RUNS,
  "POST /c/:slug/desk/tenders/:number/opening/read-out": TENDER_RUNS,
  "POST /c/:slug/desk/tenders/:number/opening/sign": TENDER_OPENS,
  "GET /c/:slug/desk/tenders/:number/opening/sealed.json": TENDER_OPENS,
  "POST /c/:slug/desk/tenders/:number/opening/shares": TENDER_OPENS,
  "GET /c/:slug/desk/tenders/:number/opening/documents/:lot/:bidder": TENDER_OPENS,
  "GET /c/:slug/tenders/:number/sign-in": "anyone",
  "POST /c/:slug/tenders/:number/sign-in": "anyone",
  "GET /c/:slug/tenders/:number/sign-in/code": "anyone",
  "POST /c/:slug/tenders/:number/sign-in/code": "anyone",
  "POST /c/:slug/tenders/:number/sign-out": "anyone",
  "GET /c/:slug/tenders/:number/register": "bidder",
  "POST /c/:slug/tenders/:number/register": "bidder",
  "GET /c/:slug/tenders/:number/bidder": "bidder",
  "POST /c/:slug/tenders/:number/bidder/lots": "bidder",
  "POST /c/:slug/tenders/:number/bidder/confirm": "bidder",
  "GET /c/:slug/tenders/:number/bidder/licences": "bidder",
  "POST /c/:slug/tenders/:number/bidder/licences": "bidder",
  "GET /c/:slug/tenders/:number/bidder/licences/:licence/file": "bidder",
  "GET /c/:slug/tenders/:number/ask": "bidder",
  "POST /c/:slug/tenders/:number/ask": "bidder",
  "GET /c/:slug/tenders/:number/object": "owner",
  "POST /c/:slug/tenders/:number/object": "owner",
  "GET /c/:slug/tenders/:number/bidder/object": "bidder",
  "POST /c/:slug/tenders/:number/bidder/object": "bidder",
  "GET /c/:slug/desk/tenders/:number/questions": ["tender.draft", "tender.decide"],
  "GET /c/:slug/desk/tenders/:number/questions/:question": ["tender.draft", "tender.decide"],
  "POST /c/:slug/desk/tenders/:number/questions/:question/draft": ["tender.draft"],
  "POST /c/:slug/desk/tenders/:number/questions/:question/publish": ["tender.decide"],
  "GET /c/:slug/desk/tenders/:number/objections": ["tender.decide", "tender.witness"],
  "GET /c/:slug/desk/tenders/:number/objections/:objection": ["tender.decide", "tender.witness"],
  "POST /c/:slug/desk/tenders/:number/objections/:objection": ["tender.decide", "tender.witness"],
  "GET /c/:slug/desk/tenders": TENDER_READS,
  "GET /c/:slug/desk/tenders/settings": ["settings.manage", ...TENDER_READS],
  "POST /c/:slug/desk/tenders/settings": ["settings.manage"],
  "GET /c/:slug/desk/tenders/scoring-settings": ["settings.manage", ...TENDER_READS],
  "POST /c/:slug/desk/tenders/scoring-settings": ["settings.manage"],
  "GET /c/:slug/desk/tenders/dialogue-settings": ["settings.manage", ...TENDER_READS],
  "POST /c/:slug/desk/tenders/dialogue-settings": ["settings.manage"],
  "GET /c/:slug/desk/tenders/new": ["tender.draft"],
  "POST /c/:slug/desk/tenders/new": ["tender.draft"],
  "GET /c/:slug/desk/tenders/:number": TENDER_READS,
  "GET /c/:slug/desk/tenders/:number/amend": ["tender.decide"],
  "GET /c/:slug/desk/tenders/:number/amend/words": ["tender.decide"],
  "POST /c/:slug/desk/tenders/:number/amend/words": ["tender.decide"],
  "GET /c/:slug/desk/tenders/:number/amend/lots/:lot": ["tender.decide"],
  "POST /c/:slug/desk/tenders/:number/amend/lots/:lot": ["tender.decide"],
  "GET /c/:slug/desk/tenders/:number/general": ["tender.draft"],
  "POST /c/:slug/desk/tenders/:number/general": ["tender.draft"],
  "GET /c/:slug/desk/tenders/:number/criteria": ["tender.draft"],
  "POST /c/:slug/desk/tenders/:number/criteria": ["tender.draft"],
  "GET /c/:slug/desk/tenders/:number/posts": ["tender.draft"],
  "POST /c/:slug/desk/tenders/:number/posts": ["tender.draft"],
  "GET /c/:slug/desk/tenders/:number/lots": ["tender.draft"],
  "POST /c/:slug/desk/tenders/:number/lots": ["tender.draft"],
  "GET /c/:slug/desk/tenders/:number/lots/:lot": ["tender.draft"],
  "POST /c/:slug/desk/tenders/:number/lots/:lot": ["tender.draft"],
  "POST /c/:slug/desk/tenders/:number/lots/:lot/remove": ["tender.draft"],
  "GET /c/:slug/desk/tenders/:number/decide": ["tender.decide"],
  "POST /c/:slug/desk/tenders/:number/decide": ["tender.decide"],
  "GET /c/:slug/desk/tenders/:number/notice": ["tender.decide"],
  "POST /c/:slug/desk/tenders/:number/notice": ["tender.decide"],
  "GET /c/:slug/desk/tenders/:number/close": ["tender.decide"],
  "POST /c/:slug/desk/tenders/:number/close": ["tender.decide"],
  "GET /c/:slug/desk/tenders/:number/cancel": ["tender.decide"],
  "POST /c/:slug/desk/tenders/:number/cancel": ["tender.decide"],
  "GET /c/:slug/desk/tenders/:number/repeat": ["tender.draft"],
  "POST /c/:slug/desk/tenders/:number/repeat": ["tender.draft"],
  "GET /api/communities/:slug/elections": "anyone",
  "GET /api/communities/:slug/elections/:number": "anyone",
  "GET /c/:slug/elections": "anyone",
  "GET /c/:slug/elections/:number": "anyone",
  "GET /c/:slug/elections/:number/group/notice": "anyone",
  "GET /c/:slug/elections/:number/objection": "owner",
  "POST /c/:slug/elections/:number/objection": "owner",
  "GET /api/communities/:slug/elections/:number/candidates": "anyone",
  "GET /api/communities/:slug/elections/:number/rounds": "anyone",
  "GET /api/communities/:slug/elections/:number/rounds/:round": "anyone",
  "GET /c/:slug/elections/:number/nominations": "anyone",
  "GET /c/:slug/elections/:number/nominations/:no": "anyone",
  "POST /c/:slug/elections/:number/nominations/:no/support": "owner",
  "POST /c/:slug/elections/:number/nominations/:no/take-back": "owner",
  "GET /c/:slug/elections/:number/nominate/myself": "owner",
  "POST /c/:slug/elections/:number/nominate/myself": "owner",
  "GET /c/:slug/elections/:number/nominate/neighbour": "owner",
  "POST /c/:slug/elections/:number/nominate/neighbour": "owner",
  "GET /c/:slug/elections/:number/my-candidacy": "owner",
  "GET /c/:slug/elections/:number/my-candidacy/photo": "owner",
  "GET /c/:slug/elections/:number/my-candidacy/accept": "owner",
  "POST /c/:slug/elections/:number/my-candidacy/accept": "owner",
  "GET /c/:slug/elections/:number/my-candidacy/decline": "owner",
  "POST /c/:slug/elections/:number/my-candidacy/decline": "owner",
  "GET /c/:slug/elections/:number/my-candidacy/profile": "owner",
  "POST /c/:slug/elections/:number/my-candidacy/profile": "owner",
  "GET /c/:slug/elections/:number/my-candidacy/declaration": "owner",
  "POST /c/:slug/elections/:number/my-candidacy/declaration": "owner",
  "GET /c/:slug/elections/:number/my-candidacy/affiliation": "owner",
  "POST /c/:slug/elections/:number/my-candidacy/affiliation": "owner",
  "GET /c/:slug/elections/:number/my-candidacy/affiliation/take-back": "owner",
  "POST /c/:slug/elections/:number/my-candidacy/affiliation/take-back": "owner",
  "GET /c/:slug/elections/:number/my-candidacy/appeal": "owner",
  "POST /c/:slug/elections/:number/my-candidacy/appeal": "owner",
  "GET /c/:slug/elections/:number/my-candidacy/withdraw": "owner",
  "POST /c/:slug/elections/:number/my-candidacy/withdraw": "owner",
  "GET /c/:slug/elections/:number/candidates": "anyone",
  "GET /c/:slug/elections/:number/candidates/notice": "anyone",
  "GET /c/:slug/elections/:number/candidates/:no": "anyone",
  "GET /c/:slug/elections/:number/candidates/:no/photo": "anyone",
  "GET /c/:slug/elections/:number/draw": "anyone",
  "GET /c/:slug/elections/:number/candidates/:no/objection": "owner",
  "POST /c/:slug/elections/:number/candidates/:no/objection": "owner",
  "GET /c/:slug/desk/elections/:number/nominations": ["election.prepare", "election.decide", "election.appeal"],
  "GET /c/:slug/desk/elections/:number/nominations/new": ["election.prepare"],
  "POST /c/:slug/desk/elections/:number/nominations/new": ["election.prepare"],
  "GET /c/:slug/desk/elections/:number/nominations/:no": ["election.prepare", "election.decide", "election.appeal"],
  "GET /c/:slug/desk/elections/:number/nominations/:no/photo": [
    "election.prepare",
    "election.decide",
    "election.appeal",
  ],
  "GET /c/:slug/desk/elections/:number/nominations/:no/papers/:fileId": [
    "election.prepare",
    "election.decide",
    "election.appeal",
  ],
  "POST /c/:slug/desk/elections/:number/nominations/:no/supports": ["election.prepare"],
  "GET /c/:slug/desk/elections/:number/nominations/:no/accept": ["election.prepare"],
  "POST /c/:slug/desk/elections/:number/nominations/:no/accept": ["election.prepare"],
  "GET /c/:slug/desk/elections/:number/nominations/:no/decline": ["election.prepare"],
  "POST /c/:slug/desk/elections/:number/nominations/:no/decline": ["election.prepare"],
  "GET /c/:slug/desk/elections/:number/nominations/:no/profile": ["election.prepare"],
  "POST /c/:slug/desk/elections/:number/nominations/:no/profile": ["election.prepare"],
  "GET /c/:slug/desk/elections/:number/nominations/:no/declaration": ["election.prepare"],
  "POST /c/:slug/desk/elections/:number/nominations/:no/declaration": ["election.prepare"],
  "GET /c/:slug/desk/elections/:number/nominations/:no/affiliation": ["election.prepare"],
  "POST /c/:slug/desk/elections/:number/nominations/:no/affiliation": ["election.prepare"],
  "GET /c/:slug/desk/elections/:number/nominations/:no/affiliation/take-back": ["election.prepare"],
  "POST /c/:slug/desk/elections/:number/nominations/:no/affiliation/take-back": ["election.prepare"],
  "GET /c/:slug/desk/elections/:number/nominations/:no/appeal": ["election.prepare"],
  "POST /c/:slug/desk/elections/:number/nominations/:no/appeal": ["election.prepare"],
  "GET /c/:slug/desk/elections/:number/nominations/:no/withdraw": ["election.prepare"],
  "POST /c/:slug/desk/elections/:number/nominations/:no/withdraw": ["election.prepare"],
  "GET /c/:slug/desk/elections/:number/nominations/:no/checklist": ["election.prepare"],
  "POST /c/:slug/desk/elections/:number/nominations/:no/checklist": ["election.prepare"],
  "POST /c/:slug/desk/elections/:number/nominations/:no/decision": ["election.decide"],
  "POST /c/:slug/desk/elections/:number/nominations/:no/ruling": ["election.appeal"],
  "GET /c/:slug/desk/elections/:number/criteria": ["election.prepare"],
  "POST /c/:slug/desk/elections/:number/criteria": ["election.prepare"],
  "GET /c/:slug/desk/elections/:number/candidates": ["election.decide"],
  "POST /c/:slug/desk/elections/:number/candidates": ["election.decide"],
  "GET /c/:slug/desk/elections/:number/candidates/objections": ["election.decide"],
  "GET /c/:slug/desk/elections/:number/candidates/objections/new": ["election.prepare"],
  "POST /c/:slug/desk/elections/:number/candidates/objections/new": ["election.prepare"],
  "GET /c/:slug/desk/elections/:number/candidates/objections/:objectionId": ["election.decide"],
  "POST /c/:slug/desk/elections/:number/candidates/objections/:objectionId": ["election.decide"],
  "GET /c/:slug/desk/elections": ELECTION_READS,
  "GET /c/:slug/desk/elections/new": ["election.call"],
  "POST /c/:slug/desk/elections/new": ["election.call"],
  "GET /c/:slug/desk/elections/:number": ELECTION_READS,
  "GET /c/:slug/desk/elections/:number/open": ["election.decide"],
  "POST /c/:slug/desk/elections/:number/open": ["election.decide"],
  "GET /c/:slug/desk/elections/:number/close": ["election.decide"],
  "POST /c/:slug/desk/elections/:number/close": ["election.decide"],
  "GET /c/:slug/desk/elections/:number/extend": ["election.decide"],
  "POST /c/:slug/desk/elections/:number/extend": ["election.decide"],
  "GET /c/:slug/desk/elections/:number/end": ["election.call"],
  "POST /c/:slug/desk/elections/:number/end": ["election.call"],
  "GET /c/:slug/desk/elections/:number/method": ELECTION_READS,
  "POST /c/:slug/desk/elections/:number/method": ["election.prepare", "election.decide"],
  "GET /c/:slug/desk/elections/:number/group": ["election.prepare", "election.call"],
  "POST /c/:slug/desk/elections/:number/group": ["election.prepare", "election.call"],
  "GET /c/:slug/desk/elections/:number/group/publish": ["election.call", "election.decide"],
  "POST /c/:slug/desk/elections/:number/group/publish": ["election.call", "election.decide"],
  "GET /c/:slug/desk/elections/:number/group/objections": ["election.appeal", "election.decide"],
  "GET /c/:slug/desk/elections/:number/group/objections/new": ["election.prepare", "election.appeal"],
  "POST /c/:slug/desk/elections/:number/group/objections/new": ["election.prepare", "election.appeal"],
  "GET /c/:slug/desk/elections/:number/group/objections/:no": ["election.appeal", "election.decide"],
  "POST /c/:slug/desk/elections/:number/group/objections/:no": ["election.appeal", "election.decide"],
  "GET /c/:slug/meetings": "anyone",
  "GET /c/:slug/meetings/:meetingId": "anyone",
  "GET /c/:slug/meetings/:meetingId/notice": "anyone",
  "GET /c/:slug/meetings/:meetingId/result": "anyone",
  "GET /c/:slug/files/:fileId": "anyone",
  "GET /c/:slug/feed.atom": "anyone",
  "GET /c/:slug/calendar.ics": "anyone",
  "GET /c/:slug/log": "anyone",
  "GET /c/:slug/log/vkey": "anyone",
  "GET /c/:slug/log/checkpoint": "anyone",
  "GET /c/:slug/log/tile/*": "anyone",
  "POST /c/:slug/log/cosignatures": "anyone",
  "GET /c/:slug/record": "anyone",
  "GET /c/:slug/record/about/:subject": "anyone",
  "GET /c/:slug/record/entries/:seq{(?:0|[1-9][0-9]{0,14})}": "anyone",
  "GET /c/:slug/record/:hash{[0-9a-f]{64}}": "anyone",
  "GET /c/:slug/record/:file{[0-9a-f]{64}\\.tlog-proof}": "anyone",
  "GET /c/:slug/record/:file{[0-9a-f]{64}\\.json}": "anyone",
  "GET /c/:slug/verify": "anyone",
  "POST /c/:slug/verify": "anyone",
  "GET /c/:slug/verify/offline.html": "anyone",
  "GET /c/:slug/record/witnesses": "anyone",
  "GET /c/:slug/record/witnesses/new": ["settings.manage"],
  "POST /c/:slug/record/witnesses/new": ["settings.manage"],
  "GET /api/communities/:slug/audits": "anyone",
  "GET /api/communities/:slug/audits/:number": "anyone",
  "GET /api/communities/:slug/audits/:number/samples/:sample": "anyone",
  "GET /c/:slug/accounts/audits": "anyone",
  "GET /c/:slug/accounts/audits/:number": "anyone",
  "GET /c/:slug/accounts/audits/:number/notice": "anyone",
  "GET /c/:slug/accounts/audits/:number/report.pdf": "anyone",
  "GET /c/:slug/accounts/audits/:number/population.txt": "anyone",
  "GET /c/:slug/accounts/audits/:number/samples/:sample": "anyone",
  "GET /c/:slug/desk/ledger/audits": ["ledger.read", "audit.read"],
  "GET /c/:slug/desk/ledger/audits/new": ["audit.engage"],
  "POST /c/:slug/desk/ledger/audits/new": ["audit.engage"],
  "GET /c/:slug/desk/ledger/audits/settings": ["ledger.manage", "ledger.read", "audit.read"],
  "POST /c/:slug/desk/ledger/audits/settings": ["ledger.manage"],
  "GET /c/:slug/desk/ledger/audits/pack": ["ledger.read", "audit.read"],
  "GET /c/:slug/desk/ledger/audits/pack/:from/:to": ["ledger.read", "audit.read"],
  "GET /c/:slug/desk/ledger/audits/:number{[1-9][0-9]{0,5}}": ["ledger.read", "audit.read"],
  "POST /c/:slug/desk/ledger/audits/:number{[1-9][0-9]{0,5}}/freeze": ["audit.work"],
  "POST /c/:slug/desk/ledger/audits/:number{[1-9][0-9]{0,5}}/draw": ["audit.work"],
  "POST /c/:slug/desk/ledger/audits/:number{[1-9][0-9]{0,5}}/send": ["audit.work"],
  "POST /c/:slug/desk/ledger/audits/:number{[1-9][0-9]{0,5}}/publish": ["audit.work"],
  "POST /c/:slug/desk/ledger/audits/:number{[1-9][0-9]{0,5}}/end": ["audit.engage", "audit.work"],
  "GET /c/:slug/desk/ledger/audits/:number{[1-9][0-9]{0,5}}/sheet": ["ledger.read", "audit.read"],
  "GET /c/:slug/desk/ledger/audits/:number{[1-9][0-9]{0,5}}/items/:item{[1-9][0-9]{0,5}}": [
    "ledger.read",
    "audit.read",
  ],
  "POST /c/:slug/desk/ledger/audits/:number{[1-9][0-9]{0,5}}/items/:item{[1-9][0-9]{0,5}}": ["audit.work"],
  "GET /c/:slug/desk/ledger/audits/:number{[1-9][0-9]{0,5}}/findings": ["ledger.read", "audit.read"],
  "POST /c/:slug/desk/ledger/audits/:number{[1-9][0-9]{0,5}}/findings": ["audit.work"],
  "POST /c/:slug/desk/ledger/audits/:number{[1-9][0-9]{0,5}}/findings/:finding{[1-9][0-9]{0,2}}/response": [
    "audit.respond",
  ],
  "POST /c/:slug/desk/ledger/audits/:number{[1-9][0-9]{0,5}}/findings/:finding{[1-9][0-9]{0,2}}/conclusion": [
    "audit.work",
  ],
  "GET /c/:slug/accounts": "anyone",
  "GET /c/:slug/accounts/:book{common|fund|working}/:period": "anyone",
  "GET /c/:slug/accounts/:book{common|fund|working}/:period/of/:account": "anyone",
  "GET /c/:slug/accounts/:book{common|fund|working}/:period/:number": "anyone",
  "GET /c/:slug/desk/ledger": ["ledger.read"],
  "GET /c/:slug/desk/ledger/books/new": ["ledger.manage"],
  "POST /c/:slug/desk/ledger/books/new": ["ledger.manage"],
  "GET /c/:slug/desk/ledger/:book{common|fund|working}": ["ledger.read"],
  "POST /c/:slug/desk/ledger/:book{common|fund|working}/close": ["ledger.close"],
  "POST /c/:slug/desk/ledger/:book{common|fund|working}/accounts": ["ledger.manage"],
  "POST /c/:slug/desk/ledger/:book{common|fund|working}/accounts/end": ["ledger.manage"],
  "GET /c/:slug/desk/ledger/:book{common|fund|working}/new": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/:book{common|fund|working}/new": ["ledger.draft"],
  "GET /c/:slug/desk/ledger/vouchers/:voucherId": ["ledger.read"],
  "POST /c/:slug/desk/ledger/vouchers/:voucherId/review": ["ledger.review"],
  "POST /c/:slug/desk/ledger/vouchers/:voucherId/approve": ["ledger.approve"],
  "POST /c/:slug/desk/ledger/vouchers/:voucherId/withdraw": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/vouchers/:voucherId/refuse": ["ledger.review", "ledger.approve"],
  "POST /c/:slug/desk/ledger/vouchers/:voucherId/reverse": ["ledger.draft"],
  "GET /c/:slug/desk/ledger/files/:fileId": ["ledger.read"],
  "GET /api/communities/:slug/accounts": "anyone",
  "GET /api/communities/:slug/accounts/statements/:number": "anyone",
  "GET /c/:slug/accounts/questions": "anyone",
  "GET /c/:slug/accounts/ask/:about/:of/:account": "owner",
  "POST /c/:slug/accounts/ask/:about/:of/:account": "owner",
  "GET /c/:slug/desk/ledger/questions": ["ledger.review", "ledger.approve"],
  "GET /c/:slug/desk/ledger/questions/:number": ["ledger.review", "ledger.approve"],
  "POST /c/:slug/desk/ledger/questions/:number": ["ledger.review", "ledger.approve"],
  "GET /c/:slug/accounts/export": "anyone",
  "GET /c/:slug/accounts/export/:book{common|fund|working}/:file": "anyone",
  "GET /api/communities/:slug/accounts/budgets": "anyone",
  "GET /api/communities/:slug/accounts/budgets/:book/:year": "anyone",
  "GET /c/:slug/accounts/budget": "anyone",
  "GET /c/:slug/accounts/budget/:book{common|fund|working}/:year": "anyone",
  "GET /c/:slug/desk/ledger/budget": ["ledger.read"],
  "GET /c/:slug/desk/ledger/budget/settings": ["ledger.manage", "ledger.read", "audit.read"],
  "POST /c/:slug/desk/ledger/budget/settings": ["ledger.manage"],
  "GET /c/:slug/desk/ledger/budget/v/:budgetId": ["ledger.read"],
  "POST /c/:slug/desk/ledger/budget/v/:budgetId/review": ["ledger.review"],
  "POST /c/:slug/desk/ledger/budget/v/:budgetId/approve": ["ledger.approve"],
  "POST /c/:slug/desk/ledger/budget/v/:budgetId/publish": ["ledger.close", "ledger.approve"],
  "POST /c/:slug/desk/ledger/budget/v/:budgetId/withdraw": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/budget/v/:budgetId/refuse": ["ledger.review", "ledger.approve"],
  "GET /c/:slug/desk/ledger/budget/:book{common|fund|working}/:year/explain": ["ledger.read"],
  "POST /c/:slug/desk/ledger/budget/:book{common|fund|working}/:year/explain": ["ledger.draft"],
  "GET /c/:slug/desk/ledger/budget/:book{common|fund|working}/:year/new": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/budget/:book{common|fund|working}/:year/new": ["ledger.draft"],
  "GET /c/:slug/accounts/statements": "anyone",
  "GET /c/:slug/accounts/statements/:number": "anyone",
  "GET /c/:slug/accounts/statements/:number/notice": "anyone",
  "GET /c/:slug/desk/ledger/bank": ["ledger.read"],
  "POST /c/:slug/desk/ledger/bank": ["ledger.manage"],
  "GET /c/:slug/desk/ledger/bank/:accountId": ["ledger.read"],
  "POST /c/:slug/desk/ledger/bank/:accountId/statement": ["ledger.draft"],
  "GET /c/:slug/desk/ledger/bank/:accountId/matching": ["ledger.read"],
  "POST /c/:slug/desk/ledger/bank/:accountId/matching": ["ledger.draft", "ledger.review"],
  "POST /c/:slug/desk/ledger/bank/:accountId/undo": ["ledger.draft", "ledger.review"],
  "GET /c/:slug/desk/ledger/bank/:accountId/reconciliation": ["ledger.read"],
  "GET /c/:slug/desk/ledger/statements": ["ledger.read"],
  "POST /c/:slug/desk/ledger/statements": ["ledger.close"],
  "GET /c/:slug/desk/ledger/statements/settings": ["ledger.manage", "ledger.read", "audit.read"],
  "POST /c/:slug/desk/ledger/statements/settings": ["ledger.manage"],
  "GET /c/:slug/desk/ledger/statements/next/:book{common|fund|working}": ["ledger.close"],
  "GET /c/:slug/desk/ledger/statements/correct/:number": ["ledger.close"],
  "GET /c/:slug/desk/ledger/statements/:draftId": ["ledger.read"],
  "POST /c/:slug/desk/ledger/statements/:draftId/publish": ["ledger.approve"],
  "POST /c/:slug/desk/ledger/statements/:draftId/withdraw": ["ledger.close", "ledger.approve"],
  "GET /c/:slug/accounts/assets": "anyone",
  "GET /c/:slug/accounts/assets/:assetId": "anyone",
  "GET /c/:slug/desk/ledger/assets": ["ledger.read"],
  "GET /c/:slug/desk/ledger/assets/new": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/assets/new": ["ledger.draft"],
  "GET /c/:slug/desk/ledger/assets/template.csv": ["ledger.draft"],
  "GET /c/:slug/desk/ledger/assets/import": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/assets/import": ["ledger.draft"],
  "GET /c/:slug/desk/ledger/assets/:assetId": ["ledger.read"],
  "POST /c/:slug/desk/ledger/assets/:assetId": ["ledger.draft"],
  "GET /c/:slug/desk/ledger/sharing-settings": ["ledger.manage", "ledger.read", "audit.read"],
  "POST /c/:slug/desk/ledger/sharing-settings": ["ledger.manage"],
  "GET /c/:slug/accounts/fund": "anyone",
  "GET /c/:slug/accounts/fund/projects/:number": "anyone",
  "GET /c/:slug/accounts/fund/years/:year{20[0-9][0-9]}": "anyone",
  "GET /c/:slug/my/fund/:unitId": "owner",
  "GET /c/:slug/desk/ledger/fund/settings": ["ledger.manage", "ledger.read", "audit.read"],
  "POST /c/:slug/desk/ledger/fund/settings": ["ledger.manage"],
  "GET /c/:slug/desk/ledger/fund/units": ["ledger.read"],
  "GET /c/:slug/desk/ledger/fund/template.csv": ["ledger.draft"],
  "GET /c/:slug/desk/ledger/fund/enter": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/fund/enter": ["ledger.draft"],
  "GET /c/:slug/desk/ledger/fund/share": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/fund/share": ["ledger.draft"],
  "GET /c/:slug/desk/ledger/fund/managed": ["ledger.read"],
  "POST /c/:slug/desk/ledger/fund/managed": ["ledger.approve"],
  "POST /c/:slug/desk/ledger/fund/managed/notice": ["ledger.approve"],
  "GET /c/:slug/desk/ledger/fund/projects": ["ledger.read"],
  "GET /c/:slug/desk/ledger/fund/projects/new": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/fund/projects/new": ["ledger.draft"],
  "GET /c/:slug/desk/ledger/fund/projects/:number{[1-9][0-9]{0,5}}": ["ledger.read"],
  "POST /c/:slug/desk/ledger/fund/projects/:number{[1-9][0-9]{0,5}}/step": [
    "ledger.draft",
    "ledger.approve",
    "fund.confirm",
  ],
  "POST /c/:slug/desk/ledger/fund/projects/:number{[1-9][0-9]{0,5}}/settle": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/fund/projects/:number{[1-9][0-9]{0,5}}/file": ["ledger.draft"],
  "GET /c/:slug/accounts/distributions": "anyone",
  "GET /c/:slug/accounts/distributions/:number": "anyone",
  "GET /c/:slug/desk/ledger/distributions": ["ledger.read"],
  "GET /c/:slug/desk/ledger/distributions/new": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/distributions/new": ["ledger.draft"],
  "GET /c/:slug/desk/ledger/distributions/:number{[1-9][0-9]{0,5}}": ["ledger.read"],
  "POST /c/:slug/desk/ledger/distributions/:number{[1-9][0-9]{0,5}}/pay": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/distributions/:number{[1-9][0-9]{0,5}}/top-up": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/distributions/:number{[1-9][0-9]{0,5}}/transfer": ["ledger.draft"],
  "GET /c/:slug/desk/ledger/distributions/:number{[1-9][0-9]{0,5}}/list.csv": ["ledger.read"],
  "GET /c/:slug/accounts/leases": "anyone",
  "GET /c/:slug/accounts/leases/:number": "anyone",
  "GET /c/:slug/desk/ledger/leases": ["ledger.read"],
  "GET /c/:slug/desk/ledger/leases/arrears": ["ledger.read"],
  "GET /c/:slug/desk/ledger/leases/charges": ["ledger.review", "ledger.approve", "ledger.read"],
  "POST /c/:slug/desk/ledger/leases/charges": ["ledger.review", "ledger.approve"],
  "GET /c/:slug/desk/ledger/leases/settings": ["ledger.manage", "ledger.read", "audit.read"],
  "POST /c/:slug/desk/ledger/leases/settings": ["ledger.manage"],
  "GET /c/:slug/desk/ledger/leases/new": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/leases/new": ["ledger.draft"],
  "GET /c/:slug/desk/ledger/leases/:number": ["ledger.read"],
  "POST /c/:slug/desk/ledger/leases/:number/approve": ["ledger.approve"],
  "POST /c/:slug/desk/ledger/leases/:number/refuse": ["ledger.approve"],
  "POST /c/:slug/desk/ledger/leases/:number/withdraw": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/leases/:number/end": ["ledger.draft", "ledger.approve"],
  "POST /c/:slug/desk/ledger/leases/:number/end/confirm": ["ledger.approve"],
  "POST /c/:slug/desk/ledger/leases/:number/end/refuse": ["ledger.approve"],
  "POST /c/:slug/desk/ledger/leases/:number/end/withdraw": ["ledger.draft", "ledger.approve"],
  "POST /c/:slug/desk/ledger/leases/:number/deposit": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/leases/:number/charges/:chargeNo/again": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/leases/:number/receipts": ["ledger.draft"],
  "GET /c/:slug/accounts/parking": "anyone",
  "GET /c/:slug/desk/ledger/parking": ["ledger.read"],
  "POST /c/:slug/desk/ledger/parking/book": ["ledger.draft"],
  "GET /c/:slug/desk/ledger/parking/tariffs": ["ledger.manage"],
  "POST /c/:slug/desk/ledger/parking/tariffs": ["ledger.manage"],
  "GET /c/:slug/desk/ledger/parking/permits/new": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/parking/permits/new": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/parking/permits/find": ["ledger.read"],
  "GET /c/:slug/desk/ledger/parking/permits/:number{[1-9][0-9]{0,7}}": ["ledger.read"],
  "POST /c/:slug/desk/ledger/parking/permits/:number{[1-9][0-9]{0,7}}/end": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/parking/permits/:number{[1-9][0-9]{0,7}}/refund": ["ledger.draft"],
  "GET /c/:slug/desk/ledger/parking/gate": ["ledger.draft"],
  "POST /c/:slug/desk/ledger/parking/gate": ["ledger.draft"],
  "GET /c/:slug/accounts/expected": "anyone",
  "GET /c/:slug/accounts/expected/:period": "anyone",
  "GET /c/:slug/desk/ledger/expected/:period": ["ledger.read"],
  "POST /c/:slug/desk/ledger/expected/:period": ["ledger.draft"],
  "GET /api/communities/:slug/assets": "anyone",
  "GET /api/communities/:slug/leases": "anyone",
  "GET /api/communities/:slug/expected/:period": "anyone",
  "GET /c/:slug/desk/ledger/settings": ["ledger.manage", "ledger.read", "audit.read"],
  "POST /c/:slug/desk/ledger/settings": ["ledger.manage"],
  "GET /c/:slug/desk/committee/term-settings": ["settings.manage", "meeting.read", "audit.read"],
  "POST /c/:slug/desk/committee/term-settings": ["settings.manage"],
  "GET /c/:slug/desk/committee/seats": ["offices.manage", "meeting.read"],
  "POST /c/:slug/desk/committee/seats/leave": ["offices.manage"],
  "POST /c/:slug/desk/committee/seats/up": ["offices.manage"],
  "GET /c/:slug/committee/recalls": "anyone",
  "GET /c/:slug/committee/recalls/:number": "anyone",
  "POST /c/:slug/committee/recalls/:number/sign": ["committee.sign"],
  "POST /c/:slug/committee/recalls/:number/defence": "office",
  "POST /c/:slug/committee/recalls/:number/place": ["meeting.draft"],
  "GET /c/:slug/desk/committee/recalls/new": ["committee.sign", "meeting.draft"],
  "POST /c/:slug/desk/committee/recalls/new": ["committee.sign", "meeting.draft"],
  "GET /c/:slug/committee/handovers": "anyone",
  "POST /c/:slug/desk/committee/handovers": ["committee.record", "committee.sign"],
  "GET /c/:slug/committee/handovers/:number": "anyone",
  "POST /c/:slug/committee/handovers/:number/lines": ["committee.record", "committee.sign"],
  "POST /c/:slug/committee/handovers/:number/sign": "office",
  "GET /c/:slug/sign-in": "anyone",
  "POST /c/:slug/sign-in": "anyone",
  "GET /c/:slug/sign-in/code": "anyone",
  "POST /c/:slug/sign-in/code": "anyone",
  "POST /c/:slug/sign-out": "anyone",
  "POST /c/:slug/sign-out-everywhere": "anyone",
  "GET /c/:slug/desk/sessions": "office",
  "POST /c/:slug/desk/sessions/:sessionId/end": "office",
  "GET /c/:slug/offices": "anyone",
  "GET /c/:slug/offices/chart": "anyone",
  "GET /c/:slug/offices/buildings": "anyone",
  "GET /c/:slug/offices/bodies/:bodyId": "anyone",
  "GET /c/:slug/permissions": "anyone",
  "GET /c/:slug/overlap": "anyone",
  "GET /c/:slug/desk/overlap": ["overlap.manage", "overlap.waive"],
  "GET /c/:slug/desk/overlap/wish": ["overlap.manage"],
  "POST /c/:slug/desk/overlap/wish": ["overlap.manage"],
  "GET /c/:slug/desk/overlap/rules/:key": ["overlap.manage"],
  "POST /c/:slug/desk/overlap/rules/:key": ["overlap.manage"],
  "GET /c/:slug/desk/overlap/waivers/new": ["overlap.waive"],
  "POST /c/:slug/desk/overlap/waivers/new": ["overlap.waive"],
  "GET /c/:slug/desk/overlap/waivers/:waiverId": ["overlap.waive"],
  "POST /c/:slug/desk/overlap/waivers/:waiverId": ["overlap.waive"],
  "GET /c/:slug/desk/overlap/consent": "office",
  "POST /c/:slug/desk/overlap/consent": "office",
  "GET /c/:slug/desk/offices": ["offices.manage"],
  "GET /c/:slug/desk/offices/body": ["offices.manage"],
  "POST /c/:slug/desk/offices/body": ["offices.manage"],
  "GET /c/:slug/duties": "anyone",
  "GET /c/:slug/duties/files/:fileId": "anyone",
  "GET /c/:slug/duties/:dutyId": "anyone",
  "GET /c/:slug/desk/duties": ["duty.manage", "duty.report"],
  "GET /c/:slug/desk/duties/files/:fileId": ["duty.manage", "duty.report"],
  "POST /c/:slug/desk/duties/adopt": ["duty.manage"],
  "GET /c/:slug/desk/duties/tasks/new": ["duty.manage"],
  "POST /c/:slug/desk/duties/tasks/new": ["duty.manage"],
  "GET /c/:slug/desk/duties/tasks/:taskId": ["duty.manage"],
  "POST /c/:slug/desk/duties/tasks/:taskId": ["duty.manage"],
  "POST /c/:slug/desk/duties/tasks/:taskId/end": ["duty.manage"],
  "GET /c/:slug/desk/duties/assign": ["duty.manage"],
  "POST /c/:slug/desk/duties/assign": ["duty.manage"],
  "GET /c/:slug/desk/duties/:dutyId/change": ["duty.manage"],
  "POST /c/:slug/desk/duties/:dutyId/change": ["duty.manage"],
  "POST /c/:slug/desk/duties/:dutyId/end": ["duty.manage"],
  "GET /c/:slug/desk/duties/:dutyId/report": ["duty.manage", "duty.report"],
  "POST /c/:slug/desk/duties/:dutyId/report": ["duty.manage", "duty.report"],
  "GET /c/:slug/desk/offices/levels": ["offices.manage"],
  "POST /c/:slug/desk/offices/levels/preset": ["offices.manage"],
  "GET /c/:slug/desk/offices/levels/new": ["offices.manage"],
  "POST /c/:slug/desk/offices/levels/new": ["offices.manage"],
  "GET /c/:slug/desk/offices/levels/:levelId": ["offices.manage"],
  "POST /c/:slug/desk/offices/levels/:levelId": ["offices.manage"],
  "POST /c/:slug/desk/offices/levels/:levelId/retire": ["offices.manage"],
  "GET /c/:slug/desk/offices/bodies/:bodyId": ["offices.manage"],
  "GET /c/:slug/desk/offices/bodies/:bodyId/change": ["offices.manage"],
  "POST /c/:slug/desk/offices/bodies/:bodyId/change": ["offices.manage"],
  "GET /c/:slug/desk/offices/bodies/:bodyId/end": ["offices.manage"],
  "POST /c/:slug/desk/offices/bodies/:bodyId/end": ["offices.manage"],
  "GET /c/:slug/desk/offices/bodies/:bodyId/posts": ["offices.manage"],
  "POST /c/:slug/desk/offices/bodies/:bodyId/posts": ["offices.manage"],
  "GET /c/:slug/desk/offices/posts/:postId": ["offices.manage"],
  "POST /c/:slug/desk/offices/posts/:postId": ["offices.manage"],
  "GET /c/:slug/desk/offices/appoint": ["offices.manage"],
  "POST /c/:slug/desk/offices/appoint": ["offices.manage"],
  "GET /c/:slug/desk/offices/end/:tenureId": ["offices.manage"],
  "POST /c/:slug/desk/offices/end/:tenureId": ["offices.manage"],
  "GET /c/:slug/desk/offices/number/:personId": ["offices.manage"],
  "POST /c/:slug/desk/offices/number/:personId": ["offices.manage"],
  "GET /c/:slug/desk/offices/pending": "office",
  "GET /c/:slug/desk/offices/pending/:proposalId": "office",
  "POST /c/:slug/desk/offices/pending/:proposalId/confirm": "office",
  "POST /c/:slug/desk/offices/pending/:proposalId/code": "office",
  "POST /c/:slug/desk/offices/pending/:proposalId/confirm-own": "office",
  "POST /c/:slug/desk/offices/pending/:proposalId/refuse": "office",
  "GET /c/:slug/desk/audit": ["audit.read"],
  "GET /c/:slug/desk/outbox": ["outbox.read"],
  "POST /c/:slug/desk/outbox/:messageId/retry": ["outbox.read"],
  "GET /c/:slug/desk/meetings/:number/count": ["meeting.count"],
  "POST /c/:slug/desk/meetings/:number/count": ["meeting.count"],
  "GET /c/:slug/desk/meetings/:number/publish": ["result.publish"],
  "POST /c/:slug/desk/meetings/:number/publish": ["result.publish"],
  "GET /c/:slug/desk/meetings/:number/recount": ["meeting.count"],
  "POST /c/:slug/desk/meetings/:number/recount": ["meeting.count"],
  "GET /c/:slug/desk/meetings/:number/objections": ["objection.answer"],
  "GET /c/:slug/desk/meetings/:number/objections/:objectionId": ["objection.answer"],
  "POST /c/:slug/desk/meetings/:number/objections/:objectionId": ["objection.answer"],
  "GET /c/:slug/desk/meetings/:number/objections/roll/:objectionId": ["objection.answer"],
  "POST /c/:slug/desk/meetings/:number/objections/roll/:objectionId": ["objection.answer"],
  "GET /c/:slug/desk/meetings/:number/dossier.zip": ["objection.answer", "audit.read", "meeting.read"],
  "GET /c/:slug/desk/petitions": ["meeting.read"],
  "GET /c/:slug/desk/petitions/new": ["meeting.draft"],
  "POST /c/:slug/desk/petitions/new": ["meeting.draft"],
  "GET /c/:slug/desk/petitions/:petitionId": ["meeting.read"],
  "POST /c/:slug/desk/petitions/:petitionId/signatures": ["meeting.draft"],
  "POST /c/:slug/desk/petitions/:petitionId/convene": ["meeting.draft"],
  "GET /c/:slug/roll": ["roll.read"],
  "GET /c/:slug/desk/roll": ["roll.read"],
  "POST /c/:slug/desk/roll/search": ["roll.read"],
  "GET /c/:slug/desk/roll/voters": ["roll.read"],
  "GET /c/:slug/desk/roll/import": ["roll.write"],
  "POST /c/:slug/desk/roll/import": ["roll.write"],
  "GET /c/:slug/desk/roll/import/template.csv": ["roll.write"],
  "GET /c/:slug/desk/roll/import/template.xlsx": ["roll.write"],
  "GET /c/:slug/desk/roll/import/:jobId": ["roll.write"],
  "POST /c/:slug/desk/roll/import/:jobId/confirm": ["roll.write"],
  "POST /c/:slug/desk/roll/import/:jobId/abandon": ["roll.write"],
  "POST /c/:slug/desk/roll/reveal": ["roll.reveal"],
  "GET /c/:slug/desk/roll/export": ["roll.read"],
  "GET /c/:slug/desk/roll/export.csv": ["roll.read"],
  "GET /c/:slug/desk/roll/export.xlsx": ["roll.read"],
  "POST /c/:slug/desk/roll/export": ["roll.reveal"],
  "GET /c/:slug/desk/roll/reads": ["roll.read"],
  "GET /c/:slug/desk/roll/units/:unitId": ["roll.read"],
  "GET /c/:slug/desk/roll/units/:unitId/transfer": ["roll.write"],
  "POST /c/:slug/desk/roll/units/:unitId/transfer": ["roll.write"],
  "GET /c/:slug/desk/roll/units/:unitId/who-votes": ["roll.write"],
  "POST /c/:slug/desk/roll/units/:unitId/who-votes": ["roll.write"],
  "GET /c/:slug/desk/roll/units/:unitId/facts": ["roll.write"],
  "POST /c/:slug/desk/roll/units/:unitId/facts": ["roll.write"],
  "GET /c/:slug/desk/roll/units/:unitId/split": ["roll.write"],
  "POST /c/:slug/desk/roll/units/:unitId/split": ["roll.write"],
  "GET /c/:slug/desk/roll/units/:unitId/merge": ["roll.write"],
  "POST /c/:slug/desk/roll/units/:unitId/merge": ["roll.write"],
  "GET /c/:slug/desk/roll/parties/:partyId/contact": ["roll.write"],
  "POST /c/:slug/desk/roll/parties/:partyId/contact": ["roll.write"],
  "GET /c/:slug/desk/roll/parties/:partyId/guardian": ["roll.write"],
  "POST /c/:slug/desk/roll/parties/:partyId/guardian": ["roll.write"],
  "GET /c/:slug/petitions": "anyone",
  "GET /c/:slug/petitions/:petitionId": "anyone",
  "POST /c/:slug/petitions/:petitionId/sign": "owner",
  "POST /c/:slug/petitions/:petitionId/take-back": "owner",
  "GET /c/:slug/my": "owner",
  "GET /c/:slug/my/choose": "owner",
  "POST /c/:slug/my/choose": "owner",
  "GET /c/:slug/my/sign-in": "anyone",
  "POST /c/:slug/my/sign-in": "anyone",
  "GET /c/:slug/my/sign-in/code": "anyone",
  "POST /c/:slug/my/sign-in/code": "anyone",
  "POST /c/:slug/my/sign-out": "anyone",
  "GET /c/:slug/my/card": "anyone",
  "POST /c/:slug/my/card": "anyone",
  "POST /c/:slug/my/card/identify": "anyone",
  "GET /c/:slug/k/:code": "anyone",
  "GET /c/:slug/desk/cards": ["roll.write"],
  "GET /c/:slug/desk/cards/:partyId": ["roll.write"],
  "GET /c/:slug/desk/cards/:partyId/letter": ["roll.write"],
  "POST /c/:slug/desk/cards/:partyId/issue": ["roll.write"],
  "POST /c/:slug/desk/cards/:partyId/revoke": ["roll.write"],
  "GET /c/:slug/v/:token": "anyone",
  "GET /c/:slug/vote": "voter",
  "POST /c/:slug/vote/identify": "voter",
  "POST /c/:slug/vote/leave": "voter",
  "POST /c/:slug/vote/corner": "voter",
  "POST /c/:slug/vote/review": "voter",
  "POST /c/:slug/vote/change": "voter",
  "POST /c/:slug/vote/cast": "voter",
  "GET /c/:slug/vote/receipt": "voter",
  "GET /c/:slug/vote/receipt.json": "voter",
  "POST /c/:slug/vote/objection": "voter",
  "GET /c/:slug/desk": "office",
  "GET /c/:slug/desk/files/:fileId": ["meeting.read"],
  "GET /c/:slug/desk/meetings": ["meeting.read"],
  "GET /c/:slug/desk/meetings/new": ["meeting.draft"],
  "POST /c/:slug/desk/meetings/new": ["meeting.draft"],
  "GET /c/:slug/desk/meetings/:number/edit": ["meeting.draft"],
  "POST /c/:slug/desk/meetings/:number/edit": ["meeting.draft"],
  "GET /c/:slug/desk/meetings/:number/rules": ["meeting.draft"],
  "POST /c/:slug/desk/meetings/:number/rules": ["meeting.draft"],
  "GET /c/:slug/desk/meetings/:number/items/:itemNo": ["meeting.draft"],
  "POST /c/:slug/desk/meetings/:number/items/:itemNo": ["meeting.draft"],
  "POST /c/:slug/desk/meetings/:number/items/:itemNo/remove": ["meeting.draft"],
  "POST /c/:slug/desk/meetings/:number/items/:itemNo/raise": ["meeting.draft"],
  "GET /c/:slug/desk/meetings/:number": ["meeting.read"],
  "GET /c/:slug/desk/meetings/:number/preview": ["meeting.read"],
  "GET /c/:slug/desk/meetings/:number/approve": ["meeting.approve"],
  "POST /c/:slug/desk/meetings/:number/approve": ["meeting.approve"],
  "GET /c/:slug/desk/meetings/:number/amend": ["meeting.approve"],
  "POST /c/:slug/desk/meetings/:number/amend": ["meeting.approve"],
  "GET /c/:slug/desk/meetings/:number/extend": ["meeting.approve"],
  "POST /c/:slug/desk/meetings/:number/extend": ["meeting.approve"],
  "GET /c/:slug/desk/meetings/:number/withdraw": ["meeting.draft", "meeting.approve"],
  "POST /c/:slug/desk/meetings/:number/withdraw": ["meeting.draft", "meeting.approve"],
  "GET /c/:slug/desk/meetings/:number/annul": ["meeting.annul"],
  "POST /c/:slug/desk/meetings/:number/annul": ["meeting.annul"],
  "GET /c/:slug/desk/settings": ["settings.manage", "meeting.draft", "audit.read"],
  "POST /c/:slug/desk/settings": ["settings.manage"],
  "GET /c/:slug/desk/meetings/:number/paper": ["paper.enter", "paper.confirm"],
  "GET /c/:slug/desk/meetings/:number/paper/:voter": ["paper.enter", "paper.confirm"],
  "POST /c/:slug/desk/meetings/:number/paper/:voter": ["paper.enter", "paper.confirm"],
  "GET /c/:slug/desk/meetings/:number/paper/photos/:file": ["paper.enter", "paper.confirm"],
  "GET /c/:slug/desk/meetings/:number/proxies": ["proxy.record"],
  "GET /c/:slug/desk/meetings/:number/proxies/:voter": ["proxy.record"],
  "POST /c/:slug/desk/meetings/:number/proxies/:voter": ["proxy.record"],
  "POST /c/:slug/desk/meetings/:number/proxies/revoke": ["proxy.record"],
  "GET /c/:slug/desk/meetings/:number/proxies/scans/:file": ["proxy.record"],
  "GET /c/:slug/desk/meetings/:number/delivery": ["meeting.deliver"],
  "POST /c/:slug/desk/meetings/:number/delivery/record": ["meeting.deliver"],
  "POST /c/:slug/desk/meetings/:number/delivery/resend": ["meeting.deliver"],
  "GET /c/:slug/desk/meetings/:number/delivery/door": ["meeting.deliver"],
  "POST /c/:slug/desk/meetings/:number/delivery/door/visit": ["meeting.deliver"],
  "GET /c/:slug/desk/meetings/:number/sheet": ["meeting.deliver"],
  "GET /c/:slug/desk/meetings/:number/papers": ["meeting.deliver"],
  "GET /c/:slug/desk/meetings/:number/voters/:voter": ["meeting.deliver"],
  "GET /c/:slug/desk/meetings/:number/slips": ["roll.write"],
  "POST /c/:slug/desk/meetings/:number/voters/:voter/link": ["roll.write"],
  "POST /c/:slug/desk/meetings/:number/voters/:voter/link/revoke": ["roll.write"],
  "POST /c/:slug/desk/meetings/:number/voters/:voter/votes": ["roll.write"],
  "GET /c/:slug/vote/entry.json": "voter",
  "POST /c/:slug/vote/proxy/revoke": "voter",
  "GET /c/:slug/elections/:number/rounds/:round": "anyone",
  "GET /c/:slug/elections/:number/rounds/:round/notice": "anyone",
  "GET /c/:slug/desk/elections/:number/rounds": [
    "election.call",
    "election.prepare",
    "election.decide",
    "election.appeal",
    "meeting.read",
  ],
  "GET /c/:slug/desk/elections/:number/rounds/place": ["election.prepare"],
  "POST /c/:slug/desk/elections/:number/rounds/place": ["election.prepare"],
  "POST /c/:slug/desk/elections/:number/rounds/:round/take-back": ["election.prepare"],
  "POST /c/:slug/desk/elections/:number/rounds/:round/settle": ["election.decide"],
  "POST /c/:slug/desk/elections/:number/rounds/:round/seats": ["election.decide"],
  "GET /c/:slug/desk/members-choice": "office",
  "POST /c/:slug/desk/members-choice/open": "office",
  "POST /c/:slug/desk/members-choice/:ballot/mark": "office",
  "POST /c/:slug/desk/members-choice/:ballot/count": "office",
  "GET /c/:slug/committee": "anyone",
  "GET /c/:slug/committee/meetings": "anyone",
  "GET /c/:slug/committee/meetings/:number": "anyone",
  "GET /c/:slug/committee/meetings/:number/notice": "anyone",
  "GET /c/:slug/committee/resolutions": "anyone",
  "GET /c/:slug/committee/resolutions/:year/:number": "anyone",
  "GET /c/:slug/committee/resolutions/:year/:number/notice": "anyone",
  "GET /c/:slug/committee/authorisations": "anyone",
  "GET /c/:slug/committee/filings": "anyone",
  "GET /c/:slug/committee/legal-person": "anyone",
  "GET /c/:slug/committee/disclosure": "anyone",
  "GET /api/communities/:slug/committee": "anyone",
  "GET /api/communities/:slug/committee/resolutions": "anyone",
  "GET /api/communities/:slug/committee/resolutions/:year/:number": "anyone",
  "GET /api/communities/:slug/committee/meetings": "anyone",
  "GET /api/communities/:slug/committee/meetings/:number": "anyone",
  "GET /c/:slug/desk/committee": ["committee.call", "committee.record", "committee.sign", "committee.publish"],
  "GET /c/:slug/desk/committee/meetings": ["committee.call", "committee.record", "committee.sign", "committee.publish"],
  "GET /c/:slug/desk/committee/meetings/new": ["committee.call", "committee.record"],
  "GET /c/:slug/desk/committee/meetings/request": ["committee.sign"],
  "GET /c/:slug/desk/committee/meetings/:number/frame": [
    "committee.call",
    "committee.record",
    "committee.sign",
    "committee.publish",
  ],
  "GET /c/:slug/desk/committee/meetings/:number/postpone": [
    "committee.call",
    "committee.record",
    "committee.sign",
    "committee.publish",
  ],
  "GET /c/:slug/desk/committee/meetings/:number/withdraw": [
    "committee.call",
    "committee.record",
    "committee.sign",
    "committee.publish",
  ],
  "GET /c/:slug/desk/committee/meetings/:number/items/:itemNo": [
    "committee.call",
    "committee.record",
    "committee.sign",
    "committee.publish",
  ],
  "GET /c/:slug/desk/committee/meetings/:number/minutes": ["committee.record"],
  "GET /c/:slug/desk/committee/meetings/:number/paper": ["committee.record"],
  "POST /c/:slug/desk/committee/meetings/new": ["committee.call", "committee.record"],
  "POST /c/:slug/desk/committee/meetings/request": ["committee.sign"],
  "POST /c/:slug/desk/committee/meetings/:number/frame": [
    "committee.call",
    "committee.record",
    "committee.sign",
    "committee.publish",
  ],
  "POST /c/:slug/desk/committee/meetings/:number/postpone": [
    "committee.call",
    "committee.record",
    "committee.sign",
    "committee.publish",
  ],
  "POST /c/:slug/desk/committee/meetings/:number/withdraw": [
    "committee.call",
    "committee.record",
    "committee.sign",
    "committee.publish",
  ],
  "POST /c/:slug/desk/committee/meetings/:number/items/:itemNo": [
    "committee.call",
    "committee.record",
    "committee.sign",
    "committee.publish",
  ],
  "POST /c/:slug/desk/committee/meetings/:number/minutes": ["committee.record"],
  "POST /c/:slug/desk/committee/meetings/:number/paper": ["committee.record"],
  "GET /c/:slug/desk/committee/meetings/:number": [
    "committee.call",
    "committee.record",
    "committee.sign",
    "committee.publish",
  ],
  "POST /c/:slug/desk/committee/meetings/:number/items/:itemNo/remove": [
    "committee.call",
    "committee.record",
    "committee.sign",
    "committee.publish",
  ],
  "POST /c/:slug/desk/committee/meetings/:number/announce": [
    "committee.call",
    "committee.record",
    "committee.sign",
    "committee.publish",
  ],
  "POST /c/:slug/desk/committee/meetings/:number/join": ["committee.sign"],
  "POST /c/:slug/desk/committee/meetings/:number/sign": ["committee.sign"],
  "POST /c/:slug/desk/committee/meetings/:number/publish": ["committee.publish"],
  "POST /c/:slug/desk/committee/meetings/:number/minutes/votes": ["committee.record"],
  "GET /c/:slug/desk/committee/meetings/:number/scans/:fileId": ["committee.record", "committee.publish"],
  "GET /c/:slug/desk/committee/authorisations": [
    "committee.call",
    "committee.record",
    "committee.sign",
    "committee.publish",
  ],
  "POST /c/:slug/desk/committee/authorisations": ["committee.record"],
  "GET /c/:slug/desk/committee/authorisations/:id/end": ["committee.record"],
  "POST /c/:slug/desk/committee/authorisations/:id/end": ["committee.record"],
  "GET /c/:slug/desk/committee/filings": ["committee.call", "committee.record", "committee.sign", "committee.publish"],
  "POST /c/:slug/desk/committee/filings": ["committee.record"],
  "GET /c/:slug/desk/committee/filings/pack.zip": [
    "committee.call",
    "committee.record",
    "committee.sign",
    "committee.publish",
  ],
  "GET /c/:slug/desk/committee/filings/files/:fileId": [
    "committee.call",
    "committee.record",
    "committee.sign",
    "committee.publish",
  ],
  "GET /c/:slug/desk/committee/legal-person": [
    "committee.call",
    "committee.record",
    "committee.sign",
    "committee.publish",
  ],
  "GET /c/:slug/desk/committee/legal-person/edit": ["committee.record"],
  "POST /c/:slug/desk/committee/legal-person/edit": ["committee.record"],
  "POST /c/:slug/desk/committee/legal-person/reports": ["committee.record"],
  "POST /c/:slug/desk/committee/legal-person/seals": ["committee.record"],
  "GET /c/:slug/desk/committee/mandate": ["offices.manage"],
  "GET /c/:slug/desk/committee/contact": ["committee.record", "committee.publish"],
  "POST /c/:slug/desk/committee/mandate": ["offices.manage"],
  "POST /c/:slug/desk/committee/contact": ["committee.record", "committee.publish"],
  "GET /c/:slug/desk/committee/practice": ["settings.manage", "committee.record", "committee.sign", "audit.read"],
  "POST /c/:slug/desk/committee/practice": ["settings.manage"],
  "GET /demo/links.json": "demo",
  "GET /demo": "demo",
  "POST /demo/clock": "demo",
  "POST /demo/seed": "demo",
  "GET /demo/as/:role": "demo",
  "POST /demo/as/:role": "demo",
  "GET /demo/outbox": "demo",
};

/** Every post a community begins with, each held by one person. */
const POSTS: readonly PostKind[] = [
  "committee_chair",
  "committee_member",
  "secretary",
  "teller",
  "volunteer",
  "supervisor",
  "branch_secretary",
  "residents_officer",
  "street_officer",
  "provider_staff",
  "auditor",
];

const app = createApp({ demo: false, now: async () => T0 });
const routes = [
  ...new Set(app.routes.filter(({ method }) => method !== "ALL").map(({ method, path }) => `${method} ${path}`)),
];

let here: CommunityAddress;
let there: CommunityAddress;
const cookies = new Map<string, string>();

async function settle(slug: string): Promise<CommunityAddress> {
  const made = await createCommunity(testEnv, T0, {
    key: `access-${slug}`,
    slug,
    name: "门禁小区",
    street: "璧城街道",
    district: "璧山区",
    address: "一号",
    officers: POSTS.map((post, index) => ({
      post,
      name: `任职${index}`,
      phone: `1990000${String(index).padStart(4, "0")}`,
      act: ACTS_INTO[post][0]!,
      document: "文件一",
      fromOn: dayOf(T0),
      ...(post === "auditor" ? { lastOn: addDays(dayOf(T0), 30) } : {}),
    })),
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}

async function signIn(community: CommunityAddress, prefix: string): Promise<void> {
  const scene = sceneAt(community);
  for (const { postKind, personId } of await holdersAsOf(scene, dayOf(T0))) {
    const session = await openSession(scene, personId);
    const claims = { sid: session.sessionId, cid: community.id, began: T0, renewed: T0 };
    cookies.set(`${prefix}${postKind}`, `__Host-ch_staff=${await signToken(testEnv, "staff", claims, T0, 3600)}`);
  }
}

beforeAll(async () => {
  here = await settle("here");
  there = await settle("there");
  await signIn(here, "");
  await signIn(there, "elsewhere:");
  for (const [community, name] of [
    [here, "owner"],
    [there, "elsewhere:owner"],
  ] as const) {
    await importFile(community, csvOf(...OWNERS_ROLL));
    cookies.set(name, await ownerCookie(community, await partyNamed(community, "张三丰")));
  }
});

const addressOf = (route: string): { method: string; path: string } => {
  const [method, pattern] = route.split(" ") as [string, string];
  const path = pattern
    .replace(":slug", here.slug)
    .replace(/:[a-zA-Z]+\{\(\?:0[^/]*\}/g, "0")
    .replace(/:\w+\{\[0-9a-f\]\{64\}(?:\\(\.[a-z-]+))?\}/g, (_, ending = "") => `${"0".repeat(64)}${ending}`)
    .replace(/:[a-zA-Z]+(\{[^/]*\})?/g, "0000000000000000")
    .replace("*", "0/000");
  return { method, path };
};

async function knock(route: string, cookie = ""): Promise<{ status: number; location: string; text: string }> {
  const { method, path } = addressOf(route);
  const headers: Record<string, string> = { accept: "text/html", ...(cookie ? { cookie } : {}) };
  const body = method === "GET" ? {} : { body: "{}" };
  if (method !== "GET") headers["content-type"] = "application/json";
  const response = await app.request(`http://localhost${path}`, { method, headers, ...body }, testEnv);
  const text = (await response.text()).replace(/<code>[0-9a-z]{13}<\/code>|"instance":"[0-9a-z]{13}"/g, "");
  return { status: response.status, location: response.headers.get("location") ?? "", text };
}

test("every route stands in the table, and the table names no other", () => {
  expect(routes.filter((route) => !(route in ACCESS))).toEqual([]);
  expect(Object.keys(ACCESS).filter((route) => !routes.includes(route))).toEqual([]);
});

const guarded = Object.entries(ACCESS).filter(([route]) => routes.includes(route));
const entered = ({ status, location }: { status: number; location: string }): boolean =>
  status !== 404 && !location.includes("/sign-in");

describe("behind a permission", () => {
  const staffed = guarded.filter((one): one is [string, readonly Permission[]] => Array.isArray(one[1]));
  test.each(staffed)("%s", async (route, permissions) => {
    const nowhere = await knock("GET /c/:slug/desk/there-is-no-such-page", cookies.get("provider_staff"));
    const stranger = await knock(route);
    expect(entered(stranger), `a stranger got ${stranger.status}`).toBe(false);
    const owner = await knock(route, cookies.get("owner"));
    expect(entered(owner), `an owner got ${owner.status}`).toBe(false);
    for (const post of POSTS) {
      const allowed = permissions.some((permission) => PERMISSIONS[permission].includes(post));
      const elsewhere = await knock(route, cookies.get(`elsewhere:${post}`));
      expect(entered(elsewhere), `${post} of another community got ${elsewhere.status}`).toBe(false);
      if (allowed) continue;
      const refused = await knock(route, cookies.get(post));
      expect(refused.status, `${post} got in`).toBe(404);
      if (route.startsWith("GET")) expect(titleOf(refused.text)).toBe(titleOf(nowhere.text));
    }
    if (!route.startsWith("GET") || route.includes(":", 12)) return;
    const holder = POSTS.find((post) => permissions.some((permission) => PERMISSIONS[permission].includes(post)))!;
    const answer = await knock(route, cookies.get(holder));
    expect(entered(answer) && answer.status < 400, `${holder} got ${answer.status}`).toBe(true);
  });
});

const titleOf = (html: string): string => /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? html;

describe("behind any office", () => {
  test.each(guarded.filter(([, access]) => access === "office"))("%s", async (route) => {
    expect(entered(await knock(route))).toBe(false);
    expect(entered(await knock(route, cookies.get("elsewhere:secretary")))).toBe(false);
  });
});

describe("behind a household's link", () => {
  test.each(guarded.filter(([, access]) => access === "voter"))("%s", async (route) => {
    for (const cookie of ["", cookies.get("secretary"), cookies.get("committee_chair"), cookies.get("owner")]) {
      const { status, text } = await knock(route, cookie);
      expect([303, 401, 403, 404]).toContain(status);
      expect(text).not.toContain("ballot-form");
    }
  });
});

describe("behind an owner's sign-in", () => {
  test.each(guarded.filter(([, access]) => access === "owner"))("%s", async (route) => {
    for (const who of ["", "elsewhere:owner", ...POSTS, ...POSTS.map((post) => `elsewhere:${post}`)]) {
      const refused = await knock(route, cookies.get(who));
      expect(entered(refused), `${who || "a stranger"} got ${refused.status}`).toBe(false);
    }
    if (!route.startsWith("GET") || route.includes(":", 12)) return;
    const answer = await knock(route, cookies.get("owner"));
    expect(entered(answer) && answer.status < 400, `the owner got ${answer.status}`).toBe(true);
  });
});

describe("behind a bidder's code", () => {
  test.each(guarded.filter(([, access]) => access === "bidder"))("%s", async (route) => {
    const others = ["", "owner", "elsewhere:owner", ...POSTS, ...POSTS.map((post) => `elsewhere:${post}`)];
    for (const who of others) {
      const refused = await knock(route, cookies.get(who));
      expect(entered(refused), `${who || "a stranger"} got ${refused.status}`).toBe(false);
    }
  });
});

describe("only in the demo", () => {
  test.each(guarded.filter(([, access]) => access === "demo"))("%s is not there on a deployment", async (route) => {
    expect((await knock(route)).status).toBe(404);
    expect((await knock(route, cookies.get("committee_chair"))).status).toBe(404);
  });
});

describe("open to anyone", () => {
  const open = guarded.filter(([route, access]) => access === "anyone" && route.startsWith("GET"));
  test.each(open)("%s asks nobody to sign in and breaks for nobody", async (route) => {
    const { status, location } = await knock(route);
    expect(status).toBeLessThan(500);
    // The form for the code sends a browser that asked for none back to the form for the number.
    if (!route.endsWith("/sign-in/code")) expect(location).not.toContain("/sign-in");
  });
});

test("an office ended is a key returned", async () => {
  const later = createApp({ demo: false, now: async () => T0 + 40 * 86_400_000 });
  const path = `http://localhost/c/${here.slug}/desk/audit`;
  const headers = { accept: "text/html", cookie: cookies.get("auditor")! };
  expect((await app.request(path, { headers }, testEnv)).status).toBe(200);
  expect((await later.request(path, { headers }, testEnv)).status).not.toBe(200);
});

test("a form that is not ours is refused whoever sends it", async () => {
  const response = await app.request(
    `http://localhost/c/${here.slug}/desk/offices/appoint`,
    {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        cookie: cookies.get("committee_chair")!,
        origin: "https://elsewhere.example",
        accept: "text/html",
      },
      body: "name=x",
    },
    testEnv,
  );
  expect(response.status).toBe(403);
  expect(there.slug).not.toBe(here.slug);
});
