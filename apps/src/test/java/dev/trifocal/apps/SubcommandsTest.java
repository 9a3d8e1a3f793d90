package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.datasets.DatasetRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@DisplayName("A start describes no more commands than the command line can call")
class SubcommandsTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void aCommandLineThatBeginsWithACommandHasOnlyThisOne() {
    assertThat(commands("predict", "train", "zoo").getSubcommands()).containsOnlyKeys("predict");
    assertThat(commands("datasets", "inspect", "x").getSubcommands()).containsOnlyKeys("datasets");
  }

  @Test
  void anyOtherHasAll() {
    CommandLine all = commands();
    assertThat(all.getSubcommands()).containsKeys("train", "predict", "compare");
    assertThat(commands("--help", "train").getSubcommands()).hasSameSizeAs(all.getSubcommands());
    assertThat(commands("trian").getSubcommands()).hasSameSizeAs(all.getSubcommands());
  }

  @Test
  void theOnlyCommandIsTheSameAsAmongAll() {
    commands()
        .getSubcommands()
        .forEach(
            (name, command) ->
                assertThat(commands(name).getSubcommands().get(name).getUsageMessage())
                    .isEqualTo(command.getUsageMessage()));
  }

  private CommandLine commands(String... arguments) {
    PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(stream, stream, Terminal.Audience.FILE, Path.of(""), Map.of(), Map.of());
    return new CommandLineApp(terminal, DatasetRegistry.standard()).commandLine(arguments);
  }
}
