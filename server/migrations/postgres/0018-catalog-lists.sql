-- know/catalog: a SKU is found in any case, names as people's names are (no apostrophes, hyphens as spaces).
alter table product add column sku_key text collate "C" generated always as (lower(sku)) stored;
alter table product no force row level security;
update product set name_key = left(translate(replace(name_key, '-', ' '), '''’', ''), 200);
alter table product force row level security;

drop index product_name;
create index product_name on product (workspace_id, name_key, sku);
create index product_sku on product (workspace_id, sku_key);
create index product_price on product (workspace_id, unit_price, sku);
create index product_created on product (workspace_id, created_at, sku);
