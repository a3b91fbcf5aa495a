import { Stack, Text, UnstyledButton } from '@mantine/core';
import type { MessageFinding } from '@mesure/contract/messages';
import { Panel, StateBadge } from '#platform/kit';
import { useWords } from '#words';
import classes from './messages.module.css';

interface FindingsListProps {
  readonly findings: readonly MessageFinding[] | undefined;
  readonly behind: boolean;
  readonly onGo: (finding: MessageFinding) => void;
}

/** What stands between the draft and its review; a press goes to the place. */
export const FindingsList = ({ findings, behind, onGo }: FindingsListProps) => {
  const { t, i18n } = useWords();
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  const errors = findings?.filter(({ severity }) => severity === 'error').length ?? 0;
  const warnings = (findings?.length ?? 0) - errors;
  const placeOf = ({ where }: MessageFinding): string => {
    const part = t(`messages.findings.part.${where.part}`);
    if (where.line === undefined) return part;
    return where.column === undefined || where.part === 'subject'
      ? t('messages.findings.line', { part, line: where.line })
      : t('messages.findings.lineColumn', { part, line: where.line, column: where.column });
  };
  const summary = (): string => {
    if (findings === undefined) return t('messages.findings.checking');
    if (errors > 0) return t('messages.findings.errors', { count: errors });
    return warnings > 0 ? t('messages.findings.warnings', { count: warnings }) : t('messages.findings.none');
  };
  return (
    <Panel title={t('messages.findings.title')}>
      <Text size="sm" aria-live="polite" data-behind={behind || undefined}>
        {summary()}
      </Text>
      {findings && findings.length > 0 ? (
        <Stack gap={2} component="ul" className={classes.findings}>
          {findings.map((finding, index) => (
            <li key={`${finding.code} ${String(index)}`}>
              <UnstyledButton className={classes.finding} onClick={() => onGo(finding)}>
                <span className={classes.badge}>
                  <StateBadge tone={finding.severity === 'error' ? 'bad' : 'caution'}>
                    {t(`messages.findings.${finding.severity}`)}
                  </StateBadge>
                </span>
                <span className={classes.findingText}>
                  {finding.message[language]}
                  <span className={classes.place}>{placeOf(finding)}</span>
                </span>
              </UnstyledButton>
            </li>
          ))}
        </Stack>
      ) : null}
    </Panel>
  );
};
