/** One address, one key: case and Unicode form make no difference to who somebody is. */
export const emailKey = (email: string): string => email.trim().normalize('NFC').toLowerCase();
