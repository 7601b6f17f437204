-- V16: since when a vault's automatic backups go by their expiry only. It is never taken back.
alter table vault add column locked_at bigint;
