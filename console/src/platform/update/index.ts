export { lazyPart } from './lazy-part.ts';
export { PartGone } from './part-gone.ts';
export { unsavedWhen } from './unsaved.ts';
export { noticeUpdates, reloadIfUpdated } from './update.ts';
export { UpdateBanner } from './update-banner.tsx';
