/** Where common parking stands, for the index of what owners may see (JI 13④; M17): its tariffs and the permits that run. Registers; no page of its own. */
import { registerDisclosure } from "../../committee/disclosure/announcing.ts";
import { dayOf } from "../../kernel/day.ts";
import { sayDay } from "../../platform/ui/moments.ts";
import { parkingHref } from "./addresses.ts";
import { countRunningPermits, listTariffs } from "./store.ts";

registerDisclosure("parking", {
  queries: (scene) => [listTariffs(scene), countRunningPermits(scene, dayOf(scene.now))] as const,
  where: ({ community, now }, [tariffs, permits]) => {
    const [newest] = tariffs.filter(({ fromOn }) => fromOn <= dayOf(now));
    if (!newest) return null;
    const { running = 0 } = permits[0] ?? {};
    return {
      href: parkingHref(community.slug),
      words: {
        zh: `价目自${sayDay(newest.fromOn, "zh")}起；月租证${running}张`,
        en: `Tariff in force since ${sayDay(newest.fromOn, "en")}; ${running} permits run`,
      },
    };
  },
});
