package org.coffer.command;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that stands in the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Cli.class.getPackage().getImplementationVersion();
        return new String[] {"Coffer " + Objects.requireNonNullElse(version, "development")};
    }
}
