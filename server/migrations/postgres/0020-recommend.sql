-- choose/recommend: what the last refresh learned from orders. Replaced as a whole, so that readers never see half of it.

create table recommend_model (
  workspace_id uuid primary key,
  -- Goes into decision records: which state of knowledge a recommendation came from.
  version text not null,
  refreshed_at timestamptz not null,
  popularity_days integer not null,
  -- Median days until anything is bought again; null while the shop has too few repeat purchases.
  overall_delay_days integer
);
call protect_workspace_table('recommend_model');

create table popular_product (
  workspace_id uuid not null,
  sku text collate "C" not null,
  category text not null,
  -- Distinct buyers within the window.
  people integer not null check (people > 0),
  overall_rank integer not null,
  category_rank integer not null,
  primary key (workspace_id, sku)
);
call protect_workspace_table('popular_product');

create table rebuy_delay (
  workspace_id uuid not null,
  category text not null,
  days integer not null check (days > 0),
  basis text not null check (basis in ('learned', 'overall', 'rarely', 'assumed')),
  gaps bigint not null,
  primary key (workspace_id, category)
);
call protect_workspace_table('rebuy_delay');
