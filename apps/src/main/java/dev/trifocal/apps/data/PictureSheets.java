package dev.trifocal.apps.data;

import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.datasets.folder.Caching;
import dev.trifocal.datasets.folder.ImageDataset;
import dev.trifocal.datasets.folder.ImageFolder;
import dev.trifocal.datasets.folder.LabelledFile;
import dev.trifocal.datasets.folder.PictureOptions;
import dev.trifocal.datasets.inspect.ContactSheet;
import dev.trifocal.datasets.picture.PictureFile;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.picture.Picture;
import dev.trifocal.picture.Preparation;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Many pictures of a folder in one. */
public interface PictureSheets {
  /** Pictures of a class beside one another. */
  int COLUMNS = 8;

  /** Classes below one another, as many as a picture can reasonably show. */
  int MOST_ROWS = 50;

  /** Pixels for each. */
  int CELL = 128;

  /** A PNG file. */
  static void write(Path file, Picture picture) {
    ByteBuffer bytes = ByteBuffer.wrap(PictureFile.png(picture));
    AtomicFile.write(file, channel -> AtomicFile.writeFully(channel, bytes));
  }

  /** Some training pictures of each class, evenly chosen, a row for each class. */
  static Picture of(ImageFolder folder) {
    List<LabelledFile> train = folder.parts().get("train");
    List<List<Picture>> rows =
        IntStream.range(0, Math.min(MOST_ROWS, folder.classes().size()))
            .mapToObj(label -> train.stream().filter(file -> file.label() == label).toList())
            .map(files -> chosen(files.size(), COLUMNS).mapToObj(files::get))
            .map(files -> files.map(file -> PictureFile.read(file.file())).toList())
            .toList();
    return new ContactSheet(CELL).of(rows);
  }

  private static IntStream chosen(int size, int count) {
    int shown = Math.min(size, count);
    return IntStream.range(0, shown).map(i -> (int) ((long) i * size / shown));
  }

  /**
   * Training pictures as they are in the first epochs.
   *
   * @param preparation as the network has it
   * @param rows pictures, positive
   * @param epochs positive
   */
  record Preview(Augmentation augmentation, Preparation preparation, int rows, int epochs) {
    /**
     * @param seed of changes and of what is set aside
     */
    public Picture of(ImageFolder folder, long seed) {
      PictureOptions options = new PictureOptions(preparation, augmentation, new Caching.None());
      ImageDataset train = (ImageDataset) folder.splits(options, seed).train();
      List<List<Picture>> all = new ArrayList<>();
      chosen(train.size(), rows).forEach(index -> all.add(row(train, index, seed)));
      return new ContactSheet(CELL).of(all);
    }

    private List<Picture> row(ImageDataset train, int index, long seed) {
      List<Picture> row = new ArrayList<>(List.of(PictureFile.read(train.file(index))));
      for (int epoch = 1; epoch <= epochs; epoch++) {
        row.add(train.picture(index, seed, epoch));
      }
      return row;
    }
  }
}
