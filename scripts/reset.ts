/** `npm run reset`: forgets the local databases, files and keys, so that the next start begins afresh. */
import { rmSync } from "node:fs";
import { DEV_VARS, STATE_DIR } from "./local.ts";

rmSync(STATE_DIR, { recursive: true, force: true });
rmSync(DEV_VARS, { force: true });
console.log("已清空，下次 npm start 从头开始。Reset: the next npm start begins afresh.");
