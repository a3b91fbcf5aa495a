/** The texts of a catalogue by key: `shell.keys.title`. */
export const flat = (texts: object, above = ''): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(texts).flatMap(
      ([name, value]: [string, unknown]): readonly (readonly [string, string])[] => {
        const key = above === '' ? name : `${above}.${name}`;
        return typeof value === 'string' ? [[key, value]] : [...flat(value as object, key)];
      },
    ),
  );

export const withoutForm = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, '');
