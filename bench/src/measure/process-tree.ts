import { readdirSync, readFileSync } from 'node:fs';

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process ended between the listing and the reading.
    return '';
  }
};

/** Fields of /proc/PID/stat after the command, which may hold spaces and brackets (proc(5)). */
const statOf = (pid: string): readonly string[] => {
  const text = read(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
};

/** A process and all below it. */
export const processTree = (root: number): readonly string[] => {
  const children = new Map<string, string[]>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = statOf(pid)[1] ?? '';
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const tree: string[] = [];
  const open = [String(root)];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    tree.push(pid);
    open.push(...(children.get(pid) ?? []));
  }
  return tree;
};

/** Proportional set size of the tree in MB: pages that processes share count once. */
export const pssMb = (root: number): number =>
  processTree(root).reduce(
    (sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0),
    0,
  ) / 1024;

/** Seconds of CPU that the processes now in the tree have used so far. USER_HZ is 100 on Linux. */
export const cpuSeconds = (root: number): number =>
  processTree(root).reduce((sum, pid) => {
    const fields = statOf(pid);
    return sum + (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
  }, 0);

export interface PssWatch {
  readonly stop: () => number;
}

/** Looks every `everyMs`; `stop` answers the peak in MB. */
export const watchPss = (root: number, everyMs = 250): PssWatch => {
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, pssMb(root));
  };
  const timer = setInterval(look, everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
};
