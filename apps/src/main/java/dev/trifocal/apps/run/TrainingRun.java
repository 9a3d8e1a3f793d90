package dev.trifocal.apps.run;

import dev.trifocal.config.Settings;
import dev.trifocal.trainer.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A training and its folder.
 *
 * @param folder as the user would name it
 * @param settings in force, those of the command line included
 */
public record TrainingRun(Path folder, Settings settings) {
  public RunDirectory directory() {
    return RunDirectory.at(folder);
  }

  /** The trained model as ONNX, written when the training is over. */
  public Path model() {
    return folder.resolve("model.onnx");
  }

  /** Whether its training is over. */
  public boolean isFinished() {
    return Files.exists(model());
  }
}
