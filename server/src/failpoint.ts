import type { FailpointHook } from '#reach/delivery';

/** `name` or `name:hits`: ends this very process with SIGKILL when the point is passed for that time. Nothing else can. */
export const failpointOf = (setting: string | undefined): FailpointHook => {
  if (setting === undefined) return () => undefined;
  const [, wanted = setting, hits = '1'] = /^(.*?)(?::(\d+))?$/.exec(setting) ?? [];
  let passed = 0;
  return (name) => {
    if (name !== wanted) return;
    passed += 1;
    if (passed === Number(hits)) process.kill(process.pid, 'SIGKILL');
  };
};
