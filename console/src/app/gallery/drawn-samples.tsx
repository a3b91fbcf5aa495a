import { SimpleGrid } from '@mantine/core';
import { useState } from 'react';
import { formatNumber } from '#platform/format';
import { Chart, CodeEditor, DiffView, MailFrame, Panel } from '#platform/kit';
import { useWords } from '#words';
import { changedMarkup, mail, markup, monthly } from './samples.ts';

/** What brings a library of its own: loaded when seen. */
export const DrawnSamples = () => {
  const { t } = useWords();
  const [text, setText] = useState(markup);
  const months = monthly.map((_orders, index) => t('gallery.month', { number: index + 1 }));
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }}>
      <Panel title={t('gallery.chart')}>
        <Chart
          title={t('gallery.chartFinding')}
          options={{
            xAxis: { type: 'category', data: months },
            yAxis: { type: 'value', name: t('gallery.orders') },
            series: [{ type: 'bar', data: [...monthly] }],
          }}
          table={{
            head: [t('gallery.name'), t('gallery.orders')],
            rows: monthly.map((orders, index) => [months[index] ?? '', formatNumber(orders)]),
          }}
        />
      </Panel>
      <Panel title={t('gallery.editor')}>
        <CodeEditor
          label={t('gallery.editor')}
          language="markup"
          value={text}
          onChange={setText}
          minHeight={160}
          findings={[{ from: 20, to: 40, severity: 'warning', message: t('gallery.fieldWrong') }]}
        />
        <DiffView before={markup} after={changedMarkup} label={t('gallery.before')} />
      </Panel>
      <Panel title={t('gallery.mail')}>
        <MailFrame html={mail} title={t('gallery.mail')} height={200} />
      </Panel>
      <Panel title={t('gallery.mailDark')}>
        <MailFrame html={mail} title={t('gallery.mailDark')} width={320} height={200} dark />
      </Panel>
    </SimpleGrid>
  );
};
