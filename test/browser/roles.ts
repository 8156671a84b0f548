/** Who one can be in the demo, by the list it publishes. */

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
