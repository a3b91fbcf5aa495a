import { allow, hold, type Rule, type Verdict } from '../rule.ts';
import { knownZone, opensAt } from '../sending-window.ts';

/** Outside the sending window of the recipient's own wall clock a message waits until the window opens. */
export const quietHours: Rule = {
  name: 'quiet_hours',
  moments: ['claim', 'attempt'],
  judge: async ({ now, settings }, sends) => {
    // A batch has few zones; the answer depends on nothing else.
    const byZone = new Map<string, Verdict>();
    return sends.map(({ profile }) => {
      const given = profile?.timeZone ?? '';
      let verdict = byZone.get(given);
      if (!verdict) {
        const until = opensAt(now, knownZone(given, settings.timeZone), settings.quietHours);
        verdict = until ? hold('quiet_hours', until) : allow;
        byZone.set(given, verdict);
      }
      return verdict;
    });
  },
};
