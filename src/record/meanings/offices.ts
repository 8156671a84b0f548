/** What the entries about bodies, posts, duties and the overlap mean, in words for a neighbour. */
import { type Meaning, meaning } from "./meaning.ts";

/** In the course of things, not of the alphabet. */
export const OFFICES: Readonly<Record<string, Meaning>> = {
  "settings.changed": meaning(
    "规则设置变更",
    "Settings changed",
    "会议规则的设置改了：哪一项、从什么改成什么、依据议事规则哪一条。已经公告的会议不受影响。",
    "A rule for meetings was set anew: which, from what to what, on which clause. Meetings already announced keep theirs.",
  ),
  "witness.registered": meaning(
    "登记见证人",
    "Witness registered",
    "登记了一位见证人的公钥。见证人在检查点上再签一次名，证明大家看到的是同一本记录。",
    "The key of a witness was registered. Witnesses sign checkpoints too, so that everyone sees one and the same record.",
  ),
  "body.formed": meaning(
    "设立组织",
    "Body formed",
    "登记了一个组织和它的职务，例如业主委员会、居民委员会或小区党支部。",
    "A body and its posts were entered, such as the owners' committee or the residents' committee.",
  ),
  "level.preset": meaning(
    "采用层级方案",
    "Levels adopted",
    "本小区采用一套层级，例如街道、社区、小区、楼栋，并写明哪个组织在哪一级。",
    "The community took on a set of levels, such as street, neighbourhood, estate and building, and says which body stands at which.",
  ),
  "level.set": meaning(
    "层级变更",
    "Level set",
    "增加、改名或停用了一个层级。以前的名称保留，可以查回。",
    "A level was added, renamed or retired. What it was called before is kept.",
  ),
  "body.changed": meaning(
    "组织变更",
    "Body changed",
    "一个组织自某日起改了名称、层级、上级或负责的楼栋，写明依据。",
    "From a day on a body has another name, level, parent or other buildings, and by which document.",
  ),
  "body.dissolved": meaning(
    "撤销组织",
    "Body ended",
    "一个组织自某日起撤销，写明依据。它的历史保留。",
    "A body ended on a day, and by which document. Its history stays.",
  ),
  "post.added": meaning(
    "增设职务",
    "Post added",
    "一个组织增设了一个职务，写明席位数、任期和依据。",
    "A body was given a further post: its seats, its term and the document.",
  ),
  "post.changed": meaning(
    "职务变更",
    "Post changed",
    "一个职务改了名称、席位数或任期，写明依据。席位不会少于在任的人。",
    "A post has another title, number of seats or term, and by which document. Never fewer seats than are held.",
  ),
  "office.taken": meaning(
    "任职",
    "Office taken",
    "有人从某日起担任一个职务。姓名只留密封值，凭哪份文件任职也一并密封。",
    "Someone holds a post from a day on. The name stands here sealed, as does the document it rests on.",
  ),
  "office.proposed": meaning(
    "任职事项待第二人确认",
    "Act of office proposed",
    "有人提出一项任命，或更换一位任职者的登录号码。七天内由第二个人确认才生效。",
    "An appointment, or a change of an officer's number, was proposed. It takes effect only when a second person confirms it within seven days.",
  ),
  "office.confirmed": meaning(
    "任职事项经第二人确认",
    "Act of office confirmed",
    "第二个人向本人核实后确认，或本人凭旧号码的验证码确认，从此生效。",
    "A second person asked the one concerned and confirmed it, or they did with a code sent to their old number. It is in force from here on.",
  ),
  "office.refused": meaning(
    "任职事项被拒绝或撤回",
    "Act of office refused",
    "提出的任职事项被拒绝或撤回，没有生效。",
    "What was proposed was refused or taken back and never took effect.",
  ),
  "office.left": meaning(
    "离任",
    "Office left",
    "一个任期在某日结束，写明是辞职、届满、罢免还是其他。",
    "A term ended on a day: by resignation, at its end, by recall, or otherwise.",
  ),
  "office.number_changed": meaning(
    "任职者更换联系号码",
    "Officer's number changed",
    "任职者登录用的号码换了。号码本身不在记录里。",
    "The number an officer signs in with was changed. The number itself is not in the record.",
  ),
  "overlap.wish_set": meaning(
    "交叉任职期望变更",
    "Wish for cross-appointment set",
    "设定了对交叉任职的期望和依据。它只用来对照，不影响任何人参选、就任和计票。",
    "What is wished of cross-appointment was set, with its document. It is only compared with, and decides nobody's eligibility, seat or vote.",
  ),
  "overlap.rule_set": meaning(
    "兼任规则变更",
    "Rule on holding posts together set",
    "哪些职务不能兼任、离任后隔多久、谁可以批准例外：从什么改成什么，依据哪份文件。",
    "Which posts are not held together or straight after one another, and who may waive it: from what to what, on which document.",
  ),
  "overlap.waiver_granted": meaning(
    "批准兼任例外",
    "Waiver granted",
    "规则点名的职务批准了一个人的例外。是谁、依据什么文件，只留密封值。",
    "A post the rule names let one person take a post although the rule stands against it. Who, and on which document, is sealed.",
  ),
  "overlap.waiver_withdrawn": meaning(
    "收回兼任例外",
    "Waiver taken back",
    "一份例外许可收回了，此后不能再凭它任职；已经凭它任职的不变。",
    "A waiver was taken back: nobody takes office by it any more. Offices taken before stay.",
  ),
  "overlap.waiver_used": meaning(
    "凭例外任职",
    "Office taken by a waiver",
    "有人凭一份例外许可任职：哪项任职、哪份许可、哪条规则。",
    "Someone took office by a waiver: which tenure, which waiver, which rule.",
  ),
  "overlap.consent_given": meaning(
    "同意公开支部职务",
    "Consent to be named",
    "一位支部成员单独同意公开自己的姓名和支部职务。是谁只留密封值。",
    "A member of the branch agreed to be named as such. Who it was stands here sealed.",
  ),
  "overlap.consent_withdrawn": meaning(
    "撤回公开支部职务的同意",
    "Consent taken back",
    "一位支部成员撤回了同意，从这一刻起各页不再显示其姓名。是谁只留密封值。",
    "A member of the branch took the consent back, and from then on no page names them. Who it was stands here sealed.",
  ),
  "duty.task_set": meaning(
    "责任清单变更",
    "Task set",
    "责任清单里增加、改写或结束了一项任务。",
    "A task was added to the list of duties, reworded, or ended.",
  ),
  "duty.assigned": meaning(
    "任务交办",
    "Duty assigned",
    "一项任务由哪个组织牵头或协同、由哪个职务负责、什么时候完成。变更也是新的一条。",
    "Which body leads or helps with a task, which post answers for it, and by when. A change is an entry of its own.",
  ),
  "duty.reported": meaning(
    "任务进展",
    "Duty reported",
    "一项任务在一个周期里的进展、完成、退回或免报。附件只记校验值，文字只留密封值。",
    "Progress on a duty in one period: done, sent back or excused. Of an attachment the entry has the hash, of the words a seal.",
  ),
};
