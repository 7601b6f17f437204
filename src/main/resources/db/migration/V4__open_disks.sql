-- S6: backups that are open as disks, or whose changes are kept for the next time.
create table open_disk (
  id            varchar(36) not null,
  backup_id     varchar(36) not null,
  writable      boolean not null,
  served        boolean not null,
  socket        varchar(4000),
  port          int not null,
  opened_at     bigint not null,
  constraint pk_open_disk primary key (id)
);
create index open_disk_backup on open_disk (backup_id);
