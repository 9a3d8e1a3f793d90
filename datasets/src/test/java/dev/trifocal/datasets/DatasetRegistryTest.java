package dev.trifocal.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetRegistryTest {
  private final DatasetRegistry registry = DatasetRegistry.standard();

  @TempDir Path folder;

  @Test
  void every_data_set_has_a_name_and_one_line_to_describe_it() {
    assertThat(registry.sources())
        .extracting(DatasetSource::name)
        .containsExactly("digits", "mnist", "fashion-mnist", "arrays");
    assertThat(registry.sources())
        .extracting(DatasetSource::description)
        .allMatch(text -> text.length() > 20 && text.length() <= 110 && !text.contains("\n"));
  }

  @Test
  void finds_by_name() {
    for (DatasetSource source : registry.sources()) {
      assertThat(registry.find(source.name())).isSameAs(source);
    }
  }

  @Test
  void a_folder_is_arrays() {
    assertThat(registry.find(folder.toString())).isEqualTo(new ArraySource(Optional.of(folder)));
  }

  @Test
  void a_folder_has_its_own_name_even_where_the_path_does_not_say_it() {
    assertThat(registry.find(folder.toString()).name()).isEqualTo(folder.getFileName().toString());
    assertThat(registry.find(".").name())
        .isEqualTo(Path.of("").toAbsolutePath().getFileName().toString());
    assertThat(registry.find("/").name()).isEqualTo(Path.of("/").toString());
  }

  @Test
  void a_folder_without_arrays_says_what_it_lacks() {
    DatasetOptions options =
        new DatasetOptions(Optional.empty(), folder, 1, new DownloadListener() {});

    assertThatThrownBy(() -> registry.open(folder.toString(), options))
        .isInstanceOf(FileException.class)
        .hasMessage(folder + ": lacks x.npy and y.npy; a folder of arrays needs x.npy and y.npy");
  }

  @Test
  void arrays_without_a_folder_ask_for_one() {
    DatasetOptions options =
        new DatasetOptions(Optional.empty(), folder, 1, new DownloadListener() {});

    assertThatThrownBy(() -> registry.open("arrays", options))
        .isInstanceOf(DataException.class)
        .hasMessage("arrays need a folder with x.npy and y.npy (--data-dir)");
  }

  @Test
  void a_slip_of_the_pen_is_guessed() {
    assertThatThrownBy(() -> registry.find("Minst"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "'Minst' is neither a data set (did you mean mnist?) nor a folder;"
                + " data sets are digits, mnist, fashion-mnist, arrays,"
                + " and a folder needs x.npy and y.npy");
  }

  @Test
  void another_word_is_not_guessed() {
    assertThatThrownBy(() -> registry.find("imagenet"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("'imagenet' is neither a data set nor a folder;");
  }
}
