import { z } from 'zod';

// The policy of the page forbids code made from strings: zod must not even try (each try is reported as a breach).
z.config({ jitless: true });
