package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.data.Batch;
import dev.trifocal.graph.Graph;
import dev.trifocal.selection.Backends;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.trainer.RunDirectory;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomDataTest {
  @Test
  void the_network_compares_digits_that_it_was_not_trained_on_with_numbers(@TempDir Path run) {
    CustomData.main(new String[] {run.toString()});

    Batch unseen = DigitComparison.of("unseen", 7, 300).batch(IntStream.range(0, 300).toArray());
    assertEquals(2, unseen.inputs().size());
    Checkpoint best = RunDirectory.at(run).best().checkpoint();
    Tensor predicted;
    try (Program program =
        Backends.get("onnx").compile(best.graph(), best.weights(), RunOptions.DEFAULT)) {
      predicted = program.run(unseen.inputs()).get(Graph.OUTPUT).argMax(1);
    }
    long right =
        IntStream.range(0, 300)
            .filter(i -> predicted.getLong(i) == unseen.label().getLong(i))
            .count();
    assertTrue(right >= 240, right + " of 300 answers are right");
  }
}
