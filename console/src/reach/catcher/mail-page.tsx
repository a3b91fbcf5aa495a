import { ActionIcon, Table, Tabs, Text, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { AnchorLink } from '#know/people';
import { formatBytes, formatInstant } from '#platform/format';
import { Facts, Page } from '#platform/kit';
import { useWords } from '#words';
import classes from './catcher.module.css';
import { MailLinks } from './mail-links.tsx';
import { MailShown } from './mail-shown.tsx';
import { MailSource } from './mail-source.tsx';
import { mailParts, mailQuery, mailRoute } from './routes.ts';
import { useMails } from './use-mails.ts';

/** One caught message, part by part. */
export const MailPage = () => {
  const { t } = useWords();
  const navigate = useNavigate();
  const { id } = mailRoute.useParams();
  const { part = 'message', search } = mailRoute.useSearch();
  const { data: mail } = useSuspenseQuery(mailQuery(id));
  const { rows = [] } = useMails(search).list;
  const at = rows.findIndex((row) => row.id === id);
  const neighbours = [
    { name: t('catcher.previous'), id: at < 0 ? undefined : rows[at - 1]?.id, Icon: IconChevronLeft },
    { name: t('catcher.next'), id: at < 0 ? undefined : rows[at + 1]?.id, Icon: IconChevronRight },
  ];
  const subject = mail.subject || t('catcher.noSubject');
  return (
    <Page
      title={subject}
      above={
        <AnchorLink to="/catcher" search={{ search }} size="sm">
          {t('catcher.back')}
        </AnchorLink>
      }
      actions={neighbours.map(({ name, id: other, Icon }) => (
        <Tooltip key={name} label={name}>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={name}
            disabled={other === undefined}
            onClick={() =>
              other === undefined
                ? undefined
                : void navigate({ to: '/catcher/$id', params: { id: other }, search: { part, search } })
            }
          >
            <Icon size={18} />
          </ActionIcon>
        </Tooltip>
      ))}
    >
      <Facts
        facts={[
          { name: t('catcher.to'), value: mail.to },
          { name: t('catcher.from'), value: mail.from },
          { name: t('catcher.at'), value: formatInstant(mail.at) },
          { name: t('catcher.size'), value: formatBytes(mail.bytes) },
        ]}
      />
      <Tabs
        value={part}
        keepMounted={false}
        onChange={(value) =>
          void navigate({
            to: '/catcher/$id',
            params: { id },
            search: { part: mailParts.find((name) => name === value), search },
            replace: true,
          })
        }
      >
        <Tabs.List aria-label={t('catcher.parts')} mb="md">
          {mailParts.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`catcher.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="message">
          <MailShown html={mail.html} />
        </Tabs.Panel>
        <Tabs.Panel value="text">
          {mail.text.trim() === '' ? (
            <Text size="sm">{t('catcher.noText')}</Text>
          ) : (
            <pre className={classes.plain} tabIndex={0}>
              {mail.text}
            </pre>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="links">
          <MailLinks links={mail.links} />
        </Tabs.Panel>
        <Tabs.Panel value="headers">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('catcher.headerName')}</Table.Th>
                <Table.Th>{t('catcher.headerValue')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {mail.headers.map(({ name, value }, index) => (
                <Table.Tr key={`${name} ${String(index)}`}>
                  <Table.Th scope="row" fw={500}>
                    {name}
                  </Table.Th>
                  <Table.Td className={classes.value}>{value}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Tabs.Panel>
        <Tabs.Panel value="source">
          <MailSource id={id} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
};
