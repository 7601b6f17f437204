-- P1 to P15: policies, the vaults they serve, and what became of each of their slots.
create table policy (
  id            varchar(36) not null,
  name          varchar(64) not null,
  enabled       boolean not null,
  rules         varchar(20000) not null,
  created_at    bigint not null,
  runs_since    bigint not null,
  keeps_since   bigint not null,
  constraint pk_policy primary key (id)
);
create unique index policy_name on policy (name);

create table policy_vault (
  vault_id      varchar(36) not null,
  policy_id     varchar(36) not null,
  bound_at      bigint not null,
  constraint pk_policy_vault primary key (vault_id),
  constraint fk_policy_vault_policy foreign key (policy_id) references policy (id),
  constraint fk_policy_vault_vault foreign key (vault_id) references vault (id)
);
create index policy_vault_policy on policy_vault (policy_id);

-- The primary key is what keeps a slot from running twice, whatever crashes.
create table policy_slot (
  policy_id     varchar(36) not null,
  vault_id      varchar(36) not null,
  slot          bigint not null,
  fate          varchar(20) not null,
  decided_at    bigint not null,
  tries         int not null,
  next_try      bigint not null,
  problem       varchar(4000),
  constraint pk_policy_slot primary key (policy_id, vault_id, slot)
);
create index policy_slot_fate on policy_slot (fate);

-- What was seen of the clock and of the slots last; one row.
create table clock_watch (
  id            int not null,
  seen_at       bigint not null,
  slots_until   bigint not null,
  trusted_at    bigint,
  days_seen     int not null,
  last_day      varchar(10) not null,
  cleaned_day   varchar(10) not null,
  constraint pk_clock_watch primary key (id)
);

-- V8: which disks bind themselves to a vault.
create table auto_bind (
  vault_id      varchar(36) not null,
  pattern       varchar(255) not null,
  folder        varchar(4000) not null,
  constraint pk_auto_bind primary key (vault_id),
  constraint fk_auto_bind foreign key (vault_id) references vault (id)
);

-- Of an automatic backup: whose it is, and for which slot.
alter table backup add column policy_id varchar(36);
alter table backup add column slot bigint;
create index backup_policy on backup (policy_id);

-- Z3: a task that was held still because the program was asked to stop goes on by itself at the next start.
alter table task add column suspended boolean default false not null;
