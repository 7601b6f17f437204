-- V17: the computer whose console keeps a vault beside which this one works, as it called itself; null if nobody was seen.
alter table vault add column owner varchar(255);
