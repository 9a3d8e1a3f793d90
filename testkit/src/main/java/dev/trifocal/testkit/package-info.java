/**
 * The conformance kit: what every backend must do. Contracts are abstract JUnit classes, one per
 * topic ({@link dev.trifocal.testkit.conformance.ContractTopic}); a backend extends each with a
 * class that names its {@link dev.trifocal.backend.Backend}.
 *
 * <p>There are three judges. Expected values come from PyTorch in double precision, by the script
 * {@code testkit/golden/make_golden.py}; the cases stand twice by the same names, there in PyTorch
 * and here as graphs, and the kit's own tests hold the two to one another. Where nobody made
 * values, as for random graphs, the plain {@link dev.trifocal.testkit.reference.Reference} judges,
 * which is itself held to PyTorch's values. And engines judge one another.
 */
package dev.trifocal.testkit;
