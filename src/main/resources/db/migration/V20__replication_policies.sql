-- P9: a vault has one policy of each kind.
create table policy_bond (
  vault_id      varchar(36) not null,
  kind          varchar(20) not null,
  policy_id     varchar(36) not null,
  bound_at      bigint not null,
  constraint pk_policy_bond primary key (vault_id, kind),
  constraint fk_policy_bond_policy foreign key (policy_id) references policy (id),
  constraint fk_policy_bond_vault foreign key (vault_id) references vault (id)
);
create index policy_bond_policy on policy_bond (policy_id);
insert into policy_bond (vault_id, kind, policy_id, bound_at) select vault_id, 'BACKUP', policy_id, bound_at from policy_vault;
drop table policy_vault;
