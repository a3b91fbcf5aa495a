/** Stored text inside a sentence: its direction ends where it ends (Unicode TR 9, first strong isolate). */
export const isolated = (text: string): string => `\u2068${text}\u2069`;
