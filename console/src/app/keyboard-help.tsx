import { Kbd, Modal, Table } from '@mantine/core';
import { useWords } from '#words';
import { usePlaces } from './navigation.tsx';

interface KeyboardHelpProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export const KeyboardHelp = ({ opened, onClose }: KeyboardHelpProps) => {
  const { t } = useWords();
  const lines: readonly (readonly [readonly string[], string])[] = [
    [['Ctrl', 'K'], t('shell.keys.palette')],
    [['?'], t('shell.keys.help')],
    [['/'], t('shell.keys.search')],
    [['↑', '↓'], t('shell.keys.rows')],
    [['Ctrl', 'S'], t('shell.keys.save')],
    [['Shift', 'B'], t('shell.keys.brake')],
    [['Esc'], t('shell.keys.close')],
    ...usePlaces().map(
      ({ name, key }) => [['g', key], t('shell.keys.goTo', { place: t(`shell.places.${name}`) })] as const,
    ),
  ];
  return (
    <Modal opened={opened} onClose={onClose} title={t('shell.keys.title')}>
      <Table withRowBorders={false}>
        <Table.Tbody>
          {lines.map(([keys, what]) => (
            <Table.Tr key={what}>
              <Table.Td>
                {keys.map((key) => (
                  <Kbd key={key} me={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
};
