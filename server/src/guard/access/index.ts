export type { SettingsChange, WorkspaceSettings } from '@mesure/contract/settings';
export type { Role } from '@mesure/contract';
export type { Actor } from '#platform/http';
