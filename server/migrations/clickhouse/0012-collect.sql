-- What happened, when, to whom. One row per event, one array element per order line.
create table if not exists events (
  workspace_id UUID,
  event_id UUID,
  import_id UUID,
  name LowCardinality(String),
  at DateTime64(3, 'UTC'),
  profile_id UUID,
  source LowCardinality(String),
  text Map(LowCardinality(String), String),
  numbers Map(LowCardinality(String), Float64),
  order_id String,
  currency LowCardinality(String),
  revenue_minor Int64,
  item_sku Array(String),
  item_name Array(String),
  item_category Array(LowCardinality(String)),
  item_quantity Array(Decimal(18, 4)),
  item_unit_price Array(Decimal(18, 6)),
  item_total_minor Array(Int64),
  item_kind Array(LowCardinality(String)),
  item_flags Array(LowCardinality(String)),
  item_line Array(UInt64),
  -- One person's timeline reads a handful of granules instead of every event.
  index profile_bloom profile_id type bloom_filter(0.01) granularity 1
)
engine = ReplacingMergeTree
partition by toYYYYMM(at)
order by (workspace_id, name, at, event_id)
settings non_replicated_deduplication_window = 1000;

-- Order lines as rows. FINAL: a row that was sent twice counts once.
create view if not exists order_lines as
select
  workspace_id, event_id, import_id, name, at, profile_id, source, order_id, currency,
  sku, item_name_ as item_name, category, quantity, unit_price, total_minor, kind, flags, line
from events final
array join
  item_sku as sku,
  item_name as item_name_,
  item_category as category,
  item_quantity as quantity,
  item_unit_price as unit_price,
  item_total_minor as total_minor,
  item_kind as kind,
  item_flags as flags,
  item_line as line
where name in ('order_completed', 'order_refunded');
