export interface Named {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly externalId: string | null;
}

/** How a person is called in lists and titles: by name, else address, else the shop's own id; null: by nothing. */
export const nameOf = ({ firstName, lastName, email, externalId }: Named): string | null => {
  const full = [firstName, lastName].filter((part) => part !== null && part.trim() !== '').join(' ');
  return full || email || externalId || null;
};
