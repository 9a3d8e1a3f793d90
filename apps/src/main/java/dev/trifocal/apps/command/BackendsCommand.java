package dev.trifocal.apps.command;

import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.TextTable;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.ConfigurationException;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the engines. */
@Command(
    name = "backends",
    description = {
      "List the installed engines with their devices, default threads and limitations."
    },
    footer = {"  trifocal backends", "  trifocal backends --json"})
public final class BackendsCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final BackendRegistry backends;
  @Mixin private JsonFlag json;

  @Inject
  BackendsCommand(Terminal terminal, BackendRegistry backends) {
    this.terminal = terminal;
    this.backends = backends;
  }

  @Override
  public Integer call() {
    List<EngineReport> engineReports = backends.names().stream().map(this::report).toList();
    terminal.line(json.wanted() ? new Json().text(engineReports) : table(engineReports));
    return 0;
  }

  /** One engine's facts; {@code problem} says why it fails to start, and is empty otherwise. */
  private record EngineReport(
      String backend,
      String engine,
      List<String> devices,
      int threads,
      List<String> limits,
      String problem) {}

  private EngineReport report(String name) {
    try {
      Backend backend = backends.backend(name);
      List<String> devices = backend.devices().stream().map(Device::toString).toList();
      int threads = RunOptions.DEFAULT.threadCount();
      return new EngineReport(name, backend.engine(), devices, threads, backend.limits(), null);
    } catch (ConfigurationException e) {
      return new EngineReport(name, null, List.of(), 0, List.of(), e.getMessage());
    }
  }

  private static String table(List<EngineReport> engineReports) {
    TextTable table =
        new TextTable()
            .text("backend")
            .text("engine")
            .text("devices")
            .number("threads")
            .text("limits");
    List<String> problems = new ArrayList<>();
    for (EngineReport engine : engineReports) {
      if (engine.problem == null) {
        table.row(
            engine.backend,
            engine.engine,
            String.join(" ", engine.devices),
            engine.threads,
            String.join("; ", engine.limits));
      } else {
        table.row(engine.backend, "failed to start", "", "", "");
        problems.add("\n" + engine.problem);
      }
    }
    return table + String.join("", problems);
  }
}
