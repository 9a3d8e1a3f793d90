package dev.trifocal.apps.command;

import dev.trifocal.apps.report.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
public final class ProgramVersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"trifocal " + ProgramVersion.text()};
  }
}
