/** How anybody draws lots again without this site: in words, and as commands for a shell. Markup only. */
import type { T } from "../../platform/i18n.ts";
import { Details } from "../../platform/ui/notices.tsx";

/** `first` is the lot that was drawn first, for the ticket of the example. */
export const DrawByHand = (props: { t: T; seed: string; purpose: string; first: string | number }) => {
  const { t, seed, purpose, first } = props;
  return (
    <Details summary={t("不用本站，自己怎么算？", "How to do it without this site")}>
      <p>
        {t(
          "1. 校验值 = SHA-256（“commonhold draw v1” ‖ 种子的32个字节）。",
          "1. Commitment = SHA-256 of “commonhold draw v1” followed by the 32 bytes of the seed.",
        )}
      </p>
      <p>
        {t(
          "2. 每个编号的签号 = SHA-256（种子 ‖ 用途 ‖ 一个零字节 ‖ 编号），按签号从小到大排。",
          "2. The ticket of each number = SHA-256 of seed, purpose, one zero byte and the number; smallest first.",
        )}
      </p>
      <p>
        <code>{`(printf 'commonhold draw v1'; printf '${seed}' | xxd -r -p) | sha256sum`}</code>
      </p>
      <p>
        <code>{`(printf '${seed}' | xxd -r -p; printf '${purpose}\\000${first}') | sha256sum`}</code>
      </p>
    </Details>
  );
};
