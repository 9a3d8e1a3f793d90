package dev.trifocal.apps.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@DisplayName("Output files")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class OutputFlagsTest {
  @Test
  void each_output_has_a_file_of_its_own_whatever_its_name() {
    OutputFlags flags = CommandLine.populateCommand(new OutputFlags(), "--outputs", "all");
    Map<String, String> made = new LinkedHashMap<>();
    List.of("out", "out:0", "out_0", "out/0", "../y").forEach(name -> made.put(name, name));
    assertThat(flags.files(made))
        .containsExactly(
            Map.entry(Path.of("all/out.npy"), "out"),
            Map.entry(Path.of("all/out_0_2.npy"), "out:0"),
            Map.entry(Path.of("all/out_0.npy"), "out_0"),
            Map.entry(Path.of("all/out_0_3.npy"), "out/0"),
            Map.entry(Path.of("all/__y.npy"), "../y"));
  }
}
