-- P8: what a policy left when it, or the disk, was unbound and bound again. A fact, not to be worked out from dates: clocks jump.
alter table backup add column left_behind boolean default false not null;
update backup set left_behind = true
  where policy_id is not null
  and (exists (select 1 from policy_vault p
               where p.policy_id = backup.policy_id and p.vault_id = backup.vault_id and p.bound_at >= backup.created_at)
    or exists (select 1 from binding b
               where b.vault_id = backup.vault_id and b.resource_id = backup.resource_id and b.bound_at >= backup.created_at));

-- Where the clock was right after it jumped ahead: from there on the time that is believed runs on with it.
alter table clock_watch add column jumped_to bigint;
