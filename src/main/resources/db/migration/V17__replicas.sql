-- X1: what a backup that was copied from another vault is a copy of. The copied backup goes by the session that made it, which names
-- it in any catalog; name and vault are kept for when it is gone.
create table replica (
  backup_id      varchar(36) not null,
  source_session varchar(64) not null,
  source_name    varchar(64) not null,
  source_vault   varchar(64) not null,
  constraint pk_replica primary key (backup_id),
  constraint fk_replica_backup foreign key (backup_id) references backup (id) on delete cascade
);
create index replica_source on replica (source_session);
