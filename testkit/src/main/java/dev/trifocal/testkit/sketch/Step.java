package dev.trifocal.testkit.sketch;

import dev.trifocal.graph.Value;
import java.util.function.Supplier;

/** Something that can be done with a value as it is. */
interface Step extends Supplier<Value> {}
