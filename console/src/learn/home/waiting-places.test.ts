import { type HomeWaiting, homeWaitingCode } from '@mesure/contract/home';
import { describe, expect, it } from 'vitest';
import { placeOf } from './waiting-places.ts';

const waiting = (code: HomeWaiting['code'], detail: string | null = null): HomeWaiting => ({
  code,
  subject: { kind: 'campaign', id: 'c1', name: 'Spring' },
  count: null,
  by: null,
  since: null,
  detail,
});

describe('what waits', () => {
  it('leads to one place each, or is settled on the page', () => {
    const places = homeWaitingCode.options.map((code) => [code, placeOf(waiting(code))]);
    expect(Object.fromEntries(places)).toEqual({
      delivery_hold: null,
      confirm_release: null,
      campaign_trouble: '/campaigns/c1',
      settle_uncertain: '/campaigns/c1',
      sender_problem: '/settings/delivery',
      approve: '/campaigns/c1',
      changes_requested: '/campaigns/c1',
      start: '/campaigns/c1',
      start_import: '/imports/c1',
    });
  });

  it('leads to where a sender is repaired', () => {
    expect(placeOf(waiting('sender_problem', 'public_url_missing'))).toBe('/settings/general');
    expect(placeOf(waiting('sender_problem', 'identity_missing'))).toBe('/settings/sender');
  });
});
