import { Alert, Button, Group, Menu, Stack, Text, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { type MessageFinding, messagesRoutes } from '@mesure/contract/messages';
import { IconBook2, IconCopy, IconDots, IconHistory } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { AnchorLink } from '#know/people';
import { useCall } from '#platform/api';
import { tellError } from '#platform/feedback';
import { formatInstant } from '#platform/format';
import { ErrorNotice, Page } from '#platform/kit';
import { OthersHere } from '#platform/live';
import { useMay } from '#platform/session';
import { useWords } from '#words';
import { ConflictDialog } from './conflict-dialog.tsx';
import { sourceOf } from './draft.ts';
import { FindingsList } from './findings-list.tsx';
import { GuideDrawer } from './guide-drawer.tsx';
import classes from './messages.module.css';
import { partOf, spanOf } from './places.ts';
import { PreviewPanel } from './preview-panel.tsx';
import { messageRoute } from './routes.ts';
import { type GoTo, SourceFields } from './source-fields.tsx';
import { TestButton } from './test-button.tsx';
import { useMessageEditor } from './use-message-editor.ts';
import { useReaders } from './use-readers.ts';
import { useReading } from './use-reading.ts';
import { UsedBy } from './used-by.tsx';

const noFindings: readonly MessageFinding[] = [];

const Editing = ({ id }: { readonly id: string }) => {
  const { t } = useWords();
  const navigate = useNavigate();
  const may = useMay('marketer', 'admin');
  const editor = useMessageEditor(id);
  const { saved, typed } = editor;
  const readers = useReaders();
  const reading = useReading(sourceOf(typed));
  const subject = useRef<HTMLInputElement>(null);
  const [goTo, setGoTo] = useState<GoTo>();
  const [insert, setInsert] = useState<{ readonly text: string }>();
  const [guideOpen, setGuideOpen] = useState(false);
  const duplicate = useCall(messagesRoutes.createMessage, {
    onError: tellError,
    onSuccess: ({ message }) => navigate({ to: '/messages/$id', params: { id: message.id } }),
  });
  const nameless = typed.name.trim() === '';
  const blocked = !may || nameless || typed.mjml === '';
  const save = (): void => {
    if (!blocked) editor.save();
  };
  useHotkeys([['mod+S', save]], [], true);

  const go = (finding: MessageFinding): void => {
    const part = partOf(finding);
    if (part === 'subject') {
      subject.current?.focus();
      return;
    }
    const { line, column } = finding.where;
    const text = part === 'mjml' ? typed.mjml : (typed.text ?? '');
    const span = spanOf(text, { line: line ?? 1, ...(column === undefined ? {} : { column }) });
    setGoTo({ part, at: line === undefined ? 0 : span.from });
  };
  const latest = saved.version;
  return (
    <Page
      title={typed.name.trim() === '' ? saved.message.name : typed.name}
      above={
        <AnchorLink to="/messages" size="sm">
          {t('shell.places.messages')}
        </AnchorLink>
      }
      others={<OthersHere kind="message" id={id} />}
      answer={
        <Text size="sm" c="var(--mesure-quiet)" span>
          {t('messages.editor.version', {
            version: latest.version,
            at: formatInstant(latest.createdAt),
            name: latest.createdBy,
          })}
          {editor.dirty ? ` ${t('messages.editor.unsaved')}` : ''}
        </Text>
      }
      actions={
        <>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" leftSection={<IconDots size={16} aria-hidden />}>
                {t('messages.editor.more')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconBook2 size={16} aria-hidden />} onClick={() => setGuideOpen(true)}>
                {t('messages.editor.guide')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconHistory size={16} aria-hidden />}
                onClick={() => void navigate({ to: '/messages/$id/versions', params: { id } })}
              >
                {t('messages.editor.versions')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconCopy size={16} aria-hidden />}
                disabled={!may || typed.mjml === ''}
                onClick={() =>
                  duplicate.mutate({
                    body: {
                      name: t('messages.editor.copyOf', { name: typed.name }).slice(0, 200),
                      ...sourceOf(typed),
                    },
                  })
                }
              >
                {t('messages.editor.duplicate')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <TestButton source={sourceOf(typed)} profileId={readers.current?.id} />
          <Tooltip label={t('messages.mayNot')} disabled={may}>
            <Button
              onClick={save}
              loading={editor.saving}
              {...(blocked || !editor.dirty ? { 'data-disabled': true, 'aria-disabled': true } : {})}
            >
              {t('messages.editor.save', { version: latest.version + 1 })}
            </Button>
          </Tooltip>
        </>
      }
      wide
    >
      {editor.restored ? (
        <Alert role="status">
          <Group gap="sm">
            <Text size="sm">{t('messages.editor.restored')}</Text>
            <Button size="compact-sm" variant="default" onClick={editor.discard}>
              {t('common.draft.discard')}
            </Button>
          </Group>
        </Alert>
      ) : null}
      {editor.newer && !editor.conflict ? (
        <Alert role="status" color="yellow">
          <Group gap="sm">
            <Text size="sm">
              {t('messages.editor.newer', { name: latest.createdBy, version: latest.version })}
            </Text>
            <Button size="compact-sm" variant="default" onClick={editor.openConflict}>
              {t('messages.editor.compare')}
            </Button>
          </Group>
        </Alert>
      ) : null}
      <div className={classes.editor}>
        <Stack gap="md">
          <SourceFields
            typed={typed}
            type={editor.type}
            findings={reading.findings ?? noFindings}
            goTo={goTo}
            insert={insert}
            subject={subject}
            readOnly={!may}
          />
          {reading.error ? <ErrorNotice error={reading.error} /> : null}
          <FindingsList findings={reading.findings} behind={reading.behind} onGo={go} />
          <UsedBy messageId={id} />
        </Stack>
        <div className={classes.side}>
          <PreviewPanel source={reading.source} readers={readers} />
        </div>
      </div>
      <ConflictDialog editor={editor} />
      <GuideDrawer
        opened={guideOpen}
        onClose={() => setGuideOpen(false)}
        onInsert={
          may
            ? (text) => {
                setGuideOpen(false);
                setInsert({ text });
              }
            : null
        }
      />
    </Page>
  );
};

/** One message: what it says, what is wrong with it, and what real people would receive. */
export const MessagePage = () => {
  const { id } = messageRoute.useParams();
  return <Editing key={id} id={id} />;
};
