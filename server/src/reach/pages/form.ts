export type Form = ReadonlyMap<string, readonly string[]>;

const empty: Form = new Map();

/**
 * Fields of an `application/x-www-form-urlencoded` or `multipart/form-data` body. RFC 8058 section 3.1 lets mailbox
 * providers send either; what cannot be read is a form without fields. Files are ignored.
 */
export const parseForm = async (contentType: string | undefined, body: unknown): Promise<Form> => {
  if (!contentType || !Buffer.isBuffer(body) || body.length === 0) return empty;
  try {
    const answer = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
    const fields = new Map<string, string[]>();
    for (const [name, value] of await answer.formData()) {
      if (typeof value === 'string') fields.set(name, [...(fields.get(name) ?? []), value]);
    }
    return fields;
  } catch {
    return empty;
  }
};

export const field = (form: Form, name: string): string | undefined => form.get(name)?.[0];
