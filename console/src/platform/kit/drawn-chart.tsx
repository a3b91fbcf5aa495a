import { useComputedColorScheme } from '@mantine/core';
import type { EChartsOption } from 'echarts';
import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { saveFile } from './save-file.ts';

use([
  AriaComponent,
  BarChart,
  CustomChart,
  GridComponent,
  LegendComponent,
  LineChart,
  MarkLineComponent,
  SVGRenderer,
  TooltipComponent,
]);

export interface DrawnChart {
  readonly save: (as: 'svg' | 'png', fileName: string) => void;
}

interface DrawnChartProps {
  readonly ref?: Ref<DrawnChart>;
  readonly title: string;
  readonly options: EChartsOption;
  readonly height: number;
}

const inks = {
  light: {
    text: '#1b2129',
    quiet: '#56606c',
    line: '#d5dae0',
    accent: '#0b6e6e',
    other: '#8a5a00',
    ground: '#ffffff',
  },
  dark: {
    text: '#e4e7eb',
    quiet: '#98a2ae',
    line: '#3c4552',
    accent: '#48b2ad',
    other: '#e0b252',
    ground: '#151a21',
  },
} as const;

/** Labels and lines of an axis in the console's inks; what the chart itself says comes first. */
const inkedAxis = <A extends NonNullable<EChartsOption['xAxis'] | EChartsOption['yAxis']>>(
  axis: A,
  ink: (typeof inks)[keyof typeof inks],
): A => {
  if (Array.isArray(axis)) return axis;
  return Object.assign({}, axis, {
    axisLabel: { color: ink.text, ...axis.axisLabel },
    nameTextStyle: { color: ink.text, ...axis.nameTextStyle },
    axisLine: { ...axis.axisLine, lineStyle: { color: ink.line, ...axis.axisLine?.lineStyle } },
    splitLine: { ...axis.splitLine, lineStyle: { color: ink.line, ...axis.splitLine?.lineStyle } },
  });
};

const dressed = (title: string, options: EChartsOption, scheme: 'light' | 'dark'): EChartsOption => {
  const ink = inks[scheme];
  return {
    animation: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    animationDuration: 200,
    color: [ink.accent, ink.other, ink.quiet],
    textStyle: { color: ink.text, fontFamily: 'system-ui, sans-serif' },
    grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
    tooltip: { backgroundColor: ink.ground, borderColor: ink.line, textStyle: { color: ink.text } },
    // ECharts describes in English what it draws; the title says it, and the table behind has the figures.
    aria: { enabled: true, label: { description: title } },
    ...options,
    ...(options.xAxis ? { xAxis: inkedAxis(options.xAxis, ink) } : {}),
    ...(options.yAxis ? { yAxis: inkedAxis(options.yAxis, ink) } : {}),
  };
};

const pngOf = (svg: string, width: number, height: number): Promise<Blob> =>
  new Promise((resolve, reject) => {
    const scale = 2;
    const image = new Image();
    image.addEventListener('error', () => reject(new Error('The chart could not be turned into a picture.')));
    image.addEventListener('load', () => {
      const canvas = document.createElement('canvas');
      canvas.width = width * scale;
      canvas.height = height * scale;
      const context = canvas.getContext('2d');
      context?.scale(scale, scale);
      context?.drawImage(image, 0, 0, width, height);
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('The browser gave no picture.'))),
        'image/png',
      );
    });
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  });

export const DrawnChart = ({ ref, title, options, height }: DrawnChartProps) => {
  const scheme = useComputedColorScheme('light');
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);

  useEffect(() => {
    if (!place.current) return;
    const made = init(place.current, null, { renderer: 'svg' });
    chart.current = made;
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(place.current);
    return () => {
      watcher.disconnect();
      made.dispose();
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption(dressed(title, options, scheme), true);
  }, [title, options, scheme]);

  // Paper is white, whatever the screen looks like.
  useEffect(() => {
    const dress = (as: 'light' | 'dark') => (): void =>
      chart.current?.setOption(dressed(title, options, as), true);
    const [onPaper, onScreen] = [dress('light'), dress(scheme)];
    window.addEventListener('beforeprint', onPaper);
    window.addEventListener('afterprint', onScreen);
    return () => {
      window.removeEventListener('beforeprint', onPaper);
      window.removeEventListener('afterprint', onScreen);
    };
  }, [title, options, scheme]);

  useImperativeHandle(ref, () => ({
    save: (as, fileName) => {
      const made = chart.current;
      if (!made) return;
      // Printed and mailed charts stand on white, whatever the screen looked like.
      made.setOption({ ...dressed(title, options, 'light'), backgroundColor: '#ffffff' }, true);
      const svg = made.renderToSVGString();
      made.setOption(dressed(title, options, scheme), true);
      if (as === 'svg') saveFile(`${fileName}.svg`, new Blob([svg], { type: 'image/svg+xml' }));
      else
        void pngOf(svg, made.getWidth(), made.getHeight()).then((blob) => saveFile(`${fileName}.png`, blob));
    },
  }));

  return <div ref={place} role="img" aria-label={title} style={{ height, width: '100%' }} />;
};
