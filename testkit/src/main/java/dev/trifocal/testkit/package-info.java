/**
 * The conformance kit for backends. Contracts are abstract JUnit classes, one per topic ({@link
 * dev.trifocal.testkit.conformance.ContractTopic}); a backend extends each with a class that
 * supplies its {@link dev.trifocal.backend.Backend}.
 *
 * <p>There are three sources of expected values. Golden values are computed by PyTorch in double
 * precision with the script {@code testkit/golden/make_golden.py}, which defines the same cases in
 * PyTorch as this kit does as graphs; the kit's own tests check that both match. Where there are no
 * golden values, as for random graphs, the {@link dev.trifocal.testkit.reference.Reference}
 * provides them; it is itself tested against PyTorch's values. Finally, engines are compared with
 * one another.
 */
package dev.trifocal.testkit;
