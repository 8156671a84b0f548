/** Who one can be in the demo, by the list it publishes, and its clock and messages as a person uses them. */
import type { Person } from "./person.ts";

export interface Role {
  readonly role: string;
  readonly url: string;
  /** What a voter's page asks for. */
  readonly lastFour?: string;
}

export async function roleOf(origin: string, role: string): Promise<Role> {
  const { roles } = (await (await fetch(`${origin}/demo/links.json`)).json()) as { roles: Role[] };
  const found = roles.find((one) => one.role === role);
  if (!found) throw new Error(`the demo has no ${role}`);
  return found;
}

/** Steps in as an office-holder, by the button of the demo; again after the clock has moved, because sessions end. */
export async function enterAs(person: Person, role: string): Promise<void> {
  await person.opens(`/demo/as/${role}`);
  await person.presses("以此身份进入");
}

/** Moves the product's clock by the demo's button; what falls due is done. */
export async function letPass(person: Person, days: number): Promise<void> {
  await person.opens("/demo");
  await person.types("往前拨几天", String(days));
  await person.presses("拨动时钟");
}

export interface SentLink {
  readonly link: string;
  readonly lastFour: string;
}

/** A voting link out of a message that speaks of a meeting, and the last four of the number it goes to. */
export async function linkFromMessages(person: Person, meeting: string): Promise<SentLink> {
  await person.opens("/demo/outbox");
  const message = person.page.getByRole("row").filter({ hasText: meeting }).first();
  const phone = /1\d{10}/.exec(await message.innerText())?.[0];
  const link = await message.getByRole("link").first().getAttribute("href");
  if (!phone || !link) throw new Error(`no message about ${meeting} carries a link`);
  return { link, lastFour: phone.slice(-4) };
}
