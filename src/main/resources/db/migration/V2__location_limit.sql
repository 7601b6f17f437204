-- B13: how many megabytes a second may go to and come from a location; 0 for no limit.
alter table location add column limit_mb bigint default 0 not null;
