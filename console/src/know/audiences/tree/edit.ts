import { type Rule, ruleLimits } from '@mesure/contract/segments';
import { becomes } from './identity.ts';
import { counted, isGroup, isWithin, type Path, partsOf, ruleAt, samePath } from './path.ts';

/** Where something is put: before the part that stands at `index` of the group `parent`. */
export interface Place {
  readonly parent: Path;
  readonly index: number;
}

/** Every act answers the changed tree, or undefined where it makes no sense or the rule would grow beyond its limits. */
export type Edited = Rule | undefined;

export const everybody = (): Rule => ({ kind: 'all', rules: [] });

const within = (rule: Edited): Edited => {
  if (rule === undefined) return undefined;
  const { nodes, depth } = counted(rule);
  return nodes <= ruleLimits.nodes && depth <= ruleLimits.depth ? rule : undefined;
};

const withParts = (rule: Rule, parts: readonly Rule[]): Rule => {
  if (isGroup(rule)) return becomes(rule, { kind: rule.kind, rules: [...parts] });
  const [only] = parts;
  return rule.kind === 'not' && only !== undefined ? becomes(rule, { kind: 'not', rule: only }) : rule;
};

/** Puts another part in the place of one; what leads there is made anew, everything else stays the same object. */
export const replaceAt = (root: Rule, path: Path, next: Rule): Rule => {
  const [step, ...rest] = path;
  if (step === undefined) return next;
  return withParts(
    root,
    partsOf(root).map((part, index) => (index === step ? replaceAt(part, rest, next) : part)),
  );
};

/** The same part, changed: it keeps its identity. */
export const changeAt = (root: Rule, path: Path, next: Rule): Rule => {
  const before = ruleAt(root, path);
  return before === undefined ? root : replaceAt(root, path, becomes(before, next));
};

const inserted = (root: Rule, { parent, index }: Place, part: Rule): Edited => {
  const group = ruleAt(root, parent);
  if (group === undefined || !isGroup(group)) return undefined;
  return replaceAt(root, parent, withParts(group, group.rules.toSpliced(index, 0, part)));
};

export const insertAt = (root: Rule, place: Place, part: Rule): Edited => within(inserted(root, place, part));

/** At the end of the whole rule, whatever the rule is. */
export const append = (root: Rule, part: Rule): Edited =>
  isGroup(root)
    ? insertAt(root, { parent: [], index: root.rules.length }, part)
    : within({ kind: 'all', rules: [root, part] });

/** A group that loses its last part goes with it; the whole rule without parts is everybody. */
export const removeAt = (root: Rule, path: Path): Rule => {
  const parentPath = path.slice(0, -1);
  const parent = ruleAt(root, parentPath);
  const last = path.at(-1);
  if (last === undefined || parent === undefined) return everybody();
  if (!isGroup(parent) || parent.rules.length === 1)
    return parentPath.length === 0 ? everybody() : removeAt(root, parentPath);
  return replaceAt(root, parentPath, withParts(parent, parent.rules.toSpliced(last, 1)));
};

/** Where `path` points after something was put at `place`. */
const shifted = (path: Path, { parent, index }: Place): Path => {
  const step = path[parent.length];
  if (step === undefined || !isWithin(path, parent) || step < index) return path;
  return path.with(parent.length, step + 1);
};

export const moveTo = (root: Rule, from: Path, place: Place): Edited => {
  const part = ruleAt(root, from);
  if (part === undefined || from.length === 0 || isWithin(place.parent, from)) return undefined;
  const step = from.at(-1) as number;
  const stays =
    samePath(from.slice(0, -1), place.parent) && (place.index === step || place.index === step + 1);
  if (stays) return undefined;
  const both = inserted(root, place, part);
  return within(both && removeAt(both, shifted(from, place)));
};

/** The nearest place outside: before or behind what holds the part. */
const outside = (root: Rule, path: Path, side: 0 | 1): Place | undefined => {
  for (let held = path.slice(0, -1); held.length > 0; held = held.slice(0, -1)) {
    const parent = held.slice(0, -1);
    const rule = ruleAt(root, parent);
    if (rule !== undefined && isGroup(rule)) return { parent, index: (held.at(-1) as number) + side };
  }
  return undefined;
};

/** One step as a reader sees the list: past a neighbour, into a group, or out of one. */
export const step = (root: Rule, path: Path, direction: 'up' | 'down'): Edited => {
  const index = path.at(-1);
  const parent = path.slice(0, -1);
  const holder = ruleAt(root, parent);
  if (index === undefined || holder === undefined) return undefined;
  const toward = direction === 'up' ? index - 1 : index + 1;
  const neighbour = isGroup(holder) ? holder.rules[toward] : undefined;
  if (neighbour === undefined) {
    const place = outside(root, path, direction === 'up' ? 0 : 1);
    return place && moveTo(root, path, place);
  }
  const into = isGroup(neighbour)
    ? moveTo(root, path, {
        parent: [...parent, toward],
        index: direction === 'up' ? neighbour.rules.length : 0,
      })
    : undefined;
  return into ?? moveTo(root, path, { parent, index: direction === 'up' ? toward : toward + 1 });
};

export const wrap = (root: Rule, path: Path, kind: 'all' | 'any' | 'not'): Edited => {
  const part = ruleAt(root, path);
  if (part === undefined) return undefined;
  return within(replaceAt(root, path, kind === 'not' ? { kind, rule: part } : { kind, rules: [part] }));
};

/** The parts of a group take its place. */
export const unwrap = (root: Rule, path: Path): Edited => {
  const rule = ruleAt(root, path);
  const parts = rule === undefined ? [] : partsOf(rule);
  const [only, ...more] = parts;
  if (only === undefined) return undefined;
  if (more.length === 0) return replaceAt(root, path, only);
  const parentPath = path.slice(0, -1);
  const parent = ruleAt(root, parentPath);
  const index = path.at(-1);
  if (index === undefined || parent === undefined || !isGroup(parent)) return undefined;
  return replaceAt(root, parentPath, withParts(parent, parent.rules.toSpliced(index, 1, ...parts)));
};

export const duplicate = (root: Rule, path: Path): Edited => {
  const part = ruleAt(root, path);
  const index = path.at(-1);
  if (part === undefined) return undefined;
  const parent = path.slice(0, -1);
  const holder = ruleAt(root, parent);
  if (index !== undefined && holder !== undefined && isGroup(holder))
    return insertAt(root, { parent, index: index + 1 }, structuredClone(part));
  return within(replaceAt(root, path, { kind: 'all', rules: [part, structuredClone(part)] }));
};

/** All of them or any of them; a group of nothing can only be `all`: it is everybody. */
export const asKind = (root: Rule, path: Path, kind: 'all' | 'any'): Edited => {
  const group = ruleAt(root, path);
  if (group === undefined || !isGroup(group) || (kind === 'any' && group.rules.length === 0))
    return undefined;
  return changeAt(root, path, { kind, rules: group.rules });
};
