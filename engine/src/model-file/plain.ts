/** What JSON can hold: settings, names, small figures. Numbers must be finite. */
export type Plain =
  | null
  | boolean
  | number
  | string
  | readonly Plain[]
  | { readonly [key: string]: Plain | undefined };
