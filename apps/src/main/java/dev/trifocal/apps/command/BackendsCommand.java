package dev.trifocal.apps.command;

import dev.trifocal.apps.engine.Engines;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.Table;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Device;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the engines. */
@Command(
    name = "backends",
    description = "List the engines that are there, with the devices that each can use now.",
    footer = {"  trifocal backends", "  trifocal backends --json"})
public final class BackendsCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Engines engines;
  @Mixin private JsonFlag json;

  @Inject
  BackendsCommand(Terminal terminal, Engines engines) {
    this.terminal = terminal;
    this.engines = engines;
  }

  @Override
  public Integer call() {
    List<Backend> backends = engines.names().stream().map(engines::backend).toList();
    terminal.line(json.wanted() ? json(backends) : table(backends));
    return 0;
  }

  private static String table(List<Backend> backends) {
    Table table = new Table().text("backend").text("engine").text("devices");
    backends.forEach(
        backend -> table.row(backend.name(), backend.engine(), String.join(" ", devices(backend))));
    return table.toString();
  }

  private static String json(List<Backend> backends) {
    return new Json().text(backends.stream().map(BackendsCommand::described).toList());
  }

  private static Map<String, Object> described(Backend backend) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("backend", backend.name());
    result.put("engine", backend.engine());
    result.put("devices", devices(backend));
    return result;
  }

  private static List<String> devices(Backend backend) {
    return backend.devices().stream().map(Device::toString).toList();
  }
}
