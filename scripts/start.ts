/** `npm start`: migrates, serves, fills the demo once, runs what is due every minute, and prints a link for each role. */
import { ensureSecrets, migrate, seed, serve } from "./local.ts";

const port = Number(process.env.PORT ?? 8787);
if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error("PORT must be a number from 1 to 65535");

ensureSecrets();
console.log("准备数据库 / Preparing the database …");
migrate();
const served = await serve(port, { log: true });
const stop = async () => {
  await served.stop();
  process.exit(0);
};
process.on("SIGINT", stop);
process.on("SIGTERM", stop);
served.process.once("exit", (code) => process.exit(code ?? 1));

console.log("准备演示小区 / Preparing the demo community …");
await seed(served.origin, console.log);

const links = (await (await fetch(`${served.origin}/demo/links.json`)).json()) as {
  roles: { zh: string; en: string; url: string }[];
};
console.log("\n小区共治 · Commonhold");
for (const { zh, en, url } of links.roles) console.log(`  ${zh} · ${en}\n    ${url}`);
console.log(`\n  全部角色与时钟 · All roles and the clock\n    ${served.origin}/demo\n`);

// A deployment has cron triggers; locally nobody rings, so this does.
setInterval(() => {
  fetch(`${served.origin}/cdn-cgi/handler/scheduled`).catch(() => undefined);
}, 60_000).unref();
