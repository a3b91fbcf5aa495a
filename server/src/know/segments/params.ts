/** Collects bound values; the SQL only ever holds the placeholders it answers with. */
export interface Params {
  readonly bind: (value: unknown, type: ParamType) => string;
  readonly values: Record<string, unknown>;
}

export type ParamType =
  | 'String'
  | 'Array(String)'
  | 'Float64'
  | 'Array(Float64)'
  | 'UInt64'
  | "DateTime64(3, 'UTC')";

export const createParams = (): Params => {
  const values: Record<string, unknown> = {};
  return {
    values,
    bind: (value, type) => {
      const name = `p${Object.keys(values).length}`;
      values[name] = value;
      return `{${name}:${type}}`;
    },
  };
};
