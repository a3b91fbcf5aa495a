export { FindingBadge } from './finding-badge.tsx';
export { AnchorLink } from './links.tsx';
export { reasonWords } from './reason-words.ts';
export { campaignPages } from './routes.ts';
