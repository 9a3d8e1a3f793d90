package dev.trifocal.datasets.folder;

import dev.trifocal.error.TrifocalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Files parted into those that can be read as pictures and the others, by decoding each, on all
 * processors.
 */
record PictureCheck(List<LabelledFile> sound, List<BrokenFile> broken) {
  /**
   * @param look keeps what was decoded
   */
  static PictureCheck of(List<LabelledFile> files, FirstLook look) {
    List<Optional<BrokenFile>> findings =
        files.parallelStream().map(file -> problem(file, look)).toList();
    List<LabelledFile> sound = new ArrayList<>();
    List<BrokenFile> broken = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      LabelledFile file = files.get(i);
      findings.get(i).ifPresentOrElse(broken::add, () -> sound.add(file));
    }
    return new PictureCheck(sound, broken);
  }

  private static Optional<BrokenFile> problem(LabelledFile labelled, FirstLook look) {
    try {
      look.at(labelled.file());
      return Optional.empty();
    } catch (TrifocalException e) {
      return Optional.of(new BrokenFile(labelled.file(), e.getMessage()));
    }
  }
}
