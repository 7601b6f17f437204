-- The catalog: a cache of what the vaults hold, plus what only this home knows (tasks, audit, settings).
-- Portable between H2 and PostgreSQL. Times are UTC instants in milliseconds since 1970; enums are their names.

create table setting (
  name          varchar(200) not null,
  content       varchar(100000) not null,
  constraint pk_setting primary key (name)
);

create table audit (
  seq           bigint not null,
  moment        bigint not null,
  who           varchar(200) not null,
  origin        varchar(20) not null,
  event         varchar(60) not null,
  object_type   varchar(40) not null,
  object_id     varchar(64) not null,
  object_name   varchar(300) not null,
  outcome       varchar(20) not null,
  change_before varchar(20000),
  change_after  varchar(20000),
  hash          varchar(64) not null,
  constraint pk_audit primary key (seq)
);
create index audit_moment on audit (moment);

create table location (
  id            varchar(36) not null,
  name          varchar(64) not null,
  kind          varchar(20) not null,
  path          varchar(4000) not null,
  region        varchar(64) not null,
  marker        varchar(64) not null,
  added_at      bigint not null,
  constraint pk_location primary key (id)
);

create table resource (
  id            varchar(36) not null,
  kind          varchar(20) not null,
  name          varchar(255) not null,
  identity_key  varchar(400) not null,
  path          varchar(4000) not null,
  image         boolean not null,
  capacity      bigint not null,
  model         varchar(255) not null,
  serial        varchar(255) not null,
  part          varchar(20) not null,
  state         varchar(20) not null,
  cause         varchar(4000),
  mounts        varchar(4000) not null,
  encryption    varchar(20) not null,
  unusable      varchar(36),
  first_seen    bigint not null,
  last_seen     bigint not null,
  hidden        boolean not null,
  constraint pk_resource primary key (id)
);
create unique index resource_identity on resource (identity_key);

create table vault (
  id            varchar(36) not null,
  name          varchar(64) not null,
  kind          varchar(20) not null,
  description   varchar(255) not null,
  location_id   varchar(36) not null,
  prefix        varchar(200) not null,
  capacity_gb   bigint not null,
  used          bigint not null,
  status        varchar(20) not null,
  problem       varchar(4000),
  encrypted     boolean not null,
  auto_expand   boolean not null,
  backup_prefix varchar(40) not null,
  pin           varchar(2000) not null,
  sheet_saved   bigint,
  created_at    bigint not null,
  trashed_at    bigint,
  trash_days    int not null,
  trash_seen    varchar(10),
  constraint pk_vault primary key (id),
  constraint fk_vault_location foreign key (location_id) references location (id)
);

create table vault_tag (
  vault_id      varchar(36) not null,
  tag_key       varchar(36) not null,
  tag_value     varchar(43) not null,
  constraint pk_vault_tag primary key (vault_id, tag_key),
  constraint fk_vault_tag foreign key (vault_id) references vault (id)
);

create table binding (
  vault_id      varchar(36) not null,
  resource_id   varchar(36) not null,
  bound_at      bigint not null,
  constraint pk_binding primary key (vault_id, resource_id),
  constraint fk_binding_vault foreign key (vault_id) references vault (id),
  constraint fk_binding_resource foreign key (resource_id) references resource (id)
);
create index binding_resource on binding (resource_id);

create table backup (
  id            varchar(36) not null,
  name          varchar(64) not null,
  description   varchar(255) not null,
  vault_id      varchar(36) not null,
  resource_id   varchar(36) not null,
  resource_name varchar(255) not null,
  status        varchar(20) not null,
  origin        varchar(20) not null,
  kind          varchar(20) not null,
  consistency   varchar(20) not null,
  reason        varchar(60) not null,
  encryption    varchar(20) not null,
  part          varchar(20) not null,
  created_at    bigint not null,
  finished_at   bigint,
  capacity      bigint not null,
  logical       bigint not null,
  added         bigint not null,
  only_here     bigint not null,
  frees_now     bigint not null,
  session       varchar(64),
  task_id       varchar(36),
  expires_at    bigint,
  trashed_at    bigint,
  trash_days    int not null,
  trash_seen    varchar(10),
  verified_at   bigint,
  damaged       boolean not null,
  problem       varchar(4000),
  constraint pk_backup primary key (id),
  constraint fk_backup_vault foreign key (vault_id) references vault (id),
  constraint fk_backup_resource foreign key (resource_id) references resource (id)
);
create index backup_created on backup (created_at);
create index backup_vault on backup (vault_id, created_at);
create index backup_resource on backup (resource_id, created_at);
create index backup_name on backup (name);
create index backup_session on backup (session);

create table task (
  id            varchar(36) not null,
  kind          varchar(20) not null,
  status        varchar(20) not null,
  stage         varchar(20) not null,
  done          bigint not null,
  total         bigint not null,
  stored        bigint not null,
  object_name   varchar(300) not null,
  vault_id      varchar(36),
  vault_name    varchar(64),
  resource_id   varchar(36),
  resource_name varchar(255),
  backup_id     varchar(36),
  location_id   varchar(36),
  parameters    varchar(20000) not null,
  who           varchar(200) not null,
  origin        varchar(20) not null,
  created_at    bigint not null,
  started_at    bigint,
  ended_at      bigint,
  outcome       varchar(4000),
  problem       varchar(8000),
  seen          boolean not null,
  constraint pk_task primary key (id)
);
create index task_created on task (created_at);
create index task_status on task (status);

create table task_step (
  task_id       varchar(36) not null,
  seq           int not null,
  moment        bigint not null,
  step          varchar(100) not null,
  args          varchar(4000) not null,
  constraint pk_task_step primary key (task_id, seq),
  constraint fk_task_step foreign key (task_id) references task (id)
);
