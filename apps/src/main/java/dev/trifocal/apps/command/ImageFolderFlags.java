package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of all commands that read image folders. */
@OptionSection("Images of a folder")
public final class ImageFolderFlags {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--size",
      paramLabel = "N|HxW",
      description =
          "Size to which images of a folder are resized: 224, or height and width, 160x200."
              + " Default: the model's input size, else 224.")
  private void size(String value) {
    values.put("size", value);
  }

  @Option(
      names = "--channels",
      paramLabel = "N",
      description =
          "Channels of the images of a folder: 3 for colour, 1 for gray. Default: those of the"
              + " model's input.")
  private void channels(String value) {
    values.put("channels", value);
  }

  @Option(
      names = "--multi-label",
      description =
          "Images of a folder have any number of labels: those that labels.csv in the folder names"
              + " (file,labels; several labels separated by |), or the names of all folders that an"
              + " image is in.")
  private void multiLabel(boolean value) {
    values.put("multi-label", String.valueOf(value));
  }

  @Option(
      names = "--mask-classes",
      paramLabel = "FILE",
      description =
          "CSV file that lists the classes of masks (name,value or name,r,g,b); the class void is"
              + " ignored. Default: classes.csv in the data folder, if there is one.")
  private void maskClasses(String value) {
    values.put("mask-classes", value);
  }

  @Option(
      names = "--strict",
      description = "Fail if a folder contains unreadable images instead of skipping them.")
  private void strict(boolean value) {
    values.put("strict", String.valueOf(value));
  }

  @Option(
      names = "--image-cache",
      paramLabel = "WHERE",
      description =
          "Where to cache decoded images: memory (up to 1 GiB), disk (in the cache folder) or none."
              + " Default: memory.")
  private void cache(String value) {
    values.put("image-cache", value);
  }

  /** The former name of {@code --image-cache}. */
  @Option(names = "--picture-cache", hidden = true)
  private void imageCache(String value) {
    values.put("picture-cache", value);
  }

  Map<String, String> values() {
    return values;
  }
}
