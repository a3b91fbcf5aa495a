import { type LazyExoticComponent, lazy, type ReactNode } from 'react';
import { reloadIfUpdated } from './update.ts';

type Part<P> = (props: P) => ReactNode;

/** A part of a page, loaded when it is first needed. Gone by an update, it leaves its place empty and the page whole. */
export const lazyPart = <P>(load: () => Promise<Part<P>>): LazyExoticComponent<Part<P>> =>
  lazy(async () => {
    try {
      return { default: await load() };
    } catch (error) {
      const outcome = await reloadIfUpdated();
      if (outcome === 'same') throw error;
      return { default: () => null };
    }
  });
