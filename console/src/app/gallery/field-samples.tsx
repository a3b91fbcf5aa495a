import { Checkbox, Radio, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { Panel } from '#platform/kit';
import { useWords } from '#words';

export const FieldSamples = () => {
  const { t } = useWords();
  const options = [
    { value: 'a', label: t('gallery.tone.neutral') },
    { value: 'b', label: t('gallery.tone.good') },
  ];
  return (
    <Stack gap="lg">
      <Panel title={t('gallery.forms')}>
        <TextInput label={t('gallery.field')} description={t('gallery.fieldHint')} required />
        <TextInput label={t('gallery.fieldWrong')} error={t('common.field.required')} />
        <TextInput label={t('gallery.field')} defaultValue={t('gallery.told')} disabled />
        <Select label={t('gallery.state')} data={options} defaultValue="a" />
        <Textarea label={t('gallery.name')} autosize minRows={2} />
        <Checkbox label={t('gallery.tone.good')} defaultChecked />
        <Switch label={t('gallery.tone.active')} defaultChecked />
        <Radio.Group label={t('gallery.state')} defaultValue="b">
          <Stack gap="xs" mt="xs">
            {options.map((option) => (
              <Radio key={option.value} {...option} />
            ))}
          </Stack>
        </Radio.Group>
      </Panel>
    </Stack>
  );
};
