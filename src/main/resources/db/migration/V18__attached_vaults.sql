-- V17: a vault that another console keeps too: that one writes down what it is called and holds, this one only backs up into it.
alter table vault add column beside boolean default false not null;
-- V17: whether somebody or something changed what a backup's commit says of it (name, date, trash), so that the vault has to keep it apart.
alter table backup add column relabeled boolean default false not null;
