-- A copy of PostgreSQL's profiles for segments and reports, written by replication only. The highest version counts.
create table if not exists profiles (
  workspace_id UUID,
  profile_id UUID,
  import_id UUID,
  version UInt64,
  deleted UInt8,
  external_id String,
  email_domain LowCardinality(String),
  has_email UInt8,
  language LowCardinality(String),
  country LowCardinality(String),
  region LowCardinality(String),
  time_zone LowCardinality(String),
  city String,
  first_name String,
  last_name String,
  text Map(LowCardinality(String), String),
  numbers Map(LowCardinality(String), Float64)
)
engine = ReplacingMergeTree(version)
order by (workspace_id, profile_id);
