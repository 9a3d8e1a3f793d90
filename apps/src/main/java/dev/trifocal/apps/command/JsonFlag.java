package dev.trifocal.apps.command;

import picocli.CommandLine.Option;

/** The option for output that scripts can read. */
public final class JsonFlag {
  @Option(names = "--json", description = "Print JSON instead of text.")
  private boolean json;

  boolean wanted() {
    return json;
  }
}
