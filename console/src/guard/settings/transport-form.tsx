import { NumberInput, PasswordInput, Radio, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { senderRoutes } from '@mesure/contract/sender';
import { useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { formatNumber } from '#platform/format';
import { ErrorNotice, Panel, validateWith } from '#platform/kit';
import { useWords } from '#words';
import { SaveBar } from './save-bar.tsx';
import {
  keepsPassword,
  type StoredTransport,
  type TransportValues,
  transportBody,
  transportValues,
  usualPort,
} from './transport-values.ts';

interface TransportFormProps {
  readonly stored: StoredTransport;
  readonly locked: string | undefined;
}

const securities = ['tls', 'starttls', 'none'] as const;

export const TransportForm = ({ stored, locked }: TransportFormProps) => {
  const { t } = useWords();
  const disabled = locked !== undefined;
  const range = { from: formatNumber(1), to: formatNumber(65_535) };
  const validate = validateWith(senderRoutes.saveTransport.body, {
    host: t('settings.delivery.hostWrong'),
    port: t('common.field.number', range),
  });
  // No draft: a password is not kept in the browser.
  const form = useForm<TransportValues>({
    initialValues: transportValues(stored),
    validate: (values) => validate(transportBody(values, stored)),
  });
  const { kind, security } = form.values;
  const save = useCall(senderRoutes.saveTransport, {
    refreshes: ['sender', 'home'],
    onSuccess: (answer) => {
      const values = transportValues(answer);
      form.setInitialValues(values);
      form.setValues(values);
      form.resetDirty(values);
      tell(t('common.saved'));
    },
  });
  const submit = (): void => {
    if (!form.validate().hasErrors) save.mutate({ body: transportBody(form.values, stored) });
  };
  const secure = (value: string | null): void => {
    const chosen = securities.find((known) => known === value) ?? 'tls';
    // A port that was not chosen by hand follows.
    if (Object.values(usualPort).some((port) => port === form.values.port))
      form.setFieldValue('port', usualPort[chosen]);
    form.setFieldValue('security', chosen);
  };
  return (
    <Panel title={t('settings.delivery.where')}>
      <Radio.Group
        aria-label={t('settings.delivery.where')}
        value={kind}
        onChange={(value) => form.setFieldValue('kind', value === 'smtp' ? 'smtp' : 'catcher')}
      >
        <Stack gap="xs">
          <Radio
            value="catcher"
            label={t('settings.delivery.catcher')}
            description={t('settings.delivery.catcherHint')}
            disabled={disabled}
          />
          <Radio
            value="smtp"
            label={t('settings.delivery.smtp')}
            description={t('settings.delivery.smtpHint')}
            disabled={disabled}
          />
        </Stack>
      </Radio.Group>
      {kind === 'smtp' ? (
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput
              label={t('settings.delivery.host')}
              placeholder="smtp.provider.example"
              required
              disabled={disabled}
              autoComplete="off"
              {...form.getInputProps('host')}
            />
            <Select
              label={t('settings.delivery.security')}
              data={securities.map((value) => ({ value, label: t(`settings.delivery.securities.${value}`) }))}
              value={security}
              onChange={secure}
              allowDeselect={false}
              disabled={disabled}
              error={form.errors['security']}
            />
            <NumberInput
              label={t('settings.delivery.port')}
              required
              min={1}
              max={65_535}
              allowDecimal={false}
              disabled={disabled}
              {...form.getInputProps('port')}
            />
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label={t('settings.delivery.user')}
              autoComplete="off"
              disabled={disabled}
              {...form.getInputProps('user')}
            />
            <PasswordInput
              label={t('settings.delivery.password')}
              description={
                keepsPassword(form.values, stored)
                  ? t('settings.delivery.passwordKept')
                  : t('settings.delivery.passwordHint')
              }
              autoComplete="new-password"
              disabled={disabled}
              {...form.getInputProps('password')}
            />
          </SimpleGrid>
        </Stack>
      ) : null}
      <ErrorNotice error={save.error} />
      <SaveBar
        dirty={form.isDirty()}
        saving={save.isPending}
        locked={locked}
        onSave={submit}
        onReset={() => form.reset()}
      />
    </Panel>
  );
};
