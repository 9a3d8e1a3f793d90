package dev.trifocal.apps.advice;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepSize;
import dev.trifocal.graph.Graph;
import dev.trifocal.train.TrainingPlan;

/**
 * A training that takes less memory.
 *
 * @param name the word that selects it
 * @param change what differs from the training as it is
 * @param cost what it costs besides time
 */
record Remedy(
    String name,
    String change,
    Graph graph,
    StepSize size,
    TrainingPlan plan,
    RunOptions options,
    String cost) {}
