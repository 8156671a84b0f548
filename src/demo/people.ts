/** Who holds which office in 金桂苑. Nobody in it exists; the numbers are handed out to no one. */
import type { Day } from "../kernel/day.ts";
import { addDays } from "../kernel/day.ts";
import type { PostKind } from "../offices/rules.ts";
import type { OfficerAsked } from "../offices/setup/actions.ts";
import type { Bilingual } from "../platform/i18n.ts";

interface DemoOfficer {
  readonly post: PostKind;
  readonly name: string;
  readonly phone: string;
  readonly act: OfficerAsked["act"];
  readonly document: string;
}

const COMMITTEE = "第一届业主大会会议选举结果公告";
const FIRST_MEETING = "业委会第一次会议纪要";

/** The chair sits in the branch too: elected into the committee by the owners, into the branch by the branch. */
export const OFFICERS: readonly DemoOfficer[] = [
  { post: "committee_chair", name: "唐明德", phone: "19800000001", act: "members_choice", document: FIRST_MEETING },
  { post: "committee_deputy", name: "周素芬", phone: "19800000002", act: "members_choice", document: FIRST_MEETING },
  { post: "committee_member", name: "罗建国", phone: "19800000003", act: "owners_election", document: COMMITTEE },
  { post: "committee_member", name: "谢丽华", phone: "19800000004", act: "owners_election", document: COMMITTEE },
  { post: "committee_member", name: "冯志强", phone: "19800000005", act: "owners_election", document: COMMITTEE },
  { post: "secretary", name: "李晓东", phone: "19800000006", act: "engagement", document: "聘用协议 2025-01" },
  { post: "teller", name: "曹静怡", phone: "19800000007", act: "resolution", document: "业委会决议 2025-03" },
  { post: "teller", name: "袁立新", phone: "19800000008", act: "resolution", document: "业委会决议 2025-03" },
  { post: "supervisor", name: "邓国华", phone: "19800000009", act: "owners_election", document: COMMITTEE },
  {
    post: "branch_secretary",
    name: "许兴旺",
    phone: "19800000010",
    act: "party_election",
    document: "支部党员大会决议",
  },
  { post: "branch_member", name: "唐明德", phone: "19800000001", act: "party_election", document: "支部党员大会决议" },
  { post: "residents_officer", name: "何慧敏", phone: "19800000011", act: "appointment", document: "居委会分工 2025" },
  { post: "street_officer", name: "韩正明", phone: "19800000012", act: "appointment", document: "街道办分工 2025" },
  { post: "volunteer", name: "梁雨桐", phone: "19800000013", act: "enlisted", document: "志愿者登记表" },
  { post: "volunteer", name: "彭大勇", phone: "19800000014", act: "enlisted", document: "志愿者登记表" },
];

export const AUDITOR: DemoOfficer = {
  post: "auditor",
  name: "金书恒",
  phone: "19800000015",
  act: "engagement",
  document: "审计委托书 2026-01",
};

export const officersFrom = (fromOn: Day): OfficerAsked[] => OFFICERS.map((officer) => ({ ...officer, fromOn }));

/** The auditor's access is for a time: eighty days around today. */
export const auditorFrom = (today: Day): { readonly fromOn: Day; readonly lastOn: Day } => ({
  fromOn: addDays(today, -10),
  lastOn: addDays(today, 70),
});

/** The roles one can step into, in the order of the demo page. */
export const STAFF_ROLES: readonly (Bilingual & { readonly role: string; readonly post: PostKind })[] = [
  { role: "secretary", post: "secretary", zh: "业委会秘书", en: "Committee secretary" },
  { role: "chair", post: "committee_chair", zh: "业委会主任", en: "Committee chair" },
  { role: "teller", post: "teller", zh: "计票人", en: "Teller" },
  { role: "supervisor", post: "supervisor", zh: "监督员", en: "Supervisor" },
  { role: "branch-secretary", post: "branch_secretary", zh: "小区党支部书记", en: "Branch secretary" },
  { role: "volunteer", post: "volunteer", zh: "扫楼志愿者", en: "Door-to-door volunteer" },
  { role: "residents-committee", post: "residents_officer", zh: "居委会工作人员", en: "Residents' committee officer" },
  { role: "street", post: "street_officer", zh: "街道办事处", en: "Street office" },
  { role: "auditor", post: "auditor", zh: "审计人员", en: "Auditor" },
];
