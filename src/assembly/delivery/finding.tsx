/** Finding a household of a meeting's snapshot by building and room, before anything is entered for it. */
import type { BuildingRow } from "../../community/snapshot/store.ts";
import type { AppContext } from "../../platform/context.ts";
import { Actions, Button } from "../../platform/ui/buttons.tsx";
import { LinkList } from "../../platform/ui/facts.tsx";
import { Field, Select } from "../../platform/ui/fields.tsx";
import { SearchForm } from "../../platform/ui/forms.tsx";
import { EmptyState } from "../../platform/ui/notices.tsx";
import { placeOf } from "../ballots/standing.tsx";
import { findVotersByPlace, type PlacedVoter } from "./store.ts";

const MOST_FOUND = 30;
const LONGEST_ROOM = 20;

export interface PlaceAsked {
  readonly building: string;
  readonly room: string;
}

const isAsked = ({ building, room }: PlaceAsked): boolean => building !== "" || room !== "";

/** The place in the address (`?building=`, `?room=`); both empty while nothing was asked. */
export const placeAsked = (c: AppContext): PlaceAsked => ({
  building: c.req.query("building") ?? "",
  room: (c.req.query("room") ?? "").trim().slice(0, LONGEST_ROOM),
});

/** The read behind the list: none where nothing was asked, one more than is shown to know that there are more. */
export const findHouseholds = (scene: AppContext["var"]["scene"], snapshotId: string, place: PlaceAsked) =>
  findVotersByPlace(scene, snapshotId, place, isAsked(place) ? MOST_FOUND + 1 : 0);

/** The search, and the households found, each leading to its own page below `base`. */
export const FindHousehold = (props: {
  readonly c: AppContext;
  readonly base: string;
  readonly place: PlaceAsked;
  readonly buildings: readonly BuildingRow[];
  readonly found: readonly PlacedVoter[];
}) => {
  const { c, base, place, buildings, found } = props;
  const { t } = c.var;
  return (
    <>
      <SearchForm action={base}>
        <Select
          name="building"
          label={t("楼栋", "Building")}
          prompt={t("全部", "All")}
          options={buildings.map(({ building: name }) => ({ value: name, label: name }))}
          value={place.building}
          optional={t("可不选", "optional")}
        />
        <Field
          name="room"
          label={t("房号", "Room")}
          value={place.room}
          width={11}
          optional={t("可只填一部分", "a part will do")}
        />
        <Actions>
          <Button look="quiet">{t("查找", "Find")}</Button>
        </Actions>
      </SearchForm>
      {isAsked(place) ? (
        <LinkList
          items={found.slice(0, MOST_FOUND).map((voter) => ({
            href: `${base}/${voter.voterNo}`,
            title: `${placeOf(voter)} ${voter.maskedName}`,
          }))}
          empty={
            <EmptyState title={t("没有找到", "Nothing found")}>
              {t("请换一个楼栋或房号。", "Try another building or room.")}
            </EmptyState>
          }
        />
      ) : null}
      {found.length > MOST_FOUND ? (
        <p class="hint">
          {t(
            `只列出前${MOST_FOUND}户。选定楼栋，或者把房号写全一些。`,
            `Only the first ${MOST_FOUND} are shown. Choose a building, or type more of the room.`,
          )}
        </p>
      ) : null}
    </>
  );
};
