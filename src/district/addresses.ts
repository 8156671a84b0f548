/** Where the pages of the overview are: by the names of district and street, as the set-up has them. */

export const districtHref = (district: string): string => `/districts/${encodeURIComponent(district)}`;
export const streetHref = (district: string, street: string): string =>
  `${districtHref(district)}/streets/${encodeURIComponent(street)}`;
