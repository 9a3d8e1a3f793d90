package dev.trifocal.datasets;

import static dev.trifocal.datasets.folder.FolderOptions.Unreadable.REFUSE;
import static dev.trifocal.datasets.folder.FolderOptions.Unreadable.SKIP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.folder.FolderOptions;
import dev.trifocal.datasets.folder.Labelling;
import dev.trifocal.download.DownloadListener;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetRegistryTest {
  private final DatasetRegistry registry = DatasetRegistry.standard();

  @TempDir Path folder;

  @Test
  void every_data_set_has_a_name_and_one_line_to_describe_it() {
    assertThat(registry.sources())
        .extracting(DatasetSource::name)
        .containsExactly("digits", "shapes", "mnist", "fashion-mnist", "arrays", "pictures");
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
  void a_folder_is_arrays_if_they_are_in_it_and_else_pictures() throws IOException {
    assertThat(registry.isImages(folder.toString())).isTrue();
    assertThat(registry.isImages("digits")).isFalse();

    Files.createFile(folder.resolve("x.npy"));

    assertThat(registry.isImages(folder.toString())).isFalse();
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
  void a_folder_that_is_neither_says_what_it_lacks() throws IOException {
    DatasetOptions options =
        new DatasetOptions(Optional.empty(), folder, 1, new DownloadListener() {});

    assertThatThrownBy(() -> registry.open(folder.toString(), options))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(folder + " has no classes: it has neither subfolders nor images");

    Files.createFile(folder.resolve("x.npy"));
    assertThatThrownBy(() -> registry.open(folder.toString(), options))
        .isInstanceOf(FileException.class)
        .hasMessage(folder + ": y.npy is missing; a folder of arrays needs x.npy and y.npy");
  }

  @Test
  void files_in_formats_that_are_not_read_are_counted_and_named() {
    for (int i = 0; i < 3; i++) {
      image("ants/%d.png".formatted(i));
      image("bees/%d.png".formatted(i));
    }
    List.of("ants/a.HEIC", "ants/b.heic", "bees/notes.txt", "bees/list", "bees/Thumbs.db")
        .forEach(this::text);
    List<String> remarks = new ArrayList<>();

    registry.open(folder.toString(), reading(SKIP, remarks));

    assertThat(remarks)
        .containsExactly(
            "note: 4 of the files in %1$s are in unsupported formats and are skipped (2 .heic, 1 .txt, 1 without extension): %1$s/ants/a.HEIC, %1$s/ants/b.heic, %1$s/bees/list; and 1 more"
                .formatted(folder));
  }

  @Test
  void pictures_that_cannot_be_read_are_remarked_on_or_refused() {
    for (int i = 0; i < 4; i++) {
      image("ants/%d.png".formatted(i));
      image("bees/%d.png".formatted(i));
      text("bees/%d.jpg".formatted(i));
    }
    List<String> remarks = new ArrayList<>();

    assertThat(
            registry.open(folder.toString(), reading(SKIP, remarks)).parts().values().stream()
                .mapToInt(Dataset::size)
                .sum())
        .isEqualTo(8);
    assertThat(remarks)
        .singleElement()
        .asString()
        .startsWith("note: 4 of the images in " + folder + " cannot be read and are skipped")
        .contains("0.jpg", "1.jpg", "2.jpg")
        .endsWith("; and 1 more");
    assertThatThrownBy(() -> registry.open(folder.toString(), reading(REFUSE, remarks)))
        .isInstanceOf(FileException.class)
        .hasMessageContainingAll("0.jpg", "1.jpg", "2.jpg", "3.jpg");
  }

  private DatasetOptions reading(FolderOptions.Unreadable unreadable, List<String> remarks) {
    return new DatasetOptions(
        Optional.empty(),
        folder,
        1,
        new DownloadListener() {},
        new FolderOptions(
            FolderOptions.usual().images(),
            Labelling.ONE_CLASS,
            Optional.empty(),
            unreadable,
            remarks::add));
  }

  private void image(String file) {
    try {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", path.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void text(String file) {
    try {
      Files.writeString(folder.resolve(file), "no picture");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void arrays_without_a_folder_ask_for_one() {
    DatasetOptions options =
        new DatasetOptions(Optional.empty(), folder, 1, new DownloadListener() {});

    assertThatThrownBy(() -> registry.open("arrays", options))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "arrays need a data-dir with x.npy and y.npy; for a folder of this name, write ./arrays");
  }

  @Test
  void a_slip_of_the_pen_is_guessed() {
    assertThatThrownBy(() -> registry.find("Minst"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "'Minst' is neither a data set (did you mean mnist?) nor a folder; data sets are"
                + " digits, shapes, mnist, fashion-mnist, arrays, pictures, and folders need one subfolder"
                + " of images per class, images and masks, or x.npy and y.npy");
  }

  @Test
  void another_word_is_not_guessed() {
    assertThatThrownBy(() -> registry.find("imagenet"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("'imagenet' is neither a data set nor a folder;");
  }
}
