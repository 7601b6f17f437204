-- P4: whether a backup was stored in full, whatever it is shown as since older ones went. The best that is known of those that are
-- there; each is put right by what its vault says when that is opened next.
alter table backup add column stored_full boolean default false not null;
update backup set stored_full = true where kind = 'FULL';
