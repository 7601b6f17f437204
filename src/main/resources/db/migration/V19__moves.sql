-- V15: the copies that a migration has made, which no row of the list names until all of them are there; and, once the rows
-- name them, the originals that are still to be deleted (spent).
create table moved_copy (
  vault_id      varchar(36) not null,
  session       varchar(32) not null,
  backup_id     varchar(36) not null,
  noted_at      bigint not null,
  spent         boolean not null,
  constraint pk_moved_copy primary key (vault_id, session)
);
create index moved_copy_backup on moved_copy (backup_id);
