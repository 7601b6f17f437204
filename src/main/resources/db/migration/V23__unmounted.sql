-- S2: what was unmounted so that a disk could be overwritten, until it is put back; also by the next process. Only as long as the
-- computer runs: its start mounts what belongs to it.
create table unmounted (
  resource_id   varchar(36) not null,
  place         integer not null,
  started       varchar(64) not null,
  point         varchar(4000) not null,
  root          varchar(4000) not null,
  type          varchar(100) not null,
  options       varchar(4000) not null,
  begins_at     bigint not null,
  constraint pk_unmounted primary key (resource_id, place)
);
