package dev.trifocal.testkit.randomgraph;

import dev.trifocal.graph.Value;
import java.util.function.Supplier;

/** Something that can be done with a value as it is. */
interface GraphOperation extends Supplier<Value> {}
