-- The latest moment that a clock showed while it was not believed after a jump: the time that is trusted runs on only beyond it, so
-- that a clock which goes to and fro moves it no faster.
alter table clock_watch add column highest_at bigint;
update clock_watch set highest_at = seen_at, jumped_to = coalesce(jumped_to, seen_at) where trusted_at is not null;
