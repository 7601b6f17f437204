-- V1: what a vault is for: BACKUP, or REPLICATION, which takes nothing but replicas.
alter table vault add column protection varchar(12) default 'BACKUP' not null;
