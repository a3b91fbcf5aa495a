import {
  Autocomplete,
  Button,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { catalogRoutes, type ProductBody } from '@mesure/contract/catalog';
import { call, useCall } from '#platform/api';
import { useDraft } from '#platform/drafts';
import { tell } from '#platform/feedback';
import { ErrorNotice, validateWith } from '#platform/kit';
import { useMay, useSettings } from '#platform/session';
import { currentLanguage, useWords } from '#words';
import { readPrice, typePrice } from './price.ts';

interface ProductFormProps {
  /** Undefined: a new one. */
  readonly product: ProductBody | undefined;
  readonly categories: readonly string[];
  readonly onDone: () => void;
}

interface Typed {
  sku: string;
  name: string;
  category: string;
  price: string;
  currency: string;
  url: string;
  imageUrl: string;
  sensitive: boolean;
  available: boolean;
}

const itemSchema = catalogRoutes.saveProducts.body.shape.items.element;

const changeOf = (typed: Typed) => ({
  sku: typed.sku.trim(),
  name: typed.name.trim(),
  category: typed.category.trim(),
  ...(typed.price.trim() === '' ? {} : { unitPrice: readPrice(typed.price) ?? typed.price }),
  currency: typed.currency,
  url: typed.url.trim() === '' ? null : typed.url.trim(),
  imageUrl: typed.imageUrl.trim() === '' ? null : typed.imageUrl.trim(),
  sensitive: typed.sensitive,
  available: typed.available,
});

const currencies = Intl.supportedValuesOf('currency');

export const ProductForm = ({ product, categories, onDone }: ProductFormProps) => {
  const { t } = useWords();
  const settings = useSettings();
  const may = useMay('marketer', 'admin');
  const draft = useDraft<Typed>(`product/${product?.sku ?? 'new'}`);
  const stored: Typed = {
    sku: product?.sku ?? '',
    name: product?.name ?? '',
    category: product?.category ?? '',
    price: product ? typePrice(product.unitPrice, currentLanguage() === 'fr' ? ',' : '.') : '',
    currency: product?.currency ?? settings.currency,
    url: product?.url ?? '',
    imageUrl: product?.imageUrl ?? '',
    sensitive: product?.sensitive ?? false,
    available: product?.available ?? true,
  };
  const form = useForm<Typed>({
    initialValues: draft.found ?? stored,
    validate: (typed) => {
      const { unitPrice, ...errors } = validateWith(itemSchema, { unitPrice: t('catalogue.priceWrong') })(
        changeOf(typed),
      );
      return unitPrice ? { ...errors, price: unitPrice } : errors;
    },
    onValuesChange: draft.keep,
  });
  const save = useCall(catalogRoutes.saveProducts, {
    onSuccess: (_answer, { body }) => {
      draft.forget();
      const name = body.items[0]?.name || (body.items[0]?.sku ?? '');
      tell(product ? t('catalogue.saved', { name }) : t('catalogue.created', { name }));
      onDone();
    },
  });
  const submit = async (typed: Typed): Promise<void> => {
    const change = itemSchema.parse(changeOf(typed));
    if (!product) {
      // Saving goes by code: a new product must not silently overwrite one that is there.
      const { items } = await call(catalogRoutes.listProducts, { query: { search: change.sku, limit: 500 } });
      const taken = items.find(({ sku }) => sku === change.sku);
      if (taken) {
        form.setFieldError('sku', t('catalogue.skuTaken', { name: taken.name || taken.sku }));
        return;
      }
    }
    save.mutate({ body: { items: [change] } });
  };
  return (
    <form onSubmit={form.onSubmit((typed) => void submit(typed))}>
      <Stack gap="md">
        {draft.found ? (
          <Group gap="sm">
            <Text size="sm">{t('common.draft.restored')}</Text>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                form.setValues(stored);
                draft.forget();
              }}
            >
              {t('common.draft.discard')}
            </Button>
          </Group>
        ) : null}
        <TextInput
          label={t('catalogue.sku')}
          description={product ? undefined : t('catalogue.skuHint')}
          required={!product}
          readOnly={product !== undefined}
          maxLength={200}
          {...form.getInputProps('sku')}
        />
        <TextInput
          data-autofocus={product !== undefined || undefined}
          label={t('catalogue.name')}
          maxLength={1000}
          {...form.getInputProps('name')}
        />
        <Autocomplete
          label={t('catalogue.category')}
          data={[...categories]}
          maxLength={200}
          limit={50}
          {...form.getInputProps('category')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label={t('catalogue.price')}
            description={t('catalogue.priceHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            inputMode="decimal"
            maxLength={30}
            {...form.getInputProps('price')}
          />
          <Select
            label={t('catalogue.currency')}
            data={
              currencies.includes(form.values.currency) ? currencies : [form.values.currency, ...currencies]
            }
            searchable
            allowDeselect={false}
            limit={200}
            {...form.getInputProps('currency')}
          />
        </SimpleGrid>
        <TextInput label={t('catalogue.url')} type="url" maxLength={2000} {...form.getInputProps('url')} />
        <TextInput
          label={t('catalogue.image')}
          type="url"
          maxLength={2000}
          {...form.getInputProps('imageUrl')}
        />
        <Switch
          label={t('catalogue.sensitive')}
          description={t('catalogue.sensitiveHint')}
          {...form.getInputProps('sensitive', { type: 'checkbox' })}
        />
        <Switch label={t('catalogue.available')} {...form.getInputProps('available', { type: 'checkbox' })} />
        <ErrorNotice error={save.error} />
        {may ? null : <Text size="sm">{t('catalogue.mayNot')}</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!may}>
            {product ? t('common.save') : t('catalogue.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
