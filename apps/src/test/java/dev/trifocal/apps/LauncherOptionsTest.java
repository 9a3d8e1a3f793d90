package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.datasets.DatasetRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayName("The launcher knows all commands and options before the first build")
class LauncherOptionsTest {
  private static final String LIST = "apps/src/main/launcher/options.txt";

  @TempDir Path folder;

  @Test
  void theListIsThatOfTheProgram() throws IOException {
    assertThat(Files.readString(root().resolve(LIST))).isEqualTo(list("trifocal", commands()));
  }

  @Test
  void anUnknownOptionOrCommandIsToldWithoutABuild() throws IOException, InterruptedException {
    Path copy = folder.resolve("copy");
    Files.createDirectories(copy.resolve("apps/src/main/launcher"));
    Files.copy(root().resolve("trifocal"), copy.resolve("trifocal"));
    Files.copy(root().resolve(LIST), copy.resolve(LIST));

    assertThat(launched(copy, "train", "--epocs", "3"))
        .isEqualTo("2 error: Unknown option: '--epocs'\nSee 'trifocal train --help'.\n");
    assertThat(launched(copy, "datasets", "inspect", "--shet=x", "data"))
        .isEqualTo("2 error: Unknown option: '--shet'\nSee 'trifocal datasets inspect --help'.\n");
    assertThat(launched(copy, "trian"))
        .isEqualTo("2 error: there is no command 'trian'; './trifocal --help' lists all\n");
    assertThat(copy.resolve("apps/target")).doesNotExist();
  }

  @Test
  void aWorkingDirectoryThatNoLongerExistsIsTold() throws IOException, InterruptedException {
    String script = "mkdir gone && cd gone && rmdir ../gone && exec bash '%s' zoo";
    Process process =
        new ProcessBuilder("bash", "-c", script.formatted(root().resolve("trifocal")))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(text)
        .endsWith("error: the working directory no longer exists; change to another one\n");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  @Test
  void tooFewOpenFilesAreToldBeforeTheBuild() throws IOException, InterruptedException {
    Path copy = Files.createDirectories(folder.resolve("copy"));
    Files.copy(root().resolve("trifocal"), copy.resolve("trifocal"));
    Process process =
        new ProcessBuilder(
                "bash", "-c", "ulimit -n 100; exec bash '%s/trifocal' zoo".formatted(copy))
            .redirectErrorStream(true)
            .start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "error: only 100 open files are allowed, but Trifocal needs 128; raise the limit in a new"
                + " shell, for example with 'ulimit -n 1024'\n");
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(copy.resolve("apps")).doesNotExist();
  }

  @Test
  void theProgramRunsWithoutTelemetryAndInLargePages() throws IOException, InterruptedException {
    Path copy = folder.resolve("copy");
    Path target = copy.resolve("apps/target");
    Files.createDirectories(target);
    Files.copy(root().resolve("trifocal"), copy.resolve("trifocal"));
    Files.createFile(copy.resolve("pom.xml"));
    Files.createDirectories(copy.resolve("apps/src/main"));
    Files.createFile(copy.resolve("apps/pom.xml"));
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/bash
        case " $* " in
          *" -version "*) echo "    java.specification.version = 17" >&2 ;;
          *) env ;;
        esac
        """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.createFile(target.resolve("classes-17.jsa"));
    Files.createFile(target.resolve("built"));

    ProcessBuilder launcher = new ProcessBuilder("bash", copy + "/trifocal", "zoo");
    launcher.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    launcher.environment().remove("ORT_DISABLE_TELEMETRY");
    launcher.environment().remove("GLIBC_TUNABLES");
    Process process = launcher.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    assertThat(text.lines())
        .contains("ORT_DISABLE_TELEMETRY=1")
        .contains(
            "GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1"
                + ":glibc.malloc.tcache_count=0:glibc.malloc.mxfast=0"
                + ":glibc.malloc.mmap_threshold=134217728:glibc.malloc.trim_threshold=1099511627776");
  }

  private static String launched(Path copy, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", copy + "/trifocal"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + text;
  }

  private CommandLine commands() {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(nowhere, nowhere, Terminal.Audience.FILE, folder, Map.of(), Map.of());
    return new CommandLineApp(terminal, DatasetRegistry.standard()).commandLine();
  }

  /** Hidden options, too: old names still work. */
  private static String list(String name, CommandLine command) {
    String options =
        command.getCommandSpec().options().stream()
            .flatMap(option -> List.of(option.names()).stream())
            .filter(option -> option.startsWith("--"))
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .collect(Collectors.joining(" "));
    return command.getSubcommands().entrySet().stream()
        .map(
            entry ->
                list(
                    name.equals("trifocal") ? entry.getKey() : name + " " + entry.getKey(),
                    entry.getValue()))
        .collect(Collectors.joining("", name + ": " + options + "\n", ""));
  }

  private static Path root() {
    Path place = Path.of("").toAbsolutePath();
    while (!Files.exists(place.resolve("trifocal"))) {
      place = place.getParent();
    }
    return place;
  }
}
