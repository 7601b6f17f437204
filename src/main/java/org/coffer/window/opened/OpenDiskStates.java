package org.coffer.window.opened;

import org.coffer.console.opened.OpenDisk;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.State;
import org.coffer.window.kit.Tone;

/** How the states of open disks look. */
final class OpenDiskStates {
    private OpenDiskStates() {}

    static State of(OpenDisk disk) {
        if (disk.kept()) {
            return State.of(Icon.PAUSED, Tone.MUTED, "opened.state.kept");
        }
        if (disk.uri().isEmpty()) {
            return State.of(Icon.ERROR, Tone.DANGER, "opened.state.unserved");
        }
        if (disk.problem().isPresent()) {
            return State.of(Icon.WARN, Tone.ATTENTION, "opened.state.trouble");
        }
        return State.of(Icon.OK, Tone.SUCCESS, disk.writable() ? "opened.state.writable" : "opened.state.read-only");
    }
}
