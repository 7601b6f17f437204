-- L1: what a location in object storage is reached with, as JSON, without its secret; nothing for folders.
alter table location add column settings varchar(4000);
