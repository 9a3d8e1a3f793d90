package dev.trifocal.apps.command;

import dev.trifocal.version.TrifocalVersion;
import picocli.CommandLine.IVersionProvider;

/** Provides the text that {@code --version} prints. */
public final class ProgramVersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"trifocal " + TrifocalVersion.text()};
  }
}
