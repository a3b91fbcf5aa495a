-- know/catalog: what can be bought and recommended.

create table product (
  workspace_id uuid not null,
  id uuid not null,
  sku text collate "C" not null check (sku <> ''),
  name text not null,
  -- Lower case, no accents: written by the application, compared as it is (leakproof under row-level security).
  name_key text collate "C" not null,
  category text not null default '',
  -- Prices below a minor unit exist (0.055 EUR a piece): kept exact.
  unit_price numeric(18, 6) not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  url text,
  image_url text,
  -- Bought for reasons that are nobody's business (health, intimacy): never recommended.
  sensitive boolean not null default false,
  available boolean not null default true,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, sku)
);
create index product_name on product (workspace_id, name_key);
create index product_category on product (workspace_id, category, sku);

call protect_workspace_table('product');
