package dev.trifocal.apps.command;

import picocli.CommandLine.Option;

/** The flag of every command whose output a script might read. */
public final class JsonFlag {
  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  boolean wanted() {
    return json;
  }
}
