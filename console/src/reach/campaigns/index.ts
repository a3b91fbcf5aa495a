export { FindingBadge } from './finding-badge.tsx';
export { AnchorLink } from './links.tsx';
export { campaignPages } from './routes.ts';
