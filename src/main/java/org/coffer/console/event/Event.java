package org.coffer.console.event;

import java.util.UUID;

/** Something that changed, published after the change is committed. It carries no data: who cares loads afresh. */
public sealed interface Event {
    /** A setting was changed. */
    record SettingChanged(String name) implements Event {}

    /** A line was added to the audit record. */
    record Audited(long seq) implements Event {}

    /** A task was made, or changed its status. */
    record TaskChanged(UUID task) implements Event {}

    /** Running tasks have new numbers; at most four times a second. */
    record TasksProgressed() implements Event {}

    /** A location was added, removed, lost or found again. */
    record LocationChanged(UUID location) implements Event {}

    /** The list of disks, or the state of one, changed. */
    record ResourcesChanged() implements Event {}

    /** A vault was made, changed or removed. */
    record VaultChanged(UUID vault) implements Event {}

    /** A policy was made, changed or removed, or one of its slots came. */
    record PolicyChanged(UUID policy) implements Event {}

    /** A disk was opened or closed, mounted or unmounted, or has other clients or another problem. */
    record OpenDisksChanged() implements Event {}

    /** A backup was made, changed or removed. */
    record BackupChanged(UUID backup) implements Event {}
}
