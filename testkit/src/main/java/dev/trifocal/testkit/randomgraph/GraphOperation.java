package dev.trifocal.testkit.randomgraph;

import dev.trifocal.graph.Value;
import java.util.function.Supplier;

/** An operation that is valid for a given value. */
interface GraphOperation extends Supplier<Value> {}
