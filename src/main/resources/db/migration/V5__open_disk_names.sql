-- S6: what an open disk is called is known even when its backup is gone, so that its changes can be thrown away.
alter table open_disk add column backup_name varchar(64) default '' not null;
alter table open_disk add column disk_name varchar(255) default '' not null;
update open_disk set
  backup_name = coalesce((select name from backup where backup.id = open_disk.backup_id), ''),
  disk_name = coalesce((select resource_name from backup where backup.id = open_disk.backup_id), '');
