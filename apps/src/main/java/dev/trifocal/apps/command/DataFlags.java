package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of all commands that read data sets. */
@OptionSection("Data")
public final class DataFlags {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description =
          "A data set listed by 'trifocal datasets', a folder with one subfolder of images per"
              + " class, with images and masks, or with x.npy and y.npy. Default: digits; for a run"
              + " directory, the run's data.")
  private void data(String value) {
    values.put("data", value);
  }

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Folder with the files of a named data set. Default: download them.")
  private void dataDir(String value) {
    values.put("data-dir", value);
  }

  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      description = "Folder for downloaded files. Default: the user's cache folder.")
  private void cacheDir(String value) {
    values.put("cache-dir", value);
  }

  @Option(
      names = "--loader-threads",
      paramLabel = "N",
      description = "Threads that read samples ahead. Default: 1.")
  private void loaderThreads(String value) {
    values.put("loader-threads", value);
  }

  Map<String, String> values() {
    return values;
  }
}
