/** What the home says of common parts: how many of each kind are let today and how many stand free. Registers; no page of its own. */
import { registerHomeSection } from "../../assembly/public/announcing.ts";
import { dayOf } from "../../kernel/day.ts";
import { leasesHref } from "../leases/addresses.ts";
import { assetsHref } from "./addresses.ts";
import { OccupancyBars } from "./shown.tsx";
import { countOccupancy } from "./store.ts";

registerHomeSection("ledger-earning", {
  where: "standing",
  place: 45,
  queries: (scene) => [countOccupancy(scene, dayOf(scene.now))] as const,
  render: (c, [rows]) => {
    const { t, scene } = c.var;
    const { slug } = scene.community;
    // Only what may earn for all owners is let here (CC 275); where there is none, nothing is said.
    if (!rows.some(({ ground }) => ground === null || ground === "common")) return null;
    return (
      <section id="earning">
        <h2>{t("共有部分的出租", "Common parts that are let")}</h2>
        <OccupancyBars c={c} rows={rows} />
        <p>
          <a href={assetsHref(slug)}>{t("逐处查看租出的和空闲的", "Each of them, let or free")}</a>{" "}
          <a href={leasesHref(slug)}>{t("租约登记册", "Register of leases")}</a>
        </p>
      </section>
    );
  },
});
