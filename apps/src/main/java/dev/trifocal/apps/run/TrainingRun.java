package dev.trifocal.apps.run;

import dev.trifocal.config.Settings;
import dev.trifocal.trainer.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A training run and its directory.
 *
 * @param folder the run directory, as the user would name it
 * @param settings the settings in effect, including those of the command line
 */
public record TrainingRun(Path folder, Settings settings) {
  public RunDirectory directory() {
    return RunDirectory.at(folder);
  }

  /** Returns the ONNX file of the trained model, which is written when training ends. */
  public Path model() {
    return folder.resolve("model.onnx");
  }

  /** Returns whether training is complete. */
  public boolean isFinished() {
    return Files.exists(model());
  }
}
