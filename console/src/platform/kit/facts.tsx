import type { ReactNode } from 'react';
import classes from './facts.module.css';

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  /** What the number means, or its interval. */
  readonly note?: ReactNode;
}

/** Names and values, as a description list. */
export const Facts = ({ facts }: { readonly facts: readonly Fact[] }) => (
  <dl className={classes.facts}>
    {facts.map(({ name, value, note }) => (
      <div key={name} className={classes.fact}>
        <dt className={classes.name}>{name}</dt>
        <dd className={classes.value}>
          {value}
          {note ? <div className={classes.note}>{note}</div> : null}
        </dd>
      </div>
    ))}
  </dl>
);
