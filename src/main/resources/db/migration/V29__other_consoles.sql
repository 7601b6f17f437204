-- V17: whether another console made a backup, and keeps it: no rule lets it go here. A fact, because who keeps a vault changes.
alter table backup add column made_elsewhere boolean default false not null;
update backup set made_elsewhere = true
  where task_id is null and exists (select 1 from vault v where v.id = backup.vault_id and v.beside);

-- V17: what is left to do of attaching a vault, as JSON. Until it is done no rule judges what lies there.
alter table vault add column attaching varchar(10000);
